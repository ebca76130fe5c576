//! What the browser loads: the runtime's own files, embedded, and the versions of third-party ones.

mod assets;
mod locked;
mod offline;
mod third_party;

pub use assets::{AssetFile, Assets};
#[cfg(feature = "vendor")]
pub(crate) use third_party::ScriptPackage;
pub(crate) use third_party::{Manifest, number_of};
