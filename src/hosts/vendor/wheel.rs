//! What a wheel says of itself ([its format](https://packaging.python.org/en/latest/specifications/binary-distribution-format/)).

use std::collections::BTreeSet;
use std::io::{Cursor, Read, Write};

use zip::ZipArchive;
use zip::write::{SimpleFileOptions, ZipWriter};

/// Folders that some projects put into their wheels by mistake: nobody imports them.
const NO_MODULES: [&str; 5] = ["test", "tests", "docs", "doc", "examples"];

pub(super) struct Wheel {
    /// Its METADATA.
    metadata: String,
    /// The modules at its top.
    pub imports: Vec<String>,
    /// The texts of its licences, by the names of their files.
    pub licences: Vec<(String, String)>,
}

impl Wheel {
    /// `None` if these bytes aren't a wheel.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
        let names = archive.file_names();
        let names: Vec<String> = names
            .filter_map(|name| Some(name.ok()?.into_owned()))
            .collect();
        let metadata = names
            .iter()
            .find(|name| is_in_info(name, |below| below == "METADATA"))?;
        let metadata = text_of(&mut archive, metadata)?;
        let mut licences: Vec<_> = names
            .iter()
            .filter(|name| is_in_info(name, is_licence))
            .filter_map(|name| {
                let short = name.rsplit('/').next().unwrap_or(name);
                Some((short.to_owned(), text_of(&mut archive, name)?))
            })
            .collect();
        licences.sort();
        let imports: BTreeSet<&str> = names.iter().filter_map(|name| module_of(name)).collect();
        Some(Self {
            metadata,
            imports: imports.into_iter().map(str::to_owned).collect(),
            licences,
        })
    }

    /// The values of a field of its metadata.
    pub fn field<'w>(&'w self, name: &'w str) -> impl Iterator<Item = &'w str> {
        let head = self.metadata.lines().take_while(|line| !line.is_empty());
        head.filter_map(move |line| line.strip_prefix(name)?.strip_prefix(": "))
            .map(str::trim)
    }

    /// How it says that it may be used.
    pub fn licence(&self) -> String {
        let stated = self.field("License-Expression").next();
        let stated = stated.or_else(|| {
            let mut classifiers = self.field("Classifier");
            classifiers.find_map(|text| text.strip_prefix("License :: OSI Approved :: "))
        });
        let stated = stated.or_else(|| self.field("License").next());
        stated.unwrap_or("not stated").to_owned()
    }
}

fn is_in_info(name: &str, is_meant: impl Fn(&str) -> bool) -> bool {
    let (folder, below) = name.split_once('/').unwrap_or_default();
    folder.ends_with(".dist-info") && is_meant(below)
}

fn is_licence(below: &str) -> bool {
    let name = below.rsplit('/').next().unwrap_or(below);
    let name = name.to_ascii_uppercase();
    ["LICENSE", "LICENCE", "COPYING", "NOTICE"]
        .iter()
        .any(|word| name.starts_with(word))
}

/// The module that a file of a wheel is, or is a part of.
fn module_of(name: &str) -> Option<&str> {
    let is_code = name.ends_with(".py") || name.ends_with(".so");
    let module = match name.split_once('/') {
        Some((folder, _)) => folder,
        // `_speedups.cpython-314-wasm32-emscripten.so` is one as well.
        None => name.split('.').next()?,
    };
    let is_name = !module.contains(['.', '-']) && !NO_MODULES.contains(&module);
    (is_code && is_name).then_some(module)
}

fn text_of(archive: &mut ZipArchive<Cursor<&[u8]>>, name: &str) -> Option<String> {
    let mut bytes = Vec::new();
    // A text that is longer than that is none of these.
    let file = archive.by_name(name).ok()?;
    file.take(2_000_000).read_to_end(&mut bytes).ok()?;
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

/// A wheel that has a name and a version and nothing in it: what Pyodide's distribution has
/// stands so among the choices of a resolver.
pub(super) fn empty(name: &str, version: &str) -> zip::result::ZipResult<Vec<u8>> {
    saying(name, version, "")
}

/// The same with further lines of metadata.
pub(super) fn saying(name: &str, version: &str, lines: &str) -> zip::result::ZipResult<Vec<u8>> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let folder = format!("{}-{version}.dist-info", name.replace('-', "_"));
    let metadata = format!("Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n{lines}");
    let wheel =
        "Wheel-Version: 1.0\nGenerator: pyfence\nRoot-Is-Purelib: true\nTag: py3-none-any\n";
    for (file, text) in [
        ("METADATA", metadata.as_str()),
        ("WHEEL", wheel),
        ("RECORD", ""),
    ] {
        archive.start_file(format!("{folder}/{file}"), SimpleFileOptions::default())?;
        archive.write_all(text.as_bytes())?;
    }
    Ok(archive.finish()?.into_inner())
}
