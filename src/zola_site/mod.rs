//! What the hosts that build Zola's sites share: how such a site is laid out, and what its
//! templates can call.

pub(crate) mod folder;
pub(crate) mod tera_library;
