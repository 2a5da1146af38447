//! The figures as Markdown tables.

use std::fmt::Write as _;

use crate::record::{Kind, Record, Results, median};

/// All tables: one for each kind of measure and each size.
pub fn tables(results: &Results) -> String {
    let mut out = format!("{}\n", results.machine);
    for (name, version) in &results.versions {
        // writing to a String cannot fail
        let _ = writeln!(out, "- {name}: {version}");
    }
    let mut groups: Vec<(Kind, usize)> =
        results.records.iter().map(|record| (record.kind, record.articles)).collect();
    groups.sort_unstable();
    groups.dedup();
    for (kind, articles) in groups {
        let own: Vec<&Record> = results
            .records
            .iter()
            .filter(|record| (record.kind, record.articles) == (kind, articles))
            .collect();
        let size = if kind.grows() { format!(", {articles} articles") } else { String::new() };
        let _ = write!(out, "\n## {}{size}\n\n{}", kind.title(), table(&own));
    }
    out
}

const HEAD: &str = "\
| who | wall, s | user+sys, s | memory, MB | files | written | changed | wall beside ours |
| :-- | --: | --: | --: | --: | --: | --: | --: |
";

fn table(records: &[&Record]) -> String {
    let mut out = HEAD.to_owned();
    let mut peers: Vec<&str> = Vec::new();
    for record in records {
        if !peers.contains(&record.beside.as_str()) {
            peers.push(&record.beside);
        }
    }
    for peer in peers {
        let pair: Vec<&Record> =
            records.iter().copied().filter(|record| record.beside == peer).collect();
        let (theirs, ours): (Vec<_>, Vec<_>) =
            pair.into_iter().partition(|record| record.who == peer);
        if !ours.is_empty() {
            out.push_str(&row(&ours, ""));
        }
        out.push_str(&row(&theirs, &ratio(&ours, &theirs)));
    }
    out
}

/// Medians of the runs of one; what was not measured is left empty.
fn row(runs: &[&Record], ratio: &str) -> String {
    let Some(first) = runs.first() else { return String::new() };
    let middle = |value: fn(&Record) -> f64| median(runs.iter().map(|run| value(run)));
    let wall = middle(|run| run.wall);
    let (mut cpu, mut memory) = (String::new(), String::new());
    if first.memory > 0 {
        #[expect(clippy::cast_precision_loss, reason = "bytes of memory are far from 2^53")]
        let megabytes = middle(|run| run.memory as f64 / 1e6);
        (cpu, memory) = (format!("{:.3}", middle(|run| run.cpu)), format!("{megabytes:.0}"));
    }
    let (mut files, mut written) = (String::new(), String::new());
    if first.files > 0 {
        (files, written) = (first.files.to_string(), first.written.to_string());
    }
    let changed = first.changed.map_or_else(String::new, |number| number.to_string());
    let who = &first.who;
    format!(
        "| {who} | {wall:.3} | {cpu} | {memory} | {files} | {written} | {changed} | {ratio} |\n"
    )
}

/// How many times our time the other takes: the median of all pairs, with the least and the most.
fn ratio(ours: &[&Record], theirs: &[&Record]) -> String {
    let mut ratios: Vec<f64> = ours
        .iter()
        .filter_map(|own| {
            let other = theirs.iter().find(|other| other.round == own.round)?;
            Some(other.wall / own.wall)
        })
        .collect();
    ratios.sort_by(f64::total_cmp);
    match (ratios.first(), ratios.last()) {
        (Some(least), Some(most)) => {
            format!("{:.2} ({least:.2} to {most:.2})", median(ratios.iter().copied()))
        }
        _ => String::new(),
    }
}
