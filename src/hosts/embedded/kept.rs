//! What of a build the next one of the same site needn't make again: the HTML of Markdown that nothing
//! which it is made of has changed for.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use super::Site;
use super::config::{InsertAnchor, Mode};
use super::content::Library;
use super::markdown::{Body, Content};
use super::templates::Sources;
use crate::lock::Lock;

/// What was made of the pages of a site, for the next [build](Site::build_again) of it.
///
/// A page is rendered anew when its file has changed, or anything that all pages may show:
/// configuration, lock, templates, addresses of pages. Pages with shortcodes, components or recorded
/// outputs are always rendered anew.
#[derive(Default)]
pub struct Kept {
    all: Option<SharedByAll>,
    bodies: HashMap<String, KeptBody>,
}

/// What a page was made of beside what all share, and what it became.
struct KeptBody {
    text: String,
    insert_anchor: InsertAnchor,
    body: Arc<Body>,
}

/// What the Markdown of any page may depend on.
struct SharedByAll {
    root: PathBuf,
    settings: Vec<String>,
    base_url: String,
    mode: Mode,
    sources: bool,
    lock: Option<Lock>,
    templates: Arc<Sources>,
    library: Arc<Library>,
}

impl SharedByAll {
    /// `None` if templates of the site's own take part in what has no shortcodes: they may show
    /// anything, such as the time.
    fn of(site: &Site) -> Option<Self> {
        (!has_own_parts(&site.templates.sources)).then(|| Self {
            root: site.root.clone(),
            settings: site.settings.clone(),
            base_url: site.config.base_url.clone(),
            mode: site.config.mode,
            sources: site.sources,
            lock: site.renderer.lock().cloned(),
            templates: Arc::clone(&site.templates.sources),
            library: Arc::clone(&site.library),
        })
    }

    fn is_of(&self, site: &Site) -> bool {
        self.root == site.root
            && self.settings == site.settings
            && self.base_url == site.config.base_url
            && self.mode == site.config.mode
            && self.sources == site.sources
            && self.lock.as_ref() == site.renderer.lock()
            && texts(&self.templates).eq(texts(&site.templates.sources))
            && self.library.has_addresses_of(&site.library)
    }
}

fn texts(templates: &Sources) -> impl Iterator<Item = (&str, &str)> {
    let templates = templates.iter();
    templates.map(|(name, file)| (name.as_str(), file.text.as_str()))
}

/// Whether the site or its theme has a template of its own for what pages have without a call.
pub(super) fn has_own_parts(templates: &Sources) -> bool {
    const PARTS: [&str; 4] = [
        "anchor-link.html",
        "shortcodes/pyodide.html",
        "shortcodes/pyodide.md",
        "summary-cutoff.html",
    ];
    let mut names = templates.keys();
    names.any(|name| PARTS.iter().any(|part| name.ends_with(part)))
}

impl Kept {
    /// Lets go of what doesn't hold for this site any more.
    pub(super) fn check(&mut self, site: &Site) {
        if !self.all.as_ref().is_some_and(|all| all.is_of(site)) {
            *self = Self::default();
        }
    }

    /// What was made of this content before, if it would become the same. Only behind
    /// [`check`](Self::check).
    pub(super) fn body(&self, site: &Site, content: &Content<'_>) -> Option<Arc<Body>> {
        let kept = self.bodies.get(content.relative)?;
        let is_same = kept.text == content.file.text && kept.insert_anchor == content.insert_anchor;
        // What was recorded since belongs to the page.
        (is_same && !site.records.has(&content.file.name)).then(|| Arc::clone(&kept.body))
    }

    /// Keeps what the pages and sections of this site have become.
    pub(super) fn keep<'a>(
        &mut self,
        site: &Site,
        made: impl Iterator<Item = (&'a str, &'a str, InsertAnchor, &'a Arc<Body>)>,
    ) {
        let mut before = std::mem::take(self);
        let Some(all) = SharedByAll::of(site) else {
            return;
        };
        let lasting = made.filter(|(.., body)| body.is_lasting);
        self.bodies = lasting
            .map(|(relative, text, insert_anchor, body)| {
                let kept = before.bodies.remove(relative);
                let kept = kept.filter(|kept| Arc::ptr_eq(&kept.body, body));
                let kept = kept.unwrap_or_else(|| KeptBody {
                    text: text.to_owned(),
                    insert_anchor,
                    body: Arc::clone(body),
                });
                (relative.to_owned(), kept)
            })
            .collect();
        self.all = Some(all);
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;
    use std::sync::Arc;

    use super::Kept;
    use crate::hosts::embedded::markdown::Body;
    use crate::hosts::embedded::{Site, SiteOptions};

    fn body(kept: &Kept, page: &str) -> Option<Arc<Body>> {
        kept.bodies.get(page).map(|kept| Arc::clone(&kept.body))
    }

    fn write(root: &Path, name: &str, text: &str) {
        let path = root.join(name);
        fs::create_dir_all(path.parent().expect("it has one")).expect("there is room");
        fs::write(path, text).expect("there is room");
    }

    fn build(root: &Path, kept: &mut Kept) {
        let site = Site::load(root, &SiteOptions::default()).expect("it can be read");
        site.build_again(kept).expect("it can be built");
    }

    #[test]
    fn what_has_not_changed_is_rendered_once() {
        let site = tempfile::tempdir().expect("there is room");
        let root = site.path();
        write(root, "config.toml", "base_url = \"https://example.org\"\n");
        write(root, "content/a.md", "+++\n+++\n# A\n");
        write(root, "content/b.md", "+++\n+++\n# B\n");
        write(root, "content/c.md", "+++\n+++\n{{ c() }}\n");
        write(root, "templates/shortcodes/c.html", "{{ page.title }}");
        let mut kept = Kept::default();
        build(root, &mut kept);
        let [a, b] = ["a.md", "b.md"].map(|page| body(&kept, page).expect("it is kept"));
        assert!(body(&kept, "c.md").is_none());

        write(root, "content/b.md", "+++\n+++\n# C\n");
        build(root, &mut kept);
        let now = |kept: &Kept, page| body(kept, page).expect("it is kept");
        assert!(Arc::ptr_eq(&now(&kept, "a.md"), &a));
        assert!(!Arc::ptr_eq(&now(&kept, "b.md"), &b));

        write(root, "content/d.md", "+++\n+++\n");
        build(root, &mut kept);
        assert!(!Arc::ptr_eq(&now(&kept, "a.md"), &a));

        write(root, "templates/anchor-link.html", "{{ now() }}");
        build(root, &mut kept);
        assert!(body(&kept, "a.md").is_none());
    }
}
