//! The Python that compiles for a release of Pyodide: Pyodide's own in Node, whose result is the
//! same on every machine, or where there is no Node, a CPython of its version.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde::Serialize;

const PROGRAM: &str = include_str!("precompile.py");
const IN_NODE: &str = include_str!("precompile.mjs");

/// Modules that a boot takes, by the version of Python, for a CPython, which can't see what a boot
/// takes.
const BOOT_MODULES: [(&str, &str); 2] = [
    ("3.12", include_str!("boot-modules-3.12.txt")),
    ("3.14", include_str!("boot-modules-3.14.txt")),
];

/// What is to be compiled; `source` is a file in the folder of the work.
#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub(super) enum Job {
    /// The standard library, to `.boot` and `.rest`.
    Library {
        source: String,
        /// What a boot takes, where Python can't see it; without it all is in the first part.
        boot: Option<Vec<&'static str>>,
    },
    /// A wheel, to `.compiled`.
    Wheel { source: String },
}

impl Job {
    pub fn library(source: &str, python: &str) -> Self {
        let mut seen = BOOT_MODULES.iter();
        let seen = seen.find(|(version, _)| *version == python);
        Self::Library {
            source: source.to_owned(),
            boot: seen.map(|(_, modules)| modules.lines().collect()),
        }
    }
}

/// Does the jobs in the folder, which has Pyodide's files as well; or says why nobody can.
pub(super) fn compile(folder: &Path, python: &str, jobs: &[Job]) -> Result<(), String> {
    let written = |name: &str, text: &[u8]| {
        fs::write(folder.join(name), text).map_err(|error| error.to_string())
    };
    let jobs = serde_json::to_vec(jobs).map_err(|error| error.to_string())?;
    written("jobs.json", &jobs)?;
    written("precompile.py", PROGRAM.as_bytes())?;
    written("precompile.mjs", IN_NODE.as_bytes())?;
    // Not the second where the first fails: what they make isn't the same to the byte.
    let compiler = node().or_else(|| cpython(python));
    let compiler = compiler.ok_or_else(|| format!("there is no Node, and no Python {python}"))?;
    compiler.run(folder)
}

/// A program that compiles.
struct Compiler {
    program: PathBuf,
    script: &'static str,
}

impl Compiler {
    fn run(&self, folder: &Path) -> Result<(), String> {
        let mut command = Command::new(&self.program);
        for name in ["PYTHONPATH", "PYTHONHOME", "PYTHONSTARTUP", "NODE_OPTIONS"] {
            command.env_remove(name);
        }
        let output = command
            // What Python orders by hashes has the same order each time.
            .env("PYTHONHASHSEED", "0")
            .arg(folder.join(self.script))
            .arg(folder)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .output()
            .map_err(|error| format!("{}: {error}", self.program.display()))?;
        match output.status.success() {
            true => Ok(()),
            false => Err(format!(
                "{}: {}",
                self.program.display(),
                reason(&String::from_utf8_lossy(&output.stderr))
            )),
        }
    }
}

fn node() -> Option<Compiler> {
    let program = which::which("node").ok()?;
    Some(Compiler {
        program,
        script: "precompile.mjs",
    })
}

/// One of this version, which no trial version is: those compile to something else.
fn cpython(python: &str) -> Option<Compiler> {
    let is_it = |program: &PathBuf| {
        let version = "import sys; v = sys.version_info; \
             print(sys.implementation.name, f'{v[0]}.{v[1]}', v.releaselevel)";
        let told = Command::new(program)
            .args(["-c", version])
            .stdin(Stdio::null())
            .output();
        let expected = format!("cpython {python} final");
        told.is_ok_and(|told| String::from_utf8_lossy(&told.stdout).trim() == expected)
    };
    let names: [OsString; 3] = [
        format!("python{python}").into(),
        "python3".into(),
        "python".into(),
    ];
    let mut programs = names.iter().filter_map(|name| which::which(name).ok());
    let program = programs.find(is_it)?;
    Some(Compiler {
        program,
        script: "precompile.py",
    })
}

/// What a program says of its failure: the last line that names an error.
fn reason(said: &str) -> &str {
    let mut lines = said.lines().rev().map(str::trim);
    lines
        .find(|line| line.contains("Error"))
        .unwrap_or("it failed")
}
