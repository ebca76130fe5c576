//! The functions that templates and shortcodes can call.

use std::path::PathBuf;
use std::sync::{Arc, Weak};

use jiff::{Timestamp, tz::TimeZone};
use tera::{Error, Function, Kwargs, State, Tera, TeraResult, Value};

use super::filters;
use super::get_hash::{Files, GetHash};
use super::load_data::LoadData;
use super::unsupported_functions;
use crate::error::nearest;
use crate::hosts::embedded::config::Config;
use crate::hosts::embedded::content::Library;
use crate::hosts::embedded::markdown::{Pipeline, resolve};
use crate::hosts::embedded::template_values::Values;
use crate::runtime_files::Assets;

/// What functions and filters know of the site at one stage of a build.
#[derive(Clone)]
pub(crate) struct Calls {
    pub(super) config: Arc<Config>,
    pub(super) library: Arc<Library>,
    pub(super) files: Arc<Files>,
    /// The moment that `now` gives, the same on all pages.
    now: Timestamp,
    /// Pages and sections as they are known at this stage.
    values: Arc<Values>,
    /// What the `markdown` filter renders with. Weak, because the pipeline holds the templates
    /// that hold the filter.
    pub(super) pipeline: Weak<Pipeline>,
}

impl Calls {
    /// For templates that are read and not rendered yet. `assets`: the runtime's files for this site.
    pub(crate) fn new(
        root: PathBuf,
        config: Arc<Config>,
        library: Arc<Library>,
        assets: Assets,
    ) -> Self {
        Self {
            files: Arc::new(Files::new(root, &config, assets)),
            config,
            library,
            now: Timestamp::now(),
            values: Arc::default(),
            pipeline: Weak::new(),
        }
    }

    /// The same for templates that `pipeline` renders, where pages and sections are as in `values`.
    pub(crate) fn at_stage(&self, values: Arc<Values>, pipeline: Weak<Pipeline>) -> Self {
        Self {
            values,
            pipeline,
            ..self.clone()
        }
    }

    /// Gives a Tera all functions, filters and tests, in the place of those of another stage.
    pub(crate) fn register_in(self, tera: &mut Tera) {
        let calls = Arc::new(self);
        tera.register_function("get_url", GetUrl(Arc::clone(&calls)));
        tera.register_function("get_page", GetPage(Arc::clone(&calls)));
        tera.register_function("get_section", GetSection(Arc::clone(&calls)));
        tera.register_function("get_hash", GetHash(Arc::clone(&calls)));
        tera.register_function("load_data", LoadData(Arc::clone(&calls)));
        tera.register_function("trans", Trans(Arc::clone(&calls)));
        tera.register_function("now", Now(calls.now));
        filters::register(tera, &calls);
        unsupported_functions::register(tera);
    }
}

struct GetUrl(Arc<Calls>);

impl Function<TeraResult<String>> for GetUrl {
    fn call(&self, kwargs: Kwargs, _: &State<'_>) -> TeraResult<String> {
        let path: String = kwargs.must_get("path")?;
        let calls = &self.0;
        check_language(calls, &kwargs)?;
        if path.starts_with("@/") {
            return resolve(&path, &calls.library)
                .ok_or_else(|| no_such("page or section", &path, calls.library.linkable(), "@/"));
        }
        let mut address = calls.config.permalink(&path);
        if !kwargs.get("trailing_slash")?.unwrap_or(false) && address.ends_with('/') {
            address.pop();
        }
        if kwargs.get("cachebust")?.unwrap_or(false) {
            let contents = calls.files.read(&path)?;
            let hash = super::get_hash::short_hash(&contents);
            address.push_str(&format!("?h={hash}"));
        }
        Ok(address)
    }

    fn is_safe(&self) -> bool {
        true
    }
}

struct GetPage(Arc<Calls>);

impl Function<TeraResult<Value>> for GetPage {
    fn call(&self, kwargs: Kwargs, _: &State<'_>) -> TeraResult<Value> {
        look_up(&self.0, &kwargs, "page", &self.0.values.pages)
    }
}

struct GetSection(Arc<Calls>);

impl Function<TeraResult<Value>> for GetSection {
    fn call(&self, kwargs: Kwargs, _: &State<'_>) -> TeraResult<Value> {
        look_up(&self.0, &kwargs, "section", &self.0.values.sections)
    }
}

fn look_up(
    calls: &Calls,
    kwargs: &Kwargs,
    what: &str,
    values: &std::collections::HashMap<String, Value>,
) -> TeraResult<Value> {
    let path: String = kwargs.must_get("path")?;
    check_language(calls, kwargs)?;
    match values.get(&path) {
        Some(value) => Ok(value.clone()),
        None if kwargs.get("allow_missing")?.unwrap_or(false) => Ok(Value::none()),
        None => Err(no_such(what, &path, values.keys().map(String::as_str), "")),
    }
}

fn no_such<'a>(
    what: &str,
    path: &str,
    known: impl Iterator<Item = &'a str>,
    prefix: &str,
) -> Error {
    let wanted = path.strip_prefix(prefix).unwrap_or(path);
    Error::message(match nearest(wanted, known) {
        Some(meant) => format!("there is no {what} `{path}`; did you mean `{prefix}{meant}`?"),
        None => format!("there is no {what} `{path}`"),
    })
}

/// The engine builds one language, so no other one can be asked for.
fn check_language(calls: &Calls, kwargs: &Kwargs) -> TeraResult<()> {
    match kwargs.get::<String>("lang")? {
        Some(lang) if lang != calls.config.default_language => Err(Error::message(format!(
            "the embedded engine builds one language, `{}`, not `{lang}`",
            calls.config.default_language
        ))),
        _ => Ok(()),
    }
}

/// Translations of the one language: words that a theme lets a site replace.
struct Trans(Arc<Calls>);

impl Function<TeraResult<String>> for Trans {
    fn call(&self, kwargs: Kwargs, _: &State<'_>) -> TeraResult<String> {
        let key: String = kwargs.must_get("key")?;
        check_language(&self.0, &kwargs)?;
        let translations = &self.0.config.translations;
        translations.get(&key).cloned().ok_or_else(|| {
            no_such(
                "key in `[translations]`",
                &key,
                translations.keys().map(String::as_str),
                "",
            )
        })
    }
}

/// The moment the site is built.
struct Now(Timestamp);

impl Function<TeraResult<Value>> for Now {
    fn call(&self, kwargs: Kwargs, _: &State<'_>) -> TeraResult<Value> {
        if kwargs.get("timestamp")?.unwrap_or(false) {
            return Ok(Value::from(self.0.as_second()));
        }
        let zone = match kwargs.get("utc")?.unwrap_or(false) {
            true => TimeZone::UTC,
            false => TimeZone::system(),
        };
        let local = self.0.to_zoned(zone);
        Ok(Value::from(
            local.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string(),
        ))
    }
}
