//! Words into a space: the largest of some sizes in which they fit, and lines of even length.

use serde::Serialize;

/// Where words are to stand. Lengths are pixels of the card.
#[derive(Debug, Clone)]
pub struct Space {
    /// The longest line.
    pub width: f32,
    /// All lines together; one always has room.
    pub height: f32,
    /// From one line to the next, in the words' own size.
    pub leading: f32,
    /// Sizes to choose from, the largest first.
    pub sizes: Vec<f32>,
}

/// Words as they stand.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Fitted {
    /// One of the space's sizes.
    pub size: f32,
    /// From top to bottom.
    pub lines: Vec<String>,
}

/// Sets `text` in the largest size in which it fits without cutting a word. Where none is small
/// enough, words are cut, and what is too much ends in an ellipsis. `measure` gives the width of
/// words in their own size.
pub fn fit(text: &str, space: &Space, measure: impl Fn(&str) -> f32) -> Fitted {
    // only where one may break: a no-break space stays in its word
    let words: Vec<&str> = text.split_ascii_whitespace().collect();
    for &size in &space.sizes {
        let limit = space.width / size;
        if let Some(lines) = set(&words, limit, &measure)
            && lines.len() <= rows(space, size)
        {
            return Fitted { size, lines: balance(&words, lines, limit, &measure) };
        }
    }
    let size = space.sizes.last().copied().unwrap_or(1.0);
    let limit = space.width / size;
    let pieces: Vec<&str> = words.iter().flat_map(|word| cut(word, limit, &measure)).collect();
    let mut lines = set(&pieces, limit, &measure).unwrap_or_default();
    let rows = rows(space, size);
    if lines.len() > rows {
        lines.truncate(rows);
        if let Some(last) = lines.last_mut() {
            shorten(last, limit, &measure);
        }
    }
    Fitted { size, lines }
}

/// How many lines have room.
fn rows(space: &Space, size: f32) -> usize {
    // at most a few dozen, and never below zero
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let rows = (space.height / (size * space.leading)) as usize;
    rows.max(1)
}

/// Each line as long as can be; `None` where one word alone is longer.
fn set(words: &[&str], limit: f32, measure: &impl Fn(&str) -> f32) -> Option<Vec<String>> {
    let space = measure(" ");
    let mut lines: Vec<String> = Vec::new();
    let mut at = 0.0;
    for word in words {
        let width = measure(word);
        if width > limit {
            return None;
        }
        match lines.last_mut() {
            Some(line) if at + space + width <= limit => {
                line.push(' ');
                line.push_str(word);
                at += space + width;
            }
            _ => {
                lines.push((*word).to_owned());
                at = width;
            }
        }
    }
    Some(lines)
}

/// As many lines, but the narrowest block of them, so that no word is left alone at the end.
fn balance(
    words: &[&str],
    lines: Vec<String>,
    limit: f32,
    measure: &impl Fn(&str) -> f32,
) -> Vec<String> {
    let (mut low, mut high, mut best) = (0.0, limit, lines);
    // each step halves what is between: a thousandth of the line is closer than an eye sees
    for _ in 0..10 {
        let middle = f32::midpoint(low, high);
        match set(words, middle, measure).filter(|lines| lines.len() == best.len()) {
            Some(lines) => (high, best) = (middle, lines),
            None => low = middle,
        }
    }
    best
}

/// A word in pieces that each fit in a line.
fn cut<'a>(word: &'a str, limit: f32, measure: &impl Fn(&str) -> f32) -> Vec<&'a str> {
    let mut pieces = Vec::new();
    let (mut start, mut at) = (0, 0.0);
    for (index, letter) in word.char_indices() {
        let width = measure(&word[index..index + letter.len_utf8()]);
        if at + width > limit && index > start {
            pieces.push(&word[start..index]);
            (start, at) = (index, 0.0);
        }
        at += width;
    }
    pieces.push(&word[start..]);
    pieces
}

/// Ends a line in an ellipsis that fits in it.
fn shorten(line: &mut String, limit: f32, measure: &impl Fn(&str) -> f32) {
    while measure(line) + measure("…") > limit && line.pop().is_some() {}
    line.truncate(line.trim_end_matches([' ', ',', '.', ':', ';']).len());
    line.push('…');
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every letter half as wide as it is high.
    fn half(text: &str) -> f32 {
        text.chars().map(|_| 0.5).sum()
    }

    fn fitted(text: &str) -> (f32, String) {
        let sizes = vec![20.0, 10.0];
        let space = Space { width: 100.0, height: 40.0, leading: 1.0, sizes };
        let Fitted { size, lines } = fit(text, &space, half);
        assert!(lines.iter().all(|line| half(line) * size <= space.width), "{lines:?}");
        (size, lines.join("|"))
    }

    #[test]
    fn a_short_title_is_large() {
        assert_eq!(fitted("Say thanks"), (20.0, "Say thanks".into()));
        assert_eq!(fitted(""), (20.0, String::new()));
    }

    #[test]
    fn lines_are_even_and_no_word_stands_alone() {
        assert_eq!(fitted("Say thanks to"), (20.0, "Say|thanks to".into()));
        let title = "Answer when an offer is withdrawn by phone";
        assert_eq!(fitted(title), (10.0, "Answer when an|offer is withdrawn|by phone".into()));
    }

    #[test]
    fn a_no_break_space_does_not_break() {
        assert_eq!(fitted("On Fri 10\u{A0}am"), (20.0, "On Fri|10\u{A0}am".into()));
    }

    #[test]
    fn what_is_too_much_ends_in_an_ellipsis() {
        let lines = "ten letter ten|letter ten letter|ten letter ten|letter ten letter…";
        assert_eq!(fitted(&"ten letter ".repeat(20)), (10.0, lines.into()));
        assert_eq!(fitted(&"one, two. ".repeat(20)).1.matches("two…").count(), 1);
    }

    #[test]
    fn a_word_longer_than_a_line_is_cut() {
        let lines = "Donaudampfschifffahr|tsgesellschaft";
        assert_eq!(fitted("Donaudampfschifffahrtsgesellschaft"), (10.0, lines.into()));
    }
}
