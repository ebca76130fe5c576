//! Under which licences the copies stand: a text beside them.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::Value;

use super::sources::{CDN, InNpm, Sources, Wanted};
use super::wheel::Wheel;
use crate::error::Result;

/// Licences by the name and version of what stands under them.
#[derive(Default)]
pub(super) struct Licences {
    of: BTreeMap<String, Licence>,
}

struct Licence {
    stated: String,
    texts: Vec<(String, String)>,
}

impl Licences {
    /// That of a package of npm.
    pub fn add_npm(&mut self, sources: &Sources, package: &str, version: &str) -> Result<()> {
        let described = file_of_npm(sources, package, version, "package.json")?;
        let described = described.and_then(|text| serde_json::from_str::<Value>(&text).ok());
        let stated = described.and_then(|package| Some(package["license"].as_str()?.to_owned()));
        let text = file_of_npm(sources, package, version, "LICENSE")?;
        let texts = text.into_iter().map(|text| ("LICENSE".to_owned(), text));
        let licence = Licence {
            stated: stated.unwrap_or_else(|| "not stated".to_owned()),
            texts: texts.collect(),
        };
        self.of.insert(format!("{package} {version}"), licence);
        Ok(())
    }

    /// That of a wheel.
    pub fn add_wheel(&mut self, name: &str, version: &str, wheel: &Wheel) {
        let licence = Licence {
            stated: wheel.licence(),
            texts: wheel.licences.clone(),
        };
        self.of.insert(format!("{name} {version}"), licence);
    }

    pub fn to_text(&self) -> String {
        let mut text = "The licences of the files in this folder, as they state them.\n".to_owned();
        for (of, Licence { stated, texts }) in &self.of {
            // Writing to a String doesn't fail.
            let _ = write!(text, "\n{}\n{of}: {stated}\n", "=".repeat(72));
            for (name, licence) in texts {
                let _ = write!(text, "\n{name}:\n\n{}\n", licence.trim_end());
            }
        }
        text
    }
}

/// A file of a package, if it has it.
fn file_of_npm(
    sources: &Sources,
    package: &str,
    version: &str,
    path: &str,
) -> Result<Option<String>> {
    let url = format!("{CDN}/npm/{package}@{version}/{path}");
    let wanted = Wanted {
        name: path,
        url: &url,
        npm: Some(InNpm {
            package,
            version,
            path,
        }),
        sha256: None,
    };
    // Not every package has the text of its licence.
    let bytes = match path {
        "LICENSE" => sources.if_any(&wanted)?,
        _ => sources.published(&wanted)?,
    };
    Ok(bytes.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()))
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::net::TcpListener;
    use std::thread;

    use super::*;

    /// The licences of a package from a server that answers with this where it is asked for its text.
    fn licences(status: &'static str) -> Result<String> {
        let listener = TcpListener::bind("127.0.0.1:0").expect("there is a port");
        let address = listener.local_addr().expect("it has one");
        thread::spawn(move || {
            for stream in listener.incoming().flatten().take(2) {
                let mut stream = stream;
                let mut request = [0; 1 << 12];
                let length = stream.read(&mut request).unwrap_or_default();
                let asked = String::from_utf8_lossy(&request[..length]).into_owned();
                let (status, body) = match asked.contains("/npm/ace@1/package.json") {
                    true => ("200 OK", r#"{"license": "MIT"}"#),
                    false => (status, "as it is"),
                };
                let length = body.len();
                let head =
                    format!("HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {length}");
                let _ = stream.write_all(format!("{head}\r\n\r\n{body}").as_bytes());
            }
        });
        let sources = Sources {
            mirror: Some(format!("http://{address}")),
            ..Sources::default()
        };
        let mut licences = Licences::default();
        licences.add_npm(&sources, "ace", "1")?;
        Ok(licences.to_text())
    }

    #[test]
    fn only_a_text_that_is_not_there_is_left_out() {
        let text = licences("200 OK").expect("it comes");
        assert!(
            text.ends_with("ace 1: MIT\n\nLICENSE:\n\nas it is\n"),
            "{text}"
        );
        let text = licences("404 Not Found").expect("it need not be there");
        assert!(text.ends_with("ace 1: MIT\n"), "{text}");
        let error = licences("503 Service Unavailable").expect_err("nobody knows");
        assert!(
            error.to_string().contains("/LICENSE: can't be downloaded"),
            "{error}"
        );
    }
}
