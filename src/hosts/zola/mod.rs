//! The real Zola: it builds the site, from a staged copy in which blocks are finished HTML.
//!
//! ```no_run
//! use std::sync::atomic::AtomicBool;
//! use pyfence::zola::{Stage, StageOptions, Task, Zola};
//!
//! # fn main() -> Result<(), pyfence::Errors> {
//! let zola = Zola::find()?;
//! let stage = Stage::new("my-site".as_ref(), &zola, &StageOptions::default())?;
//! stage.check_output_dir(false)?;
//! let task = Task::new("build").argument("--drafts");
//! let status = stage.build(&zola, &task, &AtomicBool::new(false))?;
//! assert!(status.success());
//! # Ok(())
//! # }
//! ```
//!
//! The user's tree is never written to, except for the folder that the site is published in and
//! `static/processed_images`, where Zola keeps resized images.

mod find_zola;
mod gathered;
mod hard_links;
mod image_cache;
mod kit;
mod languages;
mod page_settings;
mod pages;
mod process;
mod read_output;
mod shortcode_variables;
mod shortcodes;
mod skipped;
mod stage;
mod stage_options;
mod stage_place;
mod stage_settings;
mod tool_folders;
mod version_from_files;
#[cfg(unix)]
mod watchdog;

pub use find_zola::Zola;
pub use kit::{CopyState, Kit};
pub use process::Task;
pub use stage::Stage;
pub use stage_options::StageOptions;
pub use version_from_files::version_for;
