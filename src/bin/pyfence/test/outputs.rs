//! What blocks show: kept as records, or compared with those that are kept.

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use pyfence::{
    BlockOptions, Error, PageCode, PageRecords, Picture, Record, RecordFolder, RecordedOutput,
    safe_html,
};

use super::page_run::Tested;
use super::source_blocks::SourceBlock;
use super::verdict::{Outcome, Reason, Shown, Verdict};

/// What is done with what blocks show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outputs {
    /// Compared, on pages that have records.
    Compare,
    /// Recorded.
    Record,
}

/// What a block shows, as it is recorded.
pub(super) struct Recorded {
    record: Record,
    pictures: Vec<Picture>,
}

impl Outputs {
    /// Whether it is to be known what this block shows.
    pub(super) fn concern(self, source: SourceBlock<'_>) -> bool {
        let is_compared = self == Self::Record || source.page.records().is_some();
        is_compared && has_record(source.block.options())
    }

    /// What a block that passes is worth beside its record.
    pub(super) fn verdict(
        self,
        source: SourceBlock<'_>,
        outcome: Outcome,
    ) -> (Verdict, Option<Recorded>) {
        let (Some(shown), Some(digest)) = (outcome.shown, outcome.digest) else {
            return (Verdict::Passed, None);
        };
        let recorded = Recorded::new(source, shown, &digest);
        let index = source.number - 1;
        let records = source.page.records().filter(|_| self == Self::Compare);
        let Some(records) = records else {
            return (Verdict::Passed, Some(recorded));
        };
        let known = records.get(source.page.record_key(index));
        let reason = match known {
            Some(known) if known.digest() == digest => return (Verdict::Passed, Some(recorded)),
            Some(known) => Reason {
                detail: format!(
                    "recorded: {}\nshown:    {}",
                    as_text(known),
                    as_text(&recorded.record)
                ),
                help: Some(
                    "`pyfence test --record` records it anew; record=\"no\" keeps nothing of what is never the same",
                ),
                ..Reason::new("shows something else than what was recorded")
            },
            None => Reason {
                help: Some("`pyfence test --record` records it; record=\"no\" keeps nothing of it"),
                ..Reason::new("has no record of what it shows as it stands now")
            },
        };
        (Verdict::Failed(reason), Some(recorded))
    }
}

impl Recorded {
    fn new(source: SourceBlock<'_>, shown: Vec<Shown>, digest: &str) -> Self {
        let mut pictures = Vec::new();
        let outputs = shown.into_iter().map(|shown| {
            let mut output = RecordedOutput::text(shown.kind, shown.text);
            output.html = shown.html.map(|html| safe_html(&html));
            let bytes = shown.picture.and_then(|picture| {
                let bytes = BASE64.decode(picture.data).ok()?;
                Some(Picture::new(bytes, &picture.extension))
            });
            output.picture = bytes.as_ref().map(|picture| picture.name.clone());
            pictures.extend(bytes);
            output
        });
        let outputs = outputs.collect();
        let key = source.page.record_key(source.number - 1);
        Self {
            record: Record::new(key, source.block.code(), outputs).with_digest(digest),
            pictures,
        }
    }
}

/// Writes the records of the pages that were tested; without any of the site's, also what is kept of
/// pages that are gone. Gives how many files have changed.
pub(super) fn write(
    folder: &RecordFolder,
    code: &[PageCode],
    tested: &[Tested<'_>],
    is_whole: bool,
) -> Result<usize, Error> {
    let mut changed = 0;
    for page in code {
        let of_page = tested.iter().filter(|tested| {
            let source = tested.source.as_ref();
            source.is_some_and(|source| std::ptr::eq(source.page, page))
        });
        let of_page: Vec<_> = of_page.collect();
        if of_page.is_empty() {
            continue;
        }
        let mut records = Vec::new();
        let mut pictures = Vec::new();
        for (index, block) in page.blocks().iter().enumerate() {
            if !has_record(block.options()) {
                continue;
            }
            let known = page
                .records()
                .and_then(|records| records.get(page.record_key(index)));
            let mut places = of_page.iter().filter(|tested| {
                let source = tested.source.as_ref();
                source.is_some_and(|source| source.number == index + 1)
            });
            let now = places.find_map(|tested| match tested.verdict {
                Verdict::Passed => tested.shown.as_ref(),
                _ => None,
            });
            match (now, known) {
                (Some(now), known)
                    if known.is_none_or(|known| known.digest() != now.record.digest()) =>
                {
                    let files = folder.digests(page, index);
                    records.push(now.record.clone().with_files(files));
                    pictures.extend(now.pictures.iter().cloned());
                }
                (_, Some(known)) => records.push(known.clone()),
                (_, None) => {}
            }
        }
        changed += usize::from(folder.write(page.name(), &PageRecords::new(records), &pictures)?);
    }
    if is_whole {
        let there: Vec<_> = code
            .iter()
            .map(|page| folder.path_below(page.name()).with_extension(""))
            .collect();
        changed += folder.remove_unless(|page| there.iter().any(|there| there == page))?;
    }
    Ok(changed)
}

/// Whether it is kept what a block with these options shows. An exercise runs with its solution: what
/// that shows, no reader is to see beforehand. Its parts don't run by themselves.
fn has_record(options: &BlockOptions) -> bool {
    let of_exercise = [
        &options.exercise,
        &options.check,
        &options.hint,
        &options.solution,
    ];
    ![options.record, options.test].contains(&Some(false))
        && of_exercise.into_iter().all(Option::is_none)
}

/// What a record shows, for a message.
fn as_text(record: &Record) -> String {
    let outputs = record.outputs().iter().map(|output| {
        let html = output.html.as_deref().map(|html| format!("HTML {html}"));
        let picture = output
            .picture
            .as_ref()
            .map(|name| format!("picture {name}"));
        html.or(picture)
            .unwrap_or_else(|| output.text.trim_end().to_owned())
    });
    outputs.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use pyfence::{PageContext, PageRecords, Record, RecordFolder, RecordedOutput, Renderer};

    use super::super::page_run::Tested;
    use super::super::source_blocks::Sources;
    use super::super::verdict::Verdict;
    use super::write;

    #[test]
    fn an_exercise_and_its_parts_keep_no_record() {
        let page = "```pyodide\n1\n```\n\n```pyodide exercise=a\n2\n```\n\n```pyodide check=a\na -> 1\n```\n\n\
                    ```pyodide hint=a\nSo.\n```\n\n```pyodide solution=a\na = 1\n```\n";
        let site = tempfile::tempdir().expect("there is room");
        let folder = RecordFolder::new(site.path(), "content");
        let renderer = Renderer::builder().build().expect("it is built");
        let mut context = PageContext::new("content/a.md");
        let code = renderer.parse(page, &context).code();
        // As an edition of pyfence has written them that recorded exercises.
        let old = code.blocks().iter().enumerate().map(|(index, block)| {
            let shown = vec![RecordedOutput::text("value", "1")];
            Record::new(code.record_key(index), block.code(), shown)
        });
        context.records = Some(PageRecords::new(old.collect()));
        let sources = Sources::new(vec![renderer.parse(page, &context).code()]);
        let of_page = sources.of_page("a/index.html", &[("1", None)]);
        let tested = [Tested {
            source: of_page[0],
            stated: None,
            page: "a/index.html".to_owned(),
            number: 1,
            verdict: Verdict::Passed,
            shown: None,
            seconds: 0.0,
        }];
        let changed = write(&folder, sources.pages(), &tested, false).expect("there is room");
        let written = folder.read("content/a.md").expect("it can be read");
        let written = written.expect("it is there");
        let begins: Vec<_> = written.blocks().iter().map(Record::key).collect();
        assert_eq!(changed, 1);
        assert_eq!(begins, [code.record_key(0)]);
    }
}
