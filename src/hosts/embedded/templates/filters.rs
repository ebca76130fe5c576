//! The filters and tests that templates have beside Tera's own.

use std::sync::Arc;

use tera::{Context, Error, Filter, Kwargs, State, Tera, TeraResult, Value};

use super::functions::Calls;
use crate::BlockOptions;
use crate::hosts::embedded::config::InsertAnchor;
use crate::hosts::embedded::markdown::Content;
use crate::hosts::embedded::text_file::TextFile;
use crate::html::templates::without_paragraph;
use crate::zola_site::tera_library;

/// Registers what Zola has as well.
pub(super) fn register(tera: &mut Tera, calls: &Arc<Calls>) {
    tera_library::register(tera, &calls.config.default_language);
    tera.register_filter("markdown", Markdown(Arc::clone(calls)));
}

/// Markdown in front matter, in the configuration, in bodies of shortcodes.
struct Markdown(Arc<Calls>);

impl Filter<&str, TeraResult<String>> for Markdown {
    fn call(&self, markdown: &str, kwargs: Kwargs, state: &State<'_>) -> TeraResult<String> {
        let inline = kwargs.get("inline")?.unwrap_or(false);
        let pipeline = self.0.pipeline.upgrade();
        let pipeline = pipeline.ok_or_else(|| Error::message("nothing is rendered yet"))?;
        let place = Place::of(state)?;
        let file = TextFile::new("markdown".to_owned(), markdown.to_owned());
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
