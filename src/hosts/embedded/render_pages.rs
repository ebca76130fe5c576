//! From pages and sections to the files of the site.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;
use tera::{Context, Value};

use super::config::Config;
use super::content::{Asset, Library, Page, Section, key_place};
use super::output::{OutputFile, file_at};
use super::pagination::Pagers;
use super::sitemap;
use super::template_values::Values;
use super::templates::Templates;
use super::text_file::TextFile;
use crate::error::{Error, ErrorKind, Errors, nearest};
use crate::page::gathered;
use crate::page::loader::completed;
use crate::runtime_files::Assets;

/// Templates that a site needn't have.
const DEFAULTED: [&str; 3] = ["index.html", "section.html", "page.html"];

/// Renders all pages of the site.
pub(crate) struct SiteRender<'a> {
    pub(crate) config: &'a Config,
    pub(crate) library: &'a Library,
    pub(crate) templates: &'a Templates,
    pub(crate) values: Arc<Values>,
    /// `config` in templates.
    pub(crate) config_value: Value,
    /// The runtime's files, and the tags that load them.
    pub(crate) assets: &'a Assets,
    pub(crate) loader_tags: &'a str,
}

type Files = Vec<(String, OutputFile)>;

/// Something to publish.
enum Job<'a> {
    Page(&'a Page),
    Section(&'a Section),
    Pager(&'a Pagers<'a>, usize),
    Redirect { from: String, to: String },
    NotFound,
    Sitemap,
    Robots,
}

impl<'a> SiteRender<'a> {
    pub(crate) fn run(&self) -> Result<Files, Errors> {
        let sections = self
            .library
            .sections
            .iter()
            .filter(|section| section.meta.render);
        let pagers: Vec<(&Section, Option<Pagers<'_>>)> = sections
            .map(|section| (section, Pagers::of(section, self.library)))
            .collect();
        let results: Vec<Result<Files, Failed<'_>>> = self
            .jobs(&pagers)
            .par_iter()
            .map(|job| self.job(job))
            .collect();
        let mut files = Files::new();
        let mut failed = Vec::new();
        for result in results {
            match result {
                Ok(rendered) => files.extend(rendered),
                Err(error) => failed.push(error),
            }
        }
        if failed.is_empty() {
            Ok(files)
        } else {
            Err(told_once(failed))
        }
    }

    fn jobs<'j>(&self, sections: &'j [(&'j Section, Option<Pagers<'j>>)]) -> Vec<Job<'j>>
    where
        'a: 'j,
    {
        let mut jobs = vec![Job::NotFound];
        if self.config.generate_sitemap {
            jobs.push(Job::Sitemap);
        }
        if self.config.generate_robots_txt {
            jobs.push(Job::Robots);
        }
        for page in self.library.pages.iter().filter(|page| page.meta.render) {
            jobs.push(Job::Page(page));
            jobs.extend(redirects(&page.meta.aliases, &page.permalink));
        }
        for (section, pagers) in sections {
            jobs.extend(redirects(&section.meta.aliases, &section.permalink));
            match (&section.meta.redirect_to, pagers) {
                (Some(target), _) => jobs.push(Job::Redirect {
                    from: section.path.clone(),
                    to: self.redirect_target(target),
                }),
                (None, Some(pagers)) => {
                    jobs.extend((1..=pagers.count()).map(|number| Job::Pager(pagers, number)));
                    jobs.push(Job::Redirect {
                        from: pagers.numbered_path(1),
                        to: section.permalink.clone(),
                    });
                }
                (None, None) => jobs.push(Job::Section(section)),
            }
        }
        jobs
    }

    fn redirect_target(&self, target: &str) -> String {
        if target.starts_with("http:") || target.starts_with("https:") {
            target.to_owned()
        } else {
            self.config.permalink(target)
        }
    }

    fn job<'j>(&self, job: &Job<'j>) -> Result<Files, Failed<'j>> {
        match job {
            Job::Page(page) => self.page(page),
            Job::Section(section) => self.section(section, &section.path, None),
            Job::Pager(pagers, number) => {
                let value = pagers.value(*number, self.config, self.library, &self.values);
                self.section(pagers.section(), &pagers.path(*number), Some(value))
            }
            Job::Redirect { from, to } => self.redirect(from, to),
            Job::NotFound => self.extra_page("404.html", |_| {}),
            Job::Robots => self.extra_page("robots.txt", |_| {}),
            Job::Sitemap => self.extra_page("sitemap.xml", |context| {
                context.insert("entries", &sitemap::entries(self.config, self.library));
            }),
        }
    }

    fn page<'j>(&self, page: &'j Page) -> Result<Files, Failed<'j>> {
        let mut context = self.context_at(&page.path, &page.permalink);
        context.insert_value("page", self.values.page(&page.relative));
        let template = page.template.as_deref().unwrap_or("page.html");
        let html = self.content(&page.file, template, &context)?;
        let mut files = vec![(file_at(&page.path), html)];
        files.extend(beside(&page.path, &page.assets));
        Ok(files)
    }

    fn section<'j>(
        &self,
        section: &'j Section,
        path: &str,
        paginator: Option<Value>,
    ) -> Result<Files, Failed<'j>> {
        let mut context = self.context_at(path, &self.config.permalink(path));
        context.insert_value("section", self.values.section(&section.relative));
        if let Some(paginator) = paginator {
            context.insert_value("paginator", paginator);
        }
        let html = self.content(&section.file, section.template(), &context)?;
        let mut files = vec![(file_at(path), html)];
        if path == section.path {
            files.extend(beside(path, &section.assets));
        }
        Ok(files)
    }

    /// Renders the template that a content file asks for.
    fn content<'j>(
        &self,
        file: &'j TextFile,
        template: &str,
        context: &Context,
    ) -> Result<OutputFile, Failed<'j>> {
        let failed = |error| Failed {
            page: Some(&file.name),
            error,
        };
        let name = match self.templates.contains(template) {
            true => template,
            false if DEFAULTED.contains(&template) => "page.html",
            false => return Err(failed(self.missing_template(file, template))),
        };
        let html = self.templates.render(name, context).map_err(failed)?;
        Ok(self.finished(html))
    }

    /// A page, with the loader's tags once where it has blocks.
    fn finished(&self, html: String) -> OutputFile {
        let settled = gathered::settle(&html, self.assets);
        let settled = settled.or_else(|| completed(&html, self.assets, self.loader_tags));
        OutputFile::Bytes(settled.unwrap_or(html).into_bytes())
    }

    fn missing_template(&self, file: &TextFile, template: &str) -> Error {
        let message = match nearest(template, self.templates.names()) {
            Some(meant) => format!("there is no template `{template}`; did you mean `{meant}`?"),
            None => format!("there is no template `{template}`"),
        };
        match key_place(file, "template") {
            Some(range) => file.error(ErrorKind::Template, message, range),
            None => Error::new(ErrorKind::Template, message).in_file(&file.name),
        }
    }

    fn redirect<'j>(&self, from: &str, to: &str) -> Result<Files, Failed<'j>> {
        let mut context = self.context();
        context.insert("url", to);
        let html = self.templates.render("alias.html", &context)?;
        Ok(vec![(file_at(from), OutputFile::Bytes(html.into_bytes()))])
    }

    /// A file that no content file asks for.
    fn extra_page<'j>(
        &self,
        name: &str,
        fill: impl FnOnce(&mut Context),
    ) -> Result<Files, Failed<'j>> {
        let mut context = self.context();
        fill(&mut context);
        let text = self.templates.render(name, &context)?;
        let file = match name.ends_with(".html") {
            true => self.finished(text),
            false => OutputFile::Bytes(text.into_bytes()),
        };
        Ok(vec![(name.to_owned(), file)])
    }

    fn context(&self) -> Context {
        let mut context = Context::new();
        context.insert_value("config", self.config_value.clone());
        context.insert("lang", &self.config.default_language);
        context
    }

    fn context_at(&self, path: &str, permalink: &str) -> Context {
        let mut context = self.context();
        context.insert("current_path", path);
        context.insert("current_url", permalink);
        context
    }
}

/// An error while something was rendered.
struct Failed<'a> {
    /// The content file it was rendered for.
    page: Option<&'a str>,
    error: Error,
}

impl From<Error> for Failed<'_> {
    fn from(error: Error) -> Self {
        Self { page: None, error }
    }
}

/// A mistake in a template fails every page that uses it, but is told once.
fn told_once(failed: Vec<Failed<'_>>) -> Errors {
    let mut told: Vec<(Error, Option<&str>, usize)> = Vec::new();
    let mut known: HashMap<String, usize> = HashMap::new();
    for Failed { page, error } in failed {
        let drawing = error.to_string();
        match known.get(&drawing) {
            Some(&index) => told[index].2 += 1,
            None => {
                known.insert(drawing, told.len());
                told.push((error, page, 0));
            }
        }
    }
    told.into_iter()
        .map(|(error, page, others)| {
            let Some(page) = page.filter(|page| error.file() != Some(page)) else {
                return error;
            };
            let more = match others {
                0 => String::new(),
                count => format!(" and {count} more"),
            };
            let place = format!("it happened while rendering {page}{more}");
            let help = match error.suggestion() {
                Some(help) => format!("{help}\n{place}"),
                None => place,
            };
            error.help(help)
        })
        .collect()
}

fn redirects<'j>(aliases: &'j [String], to: &'j str) -> impl Iterator<Item = Job<'j>> {
    aliases.iter().map(|alias| Job::Redirect {
        from: alias.clone(),
        to: to.to_owned(),
    })
}

/// Files that are published beside a page or section.
fn beside<'j>(path: &'j str, assets: &'j [Asset]) -> impl Iterator<Item = (String, OutputFile)> {
    let folder = path.trim_start_matches('/');
    assets.iter().map(move |asset| {
        let file = OutputFile::Copy(Path::to_owned(&asset.file));
        (format!("{folder}{}", asset.name), file)
    })
}
