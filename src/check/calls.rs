//! Calls that a browser has nothing for: other programs, threads, processes; and what a worker hasn't of its page.

use super::rule::Rule;
use super::{Findings, Read};

/// What is called, and what is not there for it.
const IMPOSSIBLE: [(&[&str], &str, &str); 3] = [
    (
        &[
            "os.system",
            "os.popen",
            "os.fork",
            "os.execv",
            "os.execvp",
            "os.spawnl",
            "os.posix_spawn",
            "subprocess.run",
            "subprocess.call",
            "subprocess.check_call",
            "subprocess.check_output",
            "subprocess.getoutput",
            "subprocess.getstatusoutput",
            "subprocess.Popen",
        ],
        "a browser has no other programs to run",
        "do it in Python: `pathlib`, `shutil` and `os` handle files",
    ),
    (
        &[
            "threading.Thread.start",
            "threading.Timer.start",
            "concurrent.futures.ThreadPoolExecutor.submit",
            "concurrent.futures.ThreadPoolExecutor.map",
            "multiprocessing.pool.ThreadPool",
        ],
        "Python has no threads in a browser",
        "`asyncio` runs several things at a time: `await asyncio.gather(...)`",
    ),
    (
        &[
            "multiprocessing.Process.start",
            "multiprocessing.Pool",
            "multiprocessing.Queue",
            "multiprocessing.Manager",
            "concurrent.futures.ProcessPoolExecutor",
        ],
        "Python has no processes in a browser",
        "do the work in one: a plain loop, or `map`",
    ),
];

/// What only a page has.
const OF_PAGE: [&str; 7] = [
    "js.alert",
    "js.confirm",
    "js.document",
    "js.localStorage",
    "js.prompt",
    "js.sessionStorage",
    "js.window",
];

pub(super) fn check(blocks: &[Read<'_>], findings: &mut Findings<'_>) {
    for block in blocks.iter().filter(|block| !block.may_fail()) {
        let called = block.python.iter().flat_map(|python| &python.facts.called);
        for found in called {
            let name = found.name.as_str();
            let impossible = IMPOSSIBLE.iter().find(|(names, ..)| names.contains(&name));
            let Some((_, why, help)) = impossible else {
                continue;
            };
            let message = format!("`{name}` can't work: {why}");
            if let Some(error) = Rule::ImpossibleCall.where_reached(found.reached, message) {
                findings.add(block, found.range.clone(), error.help(*help));
            }
        }
        let asked = block
            .python
            .iter()
            .flat_map(|python| &python.facts.of_browser);
        for found in asked.filter(|found| OF_PAGE.contains(&found.name.as_str())) {
            let name = &found.name;
            let message = format!("`{name}` isn't there: blocks run in a worker beside the page");
            if let Some(error) = Rule::ImpossibleCall.where_reached(found.reached, message) {
                let error = error.help("`print`, `display(...)` and `input()` show and ask");
                findings.add(block, found.range.clone(), error);
            }
        }
    }
}
