//! `pyfence csp`: the smallest Content-Security-Policy under which a site's blocks work.

use clap::{Args, ValueEnum};
use pyfence::PageCode;
use pyfence::csp::Policy;
use pyfence::vendor::Sources;

use super::Failure;
use super::place::Place;
use super::published::Published;

#[derive(Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    published: Published,

    /// What the policy is written as
    #[arg(long, value_enum, default_value = "header")]
    format: Format,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A header of a response
    Header,
    /// An element of a page's head
    Meta,
    /// Lines of the file `_headers` of Netlify, Cloudflare Pages and others
    #[value(name = "_headers")]
    HeadersFile,
    /// A directive of nginx
    Nginx,
    /// A directive of Apache, with its module headers
    Apache,
}

const POLICY: &str = "Content-Security-Policy";

/// The header that gives a page what interrupts and a waiting `input()` need, in Chromium from 137 on.
const ISOLATION: (&str, &str) = ("Document-Isolation-Policy", "isolate-and-credentialless");

pub(crate) fn run(arguments: Arguments, front: Place) -> Result<(), Failure> {
    let (code, vendor) = arguments.published.read(front, Sources::default())?;
    let lock = vendor.lock()?;
    let policy = Policy::of(&code, lock.as_ref());
    anstream::println!("{}", arguments.format.line(POLICY, &policy.to_string()));
    explain(&policy, &code, arguments.format);
    Ok(())
}

/// Says on standard error what is allowed why: standard output is the policy alone.
fn explain(policy: &Policy, code: &[PageCode], format: Format) {
    if code.iter().all(|page| page.all_blocks().is_empty()) {
        anstream::eprintln!("No page has a block.");
        return;
    }
    for allowed in policy.allowed() {
        let (directive, source) = (allowed.directive, &allowed.source);
        anstream::eprintln!("`{directive} {source}`: {}", allowed.reason);
    }
    for note in policy.notes() {
        anstream::eprintln!("{note}");
    }
    let (name, value) = ISOLATION;
    let line = match format {
        Format::Meta => Format::Header.line(name, value),
        format => format.line(name, value),
    };
    anstream::eprintln!(
        "The worker has the policy of its own response: send it with `worker.js`, too, which a <meta> can't.\n\
         One line more stops a busy block at once and lets input() wait in every Chromium, from 137 on:\n{line}"
    );
}

impl Format {
    fn line(self, name: &str, value: &str) -> String {
        match self {
            Self::Header => format!("{name}: {value}"),
            Self::Meta => format!(r#"<meta http-equiv="{name}" content="{value}">"#),
            Self::HeadersFile => format!("/*\n  {name}: {value}"),
            Self::Nginx => format!(r#"add_header {name} "{value}" always;"#),
            Self::Apache => format!(r#"Header always set {name} "{value}""#),
        }
    }
}
