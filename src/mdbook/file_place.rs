//! From places of a chapter as mdBook hands it over to places of the file that its author wrote.

/// The lines of a chapter and of its file.
pub(crate) struct FilePlaces<'a> {
    chapter: &'a str,
    /// `None` when the chapter is the file, or has none.
    file: Option<String>,
}

impl<'a> FilePlaces<'a> {
    pub fn new(chapter: &'a str, file: Option<String>) -> Self {
        let file = file.filter(|file| file != chapter);
        Self { chapter, file }
    }

    /// The line and the column of a byte of the chapter, both from 1, in the file where it can be
    /// found again.
    ///
    /// An include before it moves a line; it is found by what it says: the second line of its
    /// kind in the chapter is the second one in the file.
    pub fn of(&self, at: usize) -> (usize, usize) {
        let before = &self.chapter[..at];
        let line_start = before.rfind('\n').map_or(0, |end| end + 1);
        let index = before.matches('\n').count();
        let column = before[line_start..].chars().count() + 1;
        (self.line_in_file(index).unwrap_or(index) + 1, column)
    }

    fn line_in_file(&self, index: usize) -> Option<usize> {
        let file = self.file.as_ref()?;
        let line = self.chapter.lines().nth(index)?;
        let earlier = self.chapter.lines().take(index);
        let nth = earlier.filter(|other| *other == line).count();
        let mut same = file.lines().enumerate().filter(|(_, other)| *other == line);
        same.nth(nth).map(|(index, _)| index)
    }
}
