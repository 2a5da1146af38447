//! Changes of the folder, as they come while something is built of it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use super::report;
use crate::watch::{Changed, Watch};

/// Hears of changes in a thread of its own.
pub struct Changes {
    came: Receiver<Changed>,
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
                let changed = watch.wait().unwrap_or_else(|reason| {
                    report::say(&format!("Some changes may not be seen, since {reason}."));
                    Changed { is_more: true, ..Changed::default() }
                });
                flag.store(true, Ordering::Release);
                if sender.send(changed).is_err() {
                    break;
                }
            }
        });
        Self { came, has_come }
    }

    /// Waits for the next, and takes all that have come; `None` where there will be none.
    pub fn wait(&self) -> Option<Changed> {
        let mut changed = self.came.recv().ok()?;
        while let Ok(more) = self.came.try_recv() {
            changed.add(more);
        }
        // A change between these two is in the channel, and waits there.
        self.has_come.store(false, Ordering::Release);
        Some(changed)
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
        let start = Instant::now();
        while !self.has_come() && start.elapsed() < time {
            thread::sleep(Duration::from_millis(5));
        }
        self.has_come()
    }
}
