//! Runs two contestants in turn, A B A B, so that whatever else the machine does falls on both.

use std::fs;
use std::path::{Path, PathBuf};

use corpus::dialect::{DIALECTS, Dialect};
use corpus::{Corpus, Shape};

use crate::contestant::{Contestant, OURS, Programs, Step};
use crate::cost::{self, Cost};
use crate::files::Snapshot;
use crate::record::{Kind, Record};
use crate::serve::Server;
use crate::write;

/// What all pairs share.
pub struct Ground {
    /// Where sites and logs are written.
    pub work: PathBuf,
    /// Where programs are found.
    pub programs: Programs,
    /// How many pairs of runs there are of everything.
    pub rounds: usize,
}

/// A contestant with its site on disk.
struct Place<'a> {
    contestant: &'a Contestant,
    site: PathBuf,
    log: PathBuf,
    /// The article that is edited: its file, its text before, the address of its page.
    file: PathBuf,
    text: String,
    page: String,
}

/// Measures postrej-site beside another.
pub fn compare(
    ground: &Ground,
    shape: Shape,
    peer: &Contestant,
    kinds: &[Kind],
    keep: &mut dyn FnMut(Record),
) -> Result<(), String> {
    let corpus = Corpus::new(shape);
    let both = [place(ground, &corpus, OURS)?, place(ground, &corpus, peer)?];
    for &kind in kinds {
        eprintln!("{}, {} articles, beside {}", kind.title(), shape.articles, peer.name);
        let articles = if kind.grows() { shape.articles } else { 0 };
        let mut keep = |record: Record| {
            keep(Record { kind, articles, beside: peer.name.to_owned(), ..record });
        };
        match kind {
            Kind::Saved => saved(ground, &both, &mut keep)?,
            Kind::Version => versions(ground, &both, &mut keep)?,
            Kind::Cold | Kind::Unchanged | Kind::Edited => builds(ground, &both, kind, &mut keep)?,
            Kind::Shipped => {}
        }
    }
    Ok(())
}

/// Builds the knowledge base of this repository, from nothing.
pub fn shipped(ground: &Ground, keep: &mut dyn FnMut(Record)) -> Result<(), String> {
    let site = ground.work.join("sites/shipped");
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content");
    let fault = |error| format!("cannot copy {}: {error}", content.display());
    write::clear(&site)
        .and_then(|()| write::copy(&content, &site.join("content")))
        .map_err(fault)?;
    let log = ground.work.join("shipped.log");
    for round in 0..ground.rounds {
        clear(&site, OURS)?;
        cost::settle()?;
        let cost = cost::run(OURS.build, &site, &ground.programs, &log)?;
        let files = look(&site, OURS, false)?;
        let beside = OURS.name.to_owned();
        let counts = (files.len(), files.len(), None);
        keep(Record { kind: Kind::Shipped, beside, ..record(round, OURS, cost, counts) });
    }
    Ok(())
}

fn place<'a>(
    ground: &Ground,
    corpus: &Corpus,
    contestant: &'a Contestant,
) -> Result<Place<'a>, String> {
    let dialect = dialect(contestant.dialect)?;
    let site = ground.work.join(format!("sites/{}-{}", contestant.name, corpus.shape.articles));
    let log = ground.work.join(format!("{}.log", contestant.name));
    write::corpus(corpus, dialect, &site)
        .map_err(|error| format!("{}: {error}", site.display()))?;
    let article = corpus.article(corpus.shape.articles / 2);
    let edited = (dialect.article)(corpus, &article);
    let section = Corpus::section(article.section);
    let page = format!("/{section}/{}{}", article.slug, contestant.ending);
    Ok(Place { contestant, log, file: site.join(edited.path), text: edited.text, page, site })
}

/// The dialect of this name.
pub fn dialect(name: &str) -> Result<&'static Dialect, String> {
    DIALECTS.iter().find(|dialect| dialect.name == name).ok_or_else(|| {
        let known: Vec<&str> = DIALECTS.iter().map(|dialect| dialect.name).collect();
        format!("no articles can be written for `{name}`; known are {}", known.join(", "))
    })
}

fn builds(
    ground: &Ground,
    both: &[Place<'_>],
    kind: Kind,
    keep: &mut dyn FnMut(Record),
) -> Result<(), String> {
    if kind != Kind::Cold {
        for place in both {
            cost::run(place.contestant.build, &place.site, &ground.programs, &place.log)?;
        }
    }
    for round in 0..ground.rounds {
        for place in both {
            keep(build(ground, place, kind, round)?);
        }
    }
    Ok(())
}

fn build(ground: &Ground, place: &Place<'_>, kind: Kind, round: usize) -> Result<Record, String> {
    let &Place { contestant, ref site, ref log, .. } = place;
    let read = kind != Kind::Cold && round == 0;
    if kind == Kind::Cold {
        clear(site, contestant)?;
    }
    let before = look(site, contestant, read)?;
    if kind == Kind::Edited {
        let text = edited(&place.text, &format!("round-{round}"));
        fs::write(&place.file, text)
            .map_err(|error| format!("{}: {error}", place.file.display()))?;
    }
    cost::settle()?;
    let cost = cost::run(contestant.build, site, &ground.programs, log)?;
    let after = look(site, contestant, read)?;
    let changed = read.then(|| after.changed_since(&before));
    let counts = (after.len(), after.written_since(&before), changed);
    Ok(record(round, contestant, cost, counts))
}

fn saved(ground: &Ground, both: &[Place<'_>], keep: &mut dyn FnMut(Record)) -> Result<(), String> {
    let steps: Vec<Step> = both.iter().filter_map(|place| place.contestant.serve).collect();
    if steps.len() < both.len() {
        return Ok(());
    }
    let mut servers = Vec::new();
    for (place, step) in both.iter().zip(&steps) {
        let (site, log) = (&place.site, &place.log);
        servers.push(Server::start(step, site, &ground.programs, log, &place.page)?);
    }
    for round in 0..ground.rounds {
        for (place, server) in both.iter().zip(&mut servers) {
            let new = format!("saved-{round}");
            let text = edited(&place.text, &new);
            let wall = server.save(&place.file, &text, &place.page, &new)?;
            let cost = Cost { wall, ..Cost::default() };
            keep(record(round, place.contestant, cost, (0, 0, None)));
        }
    }
    Ok(())
}

fn versions(
    ground: &Ground,
    both: &[Place<'_>],
    keep: &mut dyn FnMut(Record),
) -> Result<(), String> {
    let steps: Vec<Step> = both.iter().filter_map(|place| place.contestant.version).collect();
    if steps.len() < both.len() {
        return Ok(());
    }
    for round in 0..ground.rounds {
        for (place, step) in both.iter().zip(&steps) {
            let cost = cost::run(&[*step], &place.site, &ground.programs, &place.log)?;
            keep(record(round, place.contestant, cost, (0, 0, None)));
        }
    }
    Ok(())
}

/// An article with one more paragraph, in which `new` stands.
fn edited(text: &str, new: &str) -> String {
    format!("{text}\nThis was written later: {new}.\n")
}

/// Removes what earlier builds left.
fn clear(site: &Path, contestant: &Contestant) -> Result<(), String> {
    let folders = contestant.caches.iter().chain([&contestant.output]);
    folders.map(|folder| site.join(folder)).try_for_each(|folder| {
        write::clear(&folder).map_err(|error| format!("{}: {error}", folder.display()))
    })
}

fn look(site: &Path, contestant: &Contestant, read: bool) -> Result<Snapshot, String> {
    let folder = site.join(contestant.output);
    Snapshot::take(&folder, read).map_err(|error| format!("{}: {error}", folder.display()))
}

fn record(
    round: usize,
    contestant: &Contestant,
    cost: Cost,
    (files, written, changed): (usize, usize, Option<usize>),
) -> Record {
    Record {
        kind: Kind::Cold,
        articles: 0,
        beside: String::new(),
        round,
        who: contestant.name.to_owned(),
        wall: cost.wall.as_secs_f64(),
        cpu: cost.cpu.as_secs_f64(),
        memory: cost.memory,
        files,
        written,
        changed,
    }
}
