//! HTML on lines of Markdown, such that the Markdown parser passes it on as it is, a template
//! engine finds nothing in it, and what a site computes from the page's text is what a plain code
//! fence gives.

use std::ops::Range;

use super::inline_html::tag_length;

/// Opens and ends the lines of HTML that hold code.
///
/// An HTML block that starts with a comment ends with the line that ends the comment (CommonMark
/// 0.31, HTML blocks, start condition 2), so the first line may stand wherever a line may start,
/// and no blank line is needed behind it: that would make a list loose and end a quote.
///
/// Zola counts words in the Markdown and leaves out what stands between one "```" and the next
/// (`get_reading_analytics`): with the marks in the comments it counts none of the HTML.
const CODE_MARK: &str = "<!--```-->";

/// Opens a line of HTML without code: see [`CODE_MARK`].
const LINE_MARK: &str = "<!---->";

/// HTML in which `<pre>`, `<script>` and `<style>` have their own line ends, each from the start of
/// a line on: that opens an HTML block which only the end tag ends, so that blank lines may stand
/// in it (CommonMark 0.31, HTML blocks, start condition 1). All else is on the lines around them.
///
/// References for the line ends would do as well for code, but a template's `content | striptags`
/// leaves them as text for readers and search engines to see; in scripts and styles there are none.
pub(super) fn html_lines(html: &str) -> String {
    let html = html.trim();
    let holds_code = html.contains("</pre>");
    let mark = if holds_code { CODE_MARK } else { LINE_MARK };
    let mut lines = String::from(mark);
    let mut done = 0;
    for (element, text) in elements_of_lines(html) {
        lines.push_str(&tags_on_one_line(&html[done..element.start]));
        lines.push('\n');
        lines.push_str(&text(&html[element.clone()]));
        done = element.end;
    }
    lines.push_str(&one_line(&html[done..]));
    if holds_code {
        lines.push_str(CODE_MARK);
    }
    lines
}

/// The same within HTML that a blank line would end: comments stand in those of code. Nothing where scripts have some.
pub(super) fn html_lines_without_blank(html: &str) -> Option<String> {
    let is_blank = |line: &str| line.trim().is_empty();
    let other_has_blank = elements_of_lines(html).into_iter().any(|(element, _)| {
        let element = &html[element];
        !starts_element(element, "<pre") && element.lines().any(is_blank)
    });
    let lines = html_lines(html);
    let lines = lines.split('\n').map(|line| match is_blank(line) {
        true => format!("{LINE_MARK}{line}"),
        false => line.to_owned(),
    });
    (!other_has_blank).then(|| lines.collect::<Vec<_>>().join("\n"))
}

/// How the lines of an element are written.
type Lines = fn(&str) -> String;

/// Elements whose lines Markdown leaves as they are.
const ELEMENTS_OF_LINES: [(&str, &str, Lines); 3] = [
    ("<pre", "</pre>", code_lines),
    ("<script", "</script>", script_lines),
    ("<style", "</style>", script_lines),
];

/// Where each such element stands that has an end tag.
fn elements_of_lines(html: &str) -> Vec<(Range<usize>, Lines)> {
    let last_ends = ELEMENTS_OF_LINES.map(|(_, end, _)| html.rfind(end));
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(start) = html[from..].find('<').map(|at| from + at) {
        from = start + 1;
        let kinds = ELEMENTS_OF_LINES.iter().zip(last_ends);
        let mut opened = kinds.filter(|((open, ..), last_end)| {
            last_end.is_some_and(|end| end > start) && starts_element(&html[start..], open)
        });
        let Some(((_, end_tag, lines), _)) = opened.next() else {
            continue;
        };
        if let Some(length) = html[start..].find(end_tag) {
            from = start + length + end_tag.len();
            found.push((start..from, *lines));
        }
    }
    found
}

/// The same on a single line, where further lines can't be had: line ends are references.
pub(super) fn html_line(html: &str) -> String {
    if html.contains("</pre>") {
        let (tags, code) = html.split_at(start_of_pre(html).unwrap_or(0));
        let tags = tags_on_one_line(tags);
        format!("{CODE_MARK}{tags}{}{CODE_MARK}", one_line(code))
    } else {
        format!("{LINE_MARK}{}", one_line(html))
    }
}

/// Where the first `<pre>` element begins.
fn start_of_pre(html: &str) -> Option<usize> {
    let mut starts = html.match_indices("<pre").map(|(start, _)| start);
    starts.find(|&start| starts_element(&html[start..], "<pre"))
}

/// Whether the element opens here, and not one whose name only starts like that.
fn starts_element(html: &str, open: &str) -> bool {
    let rest = html.strip_prefix(open);
    rest.is_some_and(|rest| rest.starts_with(['>', ' ', '\t', '\n']))
}

/// The tags before code: line ends between them mean nothing, those of the code do.
fn tags_on_one_line(html: &str) -> String {
    one_line(&html.replace(">\n<", "><"))
}

/// HTML on one line, in which no template begins: line ends and braces are references, but line ends between the
/// attributes of a tag, where there are none.
pub(super) fn one_line(html: &str) -> String {
    let mut line = String::with_capacity(html.len());
    let mut rest = html.trim();
    while let Some(start) = rest.find('<') {
        let (text, markup) = rest.split_at(start);
        let (tag, after) = markup.split_at(tag_at_start(markup));
        line.push_str(&with_references(text));
        line.push_str(&with_references(&attributes_on_one_line(tag)));
        rest = after;
    }
    line + &with_references(rest)
}

fn with_references(html: &str) -> String {
    html.replace('\r', "")
        .replace('\n', "&#10;")
        .replace('{', "&#123;")
        .replace("```", "&#96;&#96;&#96;")
}

/// How long the tag is that `html` starts with; 1 if its `<` begins none.
fn tag_at_start(html: &str) -> usize {
    let name = html[1..].strip_prefix('/').unwrap_or(&html[1..]);
    if name.starts_with(|first: char| first.is_ascii_alphabetic()) {
        tag_length(html)
    } else {
        1
    }
}

/// A tag with spaces for the line ends outside of quotes.
fn attributes_on_one_line(tag: &str) -> String {
    let mut quote = None;
    let mut last = ' ';
    let characters = tag.chars().map(|character| {
        if quote == Some(character) {
            quote = None;
        } else if quote.is_none() && last == '=' && ['"', '\''].contains(&character) {
            quote = Some(character);
        }
        if !character.is_whitespace() {
            last = character;
        }
        match character {
            '\n' if quote.is_none() => ' ',
            other => other,
        }
    });
    characters.collect()
}

/// A script or a style sheet in which no template begins: between its braces a space means nothing.
fn script_lines(html: &str) -> String {
    let mut script = html.replace('\r', "");
    for (mark, apart) in [("{{", "{ {"), ("{%", "{ %"), ("{#", "{ #")] {
        script = script.replace(mark, apart).replace(mark, apart);
    }
    script
}

/// The HTML of code in which no template begins and no mark of a fence stands: a comment comes
/// between, which is no part of the element's text. A second pass reaches what overlaps with the
/// matches of the first, such as the middle of `{{{`.
fn code_lines(html: &str) -> String {
    let mut code = html.replace('\r', "");
    for (mark, apart) in [
        ("{{", "{<!---->{"),
        ("{%", "{<!---->%"),
        ("{#", "{<!---->#"),
        ("```", "``<!---->`"),
    ] {
        if code.contains(mark) {
            code = code.replace(mark, apart).replace(mark, apart);
        }
    }
    code
}
