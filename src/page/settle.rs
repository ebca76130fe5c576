//! What holds for all blocks of a page is decided when all of them are known: the version of
//! Pyodide, ids, the addresses of files, and which block the loader tags stand before. Then each
//! can be rendered.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use crate::block::Block;
use crate::block::option_types::Version;
use crate::error::{Error, ErrorKind, Source};
use crate::html::hidden_lines;
use crate::html::templates::BlockHtml;
use crate::html::with_source::{leaving_loader, with_source};
use crate::page::context::PageContext;
use crate::page::exercises;
use crate::page::loader::{LoaderPlacement, PageAssets};
use crate::page::unlocked::{self, Asking};
#[cfg(feature = "records")]
use crate::records::{PageRecords, key::record_keys};
use crate::runtime_files::Manifest;
use crate::settings::Settings;

/// The blocks of one page.
pub(crate) struct PageBlocks<'p> {
    settings: &'p Settings,
    source: Source<'p>,
    pub blocks: Vec<Block>,
    loader_tags: String,
    /// Whether all blocks leave the loader's tags to the page's template: their HTML says so.
    leaves_loader: bool,
    language: &'p str,
    /// The page's file, if blocks are to say where they stand.
    file: Option<&'p str>,
    pub assets: PageAssets,
    #[cfg(feature = "records")]
    pub recorded: Recorded<'p>,
}

impl<'p> PageBlocks<'p> {
    /// Settles the blocks of a page; what is wrong with them together goes to `errors`.
    pub fn settle(
        settings: &'p Settings,
        context: &'p PageContext,
        source: Source<'p>,
        mut blocks: Vec<Block>,
        errors: &mut Vec<Error>,
    ) -> Self {
        settle_version(&mut blocks, settings.pyodide_version(), &source, errors);
        if settings.lock.is_none() {
            errors.extend(unknown_version(&blocks, &source));
        }
        #[cfg(feature = "records")]
        let recorded = Recorded::of(settings, context, &blocks);
        for block in &mut blocks {
            settle_files(block, settings.base_url_of(context));
        }
        check_ids(&blocks, &source, errors);
        if let Some(lock) = &settings.lock {
            let asking: Vec<_> = blocks.iter().map(asking).collect();
            unlocked::check(&asking, lock, &source, errors);
        }
        exercises::check(&blocks, &source, errors);
        let carrier = first_that_may_carry(&blocks);
        let placement = settings.loader;
        let leaves_loader =
            carrier.is_none() && !blocks.is_empty() && placement != LoaderPlacement::None;
        if leaves_loader {
            errors.push(no_loader(&blocks, &source));
        }
        let loader_tags = settings.loader_tags_of(context);
        Self {
            settings,
            source,
            assets: PageAssets::new(blocks.len(), carrier, placement, &loader_tags),
            blocks,
            loader_tags,
            leaves_loader,
            language: settings.language_of(context),
            file: context.source.as_deref(),
            #[cfg(feature = "records")]
            recorded,
        }
    }

    /// The HTML of the block at `index`.
    pub fn html(&self, index: usize, diagnostics: &mut Vec<Error>) -> String {
        let block = &self.blocks[index];
        let code = self.settings.html_of(block);
        let code = match block.hidden_lines.is_empty() {
            true => code,
            false => hidden_lines::hide(&code, &block.hidden_lines),
        };
        let loader = if self.assets.is_carrier(index) {
            &self.loader_tags
        } else {
            ""
        };
        #[cfg(feature = "records")]
        let recorded = self.recorded.html(index);
        #[cfg(not(feature = "records"))]
        let recorded = String::new();
        let parts = BlockHtml {
            code: &code,
            loader,
            recorded: &recorded,
        };
        let templates = &self.settings.templates;
        match templates.render_block(block, index + 1, self.language, &parts) {
            Ok(mut html) => {
                if self.leaves_loader {
                    html = leaving_loader(&html);
                }
                if let Some(file) = self.file {
                    let place = self.source.place_of(block.opening.start);
                    html = with_source(&html, file, place.line);
                }
                html
            }
            Err(error) => {
                diagnostics.push(error.at(&self.source, block.opening.clone()));
                // The reader can still read the code.
                format!("<pre><code>{code}</code></pre>\n")
            }
        }
    }
}

/// What the blocks of a page showed when they were tested.
#[cfg(feature = "records")]
pub(crate) struct Recorded<'p> {
    records: Option<&'p PageRecords>,
    /// What each block's output depends on.
    pub keys: Vec<String>,
    base_url: &'p str,
}

#[cfg(feature = "records")]
impl<'p> Recorded<'p> {
    fn of(settings: &'p Settings, context: &'p PageContext, blocks: &[Block]) -> Self {
        Self {
            keys: record_keys(blocks, settings.pyodide_version(), settings.lock.as_ref()),
            records: context.records.as_ref(),
            base_url: settings.base_url_of(context),
        }
    }

    /// The output of the block at `index`, if it was recorded as the block is.
    fn html(&self, index: usize) -> String {
        let record = self.records.and_then(|records| {
            let record = records.get(&self.keys[index])?;
            Some(record.html(&records.pictures_from(self.base_url)))
        });
        record.unwrap_or_default()
    }
}

/// Settles a block that isn't part of a page: a template's.
pub(crate) fn settle_alone(block: &mut Block, settings: &Settings) {
    settle_files(block, &settings.base_url);
    leave_out_version(block, settings.pyodide_version());
}

/// In the page an address with a leading `/` starts at the host's root, which need not be the
/// site's.
fn settle_files(block: &mut Block, base_url: &str) {
    let base_url = base_url.trim_end_matches('/');
    for file in block.options.files.iter_mut().flatten() {
        if file.starts_with('/') && !file.starts_with("//") {
            file.insert_str(0, base_url);
        }
    }
}

/// The first block that may stand behind the page's loader tags.
fn first_that_may_carry(blocks: &[Block]) -> Option<usize> {
    blocks
        .iter()
        .position(|block| block.options.assets != Some(false))
}

fn no_loader(blocks: &[Block], source: &Source<'_>) -> Error {
    Error::warning(
        ErrorKind::NoLoader,
        "no block of this page loads the runtime: all of them say assets=\"no\"",
    )
    .at_each(source, blocks.iter().map(|block| block.opening.clone()))
    .help("remove assets=\"no\" from one of them, unless the page gets the loader tags elsewhere")
}

/// There is one Pyodide in a page. A version that a block states is the page's; a default gives
/// way to it.
fn settle_version(
    blocks: &mut [Block],
    of_site: &str,
    source: &Source<'_>,
    errors: &mut Vec<Error>,
) {
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
    for block in blocks {
        block.options.version.clone_from(&version);
        leave_out_version(block, of_site);
    }
}

fn asking(block: &Block) -> Asking<'_> {
    Asking {
        options: &block.options,
        opening: block.opening.clone(),
    }
}

/// What is in no list of releases may be newer than the list, or not be there: the block says so then.
fn unknown_version(blocks: &[Block], source: &Source<'_>) -> Option<Error> {
    let is_unknown = |version: &Version| !Manifest::shipped().knows_pyodide(version.as_str());
    let stated = blocks.iter().find(|block| block.states_version);
    let block = stated.or(blocks.first())?;
    let version = block.options.version.as_ref().filter(|it| is_unknown(it))?;
    let message = format!("Pyodide {version} is not known: if it is there, it runs unverified");
    let newest = Manifest::shipped().pyodide_version();
    let warning = Error::warning(ErrorKind::BadValue, message)
        .at(source, block.opening.clone())
        .help(format!(
            "the newest that is known, and verified, is {newest}"
        ));
    Some(warning)
}

/// Blocks state a version only where it isn't the one that the runtime brings anyway.
fn leave_out_version(block: &mut Block, of_site: &str) {
    block
        .options
        .version
        .take_if(|version| version.as_str() == of_site);
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
