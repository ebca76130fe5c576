//! The site's and its theme's templates, and what they can call.

mod compile;
mod filters;
mod functions;
mod get_hash;
mod load_data;
mod tera_errors;
mod unsupported_functions;

pub(crate) use compile::{Sources, Templates};
pub(crate) use functions::Calls;
