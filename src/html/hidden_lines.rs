//! Lines of code that are not shown and run with the rest, as books of mdBook have them.

/// The code without the prefix of its hidden lines, and the indices of those lines.
pub(crate) fn split(code: &str, prefix: &str) -> (String, Vec<usize>) {
    let mut hidden = Vec::new();
    let lines = code.split('\n').enumerate().map(|(index, line)| {
        let indent = line.len() - line.trim_start().len();
        match line[indent..].strip_prefix(prefix) {
            Some(rest) => {
                hidden.push(index);
                format!("{}{rest}", &line[..indent])
            }
            None => line.to_owned(),
        }
    });
    let lines: Vec<String> = lines.collect();
    (lines.join("\n"), hidden)
}

/// Coloured code, with these lines in elements that no browser shows. They stand right in the code:
/// what is open around them is closed before and opened again behind them.
pub(crate) fn hide(html: &str, hidden: &[usize]) -> String {
    let is_hidden = |index: &usize| hidden.binary_search(index).is_ok();
    let mut lines = html.split_inclusive('\n').enumerate().peekable();
    let mut open: Vec<&str> = Vec::new();
    let mut written = String::with_capacity(html.len());
    while let Some((index, line)) = lines.next() {
        if !is_hidden(&index) {
            written.push_str(line);
            follow(line, &mut open);
            continue;
        }
        written.extend(open.iter().rev().map(|tag| end_of(tag)));
        written.push_str("<span hidden>");
        written.extend(open.iter().copied());
        let mut line = line;
        loop {
            written.push_str(line);
            follow(line, &mut open);
            match lines.next_if(|(index, _)| is_hidden(index)) {
                Some((_, next)) => line = next,
                None => break,
            }
        }
        written.extend(open.iter().rev().map(|tag| end_of(tag)));
        written.push_str("</span>");
        written.extend(open.iter().copied());
    }
    written
}

/// Keeps account of the tags that are open behind a line.
fn follow<'h>(line: &'h str, open: &mut Vec<&'h str>) {
    let mut rest = line;
    while let Some(start) = rest.find('<') {
        let end = rest[start..]
            .find('>')
            .map_or(rest.len(), |end| start + end + 1);
        match rest[start..end].starts_with("</") {
            true => drop(open.pop()),
            false => open.push(&rest[start..end]),
        }
        rest = &rest[end..];
    }
}

fn end_of(tag: &str) -> String {
    let name = tag.trim_start_matches('<').trim_end_matches('>');
    let name = name.split(' ').next().unwrap_or_default();
    format!("</{name}>")
}

#[cfg(test)]
mod tests {
    use super::{hide, split};

    #[test]
    fn lines_are_hidden_in_whatever_stands_around_them() {
        let (code, hidden) = split("~import math\na = 1\n  ~b = 2\n~c\n4", "~");
        assert_eq!(
            (code.as_str(), &hidden[..]),
            ("import math\na = 1\n  b = 2\nc\n4", &[0, 2, 3][..])
        );
        let html = "<c-k>import</c-k> math\na = <c-s>'''\nb\nc\n'''</c-s>";
        assert_eq!(
            hide(html, &[0, 2]),
            "<span hidden><c-k>import</c-k> math\n</span>a = <c-s>'''\n</c-s><span hidden><c-s>b\n</c-s></span><c-s>c\n'''</c-s>"
        );
        assert_eq!(hide("1\n2", &[1]), "1\n<span hidden>2</span>");
    }
}
