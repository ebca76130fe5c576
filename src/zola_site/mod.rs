//! What the hosts that build Zola's sites share: how such a site is laid out and configured, and what
//! its templates can call.

pub(crate) mod defaults;
pub(crate) mod front_matter;
pub(crate) mod layout;
pub(crate) mod markdown_extensions;
pub(crate) mod tera_library;
