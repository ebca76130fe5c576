//! A file that a lock names.

use serde::{Deserialize, Deserializer, Serialize};

/// A file: where it is, and what is in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct LockedFile {
    /// Its name, or its path in its package.
    #[serde(deserialize_with = "inside")]
    pub name: String,
    /// Where in the world it is, if it is there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Where the site has it, from the folder that is published on; pages load it from `url`
    /// without.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "inside_if_any"
    )]
    pub path: Option<String>,
    /// Its bytes, where that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<u64>,
    /// The SHA-256 of its bytes, as 64 hexadecimal digits.
    #[serde(rename = "hashes", with = "hashes")]
    pub sha256: String,
    /// The SHA-256 of the file that it was made from, where it isn't one that was published.
    #[serde(
        rename = "source-sha256",
        default,
        skip_serializing_if = "Option::is_none"
    )]
    pub source_sha256: Option<String>,
}

impl LockedFile {
    /// Where it is as seen from a folder two levels below the one that is published, as the runtime
    /// is.
    pub(crate) fn address(&self) -> Option<String> {
        let path = self.path.as_ref().map(|path| format!("../../{path}"));
        path.or_else(|| self.url.clone())
    }

    /// The value of an `integrity` attribute.
    pub(crate) fn integrity(&self) -> String {
        use base64::Engine as _;
        let digits = self.sha256.as_bytes().chunks(2);
        let bytes: Vec<u8> = digits
            .filter_map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok())
            .collect();
        let encoded = base64::engine::general_purpose::STANDARD.encode(bytes);
        format!("sha256-{encoded}")
    }
}

fn inside_if_any<'de, D: Deserializer<'de>>(reader: D) -> Result<Option<String>, D::Error> {
    inside(reader).map(Some)
}

/// A path that stays in the folder it starts from, whichever that is: a lock may come with somebody else's site.
fn inside<'de, D: Deserializer<'de>>(reader: D) -> Result<String, D::Error> {
    let path = String::deserialize(reader)?;
    let mut parts = path.split('/');
    let stays = parts.all(|part| !part.is_empty() && part != "." && part != "..");
    match stays && !path.contains(['\\', ':', '?', '#']) {
        true => Ok(path),
        false => Err(serde::de::Error::custom(format!(
            "`{path}` is no path below a folder"
        ))),
    }
}

mod hashes {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    #[derive(Serialize, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Hashes {
        sha256: String,
    }

    pub(super) fn serialize<S: Serializer>(sha256: &str, writer: S) -> Result<S::Ok, S::Error> {
        let sha256 = sha256.to_owned();
        Hashes { sha256 }.serialize(writer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(reader: D) -> Result<String, D::Error> {
        let Hashes { sha256 } = Hashes::deserialize(reader)?;
        let is_digit = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
        match sha256.len() == 64 && sha256.bytes().all(is_digit) {
            true => Ok(sha256),
            false => Err(serde::de::Error::custom(
                "a sha256 is 64 hexadecimal digits, in lower case",
            )),
        }
    }
}

/// The one wheel of a package: a list of one.
pub(super) mod one_of_list {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use super::LockedFile;

    pub(in crate::lock) fn serialize<S: Serializer>(
        file: &LockedFile,
        writer: S,
    ) -> Result<S::Ok, S::Error> {
        [file].serialize(writer)
    }

    pub(in crate::lock) fn deserialize<'de, D: Deserializer<'de>>(
        reader: D,
    ) -> Result<LockedFile, D::Error> {
        let [file] = <[LockedFile; 1]>::deserialize(reader)?;
        Ok(file)
    }
}

/// The names of packages: a list of tables, as in PEP 751.
pub(super) mod names {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    #[derive(Serialize, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Named {
        name: String,
    }

    pub(in crate::lock) fn serialize<S: Serializer>(
        names: &[String],
        writer: S,
    ) -> Result<S::Ok, S::Error> {
        let named = names.iter().map(|name| Named { name: name.clone() });
        writer.collect_seq(named)
    }

    pub(in crate::lock) fn deserialize<'de, D: Deserializer<'de>>(
        reader: D,
    ) -> Result<Vec<String>, D::Error> {
        let named = Vec::<Named>::deserialize(reader)?;
        Ok(named.into_iter().map(|Named { name }| name).collect())
    }
}

#[cfg(all(test, feature = "lock"))]
mod tests {
    use crate::lock::Lock;

    #[test]
    fn names_and_paths_that_leave_their_folder_are_told_with_their_line() {
        let lock = |name: &str, path: &str| {
            let text = format!(
                "lock-version = \"1.0\"\ncreated-by = \"pyfence\"\npyodide = \"314.0.7\"\n\n\
                 [[scripts]]\nname = \"ace\"\nversion = \"1\"\nfiles = [\n    \
                 {{ name = '{name}', path = '{path}', hashes = {{ sha256 = \"{}\" }} }},\n]\n",
                "0".repeat(64)
            );
            Lock::read("pyfence.lock", &text)
        };
        lock("languages/a.js", "pyfence-files/a.js").expect("both stay");
        for path in [
            "../a.js",
            "a/../../b.js",
            "/etc/a.js",
            "//host/a.js",
            "a//b.js",
            "./a.js",
            "..\\a.js",
            "C:/a.js",
            "C:a.js",
            "",
        ] {
            for lock in [lock("a.js", path), lock(path, "a.js")] {
                let error = lock.expect_err(path);
                assert_eq!(error.line(), Some(9), "{error}");
                let message = error.message();
                assert!(message.contains("no path below a folder"), "{error}");
            }
        }
    }
}
