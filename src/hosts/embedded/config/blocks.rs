//! `[extra.pyfence]`: defaults for the options of blocks, of a site, a theme or a page; and what
//! holds for a site.

use std::ops::Range;

use serde::Deserialize;
use toml::Spanned;
use toml::de::{DeTable, DeValue, ValueDeserializer};

use crate::block::options::BlockOptions;
use crate::block::raw_value::RawValue;
use crate::block::site_settings::SiteSettings;
use crate::error::{ErrorKind, Errors};
use crate::hosts::embedded::text_file::TextFile;

use super::find_key;

/// The defaults that the TOML in a range of a file states, or all that is wrong with them.
pub(crate) fn block_options(file: &TextFile, toml: Range<usize>) -> Result<BlockOptions, Errors> {
    read(file, toml, |_, _| false)
}

/// What the configuration of a site or a theme states, or all that is wrong with it.
pub(crate) fn site_settings(file: &TextFile) -> Result<SiteSettings, Errors> {
    let mut settings = SiteSettings::default();
    let mut other_kind = None;
    let defaults = read(file, 0..file.text.len(), |name, value| {
        let Some(switch) = settings.switch(name) else {
            return false;
        };
        *switch = value.as_bool();
        if switch.is_none() {
            other_kind = Some(name.to_owned());
        }
        true
    })?;
    settings.defaults = defaults;
    if let Some(name) = other_kind {
        let key = ["extra", "pyfence", &name];
        let place = find_key(&file.text, &key).unwrap_or_default();
        let message = format!("`{name}` is `true` or `false`");
        return Err(file.error(ErrorKind::BadValue, message, place).into());
    }
    Ok(settings)
}

/// The options, without what `takes` takes.
///
/// The text is read once more for them, because only the text knows where a mistake stands.
fn read(
    file: &TextFile,
    toml: Range<usize>,
    mut takes: impl FnMut(&str, &DeValue<'_>) -> bool,
) -> Result<BlockOptions, Errors> {
    let mut options = BlockOptions::default();
    let mut errors = Errors::new();
    let text = &file.text[toml.clone()];
    // TOML that can't be read is reported by those who read all of it.
    let table = DeTable::parse(text).ok();
    let stated = table.as_ref().and_then(|table| stated(table.get_ref()));
    for (key, value) in stated.into_iter().flatten() {
        if takes(key.get_ref(), value.get_ref()) {
            continue;
        }
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
