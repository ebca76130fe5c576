//! What a content file's front matter says of its page or section.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use toml::Table;

use super::dates::Date;
use crate::block::options::BlockOptions;
use crate::error::{Error, ErrorKind, Errors};
use crate::hosts::embedded::config::{InsertAnchor, block_options, find_key, toml_error};
use crate::hosts::embedded::text_file::TextFile;
use crate::zola_site::front_matter::{Format, FrontMatter};

/// The keys of a page. A key that Zola doesn't have is an error, as in Zola.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct PageMeta {
    pub(crate) title: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) updated: Option<Date>,
    pub(crate) date: Option<Date>,
    pub(crate) draft: bool,
    pub(crate) render: bool,
    pub(crate) slug: Option<String>,
    pub(crate) path: Option<String>,
    pub(crate) taxonomies: BTreeMap<String, Vec<String>>,
    pub(crate) weight: Option<usize>,
    pub(crate) authors: Vec<String>,
    pub(crate) aliases: Vec<String>,
    pub(crate) template: Option<String>,
    pub(crate) in_search_index: bool,
    pub(crate) extra: Table,
}

impl Default for PageMeta {
    fn default() -> Self {
        Self {
            title: None,
            description: None,
            updated: None,
            date: None,
            draft: false,
            render: true,
            slug: None,
            path: None,
            taxonomies: BTreeMap::new(),
            weight: None,
            authors: Vec::new(),
            aliases: Vec::new(),
            template: None,
            in_search_index: true,
            extra: Table::new(),
        }
    }
}

/// The keys of a section.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct SectionMeta {
    pub(crate) title: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) sort_by: SortBy,
    pub(crate) weight: usize,
    pub(crate) draft: bool,
    pub(crate) template: Option<String>,
    pub(crate) paginate_by: Option<usize>,
    pub(crate) paginate_reversed: bool,
    pub(crate) paginate_path: String,
    pub(crate) insert_anchor_links: Option<InsertAnchor>,
    pub(crate) render: bool,
    pub(crate) redirect_to: Option<String>,
    pub(crate) in_search_index: bool,
    pub(crate) transparent: bool,
    pub(crate) page_template: Option<String>,
    pub(crate) aliases: Vec<String>,
    pub(crate) generate_feeds: bool,
    pub(crate) extra: Table,
}

impl Default for SectionMeta {
    fn default() -> Self {
        Self {
            title: None,
            description: None,
            sort_by: SortBy::None,
            weight: 0,
            draft: false,
            template: None,
            paginate_by: None,
            paginate_reversed: false,
            paginate_path: "page".to_owned(),
            insert_anchor_links: None,
            render: true,
            redirect_to: None,
            in_search_index: true,
            transparent: false,
            page_template: None,
            aliases: Vec::new(),
            generate_feeds: false,
            extra: Table::new(),
        }
    }
}

/// What a section's pages are sorted by.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum SortBy {
    Date,
    UpdateDate,
    Title,
    TitleBytes,
    Weight,
    Slug,
    Permalink,
    #[default]
    None,
}

impl SortBy {
    /// The key of a page that decides.
    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::Date | Self::UpdateDate => "date",
            Self::Title | Self::TitleBytes => "title",
            Self::Weight => "weight",
            Self::Slug | Self::Permalink | Self::None => "slug",
        }
    }
}

/// A content file taken apart.
pub(super) struct Parts<T> {
    pub(super) meta: T,
    /// The page's defaults for its blocks: `[extra.pyfence]`.
    pub(super) blocks: BlockOptions,
    /// Where the Markdown starts.
    pub(super) start: usize,
}

pub(super) fn parse<T: DeserializeOwned>(file: &TextFile) -> Result<Parts<T>, Errors> {
    let (front_matter, start) = split(file)?;
    let text = &file.text[front_matter.clone()];
    let meta =
        toml::from_str(text).map_err(|error| toml_error(file, &error, front_matter.start))?;
    let blocks = block_options(file, front_matter)?;
    Ok(Parts {
        meta,
        blocks,
        start,
    })
}

/// Where a key stands in the front matter of a file.
pub(crate) fn key_place(file: &TextFile, key: &str) -> Option<Range<usize>> {
    let (front_matter, _) = split(file).ok()?;
    let place = find_key(&file.text[front_matter.clone()], &[key])?;
    Some(front_matter.start + place.start..front_matter.start + place.end)
}

/// The range of the front matter and the start of what follows it.
fn split(file: &TextFile) -> Result<(Range<usize>, usize), Error> {
    let Some(front_matter) = FrontMatter::find(&file.text) else {
        return Err(file
            .error(ErrorKind::Content, "this file has no front matter", 0..0)
            .help("start it with a line `+++`, TOML such as `title = \"...\"`, and a line `+++`"));
    };
    if front_matter.format == Format::Yaml {
        let message = "YAML front matter is not read by the embedded engine";
        return Err(file
            .error(ErrorKind::Unsupported, message, front_matter.opening)
            .help("write it as TOML, between lines of `+++`"));
    }
    let Some(end) = front_matter.end else {
        let message = "this front matter is never closed";
        return Err(file
            .error(ErrorKind::Content, message, front_matter.opening)
            .help("end it with a line `+++`"));
    };
    Ok((front_matter.inside, end))
}
