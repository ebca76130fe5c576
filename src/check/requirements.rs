//! What `install=` asks for.

use std::collections::HashSet;
use std::str::FromStr;

use pep508_rs::{Requirement, VerbatimUrl};

use super::releases::Release;
use super::rule::Rule;
use super::{Findings, Read};

pub(super) fn check(blocks: &[Read<'_>], release: Option<&Release>, findings: &mut Findings<'_>) {
    let used = release.and_then(|release| Used::by(blocks, release));
    for block in blocks {
        for requirement in block.written.options().install.iter().flatten() {
            if let Some(reason) = wrong(requirement) {
                let error = Rule::BadRequirement
                    .error(format!("`{requirement}` is no requirement: {reason}"))
                    .help("a requirement is written as `griffe`, `pkg[extra]>=1` or the address of a wheel");
                findings.add_opening(block, error);
                continue;
            }
            let (Some(used), Some(name)) = (&used, name_of(requirement)) else {
                continue;
            };
            if !used.has(&name) {
                let warning = Rule::UnusedInstall
                    .warning(format!("no block of this page uses `{name}`"))
                    .help("leave it out of `install`: readers wait for it");
                findings.add_opening(block, warning);
            }
        }
    }
}

fn is_address(requirement: &str) -> bool {
    requirement.contains("://") || requirement.ends_with(".whl") || requirement.starts_with("emfs:")
}

/// Why micropip wouldn't take it; the first line of it.
fn wrong(requirement: &str) -> Option<String> {
    if is_address(requirement) {
        return None;
    }
    let error = Requirement::<VerbatimUrl>::from_str(requirement).err()?;
    let message = error.message.to_string();
    message
        .lines()
        .next()
        .map(|line| line.trim_end_matches('.').to_owned())
}

/// The name of the package that a requirement is for, in its normal form; `None` for an address.
pub(crate) fn name_of(requirement: &str) -> Option<String> {
    if is_address(requirement) {
        return None;
    }
    let requirement = Requirement::<VerbatimUrl>::from_str(requirement).ok()?;
    Some(requirement.name.to_string())
}

/// What the blocks of a page use, where it tells which packages they don't.
struct Used<'r> {
    /// The packages that their imports are of.
    packages: HashSet<&'r str>,
    /// The words of their code, with `_` for `-`: once for the page, however many packages it installs.
    words: HashSet<String>,
}

impl<'r> Used<'r> {
    /// `None` where a block isn't Python, or one imports a package: that may ask for others by itself, such as
    /// a reader of a format for pandas.
    fn by(blocks: &[Read<'_>], release: &'r Release) -> Option<Self> {
        let mut packages = HashSet::new();
        let mut words = HashSet::new();
        for block in blocks {
            for found in &block.python.as_ref()?.facts.imported {
                let module = found.name.split('.').next().unwrap_or_default();
                if !release.standard.contains(module) {
                    return None;
                }
                packages.extend(release.packages.get(module).map(String::as_str));
            }
            let code = block.written.code().to_lowercase();
            let is_between = |character: char| !character.is_alphanumeric() && character != '_';
            words.extend(code.split(is_between).map(str::to_owned));
            let is_outside = |character: char| is_between(character) && character != '-';
            words.extend(code.split(is_outside).map(|word| word.replace('-', "_")));
        }
        Some(Self { packages, words })
    }

    /// Whether a block imports the package or names it.
    fn has(&self, name: &str) -> bool {
        self.packages.contains(name) || self.words.contains(&name.replace('-', "_"))
    }
}
