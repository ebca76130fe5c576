//! Lines that only a notebook understands, and what to write in Python: what the page says too.

use std::sync::LazyLock;

use regex::Regex;

/// Patterns of lines, and what stands for such a line in Python.
static HABITS: LazyLock<Vec<(Regex, String)>> = LazyLock::new(|| {
    let text = include_str!("../../runtime/explain/notebook-habits.json");
    let habits: Vec<(String, String)> = serde_json::from_str(text).unwrap_or_default();
    let habits = habits.into_iter();
    habits
        .filter_map(|(pattern, python)| Some((Regex::new(&pattern).ok()?, python)))
        .collect()
});

/// What helps whoever wrote this line, if it is one of a notebook.
pub(super) fn help(line: &str) -> Option<String> {
    // The answer of a command may be kept: `files = !ls`.
    let line = match line.split_once('=') {
        Some((_, command)) if command.trim_start().starts_with(['!', '%']) => command,
        _ => line,
    };
    let line = line.trim();
    if let Some((pattern, python)) = HABITS.iter().find(|(pattern, _)| pattern.is_match(line)) {
        let python = pattern.replace(line, python);
        return Some(format!("in Python: `{python}`"));
    }
    let what = match line.chars().next()? {
        '%' => {
            "a line with `%` is for IPython: `%pip install` and `%matplotlib` work here, for others there is Python"
        }
        '!' | '$' => {
            "a line with `!` or `$` is for a shell, and a browser has none: `!pip install` works here; files are read with `open` and the option `files`"
        }
        _ => return None,
    };
    Some(what.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{HABITS, help};

    #[test]
    fn every_pattern_is_one_here_too() {
        let text = include_str!("../../runtime/explain/notebook-habits.json");
        let all: Vec<(String, String)> = serde_json::from_str(text).expect("it is JSON");
        assert_eq!(HABITS.len(), all.len());
    }

    #[test]
    fn what_is_put_in_its_place_has_its_words() {
        for (line, python) in [
            (
                "%timeit -n 10 f(1)",
                "in Python: `import timeit; timeit.timeit(lambda: f(1), number=1000)`",
            ),
            (
                "  !cat -n data.csv | head",
                "in Python: `print(open('data.csv').read())`",
            ),
            (
                "!wget -q https://a.test/x.csv -O x",
                "in Python: `import urllib.request; urllib.request.urlopen('https://a.test/x.csv').read()`",
            ),
            ("df.head?", "in Python: `help(df.head)`"),
            ("files = !ls", "in Python: `import os; os.listdir()`"),
            ("$ pwd", "in Python: `import os; os.getcwd()`"),
        ] {
            assert_eq!(help(line).as_deref(), Some(python));
        }
        assert_eq!(help("x = 1"), None);
    }
}
