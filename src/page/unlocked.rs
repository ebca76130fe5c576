//! Blocks that ask by their options for what the site's lock doesn't have.

use std::ops::Range;

use crate::block::options::BlockOptions;
use crate::error::{Error, ErrorKind, Source};
use crate::lock::Lock;

/// What to do about it.
const VENDOR: &str = "`pyfence vendor` puts into the lock what blocks ask for";

/// A block, as far as it asks for something.
pub(crate) struct Asking<'b> {
    pub options: &'b BlockOptions,
    /// The bytes of the line that opens it.
    pub opening: Range<usize>,
}

/// Tells of all such blocks of a page, which runs Pyodide in the version that the first states.
pub(crate) fn check(
    blocks: &[Asking<'_>],
    lock: &Lock,
    source: &Source<'_>,
    errors: &mut Vec<Error>,
) {
    let Some(first) = blocks.first() else {
        return;
    };
    let stated = blocks
        .iter()
        .find_map(|block| block.options.version.as_ref());
    let version = stated.map_or(lock.pyodide.as_str(), |version| version.as_str());
    let Some(release) = lock.release(version) else {
        let message = format!("Pyodide {version} is not in the site's lock");
        let error = Error::new(ErrorKind::Unlocked, message);
        errors.push(error.at(source, first.opening.clone()).help(VENDOR));
        return;
    };
    for block in blocks.iter().filter(|block| !block.options.may_fail()) {
        let asked = block.options.install.iter().flatten();
        for requirement in asked.filter(|asked| !is_of_site(asked)) {
            if !release.requirements.contains_key(requirement) {
                let message =
                    format!("`{requirement}` is not in the site's lock for Pyodide {version}");
                let error = Error::new(ErrorKind::Unlocked, message);
                errors.push(error.at(source, block.opening.clone()).help(VENDOR));
            }
        }
    }
}

/// Whether a requirement is the address of a wheel that the site itself has.
pub(crate) fn is_of_site(requirement: &str) -> bool {
    requirement.ends_with(".whl") && !requirement.contains("://") && !requirement.starts_with("//")
}
