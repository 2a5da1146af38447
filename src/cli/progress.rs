//! A line on a terminal that says what is being done, when it takes long enough to wonder.

use std::io::{IsTerminal, stderr};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

const PATIENCE: Duration = Duration::from_secs(1);
const TICK: Duration = Duration::from_millis(100);

/// The line; it goes away with this value.
pub struct Progress {
    line: ProgressBar,
    /// Wakes the watch, by going, before its time.
    watch: Option<(Sender<()>, JoinHandle<()>)>,
}

impl Progress {
    /// Shows nothing for a second, and nothing at all where nobody is looking.
    pub fn start(quiet: bool) -> Self {
        let line = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden())
            .with_style(ProgressStyle::default_spinner());
        let watch = (!quiet && stderr().is_terminal()).then(|| {
            let (sender, receiver) = channel();
            let line = line.clone();
            let watch = thread::spawn(move || {
                if receiver.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout) {
                    line.set_draw_target(ProgressDrawTarget::stderr());
                    line.enable_steady_tick(TICK);
                }
            });
            (sender, watch)
        });
        Self { line, watch }
    }

    /// What is being done from now on.
    pub fn stage(&self, name: &'static str) {
        self.line.set_message(name);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some((sender, watch)) = self.watch.take() {
            drop(sender);
            _ = watch.join();
        }
        self.line.finish_and_clear();
    }
}
