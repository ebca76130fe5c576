//! How an error is drawn: its message, the lines of its source with marks, and what to do. Nobody else draws snippets.

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::Error;
use super::repeated::SHOWN_PLACES;

impl Error {
    pub(super) fn drawn(&self) -> String {
        self.draw(&Renderer::plain())
    }

    /// With the escapes of a terminal.
    pub(super) fn drawn_in_color(&self) -> String {
        self.draw(&Renderer::styled())
    }

    fn draw(&self, renderer: &Renderer) -> String {
        let level = match self.0.is_warning {
            false => Level::ERROR,
            true => Level::WARNING,
        };
        // A cause in one line ends the title; longer ones, such as a template's, follow it.
        let (short, long): (Vec<_>, Vec<_>) =
            self.causes().partition(|cause| !cause.contains('\n'));
        let title = [vec![self.headline()], short].concat().join(": ");
        let mut title = level.primary_title(title);
        if let Some(rule) = self.0.rule {
            title = title.id(rule);
        }
        let mut group = Group::with_title(title);
        let others = self.0.repeated.iter();
        let others = others.filter_map(|other| Some((other.0.marks.first()?, Some("here too"))));
        let marks = self.0.marks.iter();
        let marks = marks.map(|mark| (mark, mark.label.as_deref()));
        let marks = marks.chain(others.take(SHOWN_PLACES - 1));
        for (index, (mark, label)) in marks.enumerate() {
            let kind = match index {
                0 => AnnotationKind::Primary,
                _ => AnnotationKind::Context,
            };
            let Some(line) = mark.line else {
                group = group.element(Level::NOTE.message(format!("in {}", mark.text.trim())));
                continue;
            };
            let mut snippet = Snippet::source(&mark.text)
                .line_start(line)
                .annotation(kind.span(mark.range.clone()).label(label));
            if mark.is_part_of_line {
                // The column is that in the whole line, not in the part.
                let origin = Origin::path(&mark.file).line(line).char_column(mark.column);
                group = group.element(origin);
            } else {
                snippet = snippet.path(&mark.file);
            }
            group = group.element(snippet);
        }
        let further = match self.undrawn_places() {
            0 => None,
            1 => Some("and in 1 more place".to_owned()),
            more => Some(format!("and in {more} more places")),
        };
        if let Some(further) = further {
            group = group.element(Level::NOTE.message(further));
        }
        for cause in long {
            group = group.element(Level::NOTE.message(cause));
        }
        if let Some(help) = &self.0.help {
            group = group.element(Level::HELP.message(help));
        }
        renderer.render(&[group])
    }

    /// The messages of what led to it, the nearest first.
    fn causes(&self) -> impl Iterator<Item = String> {
        let first = std::error::Error::source(self);
        std::iter::successors(first, |cause| cause.source()).map(|cause| cause.to_string())
    }

    fn headline(&self) -> String {
        match (self.file(), self.line()) {
            (Some(file), None) => format!("{}: {}", file, self.0.message),
            _ => self.0.message.clone(),
        }
    }
}
