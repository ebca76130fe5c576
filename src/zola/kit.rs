//! The kit: what a site or a theme copies to have blocks with Zola alone.

use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::assets::Assets;
use crate::dialect::Dialect;
use crate::error::{Error, ErrorKind, Result};

use super::find::{Zola, dialect_of, parse_version};

const SHORTCODE: &str = include_str!("../../shortcodes/pyodide.html");
const COMPONENT: &str = include_str!("../../shortcodes/components/pyodide.html");

/// The folder below `static/` that the shipped templates name, for those who copy by hand.
const SHIPPED_FOLDER: &str = concat!("\"pyfence/", env!("CARGO_PKG_VERSION"), "\"");

/// A template, and the runtime for `static/`.
///
/// The template says in its first line what it was when it was copied: so a copy that somebody
/// edited is told from one that is only old.
#[derive(Debug)]
pub struct Kit {
    dialect: Dialect,
    template: String,
}

/// What a file of the kit is, where it belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum CopyState {
    /// It isn't there.
    Missing,
    /// It is that of this very kit.
    Current,
    /// It is that of another one, as it was copied.
    Older,
    /// It isn't as it was copied, or was never copied.
    Edited,
}

impl Kit {
    /// The kit for Zola with these major and minor numbers.
    pub fn for_zola(version: (u32, u32)) -> Self {
        let dialect = dialect_of(version);
        let shipped = match dialect {
            Dialect::Shortcodes => SHORTCODE,
            Dialect::Templates => COMPONENT,
        };
        let folder = format!("\"{}\"", Assets::shipped().folder());
        let text = shipped.replace(SHIPPED_FOLDER, &folder);
        Self {
            dialect,
            template: format!("{}\n{text}", stamp(&text)),
        }
    }

    /// Where the template belongs in a site or a theme.
    pub fn template_path(&self) -> &'static Path {
        Path::new(match self.dialect {
            Dialect::Shortcodes => "templates/shortcodes/pyodide.html",
            Dialect::Templates => "templates/components/pyodide.html",
        })
    }

    /// What the base template has to say, so that pages load the runtime; `None` where the
    /// template itself does.
    pub fn snippet(&self) -> Option<&'static str> {
        match self.dialect {
            Dialect::Shortcodes => None,
            Dialect::Templates => Some(
                "{% if \"<pyodide-block\" in page.content %}{{ <pyodide_loader /> }}{% endif %}",
            ),
        }
    }

    /// The files of the kit in `folder`, a site's or a theme's, and what they are there.
    pub fn compare(&self, folder: &Path) -> Vec<(PathBuf, CopyState)> {
        let template = folder.join(self.template_path());
        let state = match fs::read_to_string(&template) {
            Err(_) if !template.exists() => CopyState::Missing,
            Ok(text) if text == self.template => CopyState::Current,
            Ok(text) if is_as_copied(&text) => CopyState::Older,
            _ => CopyState::Edited,
        };
        let mut files = vec![(template, state)];
        for file in Assets::shipped().files() {
            let path = folder.join("static").join(file.path());
            let state = match fs::read(&path) {
                Err(_) if !path.exists() => CopyState::Missing,
                Ok(contents) if contents == file.contents() => CopyState::Current,
                // Its folder is named by what was in it.
                _ => CopyState::Edited,
            };
            files.push((path, state));
        }
        files
    }

    /// Copies the kit to `folder`, over whatever is there.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Io`] with the file that can't be written.
    pub fn write_to(&self, folder: &Path) -> Result<()> {
        let path = folder.join(self.template_path());
        let written = path.parent().map_or(Ok(()), fs::create_dir_all);
        written
            .and_then(|()| fs::write(&path, &self.template))
            .map_err(|error| {
                Error::new(ErrorKind::Io, format!("can't write it: {error}"))
                    .in_file(path.display().to_string())
            })?;
        Assets::shipped().write_to(&folder.join("static"))
    }
}

/// Which Zola builds the site or theme in `folder`: the one that is here, else what its files say.
///
/// # Errors
///
/// If neither says it.
pub fn version_for(folder: &Path) -> Result<(u32, u32)> {
    if let Ok(zola) = Zola::find() {
        return Ok(zola.version());
    }
    if folder.join("zola.toml").is_file() {
        return Ok((0, 23));
    }
    let theme = fs::read_to_string(folder.join("theme.toml")).unwrap_or_default();
    let theme: toml::Table = toml::from_str(&theme).unwrap_or_default();
    let minimum = theme.get("min_version").and_then(toml::Value::as_str);
    minimum.and_then(parse_version).ok_or_else(|| {
        Error::new(ErrorKind::Config, "which Zola builds this can't be seen")
            .in_file(folder.display().to_string())
            .help("say it, as in `--zola 0.22`")
    })
}

fn stamp(text: &str) -> String {
    let digest = Sha256::digest(text.as_bytes());
    let digits: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    format!(
        "{{#- pyfence {}: `pyfence add` renews this file while its text has the sum {digits} -#}}",
        env!("CARGO_PKG_VERSION")
    )
}

/// Whether the first line tells of the text below it.
fn is_as_copied(text: &str) -> bool {
    let Some((first, rest)) = text.split_once('\n') else {
        return false;
    };
    let sum = |stamp: &str| stamp.rsplit_once("the sum ").map(|(_, sum)| sum.to_owned());
    sum(first).is_some_and(|stated| Some(stated) == sum(&stamp(rest)))
}
