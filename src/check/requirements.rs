//! What `install=` asks for.

use std::str::FromStr;

use pep508_rs::{Requirement, VerbatimUrl};

use super::releases::Release;
use super::rule::Rule;
use super::{Findings, Read};

pub(super) fn check(blocks: &[Read<'_>], release: Option<&Release>, findings: &mut Findings<'_>) {
    for block in blocks {
        for requirement in block.written.options().install.iter().flatten() {
            if let Some(reason) = wrong(requirement) {
                let error = Rule::BadRequirement
                    .error(format!("`{requirement}` is no requirement: {reason}"))
                    .help("a requirement is written as `griffe`, `pkg[extra]>=1` or the address of a wheel");
                findings.add_opening(block, error);
            } else if let Some(release) = release
                && let Some(name) = name_of(requirement)
                && is_unused(&name, blocks, release)
            {
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

/// Whether a package isn't used, as far as can be told: one whose modules are known is used by
/// importing one of them; any other by importing a module that is nobody else's. A package that
/// is named in code, or that another one may ask for, isn't told of.
fn is_unused(name: &str, blocks: &[Read<'_>], release: &Release) -> bool {
    let modules: Vec<&str> = release
        .packages
        .iter()
        .filter(|(_, package)| *package == name)
        .map(|(module, _)| module.as_str())
        .collect();
    if blocks.iter().any(|block| block.python.is_none()) {
        return false;
    }
    let underscored = name.replace('-', "_");
    let is_named = blocks.iter().any(|block| {
        let code = block.written.code();
        code.contains(name) || code.contains(&underscored)
    });
    let mut imported = blocks
        .iter()
        .flat_map(|block| {
            block
                .python
                .iter()
                .flat_map(|python| &python.facts.imported)
        })
        .map(|found| found.name.split('.').next().unwrap_or_default());
    // A package that others import by themselves, such as a reader of a format for pandas.
    let may_be_asked_for = imported
        .clone()
        .any(|module| !release.standard.contains(module));
    !is_named && !may_be_asked_for && !imported.any(|module| modules.contains(&module))
}
