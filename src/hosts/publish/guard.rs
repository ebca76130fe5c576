//! Which folders a site may be written to. What is in one is lost, so it has to be known as a
//! site's, unless the author names it and says `--force`.

use std::fs;
use std::path::Path;

use super::replace::Preserve;
use crate::zola_site::layout::{refusal_of_output, resolved};

/// What to do about a refusal.
pub(crate) const ANOTHER_OUTPUT: &str =
    "choose another one with `--output-dir` or `output_dir`, such as `public`";

pub(crate) const FORCE_OUTPUT: &str = "`--force` puts the site in the place of what is there, or choose another folder with `output_dir`";

/// Why the site in `root` must not be written to `folder`, forced or not: the author's sources or
/// the history of a repository would be lost.
pub(crate) fn refused_always(root: &Path, folder: &Path, preserve: Preserve) -> Option<String> {
    if let Some(message) = refusal_of_output(root, folder) {
        return Some(message.to_owned());
    }
    let folder = resolved(folder);
    if folder.iter().any(|part| part == ".git") {
        return Some("this is in a `.git`, the history of a repository".to_owned());
    }
    let holds_history = preserve == Preserve::Nothing && folder.join(".git").exists();
    holds_history.then(|| {
        "this folder holds a `.git`, which would be lost: it stays with \
         `preserve_dotfiles_in_output = true`"
            .to_owned()
    })
}

/// Why what is in `folder` isn't replaced only because a configuration says so: nothing tells that
/// it is a site which was built. A configuration may come with somebody else's site.
pub(crate) fn foreign_output(root: &Path, folder: &Path, preserve: Preserve) -> Option<String> {
    let folder = resolved(folder);
    if !folder.starts_with(resolved(root)) {
        return Some("this folder is outside of the site".to_owned());
    }
    let is_free = is_empty(&folder, preserve) || is_built_site(&folder);
    (!is_free).then(|| "what is in this folder doesn't look like a site that was built".to_owned())
}

/// Whether nothing is lost with what is in `folder`.
fn is_empty(folder: &Path, preserve: Preserve) -> bool {
    /// What keeps an empty folder in a repository, and what macOS leaves in every folder.
    const NOTHING: [&str; 3] = [".gitignore", ".gitkeep", ".DS_Store"];
    let mut entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.all(|entry| {
        let name = entry.file_name();
        preserve.keeps(&name) || NOTHING.iter().any(|nothing| name == *nothing)
    })
}

/// A site that pyfence built, with either engine, has the runtime. Zola makes a start page and a
/// `404.html` for every site, and a map for search engines or a word to robots, unless both are
/// turned off.
fn is_built_site(folder: &Path) -> bool {
    let has = |name: &str| folder.join(name).is_file();
    let runtimes = fs::read_dir(folder.join("pyfence"));
    let has_runtime = runtimes
        .into_iter()
        .flatten()
        .flatten()
        .any(|entry| entry.path().join("pyfence.js").is_file());
    let is_of_zola =
        has("index.html") && has("404.html") && (has("sitemap.xml") || has("robots.txt"));
    has_runtime || is_of_zola
}
