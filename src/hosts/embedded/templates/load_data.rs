//! `load_data`: TOML, JSON, CSV and plain text of the site, as values.

use std::sync::Arc;

use tera::{Error, Function, Kwargs, Map, State, TeraResult, Value};

use super::functions::Calls;
use crate::zola_site::tera_library;

pub(super) struct LoadData(pub(super) Arc<Calls>);

impl Function<TeraResult<Value>> for LoadData {
    fn call(&self, kwargs: Kwargs, _: &State<'_>) -> TeraResult<Value> {
        if kwargs.get::<String>("url")?.is_some() {
            return Err(Error::message(
                "the embedded engine loads no data from the network: save it in the site, and load it with `path`",
            ));
        }
        let path = kwargs.get::<String>("path")?;
        let format = kwargs.get::<String>("format")?;
        let text = match (&path, kwargs.get::<String>("literal")?) {
            (Some(path), None) => match self.read(path, &kwargs)? {
                Some(text) => text,
                None => return Ok(Value::none()),
            },
            (None, Some(literal)) => literal,
            _ => {
                return Err(Error::message(
                    "`load_data` takes either `path` or `literal`",
                ));
            }
        };
        let extension = path.as_deref().and_then(|path| path.rsplit_once('.'));
        let format = format
            .as_deref()
            .or(extension.map(|(_, extension)| extension));
        parse(&text, format.unwrap_or("plain"))
    }
}

impl LoadData {
    /// The text of a file; `None` where it is missing and `required=false` says that it may be.
    fn read(&self, path: &str, kwargs: &Kwargs) -> TeraResult<Option<String>> {
        match self.0.files.read(path) {
            Ok(bytes) => String::from_utf8(bytes)
                .map(Some)
                .map_err(|_| Error::message(format!("`{path}` is not UTF-8 text"))),
            Err(_) if !kwargs.get("required")?.unwrap_or(true) => Ok(None),
            Err(error) => Err(error),
        }
    }
}

fn parse(text: &str, format: &str) -> TeraResult<Value> {
    match format {
        "toml" => {
            let table: toml::Table = toml::from_str(text).map_err(malformed)?;
            Ok(tera_library::table(&table))
        }
        "json" => {
            let value: serde_json::Value = serde_json::from_str(text).map_err(malformed)?;
            Value::try_from_serializable(&value)
        }
        "csv" => parse_csv(text),
        "yaml" | "yml" | "xml" | "bibtex" | "bib" => Err(Error::message(format!(
            "the embedded engine loads no {format}: TOML, JSON, CSV and plain text only"
        ))),
        _ => Ok(Value::from(text)),
    }
}

/// `headers` and `records`, as in Zola.
fn parse_csv(text: &str) -> TeraResult<Value> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let row = |record: &csv::StringRecord| Value::from(record.iter().collect::<Vec<_>>());
    let headers = row(reader.headers().map_err(malformed)?);
    let records: Vec<Value> = reader
        .records()
        .map(|record| record.map(|record| row(&record)).map_err(malformed))
        .collect::<TeraResult<_>>()?;
    let mut map = Map::new();
    map.insert("headers".into(), headers);
    map.insert("records".into(), Value::from(records));
    Ok(Value::from(map))
}

fn malformed(error: impl std::fmt::Display) -> Error {
    Error::message(format!("the data can't be read: {error}"))
}
