//! What a site's own shortcodes see where pyfence expands them: what the site's files say, in the
//! words of Zola. What Zola alone works out (summaries, neighbours, counts of words) isn't there.

use tera::{Context, Map, Value};
use toml::Table;

use crate::zola_site::tera_library::to_tera;

use super::languages::Languages;
use super::stage_settings::Settings;

/// Keys of the configuration and of front matter that Zola shows to templates, stated or not.
const OF_CONFIG: [&str; 4] = ["author", "description", "extra", "title"];
const OF_PAGE: [&str; 8] = [
    "authors",
    "date",
    "description",
    "draft",
    "extra",
    "taxonomies",
    "title",
    "updated",
];
const OF_SECTION: [&str; 4] = ["description", "draft", "extra", "title"];

/// What is the same for all pages.
pub(super) struct SiteValues {
    config: Value,
    base_url: String,
    languages: Languages,
    /// Whether names become parts of addresses in Zola's usual way.
    usual_slugs: bool,
}

impl SiteValues {
    pub fn new(settings: &Settings) -> Self {
        let base_url = settings.base_url.trim_end_matches('/').to_owned();
        let mut config = shown(&settings.stated, &OF_CONFIG);
        config.insert("base_url".into(), base_url.as_str().into());
        config.insert(
            "default_language".into(),
            settings.default_language().into(),
        );
        Self {
            config: Value::from(config),
            base_url,
            languages: Languages::of_site(settings),
            usual_slugs: !settings.stated.contains_key("slugify"),
        }
    }

    /// For the file `name`, such as `content/loops.md`, with this front matter.
    pub fn of_page(&self, name: &str, front_matter: &Table) -> Context {
        let file = name.strip_prefix("content/").unwrap_or(name);
        let place = Place::of(file, self);
        let is_section = place.name == "_index";
        let keys: &[&str] = if is_section { &OF_SECTION } else { &OF_PAGE };
        let mut value = shown(front_matter, keys);
        value.insert("relative_path".into(), file.into());
        value.insert("lang".into(), place.language.into());
        if let Some(path) = self.path(&place, front_matter) {
            let permalink = format!("{}{path}", self.base_url);
            value.insert("path".into(), path.into());
            value.insert("permalink".into(), permalink.into());
        }
        let mut context = Context::new();
        context.insert_value("config", self.config.clone());
        context.insert("lang", place.language);
        let name = if is_section { "section" } else { "page" };
        context.insert_value(name, Value::from(value));
        context
    }

    /// The path of a page's address, where that follows from its name and front matter.
    fn path(&self, place: &Place<'_>, front_matter: &Table) -> Option<String> {
        let language = match place.language == self.languages.default {
            true => String::new(),
            false => format!("/{}", place.language),
        };
        let stated = |key| front_matter.get(key).and_then(toml::Value::as_str);
        if place.name == "_index" {
            return Some(format!("{language}{}/", place.with("")));
        }
        if let Some(path) = stated("path") {
            return Some(format!("/{}/", path.trim().trim_matches('/')));
        }
        // A date in a file's name may become the page's date.
        let slug = stated("slug").or_else(|| {
            let starts_with_year = place.name.get(..5).is_some_and(|start| {
                start.ends_with('-') && start[..4].bytes().all(|byte| byte.is_ascii_digit())
            });
            (!starts_with_year).then_some(place.name)
        })?;
        self.usual_slugs
            .then(|| format!("{language}{}/", place.with(&slug::slugify(slug))))
    }
}

/// What a file's path below `content` says.
struct Place<'a> {
    /// The folders that are part of the address.
    folder: &'a str,
    /// What the page is called: its file or, for an `index.md`, its folder.
    name: &'a str,
    language: &'a str,
}

impl<'a> Place<'a> {
    fn of(file: &'a str, site: &'a SiteValues) -> Self {
        let (folder, file) = file.rsplit_once('/').unwrap_or(("", file));
        let stem = file.strip_suffix(".md").unwrap_or(file);
        let (name, language) = site.languages.split(stem);
        let (folder, name) = match name {
            "index" => folder.rsplit_once('/').unwrap_or(("", folder)),
            name => (folder, name),
        };
        Self {
            folder,
            name,
            language,
        }
    }

    /// The path of `slug` in the folders, from a `/`.
    fn with(&self, slug: &str) -> String {
        let parts = [self.folder, slug];
        let parts = parts.iter().filter(|part| !part.is_empty());
        parts.map(|part| format!("/{part}")).collect()
    }
}

/// What is stated under `keys`; where nothing is, what Zola shows then.
fn shown(stated: &Table, keys: &[&'static str]) -> Map {
    let value = |key: &str| match (stated.get(key), key) {
        (Some(stated), _) => to_tera(stated),
        (None, "extra" | "taxonomies") => Value::from(Map::new()),
        (None, "authors") => Value::from(Vec::<Value>::new()),
        (None, "draft") => Value::from(false),
        (None, _) => Value::none(),
    };
    let pairs = keys.iter().map(|key| ((*key).into(), value(key)));
    pairs.collect()
}
