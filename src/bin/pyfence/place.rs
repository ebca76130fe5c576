//! Where a site is and what builds it: said in front of the command, as with `zola`, or behind it.

use std::path::{Path, PathBuf};

use clap::Args;
use pyfence::{Error, ErrorKind};

use super::Failure;
use super::engine::Engine;

/// The names of a configuration, in Zola's order.
const CONFIGURATIONS: [&str; 2] = ["zola.toml", "config.toml"];

#[derive(Args, Clone, Default)]
pub(crate) struct Place {
    /// The site's folder, or one in it [default: .]
    #[arg(short = 'r', long, value_name = "FOLDER")]
    root: Option<PathBuf>,

    /// The configuration, if it isn't zola.toml or config.toml; from the site's folder
    #[arg(short = 'c', long, value_name = "FILE")]
    config: Option<PathBuf>,

    /// What builds the site [default: auto]
    #[arg(long, value_enum)]
    engine: Option<Engine>,
}

impl Place {
    /// What is said behind the command, with what is said in front of it.
    pub(crate) fn or(self, front: Self) -> Result<Self, Failure> {
        Ok(Self {
            root: one_of("--root", self.root, front.root)?,
            config: one_of("--config", self.config, front.config)?,
            engine: one_of("--engine", self.engine, front.engine)?,
        })
    }

    /// For a command that asks for no site.
    pub(crate) fn refuse_for(&self, command: &str) -> Result<(), Failure> {
        let stated = [
            ("--root", self.root.is_some()),
            ("--config", self.config.is_some()),
            ("--engine", self.engine.is_some()),
        ];
        match stated.into_iter().find(|(_, is_stated)| *is_stated) {
            Some((option, _)) => {
                let message = format!("`pyfence {command}` has no use for `{option}`");
                Err(Error::new(ErrorKind::Usage, message).into())
            }
            None => Ok(()),
        }
    }

    /// For a command that asks for a folder and no more.
    pub(crate) fn only_root(
        mut self,
        command: &str,
        behind: Option<PathBuf>,
    ) -> Result<PathBuf, Failure> {
        let root = one_of("--root", behind, self.root.take())?;
        self.refuse_for(command)?;
        Ok(root.unwrap_or_else(|| ".".into()))
    }

    /// For a command that has no site yet: what makes it may be said behind it.
    pub(crate) fn with_engine(self, behind: Option<Engine>) -> Result<Self, Failure> {
        let engine = one_of("--engine", behind, self.engine)?;
        Ok(Self { engine, ..self })
    }

    /// Whether a folder was named, not only looked for.
    pub(crate) fn names_root(&self) -> bool {
        self.root.is_some()
    }

    /// The folder that was named, as it was.
    pub(crate) fn named_root(&self) -> Option<&Path> {
        self.root.as_deref()
    }

    pub(crate) fn engine(&self) -> Engine {
        self.engine.unwrap_or(Engine::Auto)
    }

    /// The site's folder: as in Zola, the nearest that has the configuration, from the one that
    /// was named upwards.
    pub(crate) fn root(&self) -> PathBuf {
        let named = self.root.as_deref().unwrap_or(Path::new("."));
        let names = match &self.config {
            Some(chosen) => vec![chosen.as_path()],
            None => CONFIGURATIONS.map(Path::new).to_vec(),
        };
        let has = |folder: &Path, name: &Path| folder.join(name).is_file();
        let absolute = here(named);
        let found = names.into_iter().find_map(|name| {
            // Messages name files as the author has named the folder.
            if has(named, name) {
                return Some(named);
            }
            absolute.ancestors().find(|above| has(above, name))
        });
        found.unwrap_or(named).to_owned()
    }

    /// Whether the configuration is in the site's folder.
    pub(crate) fn has_site(&self) -> bool {
        let root = self.root();
        match &self.config {
            Some(chosen) => root.join(chosen).is_file(),
            None => CONFIGURATIONS.iter().any(|name| root.join(name).is_file()),
        }
    }

    /// The same in another folder.
    pub(crate) fn at(&self, root: PathBuf) -> Self {
        Self {
            root: Some(root),
            ..self.clone()
        }
    }

    /// The configuration that was chosen.
    pub(crate) fn config(&self) -> Option<PathBuf> {
        let chosen = self.config.as_ref()?;
        Some(here(&self.root().join(chosen)))
    }
}

fn one_of<T>(option: &str, behind: Option<T>, front: Option<T>) -> Result<Option<T>, Failure> {
    if behind.is_some() && front.is_some() {
        let message = format!("`{option}` is said twice: before the command and after it");
        return Err(Error::new(ErrorKind::Usage, message).into());
    }
    Ok(behind.or(front))
}

/// A file named on the command line is meant from where the command is called.
pub(crate) fn here(file: &Path) -> PathBuf {
    std::path::absolute(file).unwrap_or_else(|_| file.to_owned())
}
