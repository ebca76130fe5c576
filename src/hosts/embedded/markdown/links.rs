//! Links inside the site: `@/page.md#anchor`, `#anchor`, and files beside the page.

use std::borrow::Cow;
use std::ops::Range;

use percent_encoding::percent_decode_str;

use crate::hosts::embedded::content::Library;

/// A link to a page or section of the site, as its author wrote it.
#[derive(Debug, Clone)]
pub(crate) struct InternalLink {
    /// The path of the target below `content`.
    pub(crate) target: String,
    pub(crate) anchor: Option<String>,
    /// Where the link stands in the content file.
    pub(crate) range: Range<usize>,
}

/// What a destination in Markdown is.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Destination<'a> {
    Page {
        target: Cow<'a, str>,
        anchor: Option<&'a str>,
    },
    Anchor(&'a str),
    /// A file beside the page.
    Beside,
    /// Out of the site.
    External,
    /// Anything that is right as it is.
    Other,
}

impl<'a> Destination<'a> {
    pub(crate) fn of(link: &'a str) -> Self {
        if let Some(page) = link.strip_prefix("@/") {
            let (target, anchor) = match page.split_once('#') {
                Some((target, anchor)) => (target, Some(anchor)),
                None => (page, None),
            };
            let target = percent_decode_str(target).decode_utf8_lossy();
            return Self::Page { target, anchor };
        }
        if let Some(anchor) = link.strip_prefix('#') {
            return match anchor {
                "" => Self::Other,
                anchor => Self::Anchor(anchor),
            };
        }
        if link.starts_with("http:") || link.starts_with("https:") {
            return Self::External;
        }
        if link.starts_with('/') || link.starts_with("..") || has_scheme(link) {
            return Self::Other;
        }
        Self::Beside
    }
}

/// Whether a link starts like `mailto:`; any scheme counts, known or private.
fn has_scheme(link: &str) -> bool {
    link.split_once(':').is_some_and(|(scheme, _)| {
        !scheme.is_empty()
            && scheme
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
    })
}

/// Resolves `@/...` in templates: the address, with the anchor.
pub(crate) fn resolve(link: &str, library: &Library) -> Option<String> {
    let Destination::Page { target, anchor } = Destination::of(link) else {
        return None;
    };
    let permalink = library.permalink(&target)?;
    Some(match anchor {
        Some(anchor) => format!("{permalink}#{anchor}"),
        None => permalink.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::Destination;

    #[test]
    fn destinations_are_told_apart() {
        let page = Destination::Page {
            target: "a b/c.md".into(),
            anchor: Some("d"),
        };
        assert_eq!(Destination::of("@/a%20b/c.md#d"), page);
        assert_eq!(Destination::of("#d"), Destination::Anchor("d"));
        assert_eq!(Destination::of("data.csv"), Destination::Beside);
        assert_eq!(Destination::of("img/a.png"), Destination::Beside);
        assert_eq!(
            Destination::of("https://example.org"),
            Destination::External
        );
        for other in ["#", "/a/", "../a", "mailto:a@b.c", "web+a:b"] {
            assert_eq!(Destination::of(other), Destination::Other, "{other}");
        }
    }
}
