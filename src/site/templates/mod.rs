//! The site's and its theme's templates, and what they can call.

mod data;
mod errors;
mod files;
mod filters;
mod functions;
mod refused;
mod sources;

pub(crate) use functions::Calls;
pub(crate) use sources::Templates;
