//! Resized images. Zola keeps them in the site's `static/processed_images` and makes them anew only
//! when their originals are newer: so what it made in the staged copy goes back to the site.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::hard_links;

const FOLDER: &str = "static/processed_images";

/// Files that Zola can resize, by how their names end.
const IMAGES: [&str; 6] = ["avif", "gif", "jpeg", "jpg", "png", "webp"];

pub(super) fn is_kept(name: &Path) -> bool {
    name.starts_with(FOLDER)
}

/// Stages the images `kept`, of a site whose other files are `others`.
///
/// A link is as old as what it links to, a copy is new. Zola can't tell then which images are older
/// than their originals: where copies are needed, those stay away that may be.
pub(super) fn stage<'a>(
    root: &Path,
    staged: &Path,
    kept: &[&'a Path],
    others: impl Iterator<Item = &'a Path>,
) -> io::Result<()> {
    let mut others = Some(others);
    let mut newest = None;
    for name in kept {
        let (source, target) = (root.join(name), staged.join(name));
        if hard_links::only_link(&source, &target).is_ok() {
            continue;
        }
        if let Some(others) = others.take() {
            newest = newest_image(root, others);
        }
        if changed(&source) > newest {
            hard_links::link(&source, &target)?;
        }
    }
    Ok(())
}

/// Gives back to the site in `root` what Zola made. It is a cache: what can't be written is made
/// again next time.
pub(super) fn give_back(root: &Path, staged: &Path) {
    let made = fs::read_dir(staged.join(FOLDER)).into_iter().flatten();
    for image in made.flatten().map(|entry| entry.path()) {
        let Some(name) = image.file_name() else {
            continue;
        };
        let own = root.join(FOLDER).join(name);
        if changed(&image) > changed(&own) {
            let _ =
                fs::create_dir_all(root.join(FOLDER)).and_then(|()| hard_links::link(&image, &own));
        }
    }
}

fn newest_image<'a>(root: &Path, names: impl Iterator<Item = &'a Path>) -> Option<SystemTime> {
    let is_image = |name: &&Path| {
        let end = name.extension().and_then(|end| end.to_str());
        end.is_some_and(|end| IMAGES.contains(&end.to_lowercase().as_str()))
    };
    let paths: Vec<PathBuf> = names.filter(is_image).map(|name| root.join(name)).collect();
    paths.iter().filter_map(|path| changed(path)).max()
}

fn changed(file: &Path) -> Option<SystemTime> {
    fs::metadata(file).and_then(|file| file.modified()).ok()
}
