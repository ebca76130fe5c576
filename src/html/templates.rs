//! Templates: a block through the shipped shortcode, and shortcodes that sites define.

use std::sync::OnceLock;

use pulldown_cmark::{Options, Parser, html};
use tera::{Context, Kwargs, State, Tera, TeraResult};

use crate::block::Block;
use crate::error::{Error, ErrorKind, Result};
use crate::page::{heading_attributes, nesting};
use crate::syntax::fence::FENCE_WORD;
use crate::syntax::line_ends::with_line_feeds;

/// The shortcode that theme authors copy is the template that this crate renders.
const SHIPPED_BLOCK: &str = include_str!("../../shortcodes/pyodide.html");

/// When a shortcode's output goes in: before Markdown is parsed, or while it is rendered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ShortcodeKind {
    Markdown,
    Html,
}

impl ShortcodeKind {
    /// The name of the template of the shortcode `name`.
    pub fn template(self, name: &str) -> String {
        template_of_file(&match self {
            ShortcodeKind::Markdown => format!("{name}.md"),
            ShortcodeKind::Html => format!("{name}.html"),
        })
    }
}

/// The name of the template that a shortcode's file becomes: `note.html` is `shortcodes/note.html`.
pub(crate) fn template_of_file(file_name: &str) -> String {
    format!("shortcodes/{file_name}")
}

/// What is HTML already when a block is rendered.
#[derive(Default)]
pub(crate) struct BlockHtml<'h> {
    /// The coloured code.
    pub code: &'h str,
    /// The page's loader tags, for the block that carries them.
    pub loader: &'h str,
    /// What it showed when it was tested.
    pub recorded: &'h str,
}

/// The templates of a renderer.
#[derive(Clone)]
pub(crate) struct Templates {
    tera: Tera,
}

impl Templates {
    /// The templates of a host: its own `shortcodes/pyodide.html` wins over the shipped one.
    pub fn new(tera: Tera) -> Self {
        Self { tera }
    }

    /// A Tera for hosts without one, with the filter that bodies of shortcodes need.
    pub fn bare_tera(markdown_options: Options) -> Tera {
        let mut tera = Tera::new();
        let markdown = move |text: &str, options: Kwargs, _: &State<'_>| -> TeraResult<String> {
            let mut rendered = String::new();
            let (text, _) = nesting::bounded(with_line_feeds(text), markdown_options);
            let text = heading_attributes::at_the_margin(text, markdown_options);
            html::push_html(&mut rendered, Parser::new_ext(&text, markdown_options));
            Ok(match options.get("inline")?.unwrap_or(false) {
                true => without_paragraph(&rendered).to_owned(),
                false => rendered,
            })
        };
        tera.register_filter("markdown", markdown);
        tera
    }

    /// What kind of shortcode `name` is; `None` if there is none.
    pub fn shortcode_kind(&self, name: &str) -> Option<ShortcodeKind> {
        [ShortcodeKind::Html, ShortcodeKind::Markdown]
            .into_iter()
            .find(|kind| self.tera.contains_template(&kind.template(name)))
    }

    /// Whether `name` is a block's or a shortcode's.
    pub fn is_known(&self, name: &str) -> bool {
        name == FENCE_WORD || self.shortcode_kind(name).is_some()
    }

    /// The names of all shortcodes.
    pub fn shortcode_names(&self) -> Vec<String> {
        let names = self.tera.get_template_names().filter_map(|template| {
            let (_, file) = template.rsplit_once("shortcodes/")?;
            let (name, _) = file.rsplit_once('.')?;
            Some(name.to_owned())
        });
        names.chain([FENCE_WORD.to_owned()]).collect()
    }

    /// Whether there is a component of this name.
    pub fn has_component(&self, name: &str) -> bool {
        self.tera.contains_component(name)
    }

    /// Renders text of a page; as in Zola, nothing is escaped in it.
    pub fn render_text(&self, text: &str, context: &Context) -> TeraResult<String> {
        self.tera.render_str(text, context, false)
    }

    /// Renders a shortcode.
    pub fn render_shortcode(
        &self,
        name: &str,
        kind: ShortcodeKind,
        context: &Context,
    ) -> TeraResult<String> {
        self.tera.render(&kind.template(name), context)
    }

    /// Renders the `nth` block (from 1) of a page in `language`.
    ///
    /// A shortcode of the host's own finds `body`, `nth` and `lang` as well, as Zola has them.
    pub fn render_block(
        &self,
        block: &Block,
        nth: usize,
        language: &str,
        html: &BlockHtml<'_>,
    ) -> Result<String> {
        let mut context = Context::from_serialize(&block.options).map_err(template_error)?;
        context.insert("loader", html.loader);
        context.insert("code", html.code);
        context.insert("recorded", html.recorded);
        context.insert("body", &block.code);
        context.insert("nth", &nth);
        context.insert("lang", language);
        let template = ShortcodeKind::Html.template(FENCE_WORD);
        let tera = match self.tera.contains_template(&template) {
            true => &self.tera,
            false => shipped_block(),
        };
        tera.render(&template, &context).map_err(template_error)
    }
}

/// The shipped shortcode, apart from a host's templates: it names functions of Zola's that a host
/// need not have. Tera asks for them when a template is added; they are called only where the
/// block comes without `code`, in Zola.
fn shipped_block() -> &'static Tera {
    static SHIPPED: OnceLock<Tera> = OnceLock::new();
    SHIPPED.get_or_init(|| {
        let mut tera = Templates::bare_tera(Options::empty());
        for function in ["get_url", "get_hash"] {
            tera.register_function(function, |_: Kwargs, _: &State<'_>| -> TeraResult<String> {
                Err(tera::Error::message("only Zola has this function"))
            });
        }
        tera.add_raw_template(&ShortcodeKind::Html.template(FENCE_WORD), SHIPPED_BLOCK)
            .expect("the shipped shortcode is checked by this crate's own tests");
        tera
    })
}

/// As in Zola, the paragraph around a line of Markdown.
pub(crate) fn without_paragraph(html: &str) -> &str {
    html.trim_start_matches("<p>").trim_end_matches("</p>\n")
}

fn template_error(error: tera::Error) -> Error {
    Error::new(ErrorKind::Template, "a template failed").caused_by(error)
}
