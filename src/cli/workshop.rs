//! What `serve` builds, again and again, and what it says of it.
//!
//! A round has two parts. The pages that somebody looks at, and those of the texts that were saved,
//! are shown as soon as they are made. Then the rest is made; only then is all known that is wrong, and
//! where something is, the last good pages come back. A change meanwhile ends the round.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::changes::Changes;
use super::progress::Progress;
use super::report::{self, Format, problems};
use super::{SiteArguments, count};
use crate::diagnostic::{Diagnostic, has_errors};
use crate::disk::{self, Failure, Seen};
use crate::highlight::Known;
use crate::http::{self, Asked, Files, Hosts, Late, Pattern, Shelf, Shown};
use crate::outputs::{First, Output, hand};
use crate::page::Page;
use crate::site::urls::base_path;
use crate::watch::Changed;
use crate::{Built, Input, Memos, Options, build_again, checkup};

/// A mistake waits so long to be told: an editor may still be saving.
const SETTLED: Duration = Duration::from_millis(60);

/// More texts than somebody saves at once; where so many change, the pages that are open come first.
const SAVED: usize = 16;

/// What is built, and what became of it.
pub(super) struct Workshop {
    root: PathBuf,
    site: SiteArguments,
    /// The address that opens a file in an editor, with the folder in it.
    editor: String,
    /// What is on the disk, as it was read last.
    input: Option<Input>,
    seen: Seen,
    memos: Memos,
    /// Code that an earlier build coloured.
    listings: Known,
    /// What browsers look at.
    asked: Arc<Asked>,
    title: String,
    shown: Shown,
    /// What the pages that are shown are packed with.
    pattern: Pattern,
    /// Hands what is shown to the server.
    sender: http::Sender,
    /// What is on the terminal and need not be said again after each change.
    told: Vec<Diagnostic>,
    /// The site's address as it was said.
    said: Option<String>,
}

impl Workshop {
    /// Nothing is read yet. `editor` is the address that opens a file, with the folder in it.
    pub(super) fn new(root: &Path, site: SiteArguments, editor: &str) -> Self {
        Self {
            root: root.to_owned(),
            site,
            editor: editor.to_owned(),
            input: None,
            seen: Seen::default(),
            memos: Memos::default(),
            listings: Known::new(),
            asked: Arc::default(),
            title: String::new(),
            shown: Shown::default(),
            pattern: Pattern::default(),
            sender: http::Sender::default(),
            told: Vec::new(),
            said: None,
        }
    }

    /// What is shown, for the server.
    pub(super) fn sender(&self) -> http::Sender {
        self.sender.clone()
    }

    /// Where the server notes what browsers look at.
    pub(super) fn asked(&self) -> Arc<Asked> {
        Arc::clone(&self.asked)
    }

    /// Reads and builds for the first time.
    pub(super) fn open(&mut self, progress: &Progress) -> Result<(), Failure> {
        progress.stage("Reading the content");
        let input = self.read()?;
        progress.stage("Building the pages");
        let (built, files) = self.build(&input, &|| false);
        self.take(&input, built, files);
        self.input = Some(input);
        self.show();
        Ok(())
    }

    /// Says the site's address, where it is not the one that was said last.
    pub(super) fn say_where(&mut self, hosts: &Hosts) {
        let (here, base) = (hosts.here(), &self.shown.base);
        let address = format!("{here}{base}");
        if self.shown.files.is_none() {
            let sum = &self.shown.problems.sum;
            report::say(&format!("{sum} {here}/ shows them until they are mended  (Ctrl-C stops)"));
        } else if self.said.as_ref() != Some(&address) {
            report::say(&format!("{} is at {address}  (Ctrl-C stops)", self.title));
            if hosts.are_others_answered() {
                let elsewhere = hosts.elsewhere().map_or_else(
                    || "No network was found".to_owned(),
                    |elsewhere| format!("For other devices it is at {elsewhere}{base}"),
                );
                report::say(&format!("{elsewhere}. {}", self.warning()));
            }
            let page = http::doctor_path();
            report::say(&format!("For whoever looks after it: {here}{page}"));
            self.said = Some(address);
        }
    }

    /// Builds again after every change, for ever.
    pub(super) fn follow(mut self, changes: &Changes, hosts: &Hosts) {
        while let Some(changed) = changes.wait() {
            self.again(&changed, changes, hosts);
        }
    }

    fn again(&mut self, what: &Changed, changes: &Changes, hosts: &Hosts) {
        let start = Instant::now();
        let mut input = match self.read_again(what) {
            Ok(input) => input,
            Err(_) if changes.comes_within(SETTLED) => return,
            Err(failure) => {
                report::failure(&failure);
                self.shown.problems = Arc::new(problems::failure(&failure));
                self.show();
                return;
            }
        };
        let (built, files) = self.build(&input, &changes.flag());
        let is_whole = !has_errors(&built.diagnostics);
        if changes.has_come() || (!is_whole && changes.comes_within(SETTLED)) {
            self.input = Some(input);
            return;
        }
        let sum = report::sum(&built.diagnostics);
        let others = self.take(&input, built, files);
        self.show();
        // what is renewed of it shall know what was coloured since it was read
        input.listings.extend(self.listings.clone());
        self.input = Some(input);
        if is_whole {
            let (time, others) = (start.elapsed().as_millis(), count(others, "file"));
            report::say(&format!("Built again in {time} ms: {others} changed."));
            self.say_where(hosts);
        } else {
            report::say(&format!("{sum} The last good pages stay."));
        }
    }

    /// Reads what changed, or all where that is not sure.
    fn read_again(&mut self, changed: &Changed) -> Result<Input, Failure> {
        if let Some(mut input) = self.input.take().filter(|_| !changed.is_more)
            && disk::renew(&self.root, &mut input, &changed.files, &mut self.seen)
        {
            return Ok(input);
        }
        self.read()
    }

    fn read(&mut self) -> Result<Input, Failure> {
        let mut input = disk::read_again(&self.root, &mut self.seen)?;
        input.listings.extend(self.listings.clone());
        Ok(input)
    }

    /// Builds; what is worth nothing when `is_gone` is given back, too.
    fn build(&mut self, input: &Input, is_gone: &(dyn Fn() -> bool + Sync)) -> (Built, Arc<Files>) {
        let saved = self.seen.changed();
        let saved: HashSet<&str> =
            saved.iter().filter(|_| saved.len() <= SAVED).map(String::as_str).collect();
        // under another path, nothing of what is shown fits to it
        let fits = self.shown.files.is_some() && self.base(input) == self.shown.base;
        let wants = |page: &Page<'_>| {
            let is_saved = page.body.is_some() && saved.contains(page.origin.as_str());
            fits && (is_saved || self.asked.has(&page.path))
        };
        let ahead = Mutex::new(Arc::clone(&self.shown.ahead));
        let take = |outputs: Vec<Output>, found: &[Diagnostic]| {
            if !fits {
                return;
            }
            let store = Shelf::new(self.shown.files.as_ref(), &self.pattern, &input.articles);
            hand(outputs, &store);
            let mut ahead = ahead.lock().unwrap_or_else(PoisonError::into_inner);
            let mut files = Files::clone(&ahead);
            files.extend(store.files().iter().map(|(path, file)| (path.clone(), Arc::clone(file))));
            *ahead = Arc::new(files);
            let problems = Arc::new(problems::shown(input, found));
            let shown = Shown { ahead: Arc::clone(&ahead), problems, ..self.shown.clone() };
            self.sender.send_replace(Arc::new(shown));
        };
        let store = Shelf::new(self.shown.files.as_ref(), &self.pattern, &input.articles);
        let first = First { wants: &wants, take: &take, is_gone };
        let built = build_again(input, &self.options(), &store, &self.memos, first);
        self.shown.ahead = ahead.into_inner().unwrap_or_else(PoisonError::into_inner);
        self.memos = std::mem::take(&mut self.memos).next();
        (built, store.files())
    }

    fn options(&self) -> Options {
        // cards are for sharing, and this address is not shared; nor shall a browser keep an older look
        Options { cards: false, offline: false, ..Options::from(&self.site) }
    }

    /// The path of the site's address.
    fn base(&self, input: &Input) -> String {
        base_path(self.site.base_url.as_ref().unwrap_or(&input.config.base_url))
    }

    /// Reports a build and keeps what has no errors; returns how many files are others than before.
    fn take(&mut self, input: &Input, built: Built, files: Arc<Files>) -> usize {
        let is_whole = !has_errors(&built.diagnostics);
        if self.told != built.diagnostics {
            report::diagnostics(&self.root, input, &built.diagnostics, Format::Human);
        }
        let before = self.shown.clone();
        self.shown.problems = Arc::new(problems::shown(input, &built.diagnostics));
        self.shown.ahead = Arc::default();
        self.listings.extend(built.listings);
        self.told = built.diagnostics;
        if !is_whole {
            return 0;
        }
        self.shown.files = Some(files);
        (self.shown.base, self.title) = (self.base(input), input.config.title.clone());
        // most builds are over before anyone looks at their checkup
        let (editor, base, options, input) =
            (self.editor.clone(), self.shown.base.clone(), self.options(), input.clone());
        let late = Late::new(move || {
            checkup(&input, &options).1.map(|checkup| http::doctor(&checkup, &editor, &base))
        });
        self.shown.doctor = Some(Arc::new(late));
        let before = Shown { ahead: Arc::default(), ..before };
        http::changed(&before, &self.shown).len()
    }

    fn show(&self) {
        self.sender.send_replace(Arc::new(self.shown.clone()));
    }

    /// What to know before other devices are let in.
    fn warning(&self) -> String {
        let drafts = if self.site.drafts { ", drafts included" } else { "" };
        format!(
            "Everyone in this network can read it{drafts}. Browsers keep the clipboard for https and \
             for this machine: on other devices the copy buttons take an older way, which may fail."
        )
    }
}
