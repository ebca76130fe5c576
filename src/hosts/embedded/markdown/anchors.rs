//! Whether the anchors of internal links exist; known only once all pages are rendered.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use regex::Regex;

use super::{Body, Heading};
use crate::error::{Errors, nearest};
use crate::hosts::embedded::config::LinkLevel;
use crate::hosts::embedded::text_file::TextFile;

/// Ids and names in raw HTML count as anchors as well.
static ID: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"(?i)\s(?:id|name)\s*=\s*(?:"([^"]+)"|'([^']+)'|([^\s"'>]+))"#)
        .expect("the pattern is constant")
});

/// All places of a page that a link can point at.
pub(crate) fn ids_in(rendered: &Body) -> HashSet<String> {
    let mut ids = HashSet::new();
    add_headings(&rendered.toc, &mut ids);
    for captures in ID.captures_iter(&rendered.html) {
        let id = captures.iter().skip(1).flatten().next();
        ids.extend(id.map(|id| id.as_str().to_owned()));
    }
    ids
}

fn add_headings(headings: &[Heading], ids: &mut HashSet<String>) {
    for heading in headings {
        ids.insert(heading.id.clone());
        add_headings(&heading.children, ids);
    }
}

/// The links of a file whose anchors don't exist in their targets.
pub(crate) fn broken_anchors(
    file: &TextFile,
    rendered: &Body,
    ids: &HashMap<&str, HashSet<String>>,
    level: LinkLevel,
) -> Errors {
    rendered
        .links
        .iter()
        .filter_map(|link| {
            let anchor = link.anchor.as_deref()?;
            let known = ids.get(link.target.as_str())?;
            let special = anchor.is_empty() || anchor.eq_ignore_ascii_case("top");
            if special || known.contains(anchor) {
                return None;
            }
            let place = format!("`{}` has no anchor `#{anchor}`", link.target);
            let message = match nearest(anchor, known.iter().map(String::as_str)) {
                Some(meant) => format!("{place}; did you mean `#{meant}`?"),
                None => place,
            };
            Some(level.problem(file, message, link.range.clone()))
        })
        .collect()
}
