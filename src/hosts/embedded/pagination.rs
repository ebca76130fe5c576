//! A section's pages, some at a time.

use tera::{Map, Value};

use super::config::Config;
use super::content::{Library, Section};
use super::template_values::Values;

/// The pages of a paginated section, cut into pagers.
pub(crate) struct Pagers<'a> {
    section: &'a Section,
    /// The pages in the order they are listed in, as indexes into the library's.
    pages: Vec<usize>,
    size: usize,
}

impl<'a> Pagers<'a> {
    /// `None` if the section isn't paginated.
    pub(crate) fn of(section: &'a Section, library: &Library) -> Option<Self> {
        let size = section.paginate_by()?;
        let mut pages = section.pages.clone();
        pages.retain(|&page| library.pages[page].meta.render);
        if section.meta.paginate_reversed {
            pages.reverse();
        }
        Some(Self {
            section,
            pages,
            size,
        })
    }

    pub(crate) fn section(&self) -> &'a Section {
        self.section
    }

    /// At least one, even of a section without pages.
    pub(crate) fn count(&self) -> usize {
        self.pages.len().div_ceil(self.size).max(1)
    }

    /// Where the pager with a number, from 1, is published: the first one is the section itself.
    pub(crate) fn path(&self, number: usize) -> String {
        match number {
            1 => self.section.path.clone(),
            number => self.numbered_path(number),
        }
    }

    /// The path with the number in it, which leads to the first pager as well.
    pub(crate) fn numbered_path(&self, number: usize) -> String {
        format!("{}{number}/", self.base_path())
    }

    fn base_path(&self) -> String {
        match self.section.meta.paginate_path.trim_matches('/') {
            "" => self.section.path.clone(),
            name => format!("{}{name}/", self.section.path),
        }
    }

    /// `paginator` in the template of one pager.
    pub(crate) fn value(
        &self,
        number: usize,
        config: &Config,
        library: &Library,
        values: &Values,
    ) -> Value {
        let address = |number: usize| Value::from(config.permalink(&self.path(number)));
        let count = self.count();
        let listed: Vec<Value> = self
            .pages
            .chunks(self.size)
            .nth(number - 1)
            .unwrap_or_default()
            .iter()
            .map(|&page| values.page(&library.pages[page].relative))
            .collect();
        let mut map = Map::new();
        map.insert("paginate_by".into(), Value::from(self.size));
        map.insert(
            "base_url".into(),
            Value::from(config.permalink(&self.base_path())),
        );
        map.insert("number_pagers".into(), Value::from(count));
        map.insert("total_pages".into(), Value::from(self.pages.len()));
        map.insert("first".into(), address(1));
        map.insert("last".into(), address(count));
        map.insert("current_index".into(), Value::from(number));
        map.insert("pages".into(), Value::from(listed));
        let beside = [
            ("previous", (number > 1).then(|| number - 1)),
            ("next", (number < count).then_some(number + 1)),
        ];
        for (key, number) in beside {
            map.insert(key.into(), number.map_or_else(Value::none, address));
        }
        Value::from(map)
    }
}
