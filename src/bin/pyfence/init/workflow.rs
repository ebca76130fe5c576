//! `pyfence init --ci`: the files that have a code host check and run the blocks of a site.

use std::path::{Path, PathBuf};

use clap::ValueEnum;
use pyfence::{Error, ErrorKind};

use super::write_new;
use crate::Failure;
use crate::place::here;

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Host {
    /// A workflow of GitHub Actions
    Github,
    /// A job of GitLab CI/CD
    Gitlab,
}

const GITHUB: (&str, &str) = (".github/workflows/pyfence.yml", include_str!("github.yml"));
const GITLAB: (&str, &str) = (".gitlab/pyfence.yml", include_str!("gitlab.yml"));

/// What GitLab reads, if there is nothing yet.
const GITLAB_START: (&str, &str) = (
    ".gitlab-ci.yml",
    "include:\n  - local: .gitlab/pyfence.yml\n",
);

/// Writes the workflow for the site in `folder` into the repository that it is in; a file that is
/// there is replaced only with `force`.
pub(super) fn write(host: Host, folder: &Path, force: bool) -> Result<(), Failure> {
    let has = |name: &&str| folder.join(name).is_file();
    if !["zola.toml", "config.toml", "book.toml"].iter().any(has) {
        let message = "there is no site and no book here whose blocks could be run";
        return Err(Error::new(ErrorKind::Usage, message)
            .in_file(folder.display().to_string())
            .help("name its folder: `pyfence init my-site --ci github`; without `--ci`, `pyfence init` makes a site")
            .into());
    }
    let site = here(folder);
    let repository = site.ancestors().find(|above| above.join(".git").exists());
    let repository = repository.unwrap_or(&site);
    let root = site.strip_prefix(repository).unwrap_or(Path::new(""));
    let (name, text) = match host {
        Host::Github => GITHUB,
        Host::Gitlab => GITLAB,
    };
    let file = repository.join(name);
    if file.exists() && !force {
        let error = Error::new(ErrorKind::Usage, "this file is there already");
        return Err(error
            .in_file(file.display().to_string())
            .help("`--force` writes it anew")
            .into());
    }
    if file.exists() {
        std::fs::remove_file(&file).map_err(|error| Error::unwritable(&file, error))?;
    }
    write_new(&file, filled(text, root).as_bytes())?;
    anstream::println!("Wrote {}.", shown(&file));
    match host {
        Host::Github => anstream::println!(
            "The badge for a README, with your own names:\n\
             [![Python blocks](https://github.com/OWNER/REPOSITORY/actions/workflows/pyfence.yml/badge.svg)]\
             (https://github.com/OWNER/REPOSITORY/actions/workflows/pyfence.yml)"
        ),
        Host::Gitlab => {
            let start = repository.join(GITLAB_START.0);
            if start.exists() {
                let line = GITLAB_START.1.lines().last().unwrap_or_default().trim();
                anstream::println!("Add to `include` in {}: `{line}`", shown(&start));
            } else {
                write_new(&start, GITLAB_START.1.as_bytes())?;
                anstream::println!("Wrote {}.", shown(&start));
            }
            anstream::println!(
                "A weekly run is a schedule of the project: Build, Pipeline schedules."
            );
        }
    }
    Ok(())
}

fn filled(text: &str, root: &Path) -> String {
    let root = match root.as_os_str().is_empty() {
        true => String::new(),
        false => format!(" --root '{}'", root.to_string_lossy().replace('\\', "/")),
    };
    text.replace("{version}", env!("CARGO_PKG_VERSION"))
        .replace("{root}", &root)
}

fn shown(file: &Path) -> String {
    let current = std::env::current_dir().unwrap_or_else(|_| PathBuf::new());
    let file = file.strip_prefix(current).unwrap_or(file);
    file.display().to_string()
}
