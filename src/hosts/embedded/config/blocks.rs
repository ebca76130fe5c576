//! `[extra.pyfence]`: defaults for the options of blocks, of a site, a theme or a page.

use std::ops::Range;

use serde::Deserialize;
use toml::Spanned;
use toml::de::{DeTable, DeValue, ValueDeserializer};

use crate::block::options::BlockOptions;
use crate::block::raw_value::RawValue;
use crate::error::{ErrorKind, Errors};
use crate::hosts::embedded::text_file::TextFile;

/// The defaults that the TOML in a range of a file states, or all that is wrong with them.
///
/// The text is read once more for them, because only the text knows where a mistake stands.
pub(crate) fn block_options(file: &TextFile, toml: Range<usize>) -> Result<BlockOptions, Errors> {
    let mut options = BlockOptions::default();
    let mut errors = Errors::new();
    let text = &file.text[toml.clone()];
    // TOML that can't be read is reported by those who read all of it.
    let table = DeTable::parse(text).ok();
    let stated = table.as_ref().and_then(|table| stated(table.get_ref()));
    for (key, value) in stated.into_iter().flatten() {
        let place = |span: Range<usize>| toml.start + span.start..toml.start + span.end;
        let (name_span, value_span) = (place(key.span()), place(value.span()));
        let Ok(value) = RawValue::deserialize(ValueDeserializer::from(value.clone())) else {
            let message = format!("`{}` takes no value of this kind", key.get_ref());
            errors.push(file.error(ErrorKind::BadValue, message, value_span));
            continue;
        };
        if let Err(wrong) = options.set(key.get_ref(), value) {
            errors.push(wrong.at(&file.source(), name_span, value_span));
        }
    }
    if errors.is_empty() {
        Ok(options)
    } else {
        Err(errors)
    }
}

fn stated<'t, 'i>(
    table: &'t DeTable<'i>,
) -> Option<
    impl Iterator<
        Item = (
            &'t Spanned<std::borrow::Cow<'i, str>>,
            &'t Spanned<DeValue<'i>>,
        ),
    >,
> {
    let DeValue::Table(extra) = table.get("extra")?.get_ref() else {
        return None;
    };
    let DeValue::Table(pyfence) = extra.get("pyfence")?.get_ref() else {
        return None;
    };
    Some(pyfence.iter())
}
