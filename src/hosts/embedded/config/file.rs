//! Finding, reading and checking the configuration file.

use std::ops::Range;
use std::path::Path;

use globset::{Glob, GlobSet, GlobSetBuilder};
use toml::de::{DeTable, DeValue};

use super::Config;
use crate::error::{Error, ErrorKind, Errors, nearest};
use crate::hosts::embedded::text_file::TextFile;
use crate::zola_site::layout;

/// The configuration as it stands on disk, to point into.
#[derive(Debug, Clone)]
pub(crate) struct ConfigFile {
    pub(crate) file: TextFile,
}

impl ConfigFile {
    /// Reads `chosen`, or the first of Zola's names that exists in `root`.
    pub(crate) fn find(root: &Path, chosen: Option<&Path>) -> Result<Self, Error> {
        let path = layout::configuration(root, chosen)?;
        Ok(Self {
            file: TextFile::read(&path)?,
        })
    }

    pub(crate) fn parse(&self) -> Result<Config, Errors> {
        let mut config: Config =
            toml::from_str(&self.file.text).map_err(|error| toml_error(&self.file, &error, 0))?;
        let mut errors = Errors::new();
        if config.base_url.is_empty() {
            let error = Error::new(ErrorKind::Config, "`base_url` is missing")
                .in_file(&self.file.name)
                .help("the address where the site will be: `base_url = \"https://example.org\"`");
            errors.push(error);
        }
        let class = config.markdown.external_links_class.as_deref();
        if class.is_some_and(|class| class.contains(['"', '\'', '<', '>', '&'])) {
            errors.push(self.error(
                &["markdown", "external_links_class"],
                "a class can't hold quotes, `<`, `>` or `&`",
            ));
        }
        config.ignored_content_globs =
            self.globs("ignored_content", &config.ignored_content, &mut errors);
        config.ignored_static_globs =
            self.globs("ignored_static", &config.ignored_static, &mut errors);
        if errors.is_empty() {
            Ok(config)
        } else {
            Err(errors)
        }
    }

    fn globs(&self, key: &str, patterns: &[String], errors: &mut Errors) -> GlobSet {
        let mut builder = GlobSetBuilder::new();
        for pattern in patterns {
            match Glob::new(pattern) {
                Ok(glob) => {
                    builder.add(glob);
                }
                Err(error) => errors.push(self.error(&[key], error.to_string())),
            }
        }
        builder.build().unwrap_or_else(|error| {
            errors.push(self.error(&[key], error.to_string()));
            GlobSet::empty()
        })
    }

    /// An error at the key with this path.
    pub(crate) fn error(&self, path: &[&str], message: impl Into<String>) -> Error {
        self.file
            .error(ErrorKind::Config, message, self.place(path))
    }

    /// Whether there is a key with this path.
    pub(crate) fn states(&self, path: &[&str]) -> bool {
        find_key(&self.file.text, path).is_some()
    }

    /// Where the key with this path stands; the start of the file if it doesn't.
    pub(crate) fn place(&self, path: &[&str]) -> Range<usize> {
        find_key(&self.file.text, path).unwrap_or_default()
    }
}

/// The place of the key with this path in a TOML text.
pub(crate) fn find_key(text: &str, path: &[&str]) -> Option<Range<usize>> {
    let table = DeTable::parse(text).ok()?;
    let mut table = table.get_ref();
    let (last, parents) = path.split_last()?;
    for name in parents {
        table = match table.get(*name)?.get_ref() {
            DeValue::Table(inner) => inner,
            _ => return None,
        };
    }
    let (key, _) = table.get_key_value(*last)?;
    Some(key.span())
}

/// What the TOML reader says, at its place; `offset` is where the text it read starts in the file.
pub(crate) fn toml_error(file: &TextFile, error: &toml::de::Error, offset: usize) -> Error {
    let span = error.span().unwrap_or_default();
    let range = span.start + offset..span.end + offset;
    let (message, help) = reworded(error.message());
    let error = file.error(ErrorKind::Config, message, range);
    match help {
        Some(help) => error.help(help),
        None => error,
    }
}

/// The reader's words for a name it doesn't know list every known one; the nearest is what helps.
fn reworded(message: &str) -> (String, Option<String>) {
    for (start, what) in [("unknown field ", "key"), ("unknown variant ", "value")] {
        let Some((unknown, expected)) = message
            .strip_prefix(start)
            .and_then(|rest| rest.split_once(", expected "))
        else {
            continue;
        };
        let known: Vec<&str> = expected.split('`').skip(1).step_by(2).collect();
        let name = unknown.trim_matches('`');
        return match nearest(name, known.iter().copied()) {
            Some(meant) => (
                format!("unknown {what} `{name}`; did you mean `{meant}`?"),
                None,
            ),
            None if what == "key" => (
                format!("unknown key `{name}`"),
                Some("keys of your own go under `[extra]`".to_owned()),
            ),
            None => (
                format!("unknown value `{name}`"),
                Some(format!("it is one of {}", known.join(", "))),
            ),
        };
    }
    (message.to_owned(), None)
}
