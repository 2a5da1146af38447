//! The words that the theme says itself, in the language of the site.
//!
//! `strings/<language>.yaml` of the theme holds two groups: `pages`, what templates and plans say,
//! and `scripts`, what the theme's scripts say and what they may share with templates. A word in
//! braces, as in `{n} articles`, is filled in; `n` also chooses between plural forms.

use std::collections::{BTreeMap, BTreeSet};

use icu_locale_core::Locale;
use icu_plurals::{PluralCategory, PluralRules};
use jiff::civil::Date;
use serde_json::{Map, Value, json};

use crate::config::{self, Config};
use crate::diagnostic::{Diagnostic, Place};
use crate::schema::near;
use crate::schema::phrases::{self, Phrase};
use crate::source::Source;

/// The language whose table has every word.
const ORIGIN: &str = "en";

/// The words of one language.
#[derive(Debug)]
pub struct Strings {
    phrases: BTreeMap<String, Phrase>,
    /// Names of those that scripts say.
    scripts: Vec<String>,
    plurals: Plurals,
}

/// Which form a count takes.
#[derive(Debug, Default)]
struct Plurals {
    locale: Option<Locale>,
    /// The names of the forms of the counts that pages have, by the count: to make the rules takes
    /// longer than all the rest of a phrase.
    usual: Vec<&'static str>,
}

/// Counts below are looked up.
const USUAL: usize = 256;

/// Reads the table of the site's language. `file` returns a table of the theme by its language; what
/// that table lacks is said in English, with a warning.
pub fn load(config: &Config, file: impl Fn(&str) -> Option<Source>) -> (Strings, Vec<Diagnostic>) {
    let mut found = Vec::new();
    let language = config.language.value.as_str();
    let primary = language.split('-').next().unwrap_or(language);
    let origin = file(ORIGIN).map(|source| Table::read(&source, &mut found)).unwrap_or_default();
    let (mut phrases, scripts) = (origin.phrases, origin.scripts);
    if primary != ORIGIN {
        match file(language).or_else(|| file(primary)) {
            Some(source) => {
                let own = Table::read(&source, &mut found);
                found.extend(own.differs(&source, &phrases));
                phrases.extend(own.phrases);
            }
            None => found.push(no_table(config, primary)),
        }
    }
    (Strings { phrases, scripts, plurals: Plurals::of(language) }, found)
}

impl Strings {
    /// What a name says, its braces filled; `None` where the table has no such name.
    pub fn get(&self, key: &str, values: &[(&str, String)]) -> Option<String> {
        let count = values.iter().find(|(name, _)| *name == "n").map(|(_, value)| value.as_str());
        let text = match self.phrases.get(key)? {
            Phrase::Text(text) => text,
            Phrase::Forms(forms) => self.form(forms, count)?,
        };
        let mut filled = String::with_capacity(text.len() + 32);
        let mut rest = text.as_str();
        while let Some((before, name, after)) = brace(rest) {
            filled.push_str(before);
            match values.iter().find(|(own, _)| *own == name) {
                Some((_, value)) => filled.push_str(value),
                None => filled.extend(["{", name, "}"]),
            }
            rest = after;
        }
        filled.push_str(rest);
        Some(filled)
    }

    /// The names that say the same wherever they are asked for, with what they say.
    pub fn fixed(&self) -> impl Iterator<Item = (&str, &str)> {
        self.phrases.iter().filter_map(|(key, phrase)| match phrase {
            Phrase::Text(text) if brace(text).is_none() => Some((key.as_str(), text.as_str())),
            _ => None,
        })
    }

    /// Whether the table has a name.
    pub fn has(&self, key: &str) -> bool {
        self.phrases.contains_key(key)
    }

    /// As [`Strings::get`]; a name that is missing is said itself, so that it is seen.
    pub fn say(&self, key: &str, values: &[(&str, String)]) -> String {
        self.get(key, values).unwrap_or_else(|| format!("{{{key}}}"))
    }

    /// The name nearest to one that the table does not have.
    pub fn near(&self, key: &str) -> Option<String> {
        near::suggestion(key, self.phrases.keys().map(String::as_str))
    }

    /// A day in words: `2 March 2026`.
    pub fn day(&self, date: Date) -> String {
        let month = self.say(&format!("month-{}", date.month()), &[]);
        let (day, year) = (date.day().to_string(), date.year().to_string());
        self.say("date", &[("day", day), ("month", month), ("year", year)])
    }

    /// A title as it stands inside a sentence. Where the language writes it small there, its first
    /// letter becomes so, unless its first word has capitals of its own (`LinkedIn note`, `SMS`).
    pub fn inside_sentence(&self, title: &str) -> String {
        let small = self.get("titles-inside-sentences", &[]).is_some_and(|rule| rule == "small");
        let first_word = title.split(' ').next().unwrap_or_default();
        let mut letters = title.chars();
        match letters.next() {
            Some(first) if small && !first_word.chars().skip(1).any(char::is_uppercase) => {
                first.to_lowercase().to_string() + letters.as_str()
            }
            _ => title.to_owned(),
        }
    }

    /// The words that a script says, by their names in `t("...")`, as a JavaScript object.
    pub fn said_in(&self, script: &str) -> String {
        const CALL: &str = "t(\"";
        let calls = script.match_indices(CALL).map(|(at, _)| &script[at + CALL.len()..]);
        let names: BTreeSet<&str> = calls.filter_map(|rest| rest.split('"').next()).collect();
        let words = names.into_iter().filter(|name| self.scripts.iter().any(|one| one == name));
        let words = words.filter_map(|name| {
            let value = match self.phrases.get(name)? {
                Phrase::Text(text) => json!(text),
                Phrase::Forms(forms) => {
                    let forms = forms.iter().map(|(form, text)| (form.clone(), json!(text)));
                    forms.collect::<Map<_, _>>().into()
                }
            };
            Some((name.to_owned(), value))
        });
        Value::from(words.collect::<Map<_, _>>()).to_string()
    }

    fn form<'a>(&self, forms: &'a [(String, String)], count: Option<&str>) -> Option<&'a String> {
        let count: usize = count.and_then(|count| count.parse().ok()).unwrap_or_default();
        let wanted = self.plurals.form(count);
        let form = |name: &str| forms.iter().find(|(own, _)| own == name).map(|(_, text)| text);
        form(wanted).or_else(|| form("other"))
    }
}

impl Plurals {
    fn of(language: &str) -> Self {
        let locale = language.parse().ok();
        let rules = rules(locale.as_ref());
        let usual = (0..USUAL).map(|count| named(rules.as_ref(), count)).collect();
        Self { locale, usual }
    }

    fn form(&self, count: usize) -> &'static str {
        let usual = self.usual.get(count).copied();
        usual.unwrap_or_else(|| named(rules(self.locale.as_ref()).as_ref(), count))
    }
}

fn rules(locale: Option<&Locale>) -> Option<PluralRules> {
    PluralRules::try_new_cardinal(locale?.into()).ok()
}

fn named(rules: Option<&PluralRules>, count: usize) -> &'static str {
    rules.map_or("other", |rules| match rules.category_for(count) {
        PluralCategory::Zero => "zero",
        PluralCategory::One => "one",
        PluralCategory::Two => "two",
        PluralCategory::Few => "few",
        PluralCategory::Many => "many",
        PluralCategory::Other => "other",
    })
}

/// What stands before the first pair of braces, in it, and behind it.
fn brace(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once('{')?;
    let (name, after) = rest.split_once('}')?;
    Some((before, name, after))
}

/// One file of words.
#[derive(Debug, Default)]
struct Table {
    phrases: BTreeMap<String, Phrase>,
    scripts: Vec<String>,
    names: Vec<crate::schema::Located<String>>,
}

impl Table {
    fn read(source: &Source, found: &mut Vec<Diagnostic>) -> Self {
        let mut table = Self::default();
        for (group, phrases) in phrases::read(source, found) {
            if !["pages", "scripts"].contains(&group.value.as_str()) {
                let place = Place::at(&source.path, group.span);
                let message = format!("a table of words has no group `{}`", group.value);
                let hint = "its groups are `pages` and `scripts`";
                found.push(Diagnostic::error("unknown-field", place, message).hint(hint));
                continue;
            }
            for (name, phrase) in phrases {
                if group.value == "scripts" {
                    table.scripts.push(name.value.clone());
                }
                table.phrases.insert(name.value.clone(), phrase);
                table.names.push(name);
            }
        }
        table
    }

    /// What this table lacks beside the whole one, and names that nobody asks for.
    fn differs(&self, source: &Source, whole: &BTreeMap<String, Phrase>) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        let lacking: Vec<&str> = whole
            .keys()
            .filter(|key| !self.phrases.contains_key(*key))
            .map(String::as_str)
            .collect();
        if !lacking.is_empty() {
            let message = format!("no words for {}; they stay English", lacking.join(", "));
            let place = Place::file(&source.path);
            let hint = format!("copy them from `strings/{ORIGIN}.yaml` and translate them");
            found.push(Diagnostic::warning("no-words", place, message).hint(hint));
        }
        for name in self.names.iter().filter(|name| !whole.contains_key(&name.value)) {
            let place = Place::at(&source.path, name.span.clone());
            let message = format!("the theme never says `{}`", name.value);
            let near = near::suggestion(&name.value, whole.keys().map(String::as_str));
            found.push(Diagnostic::warning("unknown-words", place, message).maybe_hint(near));
        }
        found
    }
}

fn no_table(config: &Config, primary: &str) -> Diagnostic {
    let place = Place::at(config::PATH, config.language.span.clone());
    let message = format!("the theme has no words in `{primary}`; it speaks English");
    let hint = format!(
        "write them in `themes/{}/strings/{primary}.yaml`, as `strings/{ORIGIN}.yaml` of the default theme does",
        config.theme_name()
    );
    Diagnostic::warning("no-words", place, message).hint(hint)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::Located;
    use crate::source::Span;

    fn strings(language: &str, text: &str) -> Strings {
        let language = Located { value: language.to_owned(), span: Span::new(0, 0) };
        let config = Config { language, ..Config::default() };
        let (strings, found) = load(&config, |_| Some(Source::new("strings/en.yaml", text)));
        assert_eq!(found, []);
        strings
    }

    #[test]
    fn braces_are_filled_and_n_chooses_the_form() {
        let table = "pages:\n  days: {one: \"{n} day\", other: \"{n} days\"}\n";
        let days = |n: usize| strings("en", table).say("days", &[("n", n.to_string())]);
        assert_eq!([days(0), days(1), days(2)], ["0 days", "1 day", "2 days"]);
    }

    #[test]
    fn titles_become_small_only_where_the_language_writes_them_so() {
        let small = strings("en", "pages:\n  titles-inside-sentences: small\n");
        assert_eq!(small.inside_sentence("Thank-you note"), "thank-you note");
        assert_eq!(small.inside_sentence("LinkedIn note"), "LinkedIn note");
        assert_eq!(small.inside_sentence("SMS to a friend"), "SMS to a friend");
        let same = strings("en", "pages:\n  titles-inside-sentences: same\n");
        assert_eq!(same.inside_sentence("Dankesbrief"), "Dankesbrief");
    }

    #[test]
    fn days_are_written_out() {
        let table = "pages:\n  date: \"{day} {month} {year}\"\n  month-3: March\n";
        assert_eq!(strings("en", table).day(jiff::civil::date(2026, 3, 2)), "2 March 2026");
    }
}
