//! Words as search compares them: without capitals and accents, and down to a stem.
//!
//! The theme's `components/search/forms.js` does the same in the browser, step by step;
//! `tests/fixtures/search/forms.json` holds both to it. The stem is a light rule and no dictionary:
//! it needs only bring together the forms of one word, and a rule of a few lines is one that two
//! languages can share to the letter. Languages without a rule match by their beginnings.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::stop;

/// How the words of a language are brought to a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// Endings of plural, time and kind of word are cut.
    English,
    /// Endings of number and case are cut.
    German,
    /// Nothing is cut.
    Other,
}

impl Language {
    /// By its BCP 47 tag: `en-GB` is English.
    pub fn of(tag: &str) -> Self {
        match tag.split('-').next().unwrap_or_default() {
            "en" => Self::English,
            "de" => Self::German,
            _ => Self::Other,
        }
    }

    /// Words that carry no subject; search looks for them in titles only.
    pub fn stop_words(self) -> &'static str {
        match self {
            Self::English => stop::ENGLISH,
            Self::German => stop::GERMAN,
            Self::Other => "",
        }
    }

    fn stem(self, word: String) -> String {
        // what has other letters or digits is a name or a number
        if word.len() < 4 || !word.bytes().all(|byte| byte.is_ascii_lowercase()) {
            return word;
        }
        match self {
            Self::English => english(word),
            Self::German => german(word),
            Self::Other => word,
        }
    }
}

/// Calls `take` for every form in a text, in order. What is written without spaces gives each pair
/// of neighbouring letters.
pub fn each<'a>(text: &'a str, language: Language, mut take: impl FnMut(&'a str, Form)) {
    let bytes = text.as_bytes();
    let belong = if language == Language::English { LETTER | FAR | JOINS } else { LETTER | FAR };
    let mut at = 0;
    while at < bytes.len() {
        let (start, mut seen) = (at, 0);
        while let Some(kind) = bytes.get(at).map(|byte| KINDS[usize::from(*byte)] & belong) {
            if kind == 0 {
                break;
            }
            seen |= kind;
            at += 1;
        }
        let word = &text[start..at];
        // what is ASCII ends there in any case; the letters of the world need a closer look
        match seen {
            0 => {}
            LETTER => take(word, Form::Word),
            _ if seen & FAR != 0 => each_of_any(word, language, &mut take),
            _ => bare(word).into_iter().for_each(|word| take(word, Form::Word)),
        }
        at += 1;
    }
}

/// Letters and digits of ASCII.
const LETTER: u8 = 1;
/// A part of a letter of the world, or of another sign.
const FAR: u8 = 2;
/// What joins in English.
const JOINS: u8 = 4;

/// What each byte is; 0 is between words.
const KINDS: [u8; 256] = {
    let mut kinds = [0; 256];
    let mut byte = 0_u8;
    loop {
        kinds[byte as usize] = match byte {
            b'\'' => JOINS,
            _ if byte.is_ascii_alphanumeric() => LETTER,
            _ if byte.is_ascii() => 0,
            _ => FAR,
        };
        if byte == u8::MAX {
            break kinds;
        }
        byte += 1;
    }
};

/// The same for text of any letters.
fn each_of_any<'a>(text: &'a str, language: Language, take: &mut impl FnMut(&'a str, Form)) {
    for word in raw_words(text, language) {
        for (run, spaceless) in runs(word) {
            if !spaceless {
                take(run, Form::Word);
                continue;
            }
            let ends: Vec<usize> =
                run.char_indices().map(|(at, _)| at).chain([run.len()]).collect();
            if ends.len() == 2 {
                take(run, Form::Pair);
            }
            for pair in ends.windows(3) {
                take(&run[pair[0]..pair[2]], Form::Pair);
            }
        }
    }
}

/// What a stretch of text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A word between spaces.
    Word,
    /// Two letters of a script without spaces.
    Pair,
}

/// A stretch without capitals and accents.
pub fn fold(word: &str) -> String {
    if word.is_ascii() {
        let letters = word.bytes().filter(|byte| *byte != b'\'');
        return letters.map(|byte| char::from(byte.to_ascii_lowercase())).collect();
    }
    let bare = word.nfkd().filter(|c| !matches!(c, '\u{300}'..='\u{36f}' | '\'' | '’'));
    let lower = bare.collect::<String>().to_lowercase();
    let mut out = String::with_capacity(lower.len());
    for letter in lower.chars() {
        match letter {
            'ß' => out.push_str("ss"),
            'æ' => out.push_str("ae"),
            'œ' => out.push_str("oe"),
            'ø' => out.push('o'),
            'đ' => out.push('d'),
            'ł' => out.push('l'),
            'ı' => out.push('i'),
            'ς' => out.push('σ'),
            other => out.push(other),
        }
    }
    out
}

/// A stretch as it stands in the index.
pub fn normal(stretch: &str, form: Form, language: Language) -> String {
    match form {
        Form::Word => language.stem(fold(stretch)),
        Form::Pair => fold(stretch),
    }
}

/// Letters, digits and marks in a row. In English an apostrophe joins, and `'s` is no part of the
/// word; elsewhere it separates.
fn raw_words(text: &str, language: Language) -> impl Iterator<Item = &str> {
    let joins = move |c: char| language == Language::English && matches!(c, '\'' | '’');
    let mark = |c: char| !c.is_ascii() && is_combining_mark(c);
    let belongs = move |c: char| c.is_alphanumeric() || mark(c) || joins(c);
    text.split(move |c: char| !belongs(c)).filter_map(bare)
}

/// A word without what stands at its ends and is no part of it.
fn bare(word: &str) -> Option<&str> {
    let word = word.trim_matches(['\'', '’']);
    let possessive = ["'s", "’s", "'S", "’S"].iter().find_map(|end| word.strip_suffix(end));
    Some(possessive.unwrap_or(word)).filter(|word| !word.is_empty())
}

/// A word cut where a script with spaces meets one without.
fn runs(word: &str) -> impl Iterator<Item = (&str, bool)> {
    let mut rest = word;
    std::iter::from_fn(move || {
        let first = spaceless(rest.chars().next()?);
        let end = rest.find(|c| spaceless(c) != first).unwrap_or(rest.len());
        let (run, after) = rest.split_at(end);
        rest = after;
        Some((run, first))
    })
}

/// Chinese and Japanese, Thai, Lao, Burmese and Khmer.
fn spaceless(letter: char) -> bool {
    matches!(
        letter,
        '\u{e00}'..='\u{eff}'
            | '\u{1000}'..='\u{109f}'
            | '\u{1780}'..='\u{17ff}'
            | '\u{3040}'..='\u{30ff}'
            | '\u{31f0}'..='\u{31ff}'
            | '\u{3400}'..='\u{4dbf}'
            | '\u{4e00}'..='\u{9fff}'
            | '\u{f900}'..='\u{faff}'
            | '\u{ff66}'..='\u{ff9f}'
            | '\u{20000}'..='\u{3ffff}'
    )
}

/// Cuts an ending that leaves at least `least` letters.
fn cut(word: &mut String, ending: &str, least: usize) -> bool {
    let fits = word.len() >= ending.len() + least && word.ends_with(ending);
    if fits {
        word.truncate(word.len() - ending.len());
    }
    fits
}

fn english(mut word: String) -> String {
    plural(&mut word);
    cut(&mut word, "ly", 4);
    if cut(&mut word, "ied", 2) {
        word.push('y');
    } else if ["ed", "ing"].into_iter().any(|ending| verb(&word, ending)) {
        let ending = if word.ends_with('g') { 3 } else { 2 };
        word.truncate(word.len() - ending);
        undouble(&mut word);
    }
    let nouns = [("ation", 4), ("ment", 4), ("ness", 3)];
    if !nouns.into_iter().any(|(ending, least)| cut(&mut word, ending, least))
        && word.len() >= 7
        && (word.ends_with("tion") || word.ends_with("sion"))
    {
        word.truncate(word.len() - 3);
    }
    if cut(&mut word, "er", 5) {
        undouble(&mut word);
    }
    cut(&mut word, "e", 3);
    if word.len() >= 6 && cut(&mut word, "iz", 4) {
        word.push_str("is");
    }
    if cut(&mut word, "i", 3) {
        word.push('y');
    }
    word
}

fn plural(word: &mut String) {
    if cut(word, "ies", 2) {
        word.push('y');
    } else if ["xes", "ches", "shes", "sses", "zes"].iter().any(|ending| word.ends_with(ending)) {
        word.truncate(word.len() - 2);
    } else if !["ss", "us", "is"].iter().any(|ending| word.ends_with(ending)) {
        cut(word, "s", 3);
    }
}

/// Whether a verb stands before the ending: `need` and `thing` have none.
fn verb(word: &str, ending: &str) -> bool {
    let stem = word.strip_suffix(ending).unwrap_or_default();
    stem.len() >= 3 && !word.ends_with("eed") && stem.contains(['a', 'e', 'i', 'o', 'u', 'y'])
}

/// `stopp` becomes `stop`; `call` stays.
fn undouble(word: &mut String) {
    let last = word.as_bytes().windows(2).last();
    let double = last.is_some_and(|two| two[0] == two[1] && !b"aeioulsz".contains(&two[0]));
    if double && word.len() > 3 {
        word.pop();
    }
}

fn german(mut word: String) -> String {
    let long = [("ern", 4), ("em", 4), ("en", 4), ("er", 4), ("es", 4)];
    let short = [("e", 4), ("n", 4), ("s", 4)];
    long.into_iter().chain(short).any(|(ending, least)| cut(&mut word, ending, least));
    word
}
