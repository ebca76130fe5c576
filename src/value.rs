//! The values that options and shortcode arguments are written with.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A value as its author wrote it: in a fence always [`Value::Text`], in a shortcode or in TOML
/// whatever the syntax there says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub(crate) enum Value {
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// A number with a decimal point.
    Float(f64),
    /// Text.
    Text(String),
    /// A list, in brackets.
    List(Vec<Value>),
}

impl Value {
    /// A single value as the text that a fence would hold; `None` for a list.
    pub fn to_text(&self) -> Option<String> {
        match self {
            Value::List(_) => None,
            single => Some(single.to_string()),
        }
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Bool(value) => write!(f, "{value}"),
            Value::Integer(value) => write!(f, "{value}"),
            Value::Float(value) => write!(f, "{value}"),
            Value::Text(value) => f.write_str(value),
            Value::List(items) => {
                let items: Vec<String> = items.iter().map(Value::to_string).collect();
                write!(f, "[{}]", items.join(", "))
            }
        }
    }
}
