//! Which pages have blocks that aren't as they were at a revision of the site's Git repository: their
//! code, what their sessions run before them, their options, their files, what Pyodide they have.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use pyfence::{BlockOptions, Error, ErrorKind, PageCode, RecordFolder};

use super::built_site::{Built, code_of};
use crate::Failure;
use crate::site::SiteArguments;

/// The names of the pages with blocks that have changed since `revision`, or are new. Where the
/// site wasn't there, or can't be read as it was, all are.
pub(super) fn since(
    revision: &str,
    site: &SiteArguments,
    built: &Built,
) -> Result<HashSet<String>, Failure> {
    let records = built.records.as_ref().ok_or_else(|| {
        let message = "of finished HTML alone it isn't known what has changed";
        Error::new(ErrorKind::Usage, message)
            .help("name the folder of its site or book, too, with `--root`")
    })?;
    let tree = tempfile::Builder::new().prefix("pyfence-then-").tempdir();
    let tree = tree.map_err(|error| {
        Error::new(ErrorKind::Io, "no temporary folder can be made").caused_by(error)
    })?;
    let then = checked_out(revision, &site.place.root(), tree.path())?;
    let earlier = then.and_then(|root| {
        let site = SiteArguments {
            place: site.place.at(root),
            ..site.clone()
        };
        code_of(&site).ok()
    });
    let earlier: HashMap<PathBuf, Vec<Fingerprint<'_>>> = match &earlier {
        Some((code, records)) => fingerprints(code, records).collect(),
        None => HashMap::new(),
    };
    let changed = built.code.iter().filter(|page| {
        let now = fingerprint(page, records);
        earlier.get(&records.path_below(page.name())) != Some(&now)
    });
    Ok(changed.map(|page| page.name().to_owned()).collect())
}

/// What a block does when it is tested.
#[derive(PartialEq)]
struct Fingerprint<'p> {
    code: &'p str,
    /// Without the addresses of files: these are those of another place.
    options: BlockOptions,
    key: &'p str,
    /// The digests of files by their addresses.
    files: BTreeMap<String, String>,
}

fn fingerprints<'p>(
    code: &'p [PageCode],
    records: &'p RecordFolder,
) -> impl Iterator<Item = (PathBuf, Vec<Fingerprint<'p>>)> {
    code.iter()
        .map(|page| (records.path_below(page.name()), fingerprint(page, records)))
}

fn fingerprint<'p>(page: &'p PageCode, records: &RecordFolder) -> Vec<Fingerprint<'p>> {
    let blocks = page.blocks().iter().enumerate();
    let prints = blocks.map(|(index, block)| {
        let mut options = block.options().clone();
        options.files = None;
        Fingerprint {
            code: block.code(),
            options,
            key: page.record_key(index),
            files: records.digests(page, index),
        }
    });
    prints.collect()
}

/// Writes what the site's folder was at the revision into `tree`; `None` if it wasn't there. The
/// repository, its index and its work tree stay as they are.
fn checked_out(revision: &str, root: &Path, tree: &Path) -> Result<Option<PathBuf>, Failure> {
    let git = |folder: &Path| {
        let mut git = Command::new("git");
        git.arg("-C").arg(folder);
        git.env("GIT_INDEX_FILE", tree.join("index"));
        git
    };
    let said = |arguments: &[&str]| -> Option<String> {
        let output = git(root).args(arguments).output().ok()?;
        let text = String::from_utf8(output.stdout).ok()?;
        output.status.success().then(|| text.trim_end().to_owned())
    };
    let Some(top) = said(&["rev-parse", "--show-toplevel"]) else {
        let message = "`--changed` compares with a Git repository, and this folder is in none";
        let error = Error::new(ErrorKind::Usage, message);
        return Err(error.in_file(root.display().to_string()).into());
    };
    let commit = format!("{revision}^{{commit}}");
    let Some(commit) = said(&[
        "rev-parse",
        "--verify",
        "--quiet",
        "--end-of-options",
        &commit,
    ]) else {
        let message = format!("there is no revision `{revision}` to compare with");
        return Err(Error::new(ErrorKind::Usage, message)
            .help("in a shallow clone fetch it first, or name another: `--changed=HEAD~1`")
            .into());
    };
    let prefix = said(&["rev-parse", "--show-prefix"]).unwrap_or_default();
    let folder = format!("{commit}:{}", prefix.trim_end_matches('/'));
    if said(&["read-tree", &folder]).is_none() {
        return Ok(None);
    }
    let site = tree.join("site");
    let written = git(Path::new(&top))
        .args(["checkout-index", "--all", "--force"])
        .arg(format!("--prefix={}/", site.display()))
        .output();
    let is_written = written.is_ok_and(|output| output.status.success());
    Ok(is_written.then_some(site))
}
