//! Reading a site: configuration, theme, content, templates.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::config::{Config, ConfigFile, merge_theme, site_settings};
use super::content::{self, Library};
use super::output::refused;
use super::templates::{Calls, Templates};
use super::text_file::TextFile;
use super::{Site, SiteOptions, unsupported_settings};
use crate::block::site_settings::SiteSettings;
use crate::error::{Error, ErrorKind, Errors};
use crate::hosts::publish::{ANOTHER_OUTPUT, FORCE_OUTPUT, foreign_output, sweep_beside};
use crate::hosts::site_lock;
use crate::hosts::symbolic_links;
use crate::records::RecordFolder;
use crate::renderer::Renderer;
use crate::runtime_files::Assets;
use crate::zola_site::layout::refusal_of_output;

pub(super) fn load(root: &Path, options: &SiteOptions) -> Result<Site, Errors> {
    let file = ConfigFile::find(root, options.config.as_deref())?;
    let (config, settings, texts) = configuration(&file, root, options)?;
    let (output, foreign_output) = output_folder(&file, &config, root, options)?;
    let config = Arc::new(config);
    let mut found = unsupported_settings::in_config(&file, &config, root);
    found.extend(symbolic_links::outward(root));

    // Content and templates are read even if one of them has errors, to tell of both.
    let library = Arc::new(library(root, &config, options.drafts, &mut found));
    let (lock, offline) = match options.ignores_lock {
        true => (None, None),
        false => (site_lock::read(root)?, settings.offline),
    };
    let assets = Assets::of_site(lock.as_ref(), offline).map_err(|error| {
        let key = ["extra", "pyfence", SiteSettings::OFFLINE];
        match file.states(&key) {
            true => error.at(&file.file.source(), file.place(&key)),
            false => error,
        }
    })?;
    let calls = Calls::new(
        root.to_owned(),
        Arc::clone(&config),
        Arc::clone(&library),
        assets,
    );
    let templates = Templates::load(root, &config, &calls);
    let (templates, warnings) = without_errors(templates, found)?;

    let renderer = Renderer::builder()
        .base_url(&config.base_url)
        .language(&config.default_language)
        .defaults(settings.defaults)
        .offline(offline)
        .markdown_options(config.markdown.options());
    let renderer = match lock {
        Some(lock) => renderer.lock(lock).build()?,
        None => renderer.build()?,
    };
    Ok(Site {
        root: root.to_owned(),
        output,
        foreign_output,
        config,
        settings: texts,
        library,
        templates,
        calls,
        renderer,
        records: RecordFolder::new(root, "content"),
        sources: options.sources || settings.sources == Some(true),
        warnings,
    })
}

/// The content as far as it could be read; what is wrong with it comes to what was found.
fn library(root: &Path, config: &Config, drafts: bool, found: &mut Errors) -> Library {
    match content::load(root, config, drafts) {
        Ok(library) => {
            found.extend(unsupported_settings::in_content(config, &library));
            found.extend(unsorted(&library));
            library
        }
        Err(errors) => {
            found.extend(errors);
            Library::default()
        }
    }
}

/// The templates and the warnings, unless there are errors: in the templates or in what was found before.
fn without_errors(
    templates: Result<Templates, Errors>,
    found: Errors,
) -> Result<(Templates, Errors), Errors> {
    let (errors, mut warnings) = found.split();
    match templates {
        Ok(templates) if errors.is_empty() => {
            warnings.sort();
            Ok((templates, warnings))
        }
        templates => {
            let of_templates = templates.err().unwrap_or_default();
            let all = errors.into_iter().chain(of_templates).chain(warnings);
            Err(all.collect::<Errors>().told_once())
        }
    }
}

/// The configuration, with the theme's defaults below it, what it says of blocks, and the texts of both.
fn configuration(
    file: &ConfigFile,
    root: &Path,
    options: &SiteOptions,
) -> Result<(Config, SiteSettings, Vec<String>), Errors> {
    let mut config = file.parse()?;
    let mut settings = site_settings(&file.file)?;
    let mut texts = vec![file.file.text.clone()];
    if let Some(theme) = &config.theme {
        let folder = root.join("themes").join(theme);
        if !folder.is_dir() {
            let error = file
                .error(
                    &["theme"],
                    format!("there is no theme `{theme}` in `themes`"),
                )
                .help(format!("put it in `themes/{theme}`"));
            return Err(error.into());
        }
        let theme = TextFile::read(&folder.join("theme.toml"))?;
        settings = settings.or(&merge_theme(&mut config.extra, &theme)?);
        texts.push(theme.text);
    }
    if let Some(base_url) = &options.base_url {
        config.base_url = base_url.clone();
    }
    config.mode = options.mode;
    Ok((config, settings, texts))
}

/// The folder that the site is to be written to, if that can be done without harm, and why what is
/// in it isn't replaced unless the author insists.
fn output_folder(
    file: &ConfigFile,
    config: &Config,
    root: &Path,
    options: &SiteOptions,
) -> Result<(PathBuf, Option<Error>), Error> {
    let (folder, is_chosen) = match &options.output_dir {
        Some(folder) => (folder.clone(), true),
        None => (root.join(&config.output_dir), false),
    };
    let at_key = |message: &str| match file.states(&["output_dir"]) {
        true => file.error(&["output_dir"], message),
        false => refused(&folder, message),
    };
    match refusal_of_output(root, &folder) {
        Some(message) if is_chosen => {
            return Err(refused(&folder, message).help(ANOTHER_OUTPUT));
        }
        Some(message) => return Err(at_key(message).help(ANOTHER_OUTPUT)),
        None => {}
    }
    sweep_beside(&folder);
    // What was named on the command line is the author's word.
    let foreign = match is_chosen {
        true => None,
        false => foreign_output(root, &folder, config.preserves())
            .map(|message| at_key(&message).help(FORCE_OUTPUT)),
    };
    Ok((folder, foreign))
}

/// Pages that lack what their section sorts by: they are in no list.
fn unsorted(library: &Library) -> Errors {
    let mut warnings = Errors::new();
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
