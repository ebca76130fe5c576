//! The languages of a site: a file says its own in its name, as in `loops.de.md`.

use super::stage_settings::Settings;

#[derive(Clone)]
pub(super) struct Languages {
    /// Of files whose names have none.
    pub default: String,
    others: Vec<String>,
}

impl Languages {
    pub fn of_site(settings: &Settings) -> Self {
        let others = settings.stated.get("languages");
        let others = others.and_then(toml::Value::as_table);
        Self {
            default: settings.default_language().to_owned(),
            others: others.map_or_else(Vec::new, |others| others.keys().cloned().collect()),
        }
    }

    /// The name without its language, and the language, of a file's name with neither folder nor `.md`.
    pub fn split<'a>(&'a self, stem: &'a str) -> (&'a str, &'a str) {
        stem.split_once('.')
            .filter(|(_, language)| self.others.iter().any(|known| known == language))
            .unwrap_or((stem, &self.default))
    }
}
