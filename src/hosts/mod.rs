//! What builds sites: each host calls the centre, and none of them knows another. How a site that
//! is built gets into its folder is the same for all of them (`publish`).

#[cfg(feature = "vendor")]
pub(crate) mod download;
#[cfg(feature = "site")]
pub mod embedded;
#[cfg(feature = "vendor")]
pub(crate) mod package_index;
#[cfg(any(feature = "site", feature = "zola"))]
pub(crate) mod publish;
#[cfg(any(feature = "site", feature = "zola"))]
pub(crate) mod site_lock;
#[cfg(any(feature = "site", feature = "zola"))]
pub(crate) mod symbolic_links;
#[cfg(feature = "vendor")]
pub mod vendor;
#[cfg(feature = "zola")]
pub mod zola;
