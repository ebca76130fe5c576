//! Reading a site: configuration, theme, content, templates.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::config::{Config, ConfigFile, block_options, merge_theme};
use super::content::{self, Library};
use super::markdown::Pipeline;
use super::output::not_written;
use super::templates::{Calls, Templates};
use super::{Site, SiteOptions, unsupported};
use crate::error::{Error, ErrorKind};
use crate::layout::{ANOTHER_OUTPUT, refusal_of_output};
use crate::options::BlockOptions;
use crate::renderer::Renderer;

pub(super) fn load(root: &Path, options: &SiteOptions) -> Result<Site, Vec<Error>> {
    let file = ConfigFile::find(root, options.config.as_deref()).map_err(|error| vec![error])?;
    let (config, blocks) = configuration(&file, root, options)?;
    let output = output_folder(&file, &config, root, options).map_err(|error| vec![error])?;
    let config = Arc::new(config);
    let mut found = unsupported::in_config(&file, &config, root);

    // Content and templates are read even if one of them has errors, to tell of both.
    let library = match content::load(root, &config, options.drafts) {
        Ok(library) => {
            found.extend(unsupported::in_content(&config, &library));
            found.extend(unsorted(&library));
            library
        }
        Err(errors) => {
            found.extend(errors);
            Library::default()
        }
    };
    let library = Arc::new(library);
    let calls = Calls::new(root.to_owned(), Arc::clone(&config), Arc::clone(&library));
    let templates = Templates::load(root, &config, calls.tera());
    let (templates, mut warnings) = match (templates, split(found)) {
        (Ok(templates), (errors, warnings)) if errors.is_empty() => (Arc::new(templates), warnings),
        (templates, (errors, warnings)) => {
            let of_templates = templates.err().unwrap_or_default();
            return Err([errors, of_templates, warnings].concat());
        }
    };
    warnings.sort_by_key(|warning| (warning.file().map(str::to_owned), warning.line()));

    let renderer = Renderer::builder()
        .base_url(&config.base_url)
        .defaults(blocks)
        .markdown_options(config.markdown.options())
        .templates(templates.tera.clone())
        .build()
        .map_err(|error| vec![error])?;
    let pipeline = Arc::new(Pipeline {
        renderer,
        templates: Arc::clone(&templates),
        config: Arc::clone(&config),
        library: Arc::clone(&library),
    });
    calls.set_pipeline(&pipeline);
    Ok(Site {
        root: root.to_owned(),
        output,
        config,
        library,
        templates,
        calls,
        pipeline,
        warnings,
    })
}

/// The configuration, with the theme's defaults below it, and the defaults for blocks.
fn configuration(
    file: &ConfigFile,
    root: &Path,
    options: &SiteOptions,
) -> Result<(Config, BlockOptions), Vec<Error>> {
    let mut config = file.parse()?;
    let mut blocks = block_options(&file.file, 0..file.file.text.len())?;
    if let Some(theme) = &config.theme {
        let folder = root.join("themes").join(theme);
        if !folder.is_dir() {
            let error = file
                .error(
                    &["theme"],
                    format!("there is no theme `{theme}` in `themes`"),
                )
                .help(format!("put it in `themes/{theme}`"));
            return Err(vec![error]);
        }
        blocks = blocks.or(&merge_theme(&mut config.extra, &folder)?);
    }
    if let Some(base_url) = &options.base_url {
        config.base_url = base_url.clone();
    }
    config.mode = options.mode;
    Ok((config, blocks))
}

/// The folder that the site is to be written to, if that can be done without harm.
fn output_folder(
    file: &ConfigFile,
    config: &Config,
    root: &Path,
    options: &SiteOptions,
) -> Result<PathBuf, Error> {
    let (folder, is_chosen) = match &options.output_dir {
        Some(folder) => (folder.clone(), true),
        None => (root.join(&config.output_dir), false),
    };
    match refusal_of_output(root, &folder) {
        None => Ok(folder),
        Some(message) if is_chosen => Err(not_written(&folder, message).help(ANOTHER_OUTPUT)),
        Some(message) => Err(file.error(&["output_dir"], message).help(ANOTHER_OUTPUT)),
    }
}

/// Pages that lack what their section sorts by: they are in no list.
fn unsorted(library: &Library) -> Vec<Error> {
    let mut warnings = Vec::new();
    for section in &library.sections {
        for &page in &section.unsorted {
            let key = section.meta.sort_by.key();
            let message = format!(
                "`{}` sorts by {key}, and this page has none: it is in no list",
                section.relative
            );
            warnings.push(
                Error::warning(ErrorKind::Content, message)
                    .in_file(&library.pages[page].file.name)
                    .help(format!("add `{key} = ...` to its front matter")),
            );
        }
    }
    warnings
}

/// Errors and warnings.
pub(super) fn split(found: Vec<Error>) -> (Vec<Error>, Vec<Error>) {
    found.into_iter().partition(Error::is_error)
}
