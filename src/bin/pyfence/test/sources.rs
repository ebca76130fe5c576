//! Which block of a source file a block of a built page is: the one with the same code.

use std::collections::HashMap;

use pyfence::{PageCode, WrittenBlock};

/// The blocks of the site's sources by their code.
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

    /// The blocks of a built page with these codes, as far as they are known: all of them from
    /// one file where one has them all.
    pub(super) fn of_page(&self, codes: &[String]) -> Vec<Option<SourceBlock<'_>>> {
        let mut found: HashMap<usize, usize> = HashMap::new();
        for code in codes {
            let mut pages: Vec<_> = self.places(code).iter().map(|(page, _)| *page).collect();
            pages.dedup();
            for page in pages {
                *found.entry(page).or_default() += 1;
            }
        }
        let likeliest = found
            .into_iter()
            .max_by_key(|(page, count)| (*count, std::cmp::Reverse(*page)))
            .map(|(page, _)| page);
        let mut used = Vec::new();
        let mut of_code = |code: &String| {
            let unused = || {
                self.places(code)
                    .iter()
                    .filter(|place| !used.contains(*place))
            };
            let place = unused().find(|place| Some(place.0) == likeliest);
            let place = *place.or_else(|| unused().next())?;
            used.push(place);
            let page = &self.pages[place.0];
            Some(SourceBlock {
                page,
                block: &page.blocks()[place.1],
                number: place.1 + 1,
            })
        };
        codes.iter().map(&mut of_code).collect()
    }

    fn places(&self, code: &str) -> &[(usize, usize)] {
        self.by_code.get(&same(code)).map_or(&[], Vec::as_slice)
    }
}

/// Code without what HTML changes at its ends.
fn same(code: &str) -> String {
    code.trim().replace("\r\n", "\n")
}
