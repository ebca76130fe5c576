//! What a site says of its blocks in one table: defaults for their options, and what holds for all
//! of it.

use std::fmt;

use serde::de;
use serde::{Deserialize, Deserializer};

use super::options::BlockOptions;
use super::raw_value::RawValue;

/// `[extra.pyfence]` of a site, `[preprocessor.pyfence]` of a book.
///
/// ```
/// use pyfence::SiteSettings;
///
/// let settings: SiteSettings = serde_json::from_str(r#"{ "offline": true, "session": "a" }"#)?;
/// assert_eq!(settings.offline, Some(true));
/// assert_eq!(settings.defaults.session.as_deref(), Some("a"));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct SiteSettings {
    /// Defaults for the options of blocks.
    pub defaults: BlockOptions,
    /// Whether blocks run [offline](crate::RendererBuilder::offline).
    pub offline: Option<bool>,
    /// Whether blocks say in their HTML [where they stand](crate::PageContext::source).
    pub sources: Option<bool>,
}

impl SiteSettings {
    /// The keys of a preprocessor's table in `book.toml` that are mdBook's own.
    pub const KEYS_OF_MDBOOK: &[&str] = &[
        "command",
        "before",
        "after",
        "renderer",
        "renderers",
        "optional",
    ];

    /// The name of [`offline`](Self::offline) in the table.
    pub(crate) const OFFLINE: &str = "offline";

    /// What is no option of a block, by its name in the table.
    pub(crate) fn switch(&mut self, name: &str) -> Option<&mut Option<bool>> {
        match name {
            Self::OFFLINE => Some(&mut self.offline),
            "sources" => Some(&mut self.sources),
            _ => None,
        }
    }

    /// These, and `below` for what they don't state.
    #[cfg(any(feature = "site", feature = "zola"))]
    pub(crate) fn or(self, below: &Self) -> Self {
        Self {
            defaults: self.defaults.or(&below.defaults),
            offline: self.offline.or(below.offline),
            sources: self.sources.or(below.sources),
        }
    }
}

impl<'de> Deserialize<'de> for SiteSettings {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> de::Visitor<'de> for Visitor {
            type Value = SiteSettings;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a table of block options")
            }

            fn visit_map<A: de::MapAccess<'de>>(
                self,
                mut map: A,
            ) -> Result<SiteSettings, A::Error> {
                let mut settings = SiteSettings::default();
                while let Some(name) = map.next_key::<String>()? {
                    if let Some(switch) = settings.switch(&name) {
                        *switch = Some(map.next_value()?);
                        continue;
                    }
                    let value: RawValue = map.next_value()?;
                    settings
                        .defaults
                        .set(&name, value)
                        .map_err(de::Error::custom)?;
                }
                Ok(settings)
            }
        }
        deserializer.deserialize_map(Visitor)
    }
}
