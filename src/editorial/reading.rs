//! How hard a text is to read: its grade as a whole, and the length of its sentences.

use super::prose::{self, Sentence};
use super::sentences::words;
use super::syllables;
use crate::article::Article;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Place};
use crate::source::Source;

/// Shorter texts have no grade: the formula was made for samples of a hundred words.
pub const FEWEST: usize = 100;

/// The reading grade of an article; `None` where it has too few words, or is not in English.
pub fn grade(article: &Article, source: &Source, config: &Config) -> Option<f64> {
    let sentences = prose::sentences(source, article.body_start);
    let weights: Vec<Weight> = sentences.iter().map(|sentence| weigh(&sentence.text)).collect();
    grade_of(&weights, config)
}

/// Whether texts of the site's language have a grade: English ones.
pub fn is_graded(config: &Config) -> bool {
    config.language.value.split('-').next() == Some("en")
}

/// Reports a text above the site's grade, at its hardest sentence, and every sentence that is too
/// long.
pub(super) fn review(article: &Article, source: &Source, config: &Config) -> Vec<Diagnostic> {
    let limits = &config.editorial;
    if limits.grade.is_none() && limits.sentence.is_none() {
        return Vec::new();
    }
    let sentences = prose::sentences(source, article.body_start);
    let weights: Vec<Weight> = sentences.iter().map(|sentence| weigh(&sentence.text)).collect();
    let weighed = || sentences.iter().zip(&weights);
    let place = |sentence: &Sentence| Place::at(&source.path, sentence.span.clone());
    let hard = limits.grade.and_then(|limit| {
        let grade = grade_of(&weights, config)?;
        let (heaviest, _) = weighed().max_by_key(|(_, weight)| weight.syllables)?;
        (grade > number(limit)).then(|| {
            let message = format!("this text has reading grade {grade:.1}, above {limit}");
            Diagnostic::warning("reading-grade", place(heaviest), message).hint(
                "write shorter sentences and plainer words; begin with this sentence, the heaviest",
            )
        })
    });
    let long = weighed().filter_map(|(sentence, weight)| {
        let most = limits.sentence.filter(|most| weight.words > *most)?;
        let message = format!("this sentence has {} words, more than {most}", weight.words);
        Some(
            Diagnostic::warning("long-sentence", place(sentence), message)
                .hint("make two sentences of it, or leave out what is not needed"),
        )
    });
    hard.into_iter().chain(long).collect()
}

/// What a sentence adds to the grade of its text.
struct Weight {
    words: usize,
    syllables: usize,
}

fn weigh(sentence: &str) -> Weight {
    let words = || words(sentence);
    Weight { words: words().count(), syllables: words().map(syllables::count).sum() }
}

/// The grade of a text that is long enough, in the language that the formula was made for.
fn grade_of(sentences: &[Weight], config: &Config) -> Option<f64> {
    let enough = sentences.iter().map(|one| one.words).sum::<usize>() >= FEWEST;
    (enough && is_graded(config)).then(|| formula(sentences))
}

/// The Flesch-Kincaid grade of sentences, to a tenth: about the years of school that a reader needs.
///
/// The formula is that of Kincaid, Fishburne, Rogers and Chissom, "Derivation of new readability
/// formulas for Navy enlisted personnel" (1975).
fn formula(sentences: &[Weight]) -> f64 {
    let words = number(sentences.iter().map(|one| one.words).sum());
    let syllables = number(sentences.iter().map(|one| one.syllables).sum());
    let grade = 0.39 * words / number(sentences.len()) + 11.8 * syllables / words - 15.59;
    (grade * 10.0).round() / 10.0
}

fn number(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::MAX, f64::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_grade_is_that_of_the_formula() {
        // 0.39 * 10 + 11.8 * 1.5 - 15.59
        let grade =
            formula(&[Weight { words: 8, syllables: 16 }, Weight { words: 12, syllables: 14 }]);
        assert!((grade - 6.0).abs() < 1e-9, "{grade}");
    }
}
