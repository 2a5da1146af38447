//! Runs a command to its end and says what it took.

use std::fs::File;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use wait4::Wait4;

use crate::contestant::{Programs, Step};

/// What commands took.
#[derive(Debug, Default, Clone, Copy)]
pub struct Cost {
    /// From start to exit.
    pub wall: Duration,
    /// Of all processors, in the program and in the system, with all child processes.
    pub cpu: Duration,
    /// The largest resident set of a process, in bytes. Linux counts the memory of whoever started
    /// it, too, so this program keeps nothing large.
    pub memory: u64,
}

/// Runs commands one after the other in the folder of a site; what they say goes to `log`.
pub fn run(steps: &[Step], site: &Path, programs: &Programs, log: &Path) -> Result<Cost, String> {
    let mut whole = Cost::default();
    for step in steps {
        let one = command(step, site, programs, log)?;
        whole.wall += one.wall;
        whole.cpu += one.cpu;
        whole.memory = whole.memory.max(one.memory);
    }
    Ok(whole)
}

fn command(step: &Step, site: &Path, programs: &Programs, log: &Path) -> Result<Cost, String> {
    let fault = |what: &str| format!("{} {what}; {} says more", step.program, log.display());
    let mut command = prepare(step, site, programs, log)?;
    let start = Instant::now();
    let mut child = command.spawn().map_err(|error| fault(&format!("does not start: {error}")))?;
    let end = child.wait4().map_err(|error| fault(&format!("cannot be waited for: {error}")))?;
    let wall = start.elapsed();
    if !end.status.success() {
        return Err(fault(&format!("failed with {}", end.status)));
    }
    let used = end.rusage;
    Ok(Cost { wall, cpu: used.utime + used.stime, memory: used.maxrss })
}

/// The command of a step, ready to be started.
pub fn prepare(
    step: &Step,
    site: &Path,
    programs: &Programs,
    log: &Path,
) -> Result<Command, String> {
    let program =
        programs.find(step.program).ok_or_else(|| format!("there is no `{}`", step.program))?;
    let log =
        File::create(log).map_err(|error| format!("cannot write {}: {error}", log.display()))?;
    let same = log.try_clone().map_err(|error| format!("cannot write a log: {error}"))?;
    let mut command = Command::new(program);
    command.args(step.arguments).current_dir(site);
    command.stdin(Stdio::null()).stdout(log).stderr(same);
    Ok(command)
}

/// Lets the system write down what earlier commands left in memory, so that nobody pays for another.
pub fn settle() -> Result<(), String> {
    let status = Command::new("sync").status();
    status.map(|_| ()).map_err(|error| format!("`sync` does not start: {error}"))
}
