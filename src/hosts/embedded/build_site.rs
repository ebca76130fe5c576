//! Rendering a site that is read.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use globset::GlobSet;
use rayon::prelude::*;
use tera::{Context, Value};

use super::config::InsertAnchor;
use super::content::{Page, Section};
use super::kept::{Kept, has_own_parts};
use super::markdown::{Body, Content, Pipeline, broken_anchors, ids_in};
use super::output::{Output, OutputFile};
use super::render_pages::SiteRender;
use super::static_files::files_below;
use super::template_values::{Bodies, Values};
use super::{Site, text_file::TextFile};
use crate::error::{Error, Errors};
use crate::hosts::site_lock;
use crate::page::code::PageCode;
use crate::runtime_files::Assets;
use crate::syntax::shortcode;

pub(super) fn build(site: &Site, kept: &mut Kept) -> Result<Output, Errors> {
    if let Some(lock) = site.renderer.lock() {
        site_lock::check_files(&site.root, lock)?;
    }
    let config_value = site.config.value();
    let bodies = render_markdown(site, &config_value, kept);

    let (errors, mut warnings) = problems(site, &bodies).split();
    warnings.extend(site.warnings.clone());
    if !errors.is_empty() {
        return Err(errors.into_iter().chain(warnings).collect());
    }

    let values = Arc::new(Values::new(&site.config, &site.library, &bodies));
    let pipeline = pipeline(site, &values);
    let render = SiteRender {
        config: &site.config,
        library: &site.library,
        templates: &pipeline.templates,
        values,
        config_value,
        assets: site.renderer.assets(),
        loader_tags: site.renderer.loader_tags(),
    };
    let pages = render.run()?;
    let mut output = Output {
        files: pages.into_iter().collect(),
        warnings,
        root: Some(site.root.clone()),
    };
    add_runtime(render.assets, &mut output);
    for (path, picture) in site.records.pictures() {
        output.files.insert(path, OutputFile::Copy(picture));
    }
    add_static(site, &mut output)?;
    drop(render);
    drop_beside((bodies, pipeline));
    Ok(output)
}

/// Nobody waits until thousands of values have been dropped.
fn drop_beside(values: impl Send + 'static) {
    rayon::spawn(move || drop(values));
}

/// What renders Markdown and templates where pages and sections are known as in `values`.
fn pipeline(site: &Site, values: &Arc<Values>) -> Arc<Pipeline> {
    Arc::new_cyclic(|pipeline| {
        let calls = site.calls.at_stage(Arc::clone(values), pipeline.clone());
        let templates = site.templates.calling(calls);
        Pipeline {
            renderer: site.renderer.with_templates(templates.tera.clone()),
            templates,
            config: Arc::clone(&site.config),
            library: Arc::clone(&site.library),
            records: site.records.clone(),
            sources: site.sources,
        }
    })
}

/// Pages and sections before any Markdown is rendered.
fn bare_values(site: &Site) -> Arc<Values> {
    let bare = Bodies::nothing_yet(&site.library);
    Arc::new(Values::new(&site.config, &site.library, &bare))
}

/// Whether anything that is rendered with the Markdown may look at pages and sections: what the
/// author calls, or templates of his own.
fn may_see_values(site: &Site) -> bool {
    let pages = site.library.pages.par_iter().map(|page| &page.file);
    let sections = site
        .library
        .sections
        .par_iter()
        .map(|section| &section.file);
    has_own_parts(&site.templates.sources)
        || pages
            .chain(sections)
            .any(|file| shortcode::may_be_in(&file.text))
}

fn render_markdown(site: &Site, config_value: &Value, kept: &mut Kept) -> Bodies {
    kept.check(site);
    let values = match may_see_values(site) {
        true => bare_values(site),
        false => Arc::default(),
    };
    let pipeline = pipeline(site, &values);
    let (pages, sections) = each_content(site, &values, config_value, |content| {
        let before = kept.body(site, content);
        before.unwrap_or_else(|| Arc::new(pipeline.render(content)))
    });
    drop_beside((values, pipeline));
    let of_pages = site.library.pages.iter().zip(&pages).map(|(page, body)| {
        let insert_anchor = insert_anchor(site, site.library.section_of(page));
        (
            page.relative.as_str(),
            page.file.text.as_str(),
            insert_anchor,
            body,
        )
    });
    let of_sections = site
        .library
        .sections
        .iter()
        .zip(&sections)
        .map(|(section, body)| {
            let insert_anchor = insert_anchor(site, Some(section));
            (
                section.relative.as_str(),
                section.file.text.as_str(),
                insert_anchor,
                body,
            )
        });
    kept.keep(site, of_pages.chain(of_sections));
    Bodies { pages, sections }
}

/// The blocks of all pages and sections as their authors wrote them.
pub(super) fn code(site: &Site) -> Vec<PageCode> {
    let values = bare_values(site);
    let pipeline = pipeline(site, &values);
    let (pages, sections) = each_content(site, &values, &site.config.value(), |content| {
        pipeline.code(content)
    });
    let mut all: Vec<_> = pages.into_iter().chain(sections).collect();
    all.sort_by(|a, b| a.name().cmp(b.name()));
    all
}

/// Does something with the Markdown of each page, and of each section.
fn each_content<T: Send>(
    site: &Site,
    values: &Values,
    config_value: &Value,
    run: impl Fn(&Content<'_>) -> T + Sync,
) -> (Vec<T>, Vec<T>) {
    let variables = |name: &'static str, value: Value| {
        let mut context = Context::new();
        context.insert_value(name, value);
        context.insert_value("config", config_value.clone());
        context.insert("lang", &site.config.default_language);
        context
    };
    let page = |page: &Page| {
        run(&Content {
            file: &page.file,
            start: page.start,
            relative: &page.relative,
            permalink: &page.permalink,
            insert_anchor: insert_anchor(site, site.library.section_of(page)),
            defaults: page.blocks.clone(),
            variables: variables("page", values.page(&page.relative)),
        })
    };
    let section = |section: &Section| {
        run(&Content {
            file: &section.file,
            start: section.start,
            relative: &section.relative,
            permalink: &section.permalink,
            insert_anchor: insert_anchor(site, Some(section)),
            defaults: section.blocks.clone(),
            variables: variables("section", values.section(&section.relative)),
        })
    };
    (
        site.library.pages.par_iter().map(page).collect(),
        site.library.sections.par_iter().map(section).collect(),
    )
}

fn insert_anchor(site: &Site, section: Option<&Section>) -> InsertAnchor {
    section
        .and_then(|section| section.meta.insert_anchor_links)
        .unwrap_or(site.config.markdown.insert_anchor_links)
}

/// All that is wrong in the Markdown of the site.
fn problems(site: &Site, bodies: &Bodies) -> Errors {
    let all: Vec<(&TextFile, &str, &Body)> = site
        .library
        .sections
        .iter()
        .map(|section| (&section.file, section.relative.as_str()))
        .zip(&bodies.sections)
        .chain(
            site.library
                .pages
                .iter()
                .map(|page| (&page.file, page.relative.as_str()))
                .zip(&bodies.pages),
        )
        .map(|((file, relative), body)| (file, relative, body.as_ref()))
        .collect();
    let asked: HashSet<&str> = all
        .iter()
        .flat_map(|(_, _, body)| &body.links)
        .filter(|link| link.anchor.is_some())
        .map(|link| link.target.as_str())
        .collect();
    let ids: HashMap<&str, HashSet<String>> = all
        .iter()
        .filter(|(_, relative, _)| asked.contains(relative))
        .map(|(_, relative, body)| (*relative, ids_in(body)))
        .collect();
    let level = site.config.link_checker.internal_level;
    let mut problems = Errors::new();
    for (file, _, body) in &all {
        problems.extend(body.diagnostics.iter().cloned());
        problems.extend(broken_anchors(file, body, &ids, level));
    }
    Errors::sorted(problems.into_iter().collect())
}

fn add_runtime(assets: &Assets, output: &mut Output) {
    for file in assets.files() {
        let contents = OutputFile::Bytes(file.contents().to_vec());
        output.files.insert(file.path().to_owned(), contents);
    }
}

/// The site's static files go over the theme's, and both over what was rendered.
fn add_static(site: &Site, output: &mut Output) -> Result<(), Error> {
    let theme = site.theme_dir().map(|folder| folder.join("static"));
    let own = site.root.join("static");
    let everything = GlobSet::empty();
    let folders = theme
        .iter()
        .map(|folder| (folder, &everything))
        .chain([(&own, &site.config.ignored_static_globs)]);
    for (folder, ignored) in folders {
        for (path, file) in files_below(folder, ignored)? {
            output.files.insert(path, OutputFile::Copy(file));
        }
    }
    Ok(())
}
