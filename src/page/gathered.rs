//! Documents that gather the blocks of several pages, such as a list of summaries or a feed. Each page
//! was rendered for itself: with loader tags of its own, and in sessions that meant that page.

use crate::runtime_files::Assets;

/// The document `html` with the loader tags once, before its first block, and with sessions of each
/// page's own; `None` if it holds the blocks of one page or of none.
///
/// A page's loader tags stand before its first block: where they stand again, another page begins.
/// What makes HTML smaller may have changed the tags, but not the address that they hold.
pub(crate) fn settle(html: &str, assets: &Assets) -> Option<String> {
    let loaders = loaders_in(html, Marks::HTML, assets);
    if loaders.len() < 2 {
        return None;
    }
    let mut settled = String::with_capacity(html.len());
    let ends = loaders[1..].iter().map(|loader| loader.start);
    let ends: Vec<usize> = ends.chain([html.len()]).collect();
    settled.push_str(&html[..loaders[0].end]);
    for (index, (loader, end)) in loaders.iter().zip(ends).enumerate() {
        let blocks = &html[loader.end..end];
        match index {
            0 => settled.push_str(blocks),
            _ => settled.push_str(&in_session(blocks, &format!(" ({})", index + 1))),
        }
    }
    Some(settled)
}

/// A feed in which blocks are plain code, for readers that run nothing; `None` if it holds none.
#[cfg(any(feature = "zola", test))]
pub(crate) fn plain_feed(xml: &str, assets: &Assets) -> Option<String> {
    if !xml.contains("pyodide-") {
        return None;
    }
    let mut plain = xml.to_owned();
    for marks in [Marks::HTML, Marks::ESCAPED] {
        for loader in loaders_in(&plain, marks, assets).into_iter().rev() {
            plain.replace_range(loader, "");
        }
        plain = without_elements(&without_checks(&plain, marks), marks);
    }
    Some(plain)
}

/// How tags begin and end in a text.
#[derive(Clone, Copy)]
struct Marks {
    open: &'static str,
    close: &'static str,
}

impl Marks {
    const HTML: Self = Self {
        open: "<",
        close: ">",
    };
    #[cfg(any(feature = "zola", test))]
    const ESCAPED: Self = Self {
        open: "&lt;",
        close: "&gt;",
    };
}

/// Where loader tags stand: from the stylesheet's to the end of the script's.
fn loaders_in(text: &str, marks: Marks, assets: &Assets) -> Vec<std::ops::Range<usize>> {
    let Marks { open, close } = marks;
    // An address may have been escaped, but for what stands between its slashes.
    let folder = assets.folder().rsplit('/').next().unwrap_or_default();
    let script_end = format!("{open}/script{close}");
    let script_end_escaped = format!("{open}&#x2F;script{close}");
    let mut loaders = Vec::new();
    let mut from = 0;
    while let Some(at) = text[from..].find(folder).map(|at| from + at) {
        from = at + folder.len();
        let Some(start) = text[..at].rfind(open) else {
            continue;
        };
        if !text[start + open.len()..].starts_with("link") {
            continue;
        }
        let ends = [&script_end, &script_end_escaped];
        let ends = ends.into_iter().filter_map(|end| {
            let at = text[from..].find(end.as_str())?;
            Some(from + at + end.len())
        });
        let Some(end) = ends.min() else { continue };
        // Between its two tags nothing else stands.
        if text[start..end].matches(folder).count() == 2 {
            from = end;
            loaders.push(start..end);
        }
    }
    loaders
}

/// Blocks in sessions whose names end in `mark`.
fn in_session(html: &str, mark: &str) -> String {
    let mut changed = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(start) = rest.find("<pyodide-block") {
        let end = start + rest[start..].find('>').unwrap_or(rest.len() - start);
        let (tag, after) = (&rest[start..end], &rest[end..]);
        changed.push_str(&rest[..start]);
        changed.push_str(&tag_in_session(tag, mark));
        rest = after;
    }
    changed.push_str(rest);
    changed
}

fn tag_in_session(tag: &str, mark: &str) -> String {
    const NAME: &str = " session=";
    let Some(at) = tag.find(NAME).map(|at| at + NAME.len()) else {
        return tag.to_owned();
    };
    let (before, value) = tag.split_at(at);
    let quote = value
        .chars()
        .next()
        .filter(|first| matches!(first, '"' | '\''));
    match quote {
        Some(quote) => {
            let inner = &value[1..];
            let end = inner.find(quote).unwrap_or(inner.len());
            format!("{before}{quote}{}{mark}{}", &inner[..end], &inner[end..])
        }
        None => {
            let end = value.find(char::is_whitespace).unwrap_or(value.len());
            format!("{before}\"{}{mark}\"{}", &value[..end], &value[end..])
        }
    }
}

/// The text without the checks of exercises: they are for no reader.
#[cfg(any(feature = "zola", test))]
fn without_checks(text: &str, marks: Marks) -> String {
    let open = format!("{}pyodide-part", marks.open);
    let ends = ["/", "&#x2F;"].map(|slash| {
        let Marks { open, close } = marks;
        format!("{open}{slash}pyodide-part{close}")
    });
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(&open) {
        let part = &rest[start..];
        let tag = &part[..part.find(marks.close).unwrap_or(part.len())];
        if !tag.contains(" check=") {
            plain.push_str(&rest[..start + open.len()]);
            rest = &part[open.len()..];
            continue;
        }
        let ends = ends.iter();
        let ends = ends.filter_map(|end| Some(part.find(end.as_str())? + end.len()));
        let Some(end) = ends.min() else { break };
        plain.push_str(&rest[..start]);
        rest = &part[end..];
    }
    plain.push_str(rest);
    plain
}

/// The text without the tags of blocks and of coloured words; what is in them stays.
#[cfg(any(feature = "zola", test))]
fn without_elements(text: &str, marks: Marks) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(marks.open) {
        let inside = &rest[start + marks.open.len()..];
        let name = inside.strip_prefix('/').or(inside.strip_prefix("&#x2F;"));
        let is_ours = is_element(name.unwrap_or(inside), marks);
        let end = inside.find(marks.close).filter(|_| is_ours);
        let (kept, at) = match end {
            Some(end) => (start, start + marks.open.len() + end + marks.close.len()),
            None => (start + marks.open.len(), start + marks.open.len()),
        };
        plain.push_str(&rest[..kept]);
        rest = &rest[at..];
    }
    plain.push_str(rest);
    plain
}

#[cfg(any(feature = "zola", test))]
fn is_element(inside: &str, marks: Marks) -> bool {
    let name = inside.split([' ', '\n']).next().unwrap_or_default();
    let name = name.split(marks.close).next().unwrap_or_default();
    ["pyodide-block", "pyodide-part"].contains(&name) || name.len() == 3 && name.starts_with("c-")
}

#[cfg(test)]
mod tests {
    use super::{plain_feed, settle};
    use crate::page::context::PageContext;
    use crate::renderer::Renderer;
    use crate::runtime_files::Assets;

    fn page(options: &str) -> String {
        let renderer = Renderer::builder().base_url("https://a.test").build();
        let markdown = format!("```pyodide {options}\nif x: 1\n```\n\n```pyodide\n2\n```\n");
        let renderer = renderer.expect("it has no templates");
        renderer
            .render_page(&markdown, &PageContext::new("a.md"))
            .html
    }

    #[test]
    fn several_pages_load_once_and_share_nothing() {
        let assets = Assets::shipped();
        assert_eq!(settle(&page(""), assets), None);
        let list = format!("<h1>List</h1>{}{}{}", page(""), page("session=a"), page(""));
        let settled = settle(&list, assets).expect("they are three");
        assert_eq!(settled.matches("<script").count(), 1);
        assert_eq!(settled.matches("<link").count(), 1);
        let sessions: Vec<_> = settled
            .split("session=\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .collect();
        let expected = [
            "default",
            "default",
            "a (2)",
            "default (2)",
            "default (3)",
            "default (3)",
        ];
        assert_eq!(sessions, expected);

        let small = list.replace("\"default\"", "default");
        assert!(
            settle(&small, assets)
                .expect("they are three")
                .contains("session=\"default (3)\"")
        );
    }

    #[test]
    fn feeds_are_plain() {
        let assets = Assets::shipped();
        let exercise = "```pyodide exercise=x\nif x: 1\n```\n\n\
                        ```pyodide check=x\nsecret\n```\n\n```pyodide hint=x\nwell\n```\n";
        let renderer = Renderer::builder().base_url("https://a.test").build();
        let renderer = renderer.expect("it has no templates");
        let exercise = renderer.render_page(exercise, &PageContext::new("a.md"));
        let html = page("session=a") + &exercise.html;
        let escaped = html
            .replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;")
            .replace('"', "&quot;")
            .replace('/', "&#x2F;");
        for content in [escaped, format!("<![CDATA[{html}]]>")] {
            let feed = format!("<feed><content>{content}</content></feed>");
            let plain = plain_feed(&feed, assets).expect("it holds blocks");
            assert!(plain.contains("well"), "{plain}");
            for word in ["script", "link", "pyodide-", "c-k", "secret"] {
                assert!(!plain.contains(word), "{word}: {plain}");
            }
            assert!(plain.contains("if x: 1"), "{plain}");
            assert!(plain.starts_with("<feed><content>") && plain.ends_with("</content></feed>"));
        }
        assert_eq!(plain_feed("<feed></feed>", assets), None);
    }
}
