//! Which block of a source file a block of a built page is: the one at the place that it states, or one
//! with the same code.

use std::cmp::Reverse;
use std::collections::HashMap;

use pyfence::{PageCode, WrittenBlock};

/// The blocks of the site's sources.
pub(super) struct Sources {
    pages: Vec<PageCode>,
    by_code: HashMap<String, Vec<(usize, usize)>>,
}

/// A block of a source file.
#[derive(Clone, Copy)]
pub(super) struct SourceBlock<'s> {
    pub page: &'s PageCode,
    pub block: &'s WrittenBlock,
    /// Its number among the blocks of the file, from 1.
    pub number: usize,
}

impl Sources {
    pub(super) fn new(pages: Vec<PageCode>) -> Self {
        let mut by_code: HashMap<String, Vec<(usize, usize)>> = HashMap::new();
        for (index, page) in pages.iter().enumerate() {
            for (number, block) in page.blocks().iter().enumerate() {
                let places = by_code.entry(same(block.code())).or_default();
                places.push((index, number));
            }
        }
        Self { pages, by_code }
    }

    pub(super) fn pages(&self) -> &[PageCode] {
        &self.pages
    }

    /// The page that a place such as `content/loops.md:12` is in.
    pub(super) fn page_of(&self, stated: &str) -> Option<&PageCode> {
        let index = self.index_of(file_and_line(stated).0)?;
        Some(&self.pages[index])
    }

    /// The blocks of the built page at `path`, by their code and by where they say that they stand, as
    /// far as they are known. Of several with the same code it is the one of the file that has most of
    /// the page's; if several have, of the one whose path is the page's.
    pub(super) fn of_page(
        &self,
        path: &str,
        blocks: &[(&str, Option<&str>)],
    ) -> Vec<Option<SourceBlock<'_>>> {
        let mut found: HashMap<usize, usize> = HashMap::new();
        for (code, _) in blocks {
            let mut pages: Vec<_> = self.places(code).iter().map(|(page, _)| *page).collect();
            pages.dedup();
            for page in pages {
                *found.entry(page).or_default() += 1;
            }
        }
        let likeliest = found
            .into_iter()
            .max_by_key(|(page, count)| {
                let name = self.pages[*page].name();
                (*count, likeness(name, path), Reverse(*page))
            })
            .map(|(page, _)| page);
        let mut used = Vec::new();
        let mut of_block = |(code, stated): &(&str, Option<&str>)| {
            let place = match stated.and_then(|stated| self.stated(stated, code, &used)) {
                Some(place) => place,
                None => {
                    let places = self.places(code).iter();
                    let unused: Vec<_> = places.filter(|place| !used.contains(*place)).collect();
                    let likely = unused.iter().find(|place| Some(place.0) == likeliest);
                    **likely.or(unused.first())?
                }
            };
            used.push(place);
            let page = &self.pages[place.0];
            Some(SourceBlock {
                page,
                block: &page.blocks()[place.1],
                number: place.1 + 1,
            })
        };
        blocks.iter().map(&mut of_block).collect()
    }

    /// The block with this code at the place that it states, or nearest to it; where only a file is stated, the
    /// first of those that weren't used.
    fn stated(&self, stated: &str, code: &str, used: &[(usize, usize)]) -> Option<(usize, usize)> {
        let (file, line) = file_and_line(stated);
        let page = self.index_of(file)?;
        let mut of_page = self.places(code).iter().filter(|place| place.0 == page);
        let Some(line) = line else {
            return of_page.find(|place| !used.contains(place)).copied();
        };
        let distance = |place: &&(usize, usize)| {
            let page = &self.pages[place.0];
            page.line_of(&page.blocks()[place.1]).abs_diff(line)
        };
        of_page.min_by_key(distance).copied()
    }

    /// The page whose file is this, from the site's folder on.
    fn index_of(&self, file: &str) -> Option<usize> {
        let is_it = |name: &str| {
            let name = name.replace('\\', "/");
            let before = name.strip_suffix(file);
            before.is_some_and(|before| before.is_empty() || before.ends_with('/'))
        };
        let pages = self.pages.iter().enumerate();
        let pages = pages.filter(|(_, page)| is_it(page.name()));
        // All names begin with the site's folder: what another folder repeats of it comes after that.
        let shortest = pages.min_by_key(|(_, page)| page.name().len());
        shortest.map(|(index, _)| index)
    }

    fn places(&self, code: &str) -> &[(usize, usize)] {
        self.by_code.get(&same(code)).map_or(&[], Vec::as_slice)
    }
}

/// The parts of a place: `content/loops.md:12`, or the file alone.
fn file_and_line(stated: &str) -> (&str, Option<usize>) {
    let parts = stated.rsplit_once(':');
    let parts = parts.and_then(|(file, line)| Some((file, line.parse().ok()?)));
    match parts {
        Some((file, line)) => (file, Some(line)),
        None => (stated, None),
    }
}

/// How many parts, from its end, the path of a source file has in common with that of a page.
fn likeness(file: &str, page: &str) -> usize {
    fn parts(path: &str) -> Vec<String> {
        let path = path.replace('\\', "/");
        let path = path
            .rsplit_once('.')
            .map_or(path.as_str(), |(path, _)| path);
        let parts = path.split('/').map(str::to_lowercase);
        let mut parts: Vec<_> = parts.collect();
        let is_of_folder = |last: &String| ["index", "_index", "readme"].contains(&last.as_str());
        parts.pop_if(|last| is_of_folder(last));
        parts.reverse();
        parts
    }
    let (file, page) = (parts(file), parts(page));
    let same = file.iter().zip(&page).take_while(|(a, b)| a == b);
    same.count()
}

/// Code without what HTML changes at its ends.
fn same(code: &str) -> String {
    code.trim().replace("\r\n", "\n")
}

#[cfg(test)]
mod tests {
    use pyfence::{PageContext, Renderer};

    use super::{SourceBlock, Sources};

    fn place(found: Option<SourceBlock<'_>>) -> String {
        found.map_or_else(String::new, |source| {
            let line = source.page.line_of(source.block);
            format!("{}:{line}", source.page.name())
        })
    }

    #[test]
    fn blocks_with_the_same_code_are_told_apart() {
        let renderer = Renderer::builder().build().expect("it is built");
        let page = |name: &str, text: &str| {
            let context = PageContext::new(name);
            renderer.parse(text, &context).code()
        };
        let block = "```pyodide\n1\n```\n";
        let sources = Sources::new(vec![
            page("site/content/a.md", &format!("{block}\n{block}")),
            page("site/content/b/_index.md", block),
            page("site/content/content/a.md", block),
        ]);
        let found = |path: &str, stated: &[Option<&str>]| {
            let blocks: Vec<_> = stated.iter().map(|stated| ("1", *stated)).collect();
            let found = sources.of_page(path, &blocks).into_iter();
            found.map(place).collect::<Vec<_>>()
        };
        assert_eq!(
            found(
                "x.html",
                &[Some("content/b/_index.md:1"), Some("content/a.md:5")]
            ),
            ["site/content/b/_index.md:1", "site/content/a.md:5"]
        );
        assert_eq!(
            found("b/index.html", &[None]),
            ["site/content/b/_index.md:1"]
        );
        assert_eq!(
            found("a/index.html", &[None, None]),
            ["site/content/a.md:1", "site/content/a.md:5"]
        );
        // A file alone.
        assert_eq!(
            found("x.html", &[Some("content/a.md"); 2]),
            ["site/content/a.md:1", "site/content/a.md:5"]
        );
        // A file that has changed since, and one that isn't there.
        assert_eq!(
            found("x.html", &[Some("content/a.md:9")]),
            ["site/content/a.md:5"]
        );
        assert_eq!(
            found("b.html", &[Some("no.md:9")]),
            ["site/content/b/_index.md:1"]
        );
        assert_eq!(sources.of_page("x.html", &[("2", None)]).len(), 1);
    }
}
