//! A site's tables with a theme's below them.

use toml::{Table, Value};

/// Puts `defaults` below what is stated, in tables within tables as well.
pub(crate) fn add_missing(stated: &mut Table, defaults: &Table) {
    for (key, default) in defaults {
        match (stated.get_mut(key), default) {
            (Some(Value::Table(stated)), Value::Table(defaults)) => add_missing(stated, defaults),
            (Some(_), _) => {}
            (None, default) => {
                stated.insert(key.clone(), default.clone());
            }
        }
    }
}
