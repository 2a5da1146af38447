//! What others rely on in a template: its components with their arguments, its blocks, and the
//! attributes that scripts look for.

use std::collections::BTreeSet;
use std::ops::Range;

use super::words::{self, Part, Word};

/// A component as it is defined: `card(view)`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// Its name.
    pub name: String,
    /// Its arguments in order.
    pub arguments: Vec<Argument>,
    /// The name for all other arguments, where it takes them.
    pub rest: Option<String>,
    /// Where its name stands, in bytes.
    pub span: Range<usize>,
}

/// An argument of a component.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Argument {
    /// Its name.
    pub name: String,
    /// Whether a caller must give it.
    pub required: bool,
    /// Where it stands, in bytes.
    pub span: Range<usize>,
}

/// A block of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Its name.
    pub name: String,
    /// Where its name stands, in bytes.
    pub span: Range<usize>,
}

/// The slots of a template.
#[derive(Debug, Default)]
pub struct Slots {
    /// Components in order.
    pub components: Vec<Signature>,
    /// Blocks in order.
    pub blocks: Vec<Block>,
    /// The template that it extends.
    pub extends: Option<String>,
    /// Components that it calls.
    pub calls: BTreeSet<String>,
    /// Attributes whose name begins with `data-`.
    pub attributes: BTreeSet<String>,
}

impl Signature {
    /// `card(view)`; an argument that may be left out has a `?` behind it.
    pub fn written(&self) -> String {
        let arguments = self.arguments.iter().map(|argument| {
            let end = if argument.required { "" } else { "?" };
            format!("{}{end}", argument.name)
        });
        let rest = self.rest.iter().map(|rest| format!("...{rest}"));
        format!("{}({})", self.name, arguments.chain(rest).collect::<Vec<_>>().join(","))
    }
}

/// The slots of a template.
pub fn slots(text: &str) -> Slots {
    let mut found = Slots { attributes: attributes(text), ..Slots::default() };
    for part in words::parts(text) {
        found.components.extend(signature(&part));
        let mut words = part.words.iter().filter(|word| word.text != "-");
        let first = words.next().map_or("", |word| word.text);
        match (first, words.next()) {
            ("block", Some(name)) if part.is_tag => {
                let (name, span) = (name.text.to_owned(), span(name));
                found.blocks.push(Block { name, span });
            }
            ("extends", Some(name)) if part.is_tag => {
                found.extends = name.quoted().map(str::to_owned);
            }
            ("<", Some(name)) if name.text != "/" => {
                found.calls.insert(name.text.to_owned());
            }
            _ => {}
        }
    }
    found
}

/// The component that a part begins to define.
pub fn signature(part: &Part<'_>) -> Option<Signature> {
    let words: Vec<Word<'_>> = part.words.iter().filter(|word| word.text != "-").copied().collect();
    if !part.is_tag || words.first()?.text != "component" {
        return None;
    }
    let open = words.iter().position(|word| word.text == "(")?;
    let name: String = words[1..open].iter().map(|word| word.text).collect();
    let start = words.get(1)?.at;
    let mut signature =
        Signature { span: start..start + name.len(), name, arguments: Vec::new(), rest: None };
    let mut at = open + 1;
    let mut depth = 0_usize;
    let mut expects = true;
    while let Some(word) = words.get(at) {
        match word.text {
            ")" if depth == 0 => break,
            "(" | "[" | "{" => depth += 1,
            ")" | "]" | "}" => depth = depth.saturating_sub(1),
            "," if depth == 0 => expects = true,
            "=" if depth == 0 => {
                if let Some(last) = signature.arguments.last_mut() {
                    last.required = false;
                }
            }
            name if expects && word.is_name() => {
                let before = |back: usize| words[at - back].text;
                if before(1) == "." {
                    signature.rest = Some(name.to_owned());
                } else {
                    let (name, required) = (name.to_owned(), before(1) != "@");
                    signature.arguments.push(Argument { name, required, span: span(word) });
                }
                expects = false;
            }
            _ => {}
        }
        at += 1;
    }
    Some(signature)
}

fn span(word: &Word<'_>) -> Range<usize> {
    word.at..word.at + word.text.len()
}

/// Names of attributes that begin with `data-`.
fn attributes(text: &str) -> BTreeSet<String> {
    let found = text.match_indices(" data-").map(|(at, _)| &text[at + 1..]);
    let name = |rest: &str| {
        let more = |c: char| !(c.is_ascii_alphanumeric() || c == '-');
        rest[..rest.find(more).unwrap_or(rest.len())].to_owned()
    };
    found.map(name).collect()
}

/// Whether a script looks for an attribute: `[data-fill-key`, or `dataset.fillKey`.
pub fn looks_for(script: &str, attribute: &str) -> bool {
    let mut letters = attribute.trim_start_matches("data-").chars();
    let mut camel = String::new();
    while let Some(letter) = letters.next() {
        match letter {
            '-' => camel.extend(letters.next().map(|next| next.to_ascii_uppercase())),
            _ => camel.push(letter),
        }
    }
    let ends = |rest: &str| !rest.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '-');
    [attribute.to_owned(), format!("dataset.{camel}")].iter().any(|name| {
        script.match_indices(name.as_str()).any(|(at, _)| ends(&script[at + name.len()..]))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slots_are_what_others_rely_on() {
        let text = "{#- {% block no %} -#}{% component card(view, size=[1, 2], @site, ...rest) {\"view\": \"Card\"} %}\
                    <p data-card data-size=\"{{ size }}\">{{ <terms terms={view} /> }}{% endcomponent card %}";
        let found = slots(text);
        let written: Vec<_> = found.components.iter().map(Signature::written).collect();
        assert_eq!(written, ["card(view,size?,site?,...rest)"]);
        assert_eq!(found.attributes, ["data-card", "data-size"].map(String::from).into());
        assert_eq!(found.calls, ["terms".to_owned()].into());
        assert!(found.blocks.is_empty());
        let found = slots("{% extends \"base.html\" %}{%- block main -%}{% endblock main %}");
        assert_eq!(found.extends.as_deref(), Some("base.html"));
        assert_eq!(found.blocks.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(), ["main"]);
    }

    #[test]
    fn scripts_look_for_attributes_in_two_ways() {
        assert!(looks_for("find('[data-fill-key]')", "data-fill-key"));
        assert!(looks_for("field.dataset.fillKey = 1", "data-fill-key"));
        assert!(!looks_for("field.dataset.fillKeys, [data-fill-key-other]", "data-fill-key"));
    }
}
