//! The functions that templates and shortcodes can call.

use std::path::PathBuf;
use std::sync::{Arc, OnceLock, RwLock, Weak};

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

/// What functions and filters know of the site; some of it only once the site is further on.
pub(crate) struct Calls {
    pub(super) config: Arc<Config>,
    pub(super) library: Arc<Library>,
    pub(super) files: Files,
    /// Pages and sections: without their content until all Markdown is rendered.
    values: RwLock<Arc<Values>>,
    /// What the `markdown` filter renders with. Weak, because the pipeline holds the templates
    /// that hold the filter.
    pub(super) pipeline: OnceLock<Weak<Pipeline>>,
}

impl Calls {
    /// `assets`: the runtime's files for this site.
    pub(crate) fn new(
        root: PathBuf,
        config: Arc<Config>,
        library: Arc<Library>,
        assets: Assets,
    ) -> Arc<Self> {
        Arc::new(Self {
            files: Files::new(root, &config, assets),
            config,
            library,
            values: RwLock::default(),
            pipeline: OnceLock::new(),
        })
    }

    /// Pages and sections as they are known by now.
    pub(crate) fn set_values(&self, values: Arc<Values>) {
        match self.values.write() {
            Ok(mut current) => *current = values,
            Err(poisoned) => *poisoned.into_inner() = values,
        }
    }

    pub(crate) fn set_pipeline(&self, pipeline: &Arc<Pipeline>) {
        // It is set once, right after it is made.
        let _ = self.pipeline.set(Arc::downgrade(pipeline));
    }

    fn values(&self) -> Arc<Values> {
        match self.values.read() {
            Ok(values) => Arc::clone(&values),
            Err(poisoned) => Arc::clone(&poisoned.into_inner()),
        }
    }

    /// A Tera without templates that has all functions, filters and tests.
    pub(crate) fn tera(self: &Arc<Self>) -> Tera {
        let mut tera = Tera::default();
        tera.register_function("get_url", GetUrl(Arc::clone(self)));
        tera.register_function("get_page", GetPage(Arc::clone(self)));
        tera.register_function("get_section", GetSection(Arc::clone(self)));
        tera.register_function("get_hash", GetHash(Arc::clone(self)));
        tera.register_function("load_data", LoadData(Arc::clone(self)));
        tera.register_function("trans", Trans(Arc::clone(self)));
        tera.register_function("now", Now(Timestamp::now()));
        filters::register(&mut tera, self);
        unsupported_functions::register(&mut tera);
        tera
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
        let values = self.0.values();
        look_up(&self.0, &kwargs, "page", &values.pages)
    }
}

struct GetSection(Arc<Calls>);

impl Function<TeraResult<Value>> for GetSection {
    fn call(&self, kwargs: Kwargs, _: &State<'_>) -> TeraResult<Value> {
        let values = self.0.values();
        look_up(&self.0, &kwargs, "section", &values.sections)
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

/// The moment the site is built, the same on all pages.
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
