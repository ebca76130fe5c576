//! Where the copy of a site is staged: in memory, if it is small, else among the temporary files.
//!
//! A disk's file system takes long to make files where it has just removed as many, as it removes the
//! copy of each build: ext4 keeps the room of removed files back for minutes. Memory doesn't.

use std::fs;
use std::io;
use std::path::Path;

use rayon::prelude::*;

use crate::hosts::publish::ScratchFolder;

use super::hard_links::Entry;
use super::image_cache;

/// The largest site that is staged in memory: files that would be links on its own disk are copied.
const SMALL_BYTES: u64 = 16 << 20;

/// What has to be free there: blocks as HTML are several times as long, and Zola may write there, too.
const ROOM_BYTES: u64 = 256 << 20;

/// A folder with an empty one in it for the copy of the site in `root` with these files.
pub(super) fn folder_for(root: &Path, files: &[Entry]) -> io::Result<ScratchFolder> {
    let folder = match in_memory(root, files) {
        Some(folder) => folder,
        None => ScratchFolder::temporary()?,
    };
    fs::create_dir(folder.child("site"))?;
    Ok(folder)
}

/// `None` where the author has named a folder for temporary files, where the system has no such
/// memory, or too little, and for a site that is too large or has images that Zola resized.
fn in_memory(root: &Path, files: &[Entry]) -> Option<ScratchFolder> {
    if std::env::var_os("TMPDIR").is_some() {
        return None;
    }
    let memory = memory_with_room()?;
    // Zola makes images again when their links become copies.
    let has_images = files.iter().any(|file| image_cache::is_kept(&file.name));
    (!has_images && size(root, files) <= SMALL_BYTES)
        .then(|| ScratchFolder::new_in_memory(memory).ok())?
}

/// Where Linux has shared memory as a folder, if it has enough of it.
#[cfg(target_os = "linux")]
fn memory_with_room() -> Option<&'static Path> {
    /// What the system calls a file system in memory, in its `linux/magic.h`.
    const TMPFS: rustix::fs::FsWord = 0x0102_1994;
    let memory = Path::new("/dev/shm");
    let system = rustix::fs::statfs(memory).ok()?;
    let free = rustix::fs::statvfs(memory).ok()?;
    (system.f_type == TMPFS && free.f_bavail.saturating_mul(free.f_frsize) >= ROOM_BYTES)
        .then_some(memory)
}

#[cfg(not(target_os = "linux"))]
fn memory_with_room() -> Option<&'static Path> {
    None
}

/// The bytes of all files.
fn size(root: &Path, files: &[Entry]) -> u64 {
    let files = files.par_iter().filter(|file| !file.is_folder);
    let sizes = files.filter_map(|file| root.join(&file.name).metadata().ok());
    sizes.map(|file| file.len()).sum()
}
