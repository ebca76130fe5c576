//! What the `content` folder holds: pages, sections and the files beside them.

mod dates;
mod library;
mod metadata;
mod page;
mod reading;
mod section;
mod sorting;
mod walk;

pub(crate) use library::Library;
pub(crate) use metadata::{SortBy, key_place};
pub(crate) use page::Page;
pub(crate) use reading::Reading;
pub(crate) use section::Section;
pub(crate) use walk::load;

use std::path::PathBuf;

/// A file that is published beside the page or section it lies with.
#[derive(Debug, Clone)]
pub(crate) struct Asset {
    pub(crate) file: PathBuf,
    /// The path below the folder of the page or section, with `/`.
    pub(crate) name: String,
}
