//! The marks of lists and quotes that lines begin with.

/// The marks of lists and quotes that a line begins with.
pub(crate) fn containers_of(line: &str) -> &str {
    let mut end = 0;
    loop {
        let rest = line[end..].trim_start_matches([' ', '\t']);
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let mark = match rest[digits..].chars().next() {
            Some('>') if digits == 0 => 1,
            Some('-' | '*' | '+') if digits == 0 => 2,
            Some('.' | ')') if digits > 0 => digits + 2,
            _ => 0,
        };
        let is_mark =
            mark > 0 && (mark == 1 || rest[..mark.min(rest.len())].ends_with([' ', '\t']));
        if !is_mark {
            return &line[..line.len() - rest.len()];
        }
        end = line.len() - rest.len() + mark;
    }
}

/// What a further line of the same containers begins with.
pub(crate) fn continued(containers: &str) -> String {
    let keep = |character| {
        if matches!(character, '>' | '\t') {
            character
        } else {
            ' '
        }
    };
    containers.chars().map(keep).collect()
}
