//! The filters and tests that templates have beside Tera's own.

use std::sync::{Arc, Weak};

use num_format::{Locale, ToFormattedString};
use tera::{Context, Error, Filter, Kwargs, State, Tera, TeraResult, Value};

use super::functions::Calls;
use crate::BlockOptions;
use crate::site::config::InsertAnchor;
use crate::site::markdown::Content;
use crate::site::text_file::TextFile;

/// Registers what Zola has as well.
pub(super) fn register(tera: &mut Tera, calls: &Arc<Calls>) {
    tera.register_filter("base64_encode", tera_contrib::base64::b64_encode);
    tera.register_filter("base64_decode", tera_contrib::base64::b64_decode);
    tera.register_filter(
        "regex_replace",
        tera_contrib::regex::RegexReplace::default(),
    );
    tera.register_filter("striptags", tera_contrib::regex::striptags);
    tera.register_filter("spaceless", tera_contrib::regex::spaceless);
    tera.register_filter("urlencode", tera_contrib::urlencode::urlencode);
    tera.register_filter(
        "urlencode_strict",
        tera_contrib::urlencode::urlencode_strict,
    );
    tera.register_filter("json_encode", tera_contrib::json::json_encode);
    tera.register_filter(
        "filesizeformat",
        tera_contrib::filesize_format::filesize_format,
    );
    tera.register_filter("format", tera_contrib::format::format);
    tera.register_filter("slugify", tera_contrib::slug::slug);
    tera.register_filter("date", tera_contrib::dates::date);
    tera.register_filter("shuffle", tera_contrib::rand::shuffle);
    tera.register_function("get_random", tera_contrib::rand::get_random);
    tera.register_test("matching", tera_contrib::regex::Matching::default());
    tera.register_test("before", tera_contrib::dates::is_before);
    tera.register_test("after", tera_contrib::dates::is_after);
    tera.register_filter(
        "num_format",
        NumFormat(calls.config.default_language.clone()),
    );
    tera.register_filter("markdown", Markdown(Arc::clone(calls)));
}

/// Numbers with the separators of a language.
struct NumFormat(String);

impl Filter<i128, TeraResult<String>> for NumFormat {
    fn call(&self, number: i128, kwargs: Kwargs, _: &State<'_>) -> TeraResult<String> {
        let name = kwargs.get::<String>("locale")?;
        let name = name.as_deref().unwrap_or(&self.0);
        let locale = Locale::from_name(name)
            .map_err(|_| Error::message(format!("there is no locale `{name}`")))?;
        Ok(number.to_formatted_string(&locale))
    }
}

/// Markdown in front matter, in the configuration, in bodies of shortcodes.
struct Markdown(Arc<Calls>);

impl Filter<&str, TeraResult<String>> for Markdown {
    fn call(&self, markdown: &str, kwargs: Kwargs, state: &State<'_>) -> TeraResult<String> {
        let inline = kwargs.get("inline")?.unwrap_or(false);
        let pipeline = self.0.pipeline.get().and_then(Weak::upgrade);
        let pipeline = pipeline.ok_or_else(|| Error::message("the site is gone"))?;
        let place = Place::of(state)?;
        let file = TextFile {
            name: "markdown".to_owned(),
            text: markdown.to_owned(),
        };
        let body = pipeline.render(&Content {
            file: &file,
            start: 0,
            relative: &place.relative,
            permalink: &place.permalink,
            insert_anchor: InsertAnchor::None,
            defaults: BlockOptions::default(),
            variables: place.variables,
        });
        let errors: Vec<String> = body
            .diagnostics
            .iter()
            .filter(|error| error.is_error())
            .map(|error| error.message().to_owned())
            .collect();
        if !errors.is_empty() {
            return Err(Error::message(errors.join("; ")));
        }
        Ok(match inline {
            true => without_paragraph(&body.html).to_owned(),
            false => body.html,
        })
    }
}

fn without_paragraph(html: &str) -> &str {
    html.trim_start_matches("<p>").trim_end_matches("</p>\n")
}

/// The page or section that the filter is called for.
#[derive(Default)]
struct Place {
    relative: String,
    permalink: String,
    variables: Context,
}

impl Place {
    fn of(state: &State<'_>) -> TeraResult<Self> {
        let mut place = Self::default();
        for name in ["page", "section", "config", "lang"] {
            let Some(value) = state.get::<Value>(name)?.filter(|value| !value.is_none()) else {
                continue;
            };
            if place.relative.is_empty() {
                let text = |key| value.get_from_path(key).and_then(Value::as_str);
                place.relative = text("relative_path").unwrap_or_default().to_owned();
                place.permalink = text("permalink").unwrap_or_default().to_owned();
            }
            place.variables.insert_value(name, value);
        }
        Ok(place)
    }
}
