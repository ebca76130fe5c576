//! What Zola gives to all templates of a site beside Tera's own: shared by the hosts that render
//! such templates.

use num_format::{Locale, ToFormattedString};
use tera::{Error, Filter, Kwargs, Map, State, Tera, TeraResult, Value};

/// Registers the filters, tests and functions that need nothing of the site but its language.
pub(crate) fn register(tera: &mut Tera, language: &str) {
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
    tera.register_filter("num_format", NumFormat(language.to_owned()));
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

/// A TOML table as templates see it.
pub(crate) fn table(table: &toml::Table) -> Value {
    let mut map = Map::new();
    for (key, value) in table {
        map.insert(key.clone().into(), to_tera(value));
    }
    Value::from(map)
}

/// A TOML value as templates see it: dates as text.
pub(crate) fn to_tera(value: &toml::Value) -> Value {
    match value {
        toml::Value::String(text) => Value::from(text.as_str()),
        toml::Value::Integer(number) => Value::from(*number),
        toml::Value::Float(number) => Value::from(*number),
        toml::Value::Boolean(truth) => Value::from(*truth),
        toml::Value::Datetime(date) => Value::from(date.to_string()),
        toml::Value::Array(items) => Value::from(items.iter().map(to_tera).collect::<Vec<_>>()),
        toml::Value::Table(entries) => table(entries),
    }
}
