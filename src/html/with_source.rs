//! Where a block stands in its site's sources, said in its HTML.

/// The elements of blocks.
const ELEMENTS: [&str; 2] = ["<pyodide-block", "<pyodide-part"];

/// The HTML of a block that says where its source is. Whatever template made it: it is the element
/// that says it.
pub(crate) fn with_source(html: &str, file: &str, line: Option<usize>) -> String {
    let ends = ELEMENTS.iter().filter_map(|element| {
        let at = html.find(element)?;
        Some(at + element.len())
    });
    let Some(at) = ends.min() else {
        return html.to_owned();
    };
    let (before, after) = html.split_at(at);
    let file = file.replace('&', "&amp;").replace('"', "&quot;");
    let line = line.map(|line| format!(":{line}")).unwrap_or_default();
    format!("{before} data-source=\"{file}{line}\"{after}")
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
