//! What the page itself loads of others: the editor, and what colours code and reads Markdown.

use super::licences::Licences;
use super::own_file;
use super::sources::{InNpm, Sources, Wanted};
use super::store::Store;
use crate::error::{Error, ErrorKind, Result};
use crate::lock::LockedScripts;
use crate::runtime_files::{Manifest, ScriptPackage};

/// Copies all scripts that the runtime may load.
pub(super) fn lock(
    sources: &Sources,
    store: &Store,
    licences: &mut Licences,
    progress: &dyn Fn(&str),
) -> Result<Vec<LockedScripts>> {
    let mut all = Vec::new();
    for package in Manifest::shipped().scripts() {
        let mut files = Vec::new();
        for (name, sha256) in package.files() {
            let folder = package.folder_in_npm();
            let path = format!("{folder}{name}");
            let url = format!("{}{name}", package.base());
            let plain = package.npm.trim_start_matches('@').replace('/', "-");
            let own = format!("{plain}-{}/{name}", package.version);
            let wanted = Wanted {
                name,
                url: &url,
                npm: Some(in_npm(package, &path)),
                sha256: Some(&sha256),
            };
            let bytes = match store.present(&own, &sha256) {
                Some(bytes) => bytes,
                None => {
                    progress(name);
                    let bytes = sources.published(&wanted)?;
                    let bytes = bytes.ok_or_else(|| not_found(package))?;
                    store.put(&own, &bytes)?;
                    bytes
                }
            };
            files.push(own_file(name, Some(&url), &own, &bytes));
        }
        licences.add_npm(sources, &package.npm, &package.version)?;
        all.push(LockedScripts {
            name: package.npm.clone(),
            version: package.version.clone(),
            files,
        });
    }
    Ok(all)
}

fn in_npm<'p>(package: &'p ScriptPackage, path: &'p str) -> InNpm<'p> {
    InNpm {
        package: &package.npm,
        version: &package.version,
        path,
    }
}

fn not_found(package: &ScriptPackage) -> Error {
    let ScriptPackage { npm, version, .. } = package;
    Error::new(
        ErrorKind::Usage,
        format!("no folder has {npm} in version {version}"),
    )
    .help(format!(
        "`npm install {npm}@{version}`, and name the folder with `--from node_modules`"
    ))
}
