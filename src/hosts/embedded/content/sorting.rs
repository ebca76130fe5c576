//! The order of a section's pages.

use std::cmp::{Ordering, Reverse};

use lexical_sort::natural_lexical_cmp;

use super::{Page, SortBy};

/// Sorts `pages` (indexes into `all`) and splits off those that lack what they are sorted by.
/// Ties are broken by address, so that the order never depends on chance.
pub(super) fn sort(all: &[Page], pages: Vec<usize>, by: SortBy) -> (Vec<usize>, Vec<usize>) {
    if by == SortBy::None {
        return (pages, Vec::new());
    }
    let (mut sorted, unsorted): (Vec<usize>, Vec<usize>) =
        pages.into_iter().partition(|&page| has_key(&all[page], by));
    sorted.sort_by(|&a, &b| {
        let (a, b) = (&all[a], &all[b]);
        compare(a, b, by).then_with(|| a.permalink.cmp(&b.permalink))
    });
    (sorted, unsorted)
}

fn has_key(page: &Page, by: SortBy) -> bool {
    match by {
        SortBy::Date => page.meta.date.is_some(),
        SortBy::UpdateDate => page.meta.date.is_some() || page.meta.updated.is_some(),
        SortBy::Title | SortBy::TitleBytes => page.meta.title.is_some(),
        SortBy::Weight => page.meta.weight.is_some(),
        SortBy::Slug | SortBy::Permalink | SortBy::None => true,
    }
}

fn compare(a: &Page, b: &Page, by: SortBy) -> Ordering {
    match by {
        SortBy::Date => Reverse(written(a)).cmp(&Reverse(written(b))),
        SortBy::UpdateDate => Reverse(changed(a)).cmp(&Reverse(changed(b))),
        SortBy::Title => natural_lexical_cmp(title(a), title(b)),
        SortBy::TitleBytes => title(a).cmp(title(b)),
        SortBy::Weight => a.meta.weight.cmp(&b.meta.weight),
        SortBy::Slug => natural_lexical_cmp(&a.slug, &b.slug),
        SortBy::Permalink | SortBy::None => Ordering::Equal,
    }
}

fn written(page: &Page) -> Option<jiff::Timestamp> {
    page.meta.date.as_ref().map(|date| date.moment)
}

fn changed(page: &Page) -> Option<jiff::Timestamp> {
    let updated = page.meta.updated.as_ref().map(|date| date.moment);
    written(page).max(updated)
}

fn title(page: &Page) -> &str {
    page.meta.title.as_deref().unwrap_or_default()
}
