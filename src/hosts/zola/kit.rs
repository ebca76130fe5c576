//! The kit: what a site or a theme copies to have blocks with Zola alone.

use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use walkdir::{DirEntry, WalkDir};

use crate::error::{Error, Result};
use crate::hex::hex;
use crate::hosts::site_lock;
use crate::page::dialect::Dialect;
use crate::runtime_files::Assets;

use super::find_zola::dialect_of;
use super::stage_settings::stated_offline;

const SHORTCODE: &str = include_str!("../../../shortcodes/pyodide.html");
const COMPONENT: &str = include_str!("../../../shortcodes/components/pyodide.html");

/// The folder below `static/` that the shipped templates name, for those who copy by hand.
const SHIPPED_FOLDER: &str = concat!("\"pyfence/", env!("CARGO_PKG_VERSION"), "\"");

/// What loads the runtime where a page or a section has blocks. Of the pages that a base template
/// makes, lists and the one for lost readers have neither, and some themes make a `page` of their own.
const LOADER_LINE: &str = "\
    {% if page is defined and page.content is defined and \"<pyodide-block\" in page.content \
    or section is defined and section.content is defined and \"<pyodide-block\" in section.content %}\
    {{ <pyodide_loader /> }}{% endif %}";

/// What loads the runtime, and has it make blocks of ordinary fences, where a page or a section has such.
const FENCE_LINES: &str = r#"{% if page is defined and page.content is defined and "data-pyodide" in page.content or section is defined and section.content is defined and "data-pyodide" in section.content %}
<link rel="stylesheet" href="{{ get_url(path="FOLDER/pyfence.css") }}">
<script type="module" src="{{ get_url(path="FOLDER/pyfence.js") }}" data-fences="main"></script>
{% endif %}"#;

/// A template, and the runtime for `static/`.
///
/// The template says in its first line what it was when it was copied: so a copy that somebody
/// edited is told from one that is only old.
#[derive(Debug)]
pub struct Kit {
    dialect: Dialect,
    template: String,
    /// The runtime's files, where the site changes something in them.
    assets: Option<Assets>,
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
        Self::new(version, None)
    }

    /// The same for the site in `root`: its pages load what its lock names, if it has one, and its
    /// configuration says whether its blocks run [offline](crate::RendererBuilder::offline).
    ///
    /// # Errors
    ///
    /// When the lock or the configuration can't be read, or a site without a lock is to run offline.
    pub fn for_site(root: &Path, version: (u32, u32)) -> Result<Self> {
        let lock = site_lock::read(root)?;
        let offline = stated_offline(root)?;
        let assets = Assets::of_site(lock.as_ref(), offline)?;
        Ok(Self::new(version, Some(assets)))
    }

    fn new(version: (u32, u32), assets: Option<Assets>) -> Self {
        let dialect = dialect_of(version);
        let shipped = match dialect {
            Dialect::Templates => COMPONENT,
            _ => SHORTCODE,
        };
        let shipped_assets = Assets::shipped();
        let folder = assets.as_ref().unwrap_or(shipped_assets).folder();
        let folder = format!("\"{folder}\"");
        let text = shipped.replace(SHIPPED_FOLDER, &folder);
        Self {
            dialect,
            template: format!("{}\n{text}", stamp(&text)),
            assets,
        }
    }

    fn assets(&self) -> &Assets {
        self.assets.as_ref().unwrap_or(Assets::shipped())
    }

    /// Where the template belongs in a site or a theme.
    pub fn template_path(&self) -> &'static Path {
        Path::new(match self.dialect {
            Dialect::Templates => "templates/components/pyodide.html",
            _ => "templates/shortcodes/pyodide.html",
        })
    }

    /// What the base template has to say, so that pages load the runtime; `None` where the
    /// template itself does.
    pub fn snippet(&self) -> Option<&'static str> {
        match self.dialect {
            Dialect::Templates => Some(LOADER_LINE),
            _ => None,
        }
    }

    /// The runtime's folder below `static/`.
    pub fn runtime_folder(&self) -> &str {
        self.assets().folder()
    }

    /// What the base template has to say where ordinary fences are to become blocks. It names the folder of
    /// this runtime, so it changes with that.
    pub fn fence_snippet(&self) -> String {
        FENCE_LINES.replace("FOLDER", self.runtime_folder())
    }

    /// The templates in `folder`, a site's or a theme's, that load another runtime than the kit's.
    pub fn templates_of_others(&self, folder: &Path) -> Vec<PathBuf> {
        let own = self.runtime_folder();
        let files = WalkDir::new(folder.join("templates")).sort_by_file_name();
        let files = files.into_iter().flatten().map(DirEntry::into_path);
        let others = files.filter(|file| *file != folder.join(self.template_path()));
        let loading = others.filter(|file| {
            let text = fs::read_to_string(file).unwrap_or_default();
            let mut loads = text.match_indices("/pyfence.js");
            loads.any(|(at, _)| {
                let before = text[..at].rsplit(['"', '\'']).next().unwrap_or_default();
                before.trim_start_matches('/').starts_with("pyfence/") && !before.ends_with(own)
            })
        });
        loading.collect()
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
        for file in self.assets().files() {
            let path = folder.join("static").join(file.path());
            let state = match fs::read(&path) {
                Err(_) if !path.exists() => CopyState::Missing,
                Ok(contents) if contents == file.contents() => CopyState::Current,
                // Beside the folders, it changes with the lock.
                _ if file.path() == file.name() => CopyState::Older,
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
    /// [`ErrorKind::Io`](crate::ErrorKind::Io) with the file that can't be written.
    pub fn write_to(&self, folder: &Path) -> Result<()> {
        let path = folder.join(self.template_path());
        let written = path.parent().map_or(Ok(()), fs::create_dir_all);
        written
            .and_then(|()| fs::write(&path, &self.template))
            .map_err(|error| Error::unwritable(&path, error))?;
        self.assets().write_to(folder.join("static"))
    }
}

fn stamp(text: &str) -> String {
    let digits = hex(&Sha256::digest(text.as_bytes()));
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
