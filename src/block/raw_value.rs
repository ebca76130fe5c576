//! The values that options and shortcode arguments are written with.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The value of an option as its author wrote it: in a fence always [`RawValue::Text`], in a
/// shortcode or in TOML whatever the syntax there says.
///
/// ```
/// use pyfence::{BlockOptions, RawValue};
///
/// let files = RawValue::List(vec![RawValue::from("a.csv"), RawValue::from("b.csv")]);
/// let mut options = BlockOptions::default();
/// options.set("files", files)?;
/// options.set("height", RawValue::Integer(12))?;
/// assert_eq!(options.files.as_ref().unwrap().len(), 2);
/// # Ok::<(), pyfence::OptionError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
#[non_exhaustive]
pub enum RawValue {
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// A number with a decimal point.
    Float(f64),
    /// Text.
    Text(String),
    /// A list, in brackets.
    List(Vec<RawValue>),
}

impl RawValue {
    /// A single value as the text that a fence would hold; `None` for a list.
    pub fn to_text(&self) -> Option<String> {
        match self {
            RawValue::List(_) => None,
            single => Some(single.to_string()),
        }
    }
}

impl From<bool> for RawValue {
    fn from(value: bool) -> Self {
        RawValue::Bool(value)
    }
}

impl From<i64> for RawValue {
    fn from(value: i64) -> Self {
        RawValue::Integer(value)
    }
}

impl From<f64> for RawValue {
    fn from(value: f64) -> Self {
        RawValue::Float(value)
    }
}

impl From<&str> for RawValue {
    fn from(value: &str) -> Self {
        RawValue::Text(value.to_owned())
    }
}

impl From<String> for RawValue {
    fn from(value: String) -> Self {
        RawValue::Text(value)
    }
}

impl<T: Into<RawValue>> From<Vec<T>> for RawValue {
    fn from(items: Vec<T>) -> Self {
        RawValue::List(items.into_iter().map(Into::into).collect())
    }
}

impl fmt::Display for RawValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            RawValue::Bool(value) => write!(f, "{value}"),
            RawValue::Integer(value) => write!(f, "{value}"),
            RawValue::Float(value) => write!(f, "{value}"),
            RawValue::Text(value) => f.write_str(value),
            RawValue::List(items) => {
                let items: Vec<String> = items.iter().map(RawValue::to_string).collect();
                write!(f, "[{}]", items.join(", "))
            }
        }
    }
}
