//! The real Zola: it builds the site, from a staged copy in which blocks are finished HTML.
//!
//! ```no_run
//! use std::sync::atomic::AtomicBool;
//! use pyfence::zola::{Stage, StageOptions, Task, Zola};
//!
//! # fn main() -> Result<(), Vec<pyfence::Error>> {
//! let zola = Zola::find().map_err(|error| vec![error])?;
//! let stage = Stage::new("my-site".as_ref(), &zola, &StageOptions::default())?;
//! let task = Task::new("build").argument("--drafts");
//! let status = stage.run(&zola, &task, &AtomicBool::new(false)).map_err(|error| vec![error])?;
//! assert!(status.success());
//! # Ok(())
//! # }
//! ```
//!
//! The user's tree is never written to, except for the folder that the site is published in.

mod find;
mod front_matter;
mod kit;
mod page;
mod run;
mod settings;
mod shortcodes;
mod stage;
mod tree;
mod values;

pub use find::Zola;
pub use kit::{CopyState, Kit, version_for};
pub use run::Task;
pub use stage::{Stage, StageOptions};
