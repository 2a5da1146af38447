//! Changes of the folder, as they come while something is built of it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use super::report;
use crate::watch::Watch;

/// Hears of changes in a thread of its own.
pub struct Changes {
    came: Receiver<()>,
    has_come: Arc<AtomicBool>,
}

impl Changes {
    /// Those that a watch sees from now on.
    pub fn of(mut watch: Watch) -> Self {
        let (sender, came) = channel();
        let has_come = Arc::new(AtomicBool::new(false));
        let flag = Arc::clone(&has_come);
        thread::spawn(move || {
            loop {
                if let Err(reason) = watch.wait() {
                    report::say(&format!("Some changes may not be seen, since {reason}."));
                }
                flag.store(true, Ordering::Release);
                if sender.send(()).is_err() {
                    break;
                }
            }
        });
        Self { came, has_come }
    }

    /// Waits for the next, and takes all that have come; false where there will be none.
    pub fn wait(&self) -> bool {
        let is_there = self.came.recv().is_ok();
        while self.came.try_recv().is_ok() {}
        // A change between these two is in the channel, and waits there.
        self.has_come.store(false, Ordering::Release);
        is_there
    }

    /// Whether one has come since the last wait.
    pub fn has_come(&self) -> bool {
        self.has_come.load(Ordering::Acquire)
    }

    /// The same, for other threads.
    pub fn flag(&self) -> impl Fn() -> bool + Sync + use<> {
        let has_come = Arc::clone(&self.has_come);
        move || has_come.load(Ordering::Acquire)
    }

    /// Whether one comes within a time, or has come since the last wait.
    pub fn comes_within(&self, time: Duration) -> bool {
        let end = std::time::Instant::now() + time;
        while !self.has_come() && std::time::Instant::now() < end {
            thread::sleep(Duration::from_millis(5));
        }
        self.has_come()
    }
}
