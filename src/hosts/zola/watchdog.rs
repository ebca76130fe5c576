//! Zola doesn't outlive pyfence, however that ends: a process that is killed can't end another one
//! any more, so a shell waits beside it for its end, which closes a pipe.
//!
//! Linux could do it by `PR_SET_PDEATHSIG`, but only by unsafe code between fork and exec, and no
//! other system has it.

use std::io::{self, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use rustix::process::{Pid, Signal, kill_process_group};

/// Reads the group's number, then waits until nobody can write to the pipe any more. What reaches
/// all processes of a terminal doesn't end it before pyfence has ended.
const SCRIPT: &str = r#"
trap '' INT TERM HUP
read -r group || exit 0
read -r rest
kill -KILL "-$group" 2>/dev/null
rm -rf -- "$1"
"#;

/// Ends a group of processes, and removes a folder, when this process is killed.
pub(super) struct Watchdog(Option<Child>);

impl Watchdog {
    /// Started before there is anything to watch. A system without a shell has none.
    pub(super) fn start(folder: &Path) -> Self {
        let shell = Command::new("/bin/sh")
            .args(["-c", SCRIPT, "pyfence"])
            .arg(folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        Self(shell.ok())
    }

    /// `child` leads the group.
    pub(super) fn watch(&mut self, child: &Child) {
        let pipe = self.0.as_mut().and_then(|shell| shell.stdin.as_mut());
        if let Some(pipe) = pipe {
            let _ = writeln!(pipe, "{}", child.id());
        }
    }
}

impl Drop for Watchdog {
    fn drop(&mut self) {
        if let Some(shell) = &mut self.0 {
            let _ = shell.kill();
            let _ = shell.wait();
        }
    }
}

/// Ends `child` and what it has started: `zola` may be a script that runs the real one.
pub(super) fn kill_group(child: &mut Child) -> io::Result<()> {
    let group = i32::try_from(child.id()).ok().and_then(Pid::from_raw);
    match group {
        Some(group) => Ok(kill_process_group(group, Signal::KILL)?),
        None => child.kill(),
    }
}
