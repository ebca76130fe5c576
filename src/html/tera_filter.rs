//! Blocks in the templates of a host that owns a Tera.

use tera::{Kwargs, State, Tera, TeraResult, Value};

use crate::block::Block;
use crate::block::options::BlockOptions;
use crate::html::templates::BlockHtml;
use crate::page::settle::settle_alone;
use crate::renderer::Renderer;
use crate::settings::Settings;

impl Renderer {
    /// Gives a host's Tera the filter `pyodide`, which makes a block of code, and the function
    /// `pyfence_loader`, which gives the [loader tags](Renderer::loader_tags): where a template
    /// makes blocks, it says itself where the tags go.
    ///
    /// The filter's arguments are the options of a block.
    ///
    /// ```
    /// let renderer = pyfence::Renderer::builder().base_url("/docs").build()?;
    /// let mut tera = tera::Tera::new();
    /// renderer.register_in(&mut tera);
    /// tera.add_raw_template(
    ///     "page.html",
    ///     "{{ pyfence_loader() }}{{ solution | pyodide(session='x', height=5) }}",
    /// )?;
    /// let mut context = tera::Context::new();
    /// context.insert("solution", "print(1 < 2)");
    /// let page = tera.render("page.html", &context)?;
    /// assert!(page.starts_with("<link rel=\"stylesheet\" href=\"/docs/pyfence/"));
    /// assert!(page.contains("<pyodide-block session=\"x\" height=\"5\""));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn register_in(&self, tera: &mut Tera) {
        let renderer = self.clone();
        tera.register_filter(
            "pyodide",
            move |code: &str, options: Kwargs, _: &State<'_>| renderer.filtered(code, &options),
        );
        let loader_tags = Value::safe_string(self.loader_tags());
        tera.register_function("pyfence_loader", move |_: Kwargs, _: &State<'_>| {
            loader_tags.clone()
        });
    }

    fn filtered(&self, code: &str, options: &Kwargs) -> TeraResult<Value> {
        let options: BlockOptions = options.deserialize()?;
        let mut block = Block::of_host(code.to_owned(), options.or(&self.settings.defaults));
        settle_alone(&mut block, &self.settings);
        let code = self.settings.html_of(&block);
        let parts = BlockHtml {
            code: &code,
            ..BlockHtml::default()
        };
        let Settings {
            templates,
            language,
            ..
        } = &*self.settings;
        let html = templates.render_block(&block, 1, language, &parts);
        let html = html.map_err(|error| tera::Error::message(error.to_string()))?;
        Ok(Value::safe_string(&html))
    }
}
