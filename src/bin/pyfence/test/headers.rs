//! What a site's own file `_headers` says to send with its pages, as Netlify, Cloudflare Pages and
//! others read it: the policy under which readers have them.

use std::path::Path;

use axum::http::{HeaderName, HeaderValue};

/// What only the real host can promise: encryption, compression, caching.
const NOT_HERE: [&str; 4] = [
    "strict-transport-security",
    "content-encoding",
    "content-length",
    "cache-control",
];

/// Headers by the paths that they are for.
#[derive(Clone, Default)]
pub(super) struct Headers {
    rules: Vec<(String, HeaderName, HeaderValue)>,
}

impl Headers {
    /// Those of the site in a folder, if it states any.
    pub fn of_site(folder: &Path) -> Self {
        let text = std::fs::read_to_string(folder.join("_headers"));
        Self::read(&text.unwrap_or_default())
    }

    fn read(text: &str) -> Self {
        let mut rules = Vec::new();
        let mut path = String::new();
        for line in text.lines() {
            let stated = line.trim();
            if stated.is_empty() || stated.starts_with('#') {
                continue;
            }
            if !line.starts_with([' ', '\t']) {
                // A rule may name a host; its path is what is served here.
                let from_host = stated.split_once("://").map_or(stated, |(_, rest)| {
                    rest.find('/').map_or("/", |slash| &rest[slash..])
                });
                from_host.clone_into(&mut path);
                continue;
            }
            let Some((name, value)) = stated.split_once(':') else {
                continue;
            };
            let name = HeaderName::try_from(name.trim().to_ascii_lowercase());
            let value = HeaderValue::from_str(value.trim());
            if let (Ok(name), Ok(value)) = (name, value)
                && !NOT_HERE.contains(&name.as_str())
            {
                rules.push((path.clone(), name, value));
            }
        }
        Self { rules }
    }

    /// The headers of a path.
    pub fn of<'h>(
        &'h self,
        path: &'h str,
    ) -> impl Iterator<Item = (&'h HeaderName, &'h HeaderValue)> {
        let rules = self.rules.iter();
        let own = rules.filter(move |(pattern, ..)| is_for(pattern, path));
        own.map(|(_, name, value)| (name, value))
    }
}

/// Whether a pattern with `*` for any text, and `:name` for a part of a path, is that of a path.
fn is_for(pattern: &str, path: &str) -> bool {
    match pattern.split_once('*') {
        Some((start, rest)) => {
            let Some(left) = after(start, path) else {
                return false;
            };
            let mut ends = left.char_indices().map(|(at, _)| at).chain([left.len()]);
            ends.any(|at| is_for(rest, &left[at..]))
        }
        None => after(pattern, path) == Some(""),
    }
}

/// What is left of a path behind a pattern without `*`.
fn after<'p>(pattern: &str, path: &'p str) -> Option<&'p str> {
    let Some((start, rest)) = pattern.split_once("/:") else {
        return path.strip_prefix(pattern);
    };
    let left = path.strip_prefix(start)?.strip_prefix('/')?;
    let (_, rest) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    after(rest, &left[left.find('/').unwrap_or(left.len())..])
}

#[cfg(test)]
mod tests {
    use super::{Headers, is_for};

    #[test]
    fn patterns_are_for_their_paths() {
        for (pattern, path, is) in [
            ("/*", "/", true),
            ("/*", "/a/b.html", true),
            ("/a/*", "/b/", false),
            ("/a/*", "/a/c/", true),
            ("/*.js", "/x/y.js", true),
            ("/*.js", "/x/y.css", false),
            ("/a", "/a", true),
            ("/a", "/a/", false),
            ("/:lang/start/", "/en/start/", true),
            ("/:lang/start/", "/en/end/", false),
            ("/:lang/*", "/en/end/", true),
        ] {
            assert_eq!(is_for(pattern, path), is, "{pattern} {path}");
        }
    }

    #[test]
    fn headers_are_read_with_their_paths() {
        let headers = Headers::read(
            "# All pages\n/*\n  X-One: 1\n  Content-Security-Policy: default-src 'self'; img-src data:\n\n\
             https://site.test/a/*\n\tX-Two: 2\n  Strict-Transport-Security: max-age=1\n",
        );
        let of = |path| -> Vec<String> {
            let found = headers.of(path);
            found
                .map(|(name, value)| format!("{name}={}", value.to_str().unwrap_or_default()))
                .collect()
        };
        let policy = "content-security-policy=default-src 'self'; img-src data:";
        assert_eq!(of("/"), ["x-one=1", policy]);
        assert_eq!(of("/a/"), ["x-one=1", policy, "x-two=2"]);
    }
}
