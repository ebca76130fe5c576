//! Which requests to other sites are left once the lock holds.

use super::{Asked, Left};
use crate::check::{Needed, modules_unbrought};
use crate::lock::Lock;

/// Why a file of the lock is left where it was published.
const NO_FOLDER: &str = "no folder has it";

/// Why an import is a request: the reader is offered to have it installed by its name.
const NOTHING_HAS_IT: &str = "nothing that is locked has it";

/// What the lock leaves at other places, and what blocks ask for by address.
pub(super) fn left_by(lock: &Lock, asked: &[Asked<'_>]) -> Vec<Left> {
    let mut left = Vec::new();
    for page in asked {
        let version = page.version(lock);
        let release = lock.release(version);
        let mut add = |what: &str, why, need: &crate::check::Need| {
            let place = page.ask(need).place();
            left.push(Left {
                what: what.to_owned(),
                why,
                place,
            });
        };
        for need in &page.needs.needs {
            match &need.what {
                Needed::Address(address) => add(address, "a file of another site", need),
                Needed::Requirement(requirement) => {
                    let package = release.and_then(|release| release.requirements.get(requirement));
                    let Some(package) = package else {
                        add(requirement, "nothing satisfies it", need);
                        continue;
                    };
                    for url in outside(lock, version, package) {
                        add(&url, NO_FOLDER, need);
                    }
                }
                Needed::Module(module) => {
                    let Some(package) = lock.bringing(version, module) else {
                        continue;
                    };
                    for url in outside(lock, version, &package.name) {
                        add(&url, NO_FOLDER, need);
                    }
                }
            }
        }
        let brings = |requirement: &str| {
            let package = release?.requirements.get(requirement)?;
            let packages = lock.with_dependencies(version, [package.as_str()]);
            let modules = packages.iter().flat_map(|package| package.imports.clone());
            Some(modules.collect())
        };
        for (module, line) in modules_unbrought(page.page, version, &brings) {
            left.push(Left {
                what: format!("import {module}"),
                why: NOTHING_HAS_IT,
                place: format!("{}:{line}", page.page.name()),
            });
        }
    }
    let mut seen = std::collections::BTreeSet::new();
    left.retain(|left| seen.insert(left.what.clone()));
    left
}

/// The addresses of what a package loads that the site doesn't have.
fn outside(lock: &Lock, version: &str, name: &str) -> Vec<String> {
    let needed = lock.with_dependencies(version, [name]);
    let wheels = needed.into_iter().map(|package| &package.wheel);
    wheels
        .filter(|wheel| wheel.path.is_none())
        .filter_map(|wheel| wheel.url.clone())
        .collect()
}
