//! Copies of the copies, compressed once and for all, for hosts that serve `name.br` or `name.gz` in
//! place of `name` (nginx's `gzip_static`, Caddy's `precompressed`). They follow from the files and
//! aren't in the lock: what a browser verifies is what comes out of them.

use std::io::{self, Write};
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;
use rayon::prelude::*;

use super::store::Store;
use crate::error::{Error, Result};
use crate::lock::Lock;

/// The ends of files that aren't compressed in themselves, as wheels are.
const COMPRESSIBLE: [&str; 5] = ["css", "js", "json", "mjs", "wasm"];

/// How a host may answer a browser that asks for a file.
struct Encoding {
    extension: &'static str,
    compress: fn(&[u8]) -> io::Result<Vec<u8>>,
}

impl Encoding {
    fn path_of(&self, path: &str) -> String {
        format!("{path}.{}", self.extension)
    }
}

static ENCODINGS: [Encoding; 2] = [
    Encoding {
        extension: "br",
        compress: brotli,
    },
    Encoding {
        extension: "gz",
        compress: gzip,
    },
];

/// All copies that the files of a lock have: the path of the file below the folder that is
/// published, and how it is compressed.
fn copies(lock: &Lock) -> impl Iterator<Item = (&str, &'static Encoding)> {
    let paths = lock.files().filter_map(|file| file.path.as_deref());
    let compressible = paths.filter(|path| {
        let extension = Path::new(path).extension();
        extension.is_some_and(|extension| COMPRESSIBLE.iter().any(|known| extension == *known))
    });
    compressible.flat_map(|path| ENCODINGS.iter().map(move |encoding| (path, encoding)))
}

/// Their paths below the folder that is published.
pub(super) fn paths_of(lock: &Lock) -> impl Iterator<Item = String> {
    copies(lock).map(|(path, encoding)| encoding.path_of(path))
}

/// Prepares those that aren't there yet. A path of the copies never gets other bytes, so one that is
/// there is right.
pub(super) fn prepare(lock: &Lock, store: &Store, progress: &dyn Fn(&str)) -> Result<()> {
    let missing: Vec<_> = copies(lock)
        .filter(|(path, encoding)| !store.is_published(&encoding.path_of(path)))
        .collect();
    progress("compressing");
    missing.into_par_iter().try_for_each(|(path, encoding)| {
        let copy = encoding.path_of(path);
        let compressed = (encoding.compress)(&store.read_path(path)?);
        let compressed = compressed.map_err(|error| Error::unwritable(&copy, error))?;
        store.write(&copy, &compressed)
    })
}

/// As small as it gets: readers wait for it, each time a new one comes; the author once.
fn brotli(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut compressed = Vec::new();
    let parameters = brotli::enc::BrotliEncoderParams {
        size_hint: bytes.len(),
        lgwin: 24,
        ..Default::default()
    };
    brotli::BrotliCompress(&mut &bytes[..], &mut compressed, &parameters)?;
    Ok(compressed)
}

/// Without a name or a time in its header, so that the same bytes come out each time.
fn gzip(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    encoder.finish()
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::*;

    /// A site whose lock names these files of its own.
    fn site(files: &[(&str, &[u8])]) -> (tempfile::TempDir, Lock) {
        let root = tempfile::tempdir().expect("there is room");
        let mut lock = String::from(
            "lock-version = \"1.0\"\ncreated-by = \"pyfence\"\npyodide = \"314.0.7\"\n\n\
             [[scripts]]\nname = \"ace-builds\"\nversion = \"1\"\nfiles = [\n",
        );
        for (name, bytes) in files {
            let path = root.path().join("static/pyfence-vendor").join(name);
            fs::create_dir_all(path.parent().expect("it has one")).expect("there is room");
            fs::write(path, bytes).expect("there is room");
            lock += &format!(
                "    {{ name = \"{name}\", path = \"pyfence-vendor/{name}\", hashes = {{ sha256 = \"{}\" }} }},\n",
                super::super::sources::sha256(bytes)
            );
        }
        let lock = Lock::read("pyfence.lock", &(lock + "]\n")).expect("it is one");
        (root, lock)
    }

    fn compress(root: &Path, lock: &Lock) -> bool {
        let store = Store::open(root, &root.join("static")).expect("there is room");
        prepare(lock, &store, &|_| {}).expect("there is room");
        let beside: Vec<String> = paths_of(lock).collect();
        store
            .commit(lock, &beside, |_| Ok(false))
            .expect("there is room")
    }

    #[test]
    fn copies_stand_beside_what_gets_smaller_and_stay_what_they_are() {
        let script = "const answer = 42;\n".repeat(100).into_bytes();
        let (root, lock) = site(&[("ace/ace.js", &script), ("cowsay.whl", b"PK")]);
        let root = root.path();
        assert!(compress(root, &lock));
        let copy = |name: &str| fs::read(root.join("static/pyfence-vendor").join(name));
        let (br, gz) = (copy("ace/ace.js.br"), copy("ace/ace.js.gz"));
        let (br, gz) = (br.expect("it is there"), gz.expect("it is there"));
        assert!(br.len() < gz.len() && gz.len() < script.len());
        assert!(copy("cowsay.whl.br").is_err());

        let mut read = Vec::new();
        ::brotli::BrotliDecompress(&mut &br[..], &mut read).expect("it is whole");
        assert!(read == script);
        let mut read = Vec::new();
        let mut reader = flate2::read::GzDecoder::new(&gz[..]);
        io::copy(&mut reader, &mut read).expect("it is whole");
        assert!(read == script);

        assert!(!compress(root, &lock), "nothing is made twice");
        // A run that isn't asked for them leaves none.
        let store = Store::open(root, &root.join("static")).expect("there is room");
        store
            .commit(&lock, &[], |_| Ok(false))
            .expect("there is room");
        assert!(copy("ace/ace.js").is_ok() && copy("ace/ace.js.br").is_err());
    }
}
