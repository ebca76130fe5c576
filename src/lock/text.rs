//! A lock as text: TOML, a line for each file, so that a difference shows which ones changed.

use std::fmt::{self, Display, Formatter, Write};

use toml::Value;

use super::{Lock, LockedFile, LockedPackage, LockedRelease, LockedScripts};
use crate::error::{Error, ErrorKind, Result, Source};

const HEAD: &str = "\
# What the blocks of this site load. `pyfence vendor` writes this file, and the files that it names.

";

impl Lock {
    /// Reads the text of a lock; `file` is its name in messages.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Config`] with the place in the text that is no lock.
    pub fn read(file: &str, text: &str) -> Result<Self> {
        let source = Source::new(file, text);
        let lock: Lock = toml::from_str(text).map_err(|error| {
            Error::new(ErrorKind::Config, error.message())
                .at(&source, error.span().unwrap_or_default())
                .help("`pyfence vendor` writes this file: it isn't edited by hand")
        })?;
        match lock.lock_version == Self::VERSION {
            true => Ok(lock),
            false => {
                let version = &lock.lock_version;
                let message = format!("this lock has the version {version} of its format");
                let known = Self::VERSION;
                Err(Error::new(ErrorKind::Config, message)
                    .in_file(file)
                    .help(format!("this pyfence reads version {known}")))
            }
        }
    }

    /// The lock as text.
    pub fn to_text(&self) -> String {
        let mut text = HEAD.to_owned();
        // Writing to a String doesn't fail.
        let _ = self.write(&mut text);
        text
    }

    fn write(&self, out: &mut String) -> fmt::Result {
        writeln!(out, "lock-version = {}", Text(&self.lock_version))?;
        writeln!(out, "created-by = {}", Text(&self.created_by))?;
        writeln!(out, "pyodide = {}", Text(&self.pyodide))?;
        for release in &self.releases {
            write_release(out, release)?;
        }
        for scripts in &self.scripts {
            write_scripts(out, scripts)?;
        }
        for package in &self.packages {
            write_package(out, package)?;
        }
        Ok(())
    }
}

fn write_release(out: &mut String, release: &LockedRelease) -> fmt::Result {
    out.push_str("\n[[releases]]\n");
    writeln!(out, "version = {}", Text(&release.version))?;
    writeln!(out, "python = {}", Text(&release.python))?;
    writeln!(out, "platform = {}", Text(&release.platform))?;
    write_files(out, "files", &release.files)?;
    write_precompiled(out, &release.precompiled)?;
    if !release.requirements.is_empty() {
        out.push_str("\n[releases.requirements]\n");
        for (requirement, package) in &release.requirements {
            writeln!(out, "{} = {}", Text(requirement), Text(package))?;
        }
    }
    Ok(())
}

fn write_scripts(out: &mut String, scripts: &LockedScripts) -> fmt::Result {
    out.push_str("\n[[scripts]]\n");
    writeln!(out, "name = {}", Text(&scripts.name))?;
    writeln!(out, "version = {}", Text(&scripts.version))?;
    write_files(out, "files", &scripts.files)
}

fn write_package(out: &mut String, package: &LockedPackage) -> fmt::Result {
    out.push_str("\n[[packages]]\n");
    writeln!(out, "name = {}", Text(&package.name))?;
    writeln!(out, "version = {}", Text(&package.version))?;
    writeln!(out, "pyodide = {}", Text(&package.pyodide))?;
    let imports = package.imports.iter().map(|name| Text(name).to_string());
    writeln!(
        out,
        "imports = [{}]",
        imports.collect::<Vec<_>>().join(", ")
    )?;
    let needed = package.dependencies.iter();
    let needed = needed.map(|name| format!("{{ name = {} }}", Text(name)));
    writeln!(
        out,
        "dependencies = [{}]",
        needed.collect::<Vec<_>>().join(", ")
    )?;
    write_files(out, "wheels", std::slice::from_ref(&package.wheel))?;
    write_precompiled(out, &package.precompiled)
}

fn write_precompiled(out: &mut String, files: &[LockedFile]) -> fmt::Result {
    match files {
        [] => Ok(()),
        files => write_files(out, "precompiled", files),
    }
}

fn write_files(out: &mut String, key: &str, files: &[LockedFile]) -> fmt::Result {
    writeln!(out, "{key} = [")?;
    for file in files {
        write!(out, "    {{ name = {}", Text(&file.name))?;
        if let Some(url) = &file.url {
            write!(out, ", url = {}", Text(url))?;
        }
        if let Some(path) = &file.path {
            write!(out, ", path = {}", Text(path))?;
        }
        if let Some(size) = file.size {
            write!(out, ", size = {size}")?;
        }
        write!(out, ", hashes = {{ sha256 = {} }}", Text(&file.sha256))?;
        if let Some(source) = &file.source_sha256 {
            write!(out, ", source-sha256 = {}", Text(source))?;
        }
        out.push_str(" },\n");
    }
    out.push_str("]\n");
    Ok(())
}

/// A string of TOML, which is also a key.
struct Text<'t>(&'t str);

impl Display for Text<'_> {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        // A literal string, in single quotes, is what the crate may choose: a key may be one, too.
        Value::String(self.0.to_owned()).fmt(out)
    }
}
