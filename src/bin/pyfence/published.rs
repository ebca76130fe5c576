//! What `vendor` and `csp` look at: a site, a book, or a folder of finished HTML.

use std::path::{Path, PathBuf};

use clap::Args;
use pyfence::site::{Mode, Site};
use pyfence::vendor::{FinishedFolder, Sources, Vendor};
use pyfence::zola::Stage;
use pyfence::{Error, ErrorKind, Errors, PageCode};

use super::Failure;
use super::check::markdown_files;
use super::place::Place;
use super::site::SiteArguments;

#[derive(Args)]
pub(crate) struct Published {
    /// A folder of finished HTML, instead of a site; `--root` says where its lock is kept, if not there
    #[arg(value_name = "FOLDER")]
    folder: Option<PathBuf>,

    #[command(flatten)]
    site: SiteArguments,
}

impl Published {
    /// Its blocks, whatever its lock says, and what is vendored of it.
    pub(crate) fn read(
        self,
        front: Place,
        sources: Sources,
    ) -> Result<(Vec<PageCode>, Vendor), Failure> {
        let site = self.site.or(front)?;
        if let Some(folder) = &self.folder {
            let finished = finished(folder)?;
            let root = site.place.named_root().unwrap_or(folder);
            let code = finished.code();
            return Ok((code, Vendor::of_finished(root, finished, sources)));
        }
        let root = site.place.root();
        let (code, folder) = pages(&site, &root)?;
        Ok((code, Vendor::new(&root, &folder, sources)))
    }
}

/// A folder of finished HTML.
fn finished(folder: &Path) -> Result<FinishedFolder, Failure> {
    check_finished(folder)?;
    Ok(FinishedFolder::read(folder)?)
}

/// That a folder may be one of finished HTML: it is there, and isn't that of a site or a book.
pub(crate) fn check_finished(folder: &Path) -> Result<(), Error> {
    let refused =
        |message| Error::new(ErrorKind::Usage, message).in_file(folder.display().to_string());
    if !folder.is_dir() {
        let help = "name a folder of finished HTML, or a site's folder with `--root`";
        return Err(refused("there is no such folder").help(help));
    }
    let sources = ["zola.toml", "config.toml", "book.toml"];
    if sources.iter().any(|name| folder.join(name).is_file()) {
        let help = "`--root` names the folder of a site or a book";
        return Err(refused("this isn't finished HTML but what it is made from").help(help));
    }
    Ok(())
}

/// The blocks of a site or a book, and the folder whose files are
/// published with it.
fn pages(site: &SiteArguments, root: &Path) -> Result<(Vec<PageCode>, PathBuf), Failure> {
    if root.join("book.toml").is_file() {
        let (mut code, mut found) = (Vec::new(), Errors::new());
        markdown_files::book(root, None, &mut code, &mut found)?;
        found.into_result()?;
        return Ok((code, markdown_files::chapters_of_book(root)?));
    }
    Ok((pages_of_site(site)?, root.join("static")))
}

fn pages_of_site(site: &SiteArguments) -> Result<Vec<PageCode>, Failure> {
    if let Some(zola) = site.place.engine().zola()? {
        let mut options = site.stage_options();
        options.ignores_lock = true;
        let stage = Stage::new(&site.place.root(), &zola, &options)?;
        return Ok(stage.code()?);
    }
    let mut options = site.options(Mode::Build);
    options.ignores_lock = true;
    let site = Site::load(site.place.root(), &options)?;
    // A block with a mistake may ask for less than its author means.
    site.build()?;
    Ok(site.code())
}
