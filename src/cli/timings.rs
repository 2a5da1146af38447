//! `build --timings` and `--trace`: how long each step took.

use std::cell::RefCell;
use std::fmt::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::json;

use crate::disk::{self, Failure};
use crate::outputs::Step;

/// The steps of a build, each from the end of the one before.
pub struct Timings {
    start: Instant,
    /// Each step, and when it was done, since the start.
    steps: RefCell<Vec<(Step, Duration)>>,
}

impl Timings {
    /// The clock runs from now on.
    pub fn start() -> Self {
        Self { start: Instant::now(), steps: RefCell::default() }
    }

    /// A step is done.
    pub fn step(&self, step: Step) {
        self.steps.borrow_mut().push((step, self.start.elapsed()));
    }

    /// Since the start.
    pub fn seconds(&self) -> f64 {
        self.start.elapsed().as_secs_f64()
    }

    /// A line for each step: name, milliseconds, how much it made.
    pub fn table(&self) -> String {
        let mut out = String::new();
        for (Step { name, count, of }, _, length) in self.spans() {
            let length = length.as_secs_f64() * 1e3;
            // writing to a String cannot fail
            let _ = writeln!(out, "{name:<46} {length:9.1} ms  {count} {of}");
        }
        out
    }

    /// Writes the steps in the Trace Event Format, which Chrome and Perfetto show.
    pub fn trace(&self, path: &Path) -> Result<(), Failure> {
        let micros = |time: Duration| u64::try_from(time.as_micros()).unwrap_or(u64::MAX);
        let events: Vec<_> = self
            .spans()
            .into_iter()
            .map(|(Step { name, count, of }, start, length)| {
                json!({
                    "name": name, "ph": "X", "pid": 1, "tid": 1,
                    "ts": micros(start), "dur": micros(length), "args": { of: count },
                })
            })
            .collect();
        let text = json!({ "traceEvents": events, "displayTimeUnit": "ms" }).to_string();
        disk::files::write(path, text.as_bytes())
    }

    /// Each step, when it began and how long it took.
    fn spans(&self) -> Vec<(Step, Duration, Duration)> {
        let steps = self.steps.borrow();
        let starts = [Duration::ZERO].into_iter().chain(steps.iter().map(|(_, end)| *end));
        steps
            .iter()
            .zip(starts)
            .map(|((step, end), start)| (*step, start, end.saturating_sub(start)))
            .collect()
    }
}
