//! The columns of the table of options.

/// A row of the table: what `src/block/options.rs` declares of one option.
pub(crate) struct OptionDefinition {
    pub name: &'static str,
    /// The lines of the doc comment.
    pub doc: &'static [&'static str],
    pub kind: Kind,
    /// What holds where nobody states the option, as an author would write it; empty if there is
    /// no value that says it.
    pub default: &'static str,
    pub holds_for: HoldsFor,
    pub begins: Begins,
}

/// What values an option takes, and so how templates write it as an attribute and how a stock
/// fence states it.
pub(crate) enum Kind {
    /// Text of this sort.
    Text(&'static str),
    /// Texts of this sort, separated by commas.
    List(&'static str),
    /// A list of addresses; those with a leading `/` are below the site's root.
    Addresses,
    /// A number of lines.
    Height,
    /// A number of these.
    Number(&'static str),
    /// Yes or no.
    Switch,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// A version of Pyodide.
    Version,
}

/// What an option is about.
#[derive(PartialEq, Eq)]
pub(crate) enum HoldsFor {
    /// The block that states it.
    Block,
    /// All blocks of the page.
    Page,
    /// Exercises and their parts: an attribute that is read where a page has exercises.
    Exercises,
    /// The tags that load the runtime: it is used up when the page is built, and is no attribute.
    LoaderTags,
    /// `pyfence check` and `pyfence test`: no attribute either.
    Commands,
}

/// When the page begins to act on an option.
#[derive(PartialEq, Eq)]
pub(crate) enum Begins {
    /// Before anybody uses the block: `runtime/on-demand/decorate.js`, which only such blocks load.
    AtOnce,
    /// When the reader turns to the block, or never.
    WhenAsked,
}

impl OptionDefinition {
    /// The first paragraph of the doc comment, without its full stop.
    pub fn meaning(&self) -> String {
        let lines = self.doc.iter().map(|line| line.trim());
        let first: Vec<&str> = lines.take_while(|line| !line.is_empty()).collect();
        first.join(" ").trim_end_matches('.').to_owned()
    }

    /// What an author may write, in Markdown.
    pub fn values(&self) -> String {
        match self.kind {
            Kind::Text(sort) | Kind::List(sort) => sort.to_owned(),
            Kind::Addresses => "addresses, separated by commas".to_owned(),
            Kind::Height => "`auto`, `12`, `5-30`".to_owned(),
            Kind::Number(unit) => format!("a number of {unit}"),
            Kind::Switch => "`yes`, `no`".to_owned(),
            Kind::Choice(words) => {
                let words: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
                words.join(", ")
            }
            Kind::Version => "such as `0.27.7`".to_owned(),
        }
    }

    /// Whether an ordinary fence may state it. What runs unasked or unseen takes more than markup, and so do files, which
    /// other blocks import: `neverStated` of `runtime/on-demand/stock-fences.js`.
    pub fn is_for_stock_fences(&self) -> bool {
        !matches!(self.name, "autorun" | "hidden" | "file") && self.holds_for != HoldsFor::Exercises
    }

    /// Whether the element in the page has it as an attribute.
    pub fn is_attribute(&self) -> bool {
        !matches!(self.holds_for, HoldsFor::LoaderTags | HoldsFor::Commands)
    }
}
