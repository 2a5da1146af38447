//! Cold builds against the number of articles, as a picture for light and dark pages. Both scales
//! are logarithmic: a straight line up one step for each step to the right is a cost that grows as
//! the articles do.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::record::{Kind, Results, median};

const WIDTH: f64 = 760.0;
const HEIGHT: f64 = 440.0;
const LEFT: f64 = 70.0;
/// Where the lines end and their names begin.
const RIGHT: f64 = 600.0;
const TOP: f64 = 30.0;
const BOTTOM: f64 = 380.0;
/// The least distance between two names, in pixels.
const LINE: f64 = 16.0;

const STYLE: &str = "\
  .ground { fill: #f4f6f4 }
  text { font: 13px system-ui, sans-serif; fill: #1f2725 }
  .grid { stroke: #d5dbd8 }
  .line { fill: none; stroke: #6b7672; stroke-width: 1.5 }
  .dot { fill: #6b7672 }
  .ours .line { stroke: #1f6f5c; stroke-width: 3 }
  .ours .dot { fill: #1f6f5c }
  .ours text { font-weight: 600; fill: #1f6f5c }
  @media (prefers-color-scheme: dark) {
    .ground { fill: #141918 }
    text { fill: #e2e8e5 }
    .grid { stroke: #37413d }
    .line { stroke: #96a19c }
    .dot { fill: #96a19c }
    .ours .line { stroke: #6fc7b0 }
    .ours .dot { fill: #6fc7b0 }
    .ours text { fill: #6fc7b0 }
  }
";

/// The median seconds of each who ran, by the number of articles.
type Lines<'a> = BTreeMap<&'a str, BTreeMap<usize, f64>>;

/// Draws the picture; without cold builds, only its frame.
pub fn draw(results: &Results) -> String {
    let lines = lines(results);
    let points = || lines.values().flatten();
    let sizes = Scale::around(points().map(|(size, _)| number(*size)), LEFT, RIGHT);
    let seconds = Scale::around(points().map(|(_, seconds)| *seconds), BOTTOM, TOP);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" \
         aria-label=\"Seconds of a cold build against the number of articles\">\n<style>\n{STYLE}</style>\n\
         <rect class=\"ground\" width=\"100%\" height=\"100%\"/>\n"
    );
    for step in sizes.steps() {
        let (x, label) = (sizes.place(step), spoken(step));
        // writing to a String cannot fail
        let _ = writeln!(
            out,
            "<path class=\"grid\" d=\"M{x:.1} {TOP}V{BOTTOM}\"/>\
             <text x=\"{x:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{label}</text>",
            BOTTOM + 20.0
        );
    }
    for step in seconds.steps() {
        let (y, label) = (seconds.place(step), spoken(step));
        let _ = writeln!(
            out,
            "<path class=\"grid\" d=\"M{LEFT} {y:.1}H{RIGHT}\"/>\
             <text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\">{label} s</text>",
            LEFT - 8.0,
            y + 4.0
        );
    }
    let _ = writeln!(
        out,
        "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\">articles</text>",
        f64::midpoint(LEFT, RIGHT),
        BOTTOM + 44.0
    );
    for (name, y) in names(&lines, &seconds) {
        let class = if name == crate::contestant::OURS.name { "ours" } else { "other" };
        let places = lines[name].iter();
        let places: Vec<(f64, f64)> =
            places.map(|(size, time)| (sizes.place(number(*size)), seconds.place(*time))).collect();
        let path: Vec<String> = places.iter().map(|(x, y)| format!("{x:.1} {y:.1}")).collect();
        let _ =
            write!(out, "<g class=\"{class}\"><path class=\"line\" d=\"M{}\"/>", path.join("L"));
        for (x, y) in places {
            let _ = write!(out, "<circle class=\"dot\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"3\"/>");
        }
        let _ =
            writeln!(out, "<text x=\"{:.1}\" y=\"{:.1}\">{name}</text></g>", RIGHT + 10.0, y + 4.0);
    }
    out.push_str("</svg>\n");
    out
}

fn lines(results: &Results) -> Lines<'_> {
    let cold = results.records.iter().filter(|record| record.kind == Kind::Cold);
    let mut all: BTreeMap<&str, BTreeMap<usize, Vec<f64>>> = BTreeMap::new();
    for record in cold {
        let own = all.entry(record.who.as_str()).or_default();
        own.entry(record.articles).or_default().push(record.wall);
    }
    let middle = |times: Vec<f64>| median(times.into_iter());
    let sizes = |sizes: BTreeMap<usize, Vec<f64>>| {
        sizes.into_iter().map(|(size, times)| (size, middle(times))).collect()
    };
    all.into_iter().map(|(who, own)| (who, sizes(own))).collect()
}

/// Where each name stands: beside the end of its line, lower where another is in the way.
fn names<'a>(lines: &Lines<'a>, seconds: &Scale) -> Vec<(&'a str, f64)> {
    let ends = lines.iter().filter_map(|(name, own)| Some((*name, own.values().next_back()?)));
    let mut names: Vec<(&str, f64)> =
        ends.map(|(name, time)| (name, seconds.place(*time))).collect();
    names.sort_by(|a, b| a.1.total_cmp(&b.1));
    let mut free = TOP;
    for (_, y) in &mut names {
        *y = y.max(free);
        free = *y + LINE;
    }
    names
}

/// A logarithmic scale between two powers of ten.
struct Scale {
    first: i32,
    last: i32,
    from: f64,
    to: f64,
}

impl Scale {
    fn around(values: impl Iterator<Item = f64>, from: f64, to: f64) -> Self {
        let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
        for value in values {
            (low, high) = (low.min(value), high.max(value));
        }
        if !low.is_finite() {
            (low, high) = (1.0, 10.0);
        }
        #[expect(clippy::cast_possible_truncation, reason = "powers of ten of seconds are small")]
        let (first, last) = (low.log10().floor() as i32, high.log10().ceil() as i32);
        Self { first, last: last.max(first + 1), from, to }
    }

    fn place(&self, value: f64) -> f64 {
        let (first, last) = (f64::from(self.first), f64::from(self.last));
        self.from + (value.log10() - first) / (last - first) * (self.to - self.from)
    }

    fn steps(&self) -> impl Iterator<Item = f64> + use<> {
        (self.first..=self.last).map(|power| 10_f64.powi(power))
    }
}

#[expect(clippy::cast_precision_loss, reason = "articles are counted in thousands")]
fn number(size: usize) -> f64 {
    size as f64
}

/// `100,000`, `0.1`.
fn spoken(value: f64) -> String {
    if value < 1.0 {
        return format!("{value}");
    }
    let digits = format!("{value:.0}");
    let groups: Vec<&str> = digits
        .as_bytes()
        .rchunks(3)
        .rev()
        .filter_map(|group| std::str::from_utf8(group).ok())
        .collect();
    groups.join(",")
}
