//! A site's own shortcodes, for a Zola that has none any more: pyfence expands them.

use std::path::Path;

use tera::{ErrorKind as TeraErrorKind, Kwargs, State, Tera, TeraResult, Value};

use crate::error::{Error, ErrorKind, Errors, Result, Source};
use crate::html::shortcode_folder;
use crate::html::templates::Templates;
use crate::zola_site::tera_library;

use super::stage_settings::Settings;

/// The functions that only Zola can answer: a shortcode that calls one hears so.
const ZOLAS: [&str; 13] = [
    "get_hash",
    "get_image_metadata",
    "get_page",
    "get_section",
    "get_taxonomy",
    "get_taxonomy_term",
    "get_taxonomy_url",
    "get_url",
    "load_data",
    "now",
    "resize_image",
    "text_direction",
    "trans",
];

/// The shortcodes of a site and its theme.
pub(super) struct Shortcodes {
    pub tera: Tera,
    /// Whether there are any.
    pub any: bool,
    /// Those that can't be expanded. Calls of them are left to Zola.
    pub warnings: Errors,
}

impl Shortcodes {
    /// None, for a Zola that expands them itself.
    pub fn none(settings: &Settings) -> Self {
        Self {
            tera: Templates::bare_tera(settings.markdown_options()),
            any: false,
            warnings: Errors::new(),
        }
    }

    /// Whether the site or its theme has a folder for them.
    pub fn may_be_in(root: &Path, settings: &Settings) -> bool {
        let mut folders = template_folders(settings);
        folders.any(|folder| root.join(folder).join("shortcodes").is_dir())
    }

    /// Those in `templates/shortcodes`; the site's go before the theme's.
    pub fn of_site(root: &Path, settings: &Settings) -> Result<Self> {
        let mut shortcodes = Self::none(settings);
        tera_library::register(&mut shortcodes.tera, settings.default_language());
        for name in ZOLAS {
            shortcodes.tera.register_function(name, refusal(name));
        }
        for folder in template_folders(settings) {
            if !root.join(&folder).join("shortcodes").is_dir() {
                continue;
            }
            for (name, text) in shortcode_folder::read(&root.join(&folder).join("shortcodes"))? {
                // The kit's own: blocks are rendered here.
                if name != "shortcodes/pyodide.html" {
                    shortcodes.add(&folder, &name, &text);
                }
            }
        }
        Ok(shortcodes)
    }

    fn add(&mut self, folder: &str, name: &str, text: &str) {
        // A Tera that has refused a template is of no further use.
        let mut tera = self.tera.clone();
        match tera.add_raw_template(name, text) {
            Ok(()) => {
                self.tera = tera;
                self.any = true;
            }
            Err(error) => self
                .warnings
                .push(unreadable(&format!("{folder}{name}"), text, error)),
        }
    }
}

/// Where the theme has its templates, and then the site.
fn template_folders(settings: &Settings) -> impl Iterator<Item = String> {
    let theme = settings.theme.iter();
    let theme = theme.map(|theme| format!("themes/{theme}/templates/"));
    theme.chain(["templates/".to_owned()])
}

fn refusal(name: &'static str) -> impl Fn(Kwargs, &State<'_>) -> TeraResult<Value> {
    move |_, _| {
        Err(tera::Error::message(format!(
            "only Zola knows `{name}`, and this Zola has no shortcodes: make a component of it"
        )))
    }
}

fn unreadable(file: &str, text: &str, error: tera::Error) -> Error {
    let warning = |message| Error::warning(ErrorKind::Template, message);
    let warning = match error.kind() {
        TeraErrorKind::SyntaxError(report) => {
            warning(report.message()).at(&Source::new(file, text), report.span().range.clone())
        }
        _ => warning("this shortcode can't be read")
            .in_file(file)
            .caused_by(error),
    };
    warning.help(
        "Zola from 0.23 on has no shortcodes, and pyfence can't expand this one: calls of it fail",
    )
}
