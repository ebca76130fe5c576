//! The smallest Content-Security-Policy under which the blocks of a site work: the blocks of its
//! pages in, a policy out.
//!
//! ```
//! use pyfence::csp::Policy;
//! use pyfence::{PageContext, Renderer};
//!
//! let renderer = Renderer::builder().build()?;
//! let page = "```pyodide readonly=yes\nprint(1)\n```\n";
//! let page = renderer.parse(page, &PageContext::new("a.md")).code();
//! let policy = Policy::of(&[page], None).to_string();
//! assert!(policy.starts_with("default-src 'self'; script-src 'self' blob: 'wasm-unsafe-eval'; connect-src 'self' https://"));
//! # Ok::<(), pyfence::Error>(())
//! ```

mod directives;

use std::fmt;

use crate::lock::Lock;
use crate::page::code::PageCode;

/// What a site's blocks ask the browser for, beyond the site itself.
#[derive(Debug, Default)]
pub struct Policy {
    allowed: Vec<Allowed>,
    notes: Vec<String>,
}

/// A source that a directive of the policy allows.
///
/// ```
/// use pyfence::csp::Policy;
/// use pyfence::{PageContext, Renderer};
///
/// let renderer = Renderer::builder().build()?;
/// let page = renderer.parse("```pyodide\n1\n```\n", &PageContext::new("a.md")).code();
/// let policy = Policy::of(&[page], None);
/// let wasm = policy.allowed().iter().find(|allowed| allowed.source == "'wasm-unsafe-eval'").unwrap();
/// assert_eq!(wasm.directive, "script-src");
/// println!("{}: {}", wasm.source, wasm.reason);
/// # Ok::<(), pyfence::Error>(())
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub struct Allowed {
    /// The directive, such as `connect-src`.
    pub directive: &'static str,
    /// The source, such as `blob:` or `https://cdn.example`.
    pub source: String,
    /// What asks for it, in words.
    pub reason: String,
}

/// In the order in which a policy has them.
const DIRECTIVES: [&str; 3] = ["script-src", "connect-src", "img-src"];

impl Policy {
    /// What the blocks of these pages need, and no more: with a lock, what isn't on the site itself.
    /// A site without blocks needs nothing.
    pub fn of(pages: &[PageCode], lock: Option<&Lock>) -> Self {
        let mut policy = Self::default();
        for page in pages.iter().filter(|page| !page.all_blocks().is_empty()) {
            directives::add(page, lock, &mut policy);
        }
        policy.allowed.sort_by_key(|allowed| {
            DIRECTIVES
                .iter()
                .position(|name| *name == allowed.directive)
        });
        policy
    }

    /// What is allowed beside the site itself, each with its reason, in the policy's order.
    pub fn allowed(&self) -> &[Allowed] {
        &self.allowed
    }

    /// What blocks may want that a strict policy has no place for, in words.
    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    fn allow(&mut self, directive: &'static str, source: &str, reason: impl FnOnce() -> String) {
        let mut known = self.allowed.iter();
        if known.any(|known| known.directive == directive && known.source == source) {
            return;
        }
        self.allowed.push(Allowed {
            directive,
            source: source.to_owned(),
            reason: reason(),
        });
    }

    fn note(&mut self, note: String) {
        if !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }
}

/// The policy's text. What isn't named falls back to the site itself.
impl fmt::Display for Policy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("default-src 'self'")?;
        for directive in DIRECTIVES {
            let allowed = || self.allowed.iter().filter(|one| one.directive == directive);
            if allowed().next().is_some() {
                write!(f, "; {directive} 'self'")?;
                allowed().try_for_each(|one| write!(f, " {}", one.source))?;
            }
        }
        Ok(())
    }
}
