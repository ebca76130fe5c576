//! What a page needs from the runtime: its loader tags, once, and one version of Pyodide.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use pulldown_cmark_escape::escape_html;

use crate::assets::Assets;
use crate::block::Block;
use crate::error::{Error, ErrorKind, Source};
use crate::manifest::Manifest;
use crate::option_values::Version;

/// The assets of one page.
///
/// ```
/// use pyfence::{PageContext, Renderer};
///
/// let renderer = Renderer::builder().base_url("/docs").build()?;
/// let page = renderer.render_page("```pyodide\n1\n```\n\n```pyodide\n2\n```\n", &PageContext::new("a.md"));
/// assert_eq!(page.assets.blocks(), 2);
/// assert_eq!(page.html.matches("<script").count(), 1);
/// # Ok::<(), pyfence::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PageAssets {
    blocks: usize,
    carrier: Option<usize>,
    head: String,
}

/// Where the tags that load the runtime stand in a page.
///
/// ```
/// use pyfence::{LoaderPlacement, PageContext, Renderer};
///
/// let renderer = Renderer::builder().loader(LoaderPlacement::Head).build()?;
/// let page = renderer.render_page("```pyodide\n1\n```\n", &PageContext::new("a.md"));
/// assert!(page.html.starts_with("<pyodide-block"));
/// assert!(page.assets.head().contains("<script type=\"module\""));
///
/// let page = renderer.render_page("No block.", &PageContext::new("b.md"));
/// assert_eq!(page.assets.head(), "");
/// # Ok::<(), pyfence::Error>(())
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum LoaderPlacement {
    /// In the page's HTML, before its first block that may carry them: nothing is left to do.
    #[default]
    FirstBlock,
    /// In the page's `<head>`: the host writes [`PageAssets::head`] there.
    Head,
    /// Nowhere: the host writes [`Renderer::loader_tags`](crate::Renderer::loader_tags) where it
    /// likes.
    None,
}

impl PageAssets {
    /// How many blocks the page has.
    pub fn blocks(&self) -> usize {
        self.blocks
    }

    /// Whether the page's loader tags are in its HTML or in its [head](PageAssets::head). A page
    /// with blocks and without them needs them from somewhere else.
    pub fn has_loader(&self) -> bool {
        self.carrier.is_some() || !self.head.is_empty()
    }

    /// What the page's `<head>` has to hold: the loader tags where they are placed
    /// [there](LoaderPlacement::Head) and a block wants them, otherwise nothing.
    pub fn head(&self) -> &str {
        &self.head
    }

    /// Whether the block at `index` stands first among those that may carry the loader tags.
    pub(crate) fn is_carrier(&self, index: usize) -> bool {
        self.carrier == Some(index)
    }

    /// Looks at all blocks of a page: finds the carrier, and settles the version for all of them.
    pub(crate) fn of(
        blocks: &mut [Block],
        source: &Source<'_>,
        placement: LoaderPlacement,
        loader_tags: &str,
        errors: &mut Vec<Error>,
    ) -> Self {
        let may_carry = |block: &Block| block.options.assets != Some(false);
        let first = blocks.iter().position(may_carry);
        if first.is_none() && !blocks.is_empty() && placement != LoaderPlacement::None {
            errors.push(no_loader(blocks, source));
        }
        settle_version(blocks, source, errors);
        check_ids(blocks, source, errors);
        let is_in_head = placement == LoaderPlacement::Head && first.is_some();
        PageAssets {
            blocks: blocks.len(),
            carrier: first.filter(|_| placement == LoaderPlacement::FirstBlock),
            head: if is_in_head { loader_tags } else { "" }.to_owned(),
        }
    }
}

fn no_loader(blocks: &[Block], source: &Source<'_>) -> Error {
    let mut warning = Error::warning(
        ErrorKind::NoLoader,
        "no block of this page loads the runtime: all of them say assets=\"no\"",
    );
    for block in blocks {
        warning = warning.at(source, block.opening.clone());
    }
    warning.help(
        "remove assets=\"no\" from one of them, unless the page gets the loader tags elsewhere",
    )
}

/// There is one Pyodide in a page. A version that a block states is the page's; a default gives
/// way to it. Blocks keep a version only where it isn't the shipped one.
fn settle_version(blocks: &mut [Block], source: &Source<'_>, errors: &mut Vec<Error>) {
    let mut stated = blocks.iter().filter(|block| block.states_version);
    let first = stated.next();
    if let Some(first) = first
        && let Some(other) = stated.find(|other| other.options.version != first.options.version)
    {
        errors.push(version_conflict(first, other, source));
    }
    let version = first
        .or(blocks.first())
        .and_then(|block| block.options.version.clone());
    let shipped = Manifest::shipped().pyodide_version();
    let version = version.filter(|version| version.as_str() != shipped);
    for block in blocks {
        block.options.version.clone_from(&version);
    }
}

fn version_conflict(first: &Block, other: &Block, source: &Source<'_>) -> Error {
    let name = |block: &Block| {
        let version = block.options.version.as_ref();
        version.map(Version::to_string).unwrap_or_default()
    };
    Error::new(
        ErrorKind::VersionConflict,
        "two blocks of this page ask for different versions of Pyodide",
    )
    .at_labelled(
        source,
        other.opening.clone(),
        format!("{} here", name(other)),
    )
    .at_labelled(
        source,
        first.opening.clone(),
        format!("{} here", name(first)),
    )
    .help("a page has one Pyodide: state its version once, or the same one everywhere")
}

/// An `id` is a place in the page, and where `persist` keeps the edits of its block.
fn check_ids(blocks: &[Block], source: &Source<'_>, errors: &mut Vec<Error>) {
    let mut known: HashMap<&str, &Block> = HashMap::new();
    for block in blocks {
        let Some(id) = &block.options.id else {
            continue;
        };
        match known.entry(id) {
            Entry::Vacant(place) => {
                place.insert(block);
            }
            Entry::Occupied(first) => errors.push(
                Error::new(
                    ErrorKind::DuplicateId,
                    format!("two blocks of this page have the id `{id}`"),
                )
                .at(source, block.opening.clone())
                .at_labelled(source, first.get().opening.clone(), "the first one")
                .help("give each an id of its own"),
            ),
        }
    }
}

/// The tags that load the runtime, for a site at `base_url`.
pub(crate) fn loader_tags(base_url: &str) -> String {
    let assets = Assets::shipped();
    let style = assets.file("pyfence.css");
    let script = assets.file("pyfence.js");
    let base = attribute(base_url.trim_end_matches('/'));
    format!(
        "<link rel=\"stylesheet\" href=\"{base}/{}\" integrity=\"{}\">\n\
         <script type=\"module\" src=\"{base}/{}\" integrity=\"{}\"></script>\n",
        style.path(),
        style.integrity(),
        script.path(),
        script.integrity(),
    )
}

fn attribute(value: &str) -> String {
    let mut escaped = String::with_capacity(value.len());
    // Writing to a String doesn't fail.
    let _ = escape_html(&mut escaped, value);
    escaped
}
