//! The names that a template uses, held against the API.

use std::collections::BTreeMap;
use std::ops::Range;

use super::api::{Api, Shape};
use super::slots::{self, Signature};
use super::words::{self, Part, Word};
use crate::schema::near;

/// The shapes of components' arguments, by component and argument.
pub type Arguments = BTreeMap<(String, String), Shape>;

/// A name that is not in the API.
#[derive(Debug, PartialEq, Eq)]
pub struct Stranger {
    /// Where it stands, in bytes.
    pub span: Range<usize>,
    /// What is wrong with it.
    pub message: String,
    /// What there is instead.
    pub hint: String,
}

/// What the components of a template say of their arguments behind their parentheses:
/// `{% component cards(cards) {"cards": "[Card]"} %}`.
pub fn declared(api: &Api, text: &str) -> Arguments {
    let shape = |written: String| api.shape(&written).unwrap_or(Shape::Open);
    written(text).into_iter().map(|(key, written)| (key, shape(written))).collect()
}

/// The same as it is written: `Card`, `text?`.
pub fn written(text: &str) -> BTreeMap<(String, String), String> {
    let mut found = BTreeMap::new();
    for part in words::parts(text) {
        let Some(signature) = slots::signature(&part) else { continue };
        for (argument, shape) in declarations(&part) {
            found.insert((signature.name.clone(), argument.to_owned()), shape.to_owned());
        }
    }
    found
}

/// Every name of a template that the API does not have. `template` is its name, as `article.html`;
/// `arguments` are the shapes that other files say of components.
pub fn strangers(api: &Api, template: &str, text: &str, arguments: &Arguments) -> Vec<Stranger> {
    let own = declared(api, text);
    let top = Scope { tag: "", names: api.variables(template) };
    let mut walk = Walk { api, arguments, own, scopes: vec![top], found: Vec::new() };
    for part in words::parts(text) {
        walk.part(&part);
    }
    walk.found
}

struct Scope {
    /// What opened it: `for`, `if`, `component` ...
    tag: &'static str,
    names: BTreeMap<String, Shape>,
}

struct Walk<'a> {
    api: &'a Api,
    arguments: &'a Arguments,
    own: Arguments,
    scopes: Vec<Scope>,
    found: Vec<Stranger>,
}

/// Tags that have an end, and what ends them.
const PAIRS: [(&str, &str); 5] = [
    ("for", "endfor"),
    ("if", "endif"),
    ("block", "endblock"),
    ("component", "endcomponent"),
    ("filter", "endfilter"),
];

/// Names that belong to the language.
const LANGUAGE: [&str; 14] = [
    "and", "or", "not", "in", "is", "if", "else", "for", "true", "false", "True", "False", "null",
    "none",
];

impl Walk<'_> {
    fn part(&mut self, part: &Part<'_>) {
        // a hyphen trims white space or takes away; for names both are nothing
        let words: Vec<Word<'_>> =
            part.words.iter().filter(|word| word.text != "-").copied().collect();
        let words = words.as_slice();
        let tag = words.first().filter(|_| part.is_tag).map_or("", |word| word.text);
        if PAIRS.iter().any(|(_, end)| *end == tag) {
            let opened = PAIRS.iter().find(|(_, end)| *end == tag).map_or("", |(open, _)| open);
            if self.scopes.len() > 1 && self.scopes.last().is_some_and(|one| one.tag == opened) {
                self.scopes.pop();
            }
            return;
        }
        match tag {
            "extends" | "include" | "raw" | "endraw" | "endset" | "break" | "continue" => {}
            "block" => self.open("block", BTreeMap::new()),
            "component" => self.component(part),
            "for" => self.each(words),
            "set" | "set_global" => self.set(words),
            "if" | "filter" => {
                self.expression(if tag == "if" { &words[1..] } else { &[] });
                self.open(if tag == "if" { "if" } else { "filter" }, BTreeMap::new());
            }
            "elif" | "else" => self.expression(&words[1..]),
            _ => self.expression(words),
        }
    }

    fn open(&mut self, tag: &'static str, names: BTreeMap<String, Shape>) {
        self.scopes.push(Scope { tag, names });
    }

    /// A component sees its arguments and nothing else.
    fn component(&mut self, part: &Part<'_>) {
        let Some(Signature { name, arguments, rest, .. }) = slots::signature(part) else { return };
        let mut names = BTreeMap::from([("body".to_owned(), Shape::Open)]);
        names.extend(rest.map(|rest| (rest, Shape::Open)));
        for argument in arguments {
            let key = (name.clone(), argument.name.clone());
            let shape = self.own.get(&key).or_else(|| self.arguments.get(&key));
            names.insert(argument.name, shape.cloned().unwrap_or(Shape::Open));
        }
        self.open("component", names);
    }

    /// `for one in list` or `for key, value in record`.
    fn each(&mut self, words: &[Word<'_>]) {
        let Some(at) = words.iter().position(|word| word.text == "in") else { return };
        let (names, list) = (&words[1..at], &words[at + 1..]);
        self.expression(list);
        let item = match self.plain(list) {
            Some(Shape::List(item)) if names.len() == 1 => *item,
            _ => Shape::Open,
        };
        let names = names.iter().filter(|word| word.is_name());
        let mut names: BTreeMap<String, Shape> =
            names.map(|word| (word.text.to_owned(), item.clone())).collect();
        names.insert("loop".to_owned(), Shape::Open);
        self.open("for", names);
    }

    fn set(&mut self, words: &[Word<'_>]) {
        let Some(name) = words.get(1).filter(|word| word.is_name()) else { return };
        let value = words.get(3..).unwrap_or_default();
        self.expression(value);
        let shape = self.plain(value).unwrap_or(Shape::Open);
        if let Some(scope) = self.scopes.last_mut() {
            scope.names.insert(name.text.to_owned(), shape);
        }
    }

    /// The shape of words that are one path and nothing else.
    fn plain(&self, words: &[Word<'_>]) -> Option<Shape> {
        let (shape, next) = self.path(words, 0).ok()?;
        (next == words.len()).then_some(shape)
    }

    /// Looks at every path in an expression.
    fn expression(&mut self, words: &[Word<'_>]) {
        let passing = self.passing(words);
        let passes = !passing.is_empty();
        if passes {
            self.open("", passing);
        }
        let calls_component = words.first().is_some_and(|word| word.text == "<");
        let mut at = if calls_component { after_name(words) } else { 0 };
        while at < words.len() {
            if !is_root(words, at) {
                at += 1;
                continue;
            }
            match self.path(words, at) {
                Ok((_, next)) => at = next,
                Err(stranger) => {
                    self.found.push(*stranger);
                    at += 1;
                }
            }
        }
        if passes {
            self.scopes.pop();
        }
    }

    /// Names of `[one.key for one in list]`, which are used before they are told.
    fn passing(&self, words: &[Word<'_>]) -> BTreeMap<String, Shape> {
        let mut names = BTreeMap::new();
        for (at, _) in words.iter().enumerate().filter(|(_, word)| word.text == "for") {
            let Some(length) = words[at..].iter().position(|word| word.text == "in") else { break };
            let told = words[at + 1..at + length].iter().filter(|word| word.is_name());
            let item = match self.path(words, at + length + 1) {
                Ok((Shape::List(item), _)) if length == 2 => *item,
                _ => Shape::Open,
            };
            names.extend(told.map(|word| (word.text.to_owned(), item.clone())));
        }
        names
    }

    /// Follows a path from its root; `Ok` holds its shape and the place behind it.
    fn path(&self, words: &[Word<'_>], at: usize) -> Result<(Shape, usize), Box<Stranger>> {
        let Some(root) = words.get(at).filter(|_| is_root(words, at)) else {
            return Ok((Shape::Open, at));
        };
        let mut shape = self.look_up(root).ok_or_else(|| Box::new(self.unknown_root(root)))?;
        let mut next = at + 1;
        loop {
            let text = |at: usize| words.get(at).map_or("", |word| word.text);
            let dots = match (text(next), text(next + 1)) {
                (".", _) => 1,
                ("?", ".") => 2,
                ("[" | "?", _) => return Ok((Shape::Open, next)),
                _ => return Ok((shape, next)),
            };
            let Some(field) = words.get(next + dots).filter(|word| word.is_name()) else {
                return Ok((Shape::Open, next));
            };
            let before: String = words[at..next].iter().map(|word| word.text).collect();
            shape = self.field(&shape, &before, field)?;
            next += dots + 1;
        }
    }

    fn look_up(&self, root: &Word<'_>) -> Option<Shape> {
        for scope in self.scopes.iter().rev() {
            if let Some(shape) = scope.names.get(root.text) {
                return Some(shape.clone());
            }
            if scope.tag == "component" {
                break;
            }
        }
        (root.text == "__tera_context").then_some(Shape::Open)
    }

    fn unknown_root(&self, root: &Word<'_>) -> Stranger {
        let mut there: Vec<&str> = Vec::new();
        for scope in self.scopes.iter().rev() {
            there.extend(scope.names.keys().map(String::as_str));
            if scope.tag == "component" {
                break;
            }
        }
        there.retain(|name| *name != "loop");
        there.sort_unstable();
        there.dedup();
        let inside = self.scopes.iter().any(|scope| scope.tag == "component");
        let what =
            if inside { "a component sees its arguments only" } else { "this template sees" };
        stranger(root, format!("there is no variable `{}` here", root.text), &there, what)
    }

    fn field(&self, shape: &Shape, owner: &str, field: &Word<'_>) -> Result<Shape, Box<Stranger>> {
        let record = match shape {
            Shape::Open => return Ok(Shape::Open),
            Shape::Record(name) => self.api.records.get(name),
            Shape::List(_) | Shape::Text | Shape::Number | Shape::Flag => None,
        };
        let Some(record) = record else {
            let message = format!("`{}` is {} and has no fields", owner, shape.noun());
            let hint = match shape {
                Shape::List(_) => format!("go through it: `{{% for one in {owner} %}}`"),
                _ => format!("take `.{}` out", field.text),
            };
            let span = field.at..field.at + field.text.len();
            return Err(Box::new(Stranger { span, message, hint }));
        };
        if let Some(known) = record.fields.get(field.text) {
            return Ok(known.shape.clone());
        }
        let there: Vec<&str> = record.fields.keys().map(String::as_str).collect();
        let message = format!("`{}` has no field `{}`", owner, field.text);
        Err(Box::new(stranger(field, message, &there, "it has")))
    }
}

fn stranger(word: &Word<'_>, message: String, there: &[&str], what: &str) -> Stranger {
    let near = near::suggestion(word.text, there.iter().copied());
    let hint = near.unwrap_or_else(|| match there {
        [] => format!("{what} nothing"),
        _ => format!("{what}: {}", there.join(", ")),
    });
    Stranger { span: word.at..word.at + word.text.len(), message, hint }
}

/// The place behind the name of a component that is called: `<a.b c={d} />` begins at `c`.
fn after_name(words: &[Word<'_>]) -> usize {
    let mut at = 1;
    while words.get(at).is_some_and(|word| matches!(word.text, "/" | "."))
        || (words.get(at).is_some_and(Word::is_name)
            && words.get(at + 1).is_none_or(|w| w.text != "="))
    {
        at += 1;
    }
    at
}

/// The pairs of texts behind the parentheses of a component: an argument and its shape.
fn declarations<'a>(part: &'a Part<'_>) -> Vec<(&'a str, &'a str)> {
    let end = part.words.iter().position(|word| word.text == ")").unwrap_or(part.words.len());
    let texts: Vec<&str> = part.words[end..].iter().filter_map(Word::quoted).collect();
    texts.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect()
}

/// Whether a path begins here: not a field, filter, test, function, or the name of an argument.
fn is_root(words: &[Word<'_>], at: usize) -> bool {
    let word = &words[at];
    let text = |at: Option<usize>| at.and_then(|at| words.get(at)).map_or("", |word| word.text);
    let before = text(at.checked_sub(1));
    let (next, second) = (text(Some(at + 1)), text(Some(at + 2)));
    let is_test = before == "is" || (before == "not" && text(at.checked_sub(2)) == "is");
    let is_argument = next == "=" && second != "=";
    let told = at.checked_sub(1).is_some_and(|before| words[before].text == "for");
    word.is_name()
        && !LANGUAGE.contains(&word.text)
        && !(matches!(before, "." | "|") || is_test || is_argument || told || next == "(")
}
