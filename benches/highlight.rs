//! How fast static code gets its colours, beside what syntect does out of the box: its own Python
//! grammar and `ClassedHTMLGenerator`. Times differ from machine to machine; the ratio at the end,
//! of two things measured in turn, hardly does.

use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use criterion::{BenchmarkId, Criterion, Throughput};
use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};
use syntect::html::{ClassStyle, ClassedHTMLGenerator};
use syntect::parsing::SyntaxSet;
use syntect::util::LinesWithEndings;

fn main() {
    let corpora = [
        Corpus::of("course", blocks_of(Path::new("site-example/content"))),
        Corpus::of("module", vec![module().repeat(4)]),
    ];
    let stock = Stock::new();

    let mut criterion = Criterion::default().configure_from_args();
    let mut group = criterion.benchmark_group("highlight");
    group.sample_size(20);
    for corpus in &corpora {
        group.throughput(Throughput::Bytes(corpus.bytes() as u64));
        group.bench_function(BenchmarkId::new("pyfence", corpus.name), |bencher| {
            bencher.iter(|| corpus.highlight(ours))
        });
        group.bench_function(BenchmarkId::new("syntect", corpus.name), |bencher| {
            bencher.iter(|| corpus.highlight(|code| stock.highlight(code)))
        });
    }
    group.finish();

    for corpus in &corpora {
        corpus.compare(ours, |code| stock.highlight(code));
    }
}

fn ours(code: &str) -> String {
    pyfence::highlight(code, "python").expect("Python is known")
}

struct Stock {
    syntaxes: SyntaxSet,
}

impl Stock {
    fn new() -> Self {
        Self {
            syntaxes: SyntaxSet::load_defaults_newlines(),
        }
    }

    fn highlight(&self, code: &str) -> String {
        let python = self
            .syntaxes
            .find_syntax_by_name("Python")
            .expect("it has Python");
        let mut html =
            ClassedHTMLGenerator::new_with_class_style(python, &self.syntaxes, ClassStyle::Spaced);
        for line in LinesWithEndings::from(code) {
            html.parse_html_for_line_which_includes_newline(line)
                .expect("it parses");
        }
        html.finalize()
    }
}

struct Corpus {
    name: &'static str,
    codes: Vec<String>,
}

impl Corpus {
    fn of(name: &'static str, codes: Vec<String>) -> Self {
        assert!(!codes.is_empty(), "{name} has code");
        Self { name, codes }
    }

    fn bytes(&self) -> usize {
        self.codes.iter().map(String::len).sum()
    }

    fn highlight(&self, highlight: impl Fn(&str) -> String) -> usize {
        self.codes
            .iter()
            .map(|code| black_box(highlight(code)).len())
            .sum()
    }

    fn compare(&self, ours: impl Fn(&str) -> String, stock: impl Fn(&str) -> String) {
        // In turn, and the best of each: what else runs on the machine is not measured.
        let [mut our_time, mut stock_time] = [Duration::MAX; 2];
        for _ in 0..9 {
            our_time = our_time.min(time(|| self.highlight(&ours)));
            stock_time = stock_time.min(time(|| self.highlight(&stock)));
        }
        let growth = |html: usize| html as f64 / self.bytes() as f64;
        eprintln!(
            "{}: {:.1} times as fast as stock syntect; HTML {:.1} times the source, stock {:.1}",
            self.name,
            stock_time.as_secs_f64() / our_time.as_secs_f64(),
            growth(self.highlight(&ours)),
            growth(self.highlight(&stock)),
        );
    }
}

fn time<T>(work: impl FnOnce() -> T) -> Duration {
    let start = Instant::now();
    black_box(work());
    start.elapsed()
}

/// A module of some 250 lines that uses most of the language.
fn module() -> String {
    fs::read_to_string("benches/highlight/seedbank.py").expect("the module is there")
}

/// The blocks of a course, as its readers see them: a dozen lines each.
fn blocks_of(content: &Path) -> Vec<String> {
    let mut blocks = Vec::new();
    for entry in fs::read_dir(content).expect("the course is there") {
        let path = entry.expect("it can be read").path();
        if path.is_dir() {
            blocks.extend(blocks_of(&path));
        } else if path.extension().is_some_and(|extension| extension == "md") {
            let page = fs::read_to_string(path).expect("it is text");
            blocks.extend(blocks_in(&page));
        }
    }
    blocks
}

fn blocks_in(markdown: &str) -> Vec<String> {
    let mut blocks = Vec::new();
    let mut open: Option<String> = None;
    for event in Parser::new(markdown) {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                open = info.starts_with("pyodide").then(String::new);
            }
            Event::Text(text) => open.iter_mut().for_each(|code| code.push_str(&text)),
            Event::End(TagEnd::CodeBlock) => blocks.extend(open.take()),
            _ => {}
        }
    }
    blocks
}
