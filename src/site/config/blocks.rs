//! `[extra.pyfence]`: defaults for the options of blocks, of a site or of a page.

use serde::Deserialize;

use crate::options::BlockOptions;

#[derive(Default, Deserialize)]
#[serde(default)]
struct Outer {
    extra: Extra,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Extra {
    pyfence: BlockOptions,
}

/// The defaults that a TOML text states. It is read once more for them, because only a reader of
/// the text can say where a mistake stands.
pub(crate) fn block_options(toml: &str) -> Result<BlockOptions, toml::de::Error> {
    let outer: Outer = toml::from_str(toml)?;
    Ok(outer.extra.pyfence)
}
