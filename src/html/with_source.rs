//! What is said in the HTML of a block whatever template made it: where it stands in its site's
//! sources, and that it leaves the loader's tags to others.

/// The elements of blocks.
const ELEMENTS: [&str; 2] = ["<pyodide-block", "<pyodide-part"];

/// The HTML of a block that says where its source is.
pub(crate) fn with_source(html: &str, file: &str, line: Option<usize>) -> String {
    let file = file.replace('&', "&amp;").replace('"', "&quot;");
    let line = line.map(|line| format!(":{line}")).unwrap_or_default();
    with_attribute(html, &format!("data-source=\"{file}{line}\""))
}

/// The HTML of a block in a page that gets the loader's tags from somewhere else.
pub(crate) fn leaving_loader(html: &str) -> String {
    with_attribute(html, "assets=\"no\"")
}

fn with_attribute(html: &str, attribute: &str) -> String {
    let ends = ELEMENTS.iter().filter_map(|element| {
        let at = html.find(element)?;
        Some(at + element.len())
    });
    let Some(at) = ends.min() else {
        return html.to_owned();
    };
    let (before, after) = html.split_at(at);
    format!("{before} {attribute}{after}")
}

#[cfg(test)]
mod tests {
    use super::with_source;

    #[test]
    fn the_element_of_a_block_says_where_its_source_is() {
        let block = "<link><pyodide-block session=\"a\"><pre>";
        assert_eq!(
            with_source(block, "a & \"b\".md", Some(3)),
            "<link><pyodide-block data-source=\"a &amp; &quot;b&quot;.md:3\" session=\"a\"><pre>"
        );
        let part = "<pyodide-part check=\"a\">";
        assert_eq!(
            with_source(part, "a.md", None),
            "<pyodide-part data-source=\"a.md\" check=\"a\">"
        );
        assert_eq!(with_source("<pre>", "a.md", Some(1)), "<pre>");
    }
}
