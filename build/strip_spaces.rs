//! Takes away the spaces that only readers of a script or a style sheet need: around operators, behind commas. What stands
//! in strings, templates and regular expressions stays as it is.

/// A script of ours without those spaces.
pub fn without_spaces(text: &str) -> String {
    let mut script = Script {
        rest: text,
        tight: String::with_capacity(text.len()),
    };
    // How many braces are open, and at which numbers of them the code in a template ends.
    let (mut depth, mut templates) = (0_usize, Vec::new());
    while let Some(next) = script.rest.chars().next() {
        match next {
            '\'' | '"' => script.take_quoted(next),
            '`' => script.take_template(1, depth, &mut templates),
            '}' if templates.last() == Some(&depth) => {
                templates.pop();
                script.take_template(1, depth, &mut templates);
            }
            '/' if script.begins_pattern() => script.take_pattern(),
            ' ' if !script.needs_space() => script.rest = &script.rest[1..],
            _ => {
                match next {
                    '{' => depth += 1,
                    '}' => depth = depth.saturating_sub(1),
                    _ => {}
                }
                script.take(next.len_utf8());
            }
        }
    }
    script.tight
}

/// A style sheet of ours without those spaces. In front of a colon, as between words, they mean something.
pub fn style_without_spaces(text: &str) -> String {
    let mut tight = String::with_capacity(text.len());
    let (no_space_before, no_space_behind) =
        (['{', '}', '>', '/'], ['{', '}', '>', '/', ':', ',', ';']);
    let mut quote = None;
    let mut rest = text;
    while let Some(next) = rest.chars().next() {
        rest = &rest[next.len_utf8()..];
        let is_needless = || tight.ends_with(no_space_behind) || rest.starts_with(no_space_before);
        match quote {
            Some(open) => quote = (next != open).then_some(open),
            None if next == ' ' && is_needless() => continue,
            None => {
                quote = matches!(next, '"' | '\'').then_some(next);
                if next == '}' && tight.ends_with(';') {
                    tight.pop();
                }
            }
        }
        tight.push(next);
    }
    tight
}

struct Script<'t> {
    rest: &'t str,
    tight: String,
}

impl Script<'_> {
    fn take(&mut self, length: usize) {
        let (taken, rest) = self.rest.split_at(length.min(self.rest.len()));
        self.tight.push_str(taken);
        self.rest = rest;
    }

    /// Takes what stands up to one of the ends, and that, from `start` on; the end.
    fn take_until(&mut self, start: usize, ends: &[&str]) -> String {
        let mut at = start;
        while let Some(next) = self.rest[at..].chars().next() {
            let found = ends.iter().find(|end| self.rest[at..].starts_with(**end));
            if let Some(end) = found {
                self.take(at + end.len());
                return (*end).to_owned();
            }
            at += next.len_utf8();
            if next == '\\' {
                at += self.rest[at..].chars().next().map_or(0, char::len_utf8);
            }
        }
        self.take(at);
        String::new()
    }

    fn take_quoted(&mut self, quote: char) {
        self.take_until(1, &[quote.to_string().as_str()]);
    }

    /// Takes a template up to its end or to the code in it, which ends where as many braces are open as now.
    fn take_template(&mut self, start: usize, depth: usize, templates: &mut Vec<usize>) {
        if self.take_until(start, &["`", "${"]) == "${" {
            templates.push(depth);
        }
    }

    fn take_pattern(&mut self) {
        // A slash in a class ends nothing.
        let mut end = self.take_until(1, &["/", "["]);
        while end == "[" {
            self.take_until(0, &["]"]);
            end = self.take_until(0, &["/", "["]);
        }
    }

    /// Whether a slash begins a regular expression: where no value stands before it, which it could divide.
    fn begins_pattern(&self) -> bool {
        let before = self.tight.trim_end_matches(' ');
        let words = ["return", "typeof", "case", "of", "in"];
        before.ends_with(|c: char| "(,=:[!&|?{};+-*%<>~^\n".contains(c))
            || before.is_empty()
            || words.iter().any(|word| before.ends_with(word))
    }

    /// Whether words or signs would run together without the space here.
    fn needs_space(&self) -> bool {
        let is_word = |c: char| c.is_alphanumeric() || "_$#".contains(c);
        let before = self.tight.chars().next_back().unwrap_or('\n');
        let behind = self.rest.trim_start_matches(' ').chars().next();
        let behind = behind.unwrap_or('\n');
        (is_word(before) && is_word(behind)) || (before == behind && "+-/".contains(before))
    }
}
