//! What a requirement says: the package that it is for, and which versions of it.

use std::str::FromStr;

use pep508_rs::pep440_rs::Version;
use pep508_rs::{ExtraName, Requirement, VerbatimUrl, VersionOrUrl};

/// The package and the extras that a requirement asks for.
pub(super) fn asked_for(requirement: &str) -> Option<(String, Vec<ExtraName>)> {
    match Requirement::<VerbatimUrl>::from_str(requirement) {
        Ok(requirement) => Some((requirement.name.to_string(), requirement.extras)),
        Err(_) => Some((name_in_address(requirement)?, Vec::new())),
    }
}

/// The name of the package that a requirement is for.
pub(super) fn name_of(requirement: &str) -> Option<String> {
    asked_for(requirement).map(|(name, _)| name)
}

/// That of the wheel at an address.
fn name_in_address(address: &str) -> Option<String> {
    let path = address.split(['?', '#']).next()?;
    let file = path.rsplit('/').next()?.strip_suffix(".whl")?;
    Some(normal(file.split('-').next()?))
}

/// Whether a version satisfies a requirement that asks for no more than one.
pub(super) fn satisfies(requirement: &str, version: &str) -> bool {
    let (Ok(requirement), Ok(version)) = (
        Requirement::<VerbatimUrl>::from_str(requirement),
        Version::from_str(version),
    ) else {
        return false;
    };
    requirement.extras.is_empty()
        && match &requirement.version_or_url {
            None => true,
            Some(VersionOrUrl::VersionSpecifier(wanted)) => wanted.contains(&version),
            Some(VersionOrUrl::Url(_)) => false,
        }
}

/// A requirement that holds everywhere.
pub(super) fn without_marker(requirement: &str) -> String {
    let asked = requirement.split(';').next().unwrap_or(requirement);
    asked.trim().to_owned()
}

/// A name in its normal form: <https://packaging.python.org/en/latest/specifications/name-normalization/>.
pub(super) fn normal(name: &str) -> String {
    let mut normal = String::with_capacity(name.len());
    for part in name.split(['-', '_', '.']).filter(|part| !part.is_empty()) {
        if !normal.is_empty() {
            normal.push('-');
        }
        normal.push_str(&part.to_ascii_lowercase());
    }
    normal
}
