//! The blocks of one page: rendered when all of them are known, for the version holds for all and
//! the loader tags stand before the first that may carry them.

use crate::block::Block;
use crate::error::{Error, Source};
use crate::page::PageAssets;
use crate::renderer::{PageContext, Settings};

/// The blocks of one page.
pub(crate) struct PageBlocks<'p> {
    settings: &'p Settings,
    source: Source<'p>,
    blocks: Vec<Block>,
    loader_tags: String,
    pub assets: PageAssets,
}

impl<'p> PageBlocks<'p> {
    pub fn settle(
        settings: &'p Settings,
        context: &PageContext,
        source: Source<'p>,
        mut blocks: Vec<Block>,
        diagnostics: &mut Vec<Error>,
    ) -> Self {
        let base_url = settings.base_url_of(context).trim_end_matches('/');
        for block in &mut blocks {
            settle_files(block, base_url);
        }
        let loader_tags = settings.loader_tags_of(context);
        let assets = PageAssets::of(
            &mut blocks,
            &source,
            settings.loader,
            &loader_tags,
            diagnostics,
        );
        Self {
            settings,
            source,
            blocks,
            loader_tags,
            assets,
        }
    }

    /// The HTML of the block at `index`.
    pub fn html(&self, index: usize, diagnostics: &mut Vec<Error>) -> String {
        let block = &self.blocks[index];
        let code = self.settings.colours.python(&block.code);
        let loader = if self.assets.is_carrier(index) {
            &self.loader_tags
        } else {
            ""
        };
        let templates = &self.settings.templates;
        match templates.render_block(block, index + 1, &code, loader) {
            Ok(html) => html,
            Err(error) => {
                diagnostics.push(error.at(&self.source, block.opening.clone()));
                // The reader can still read the code.
                format!("<pre><code>{code}</code></pre>\n")
            }
        }
    }
}

/// In the page an address with a leading `/` starts at the host's root, which need not be the
/// site's.
fn settle_files(block: &mut Block, base_url: &str) {
    for file in block.options.files.iter_mut().flatten() {
        if file.starts_with('/') && !file.starts_with("//") {
            file.insert_str(0, base_url);
        }
    }
}
