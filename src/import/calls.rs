//! Tags in a text: Liquid, Hugo's and Zola's shortcodes, found and taken apart.

use std::ops::Range;

/// Whose tags a text holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// `{% tag %}` and `{{ value }}`.
    Liquid,
    /// `{{< name >}}` and `{{% name %}}`.
    Hugo,
    /// `{{ name() }}` and `{% name() %}`.
    Zola,
    /// None of them.
    None,
}

/// What a tag does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// It may be closed later.
    Open,
    /// It closes the last open tag of its name, or any (`name` is empty).
    Close,
    /// It stands alone.
    Alone,
    /// It is there to be seen: the text without the marks that say so.
    Shown,
}

/// One tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// In bytes of the text, delimiters included.
    pub span: Range<usize>,
    /// What it does.
    pub form: Form,
    /// Its name; `=` for a Liquid value.
    pub name: String,
    /// All behind the name, as written.
    pub rest: String,
    /// Values without a name.
    pub positional: Vec<String>,
    /// Values with a name, in the order written.
    pub named: Vec<(String, String)>,
}

impl Call {
    /// The value with one of these names.
    pub fn get(&self, names: &[&str]) -> Option<&str> {
        let of = |name: &&str| self.named.iter().find(|(own, _)| own.eq_ignore_ascii_case(name));
        let value = names.iter().find_map(of).map(|(_, value)| value.as_str());
        value.filter(|value| !value.is_empty())
    }

    /// The value with one of these names, or the one at a place.
    pub fn value(&self, names: &[&str], place: usize) -> Option<&str> {
        self.get(names).or_else(|| self.positional.get(place).map(String::as_str))
    }
}

/// Every tag of a text, in order.
pub fn find(text: &str, dialect: Dialect) -> Vec<Call> {
    let mut calls = Vec::new();
    let mut at = 0;
    while let Some(found) = text[at..].find('{') {
        let start = at + found;
        match tag(text, start, dialect) {
            Some(call) => {
                at = call.span.end;
                calls.push(call);
            }
            None => at = start + 1,
        }
    }
    calls
}

fn tag(text: &str, start: usize, dialect: Dialect) -> Option<Call> {
    let rest = &text[start..];
    let pairs: &[(&str, &str)] = match dialect {
        Dialect::Liquid | Dialect::Zola => &[("{%", "%}"), ("{{", "}}")],
        Dialect::Hugo => &[("{{<", ">}}"), ("{{%", "%}}")],
        Dialect::None => &[],
    };
    let (open, close) = *pairs.iter().find(|(open, _)| rest.starts_with(open))?;
    let length = rest.find(close)?;
    let span = start..start + length + close.len();
    let inside = rest.get(open.len()..length)?;
    if dialect != Dialect::Liquid {
        let shown = inside.trim().strip_prefix("/*").and_then(|inside| inside.strip_suffix("*/"));
        if let Some(shown) = shown {
            let name = format!("{open}{shown}{close}");
            return Some(call(span, Form::Shown, &name, ""));
        }
    }
    match dialect {
        Dialect::Liquid => {
            let inside = inside.trim_matches('-').trim();
            if open == "{{" {
                return Some(Call { rest: inside.to_owned(), ..call(span, Form::Alone, "=", "") });
            }
            let (name, rest) = word(inside);
            match name.strip_prefix("end") {
                Some(opened) => Some(call(span, Form::Close, opened, "")),
                None => Some(call(span, Form::Open, name, rest)),
            }
        }
        Dialect::Hugo => {
            let inside = inside.trim();
            if let Some(name) = inside.strip_prefix('/') {
                return Some(call(span, Form::Close, name.trim(), ""));
            }
            let (inside, form) = match inside.strip_suffix('/') {
                Some(inside) => (inside.trim(), Form::Alone),
                None => (inside, Form::Open),
            };
            let (name, rest) = word(inside);
            let plain = |c: char| c.is_alphanumeric() || "-_/.".contains(c);
            (!name.is_empty() && name.chars().all(plain)).then(|| call(span, form, name, rest))
        }
        Dialect::Zola => {
            let inside = inside.trim_matches('-').trim();
            if open == "{%" && inside == "end" {
                return Some(call(span, Form::Close, "", ""));
            }
            let (name, rest) = inside.split_once('(')?;
            let plain = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
            let known = !name.is_empty() && name.trim().chars().all(plain);
            let rest = rest.trim_end().strip_suffix(')').filter(|_| known)?;
            let form = if open == "{%" { Form::Open } else { Form::Alone };
            Some(call(span, form, name.trim(), rest))
        }
        Dialect::None => None,
    }
}

fn word(text: &str) -> (&str, &str) {
    text.split_once(char::is_whitespace).map_or((text, ""), |(name, rest)| (name, rest.trim()))
}

fn call(span: Range<usize>, form: Form, name: &str, rest: &str) -> Call {
    let (mut positional, mut named) = (Vec::new(), Vec::new());
    for (key, value) in values(rest) {
        match key {
            Some(key) => named.push((key, value)),
            None => positional.push(value),
        }
    }
    let (name, rest) = (name.to_owned(), rest.to_owned());
    Call { span, form, name, rest, positional, named }
}

/// `a b="c d" e` as values, some of them with a name.
pub fn values(text: &str) -> Vec<(Option<String>, String)> {
    let mut values = Vec::new();
    let mut rest = text.trim_start_matches([' ', '\n', '\r', '\t', ',']);
    while !rest.is_empty() {
        let end = rest.find(|c: char| !(c.is_alphanumeric() || "-_".contains(c)));
        let (key, behind) = rest.split_at(end.unwrap_or(rest.len()));
        let assigned = behind.trim_start().strip_prefix(['=', ':']).filter(|_| !key.is_empty());
        // `https://` is no name with a value
        let assigned = assigned.filter(|value| !value.starts_with("//"));
        let (key, from) = match assigned {
            Some(value) => (Some(key.to_owned()), value.trim_start()),
            None => (None, rest),
        };
        let (value, behind) = value(from);
        values.push((key, value));
        rest = behind.trim_start_matches([' ', '\n', '\r', '\t', ',']);
    }
    values
}

/// A value with or without quotation marks, and what follows it.
fn value(text: &str) -> (String, &str) {
    let Some(mark) = text.chars().next().filter(|c| "\"'`\u{201c}".contains(*c)) else {
        let end = text.find(|c: char| c.is_whitespace() || c == ',').unwrap_or(text.len());
        // a lone comma or bracket is a value of its own, so that there is always progress
        let end = end.max(text.chars().next().map_or(0, char::len_utf8));
        return (text[..end].to_owned(), &text[end..]);
    };
    let close = if mark == '\u{201c}' { '\u{201d}' } else { mark };
    let mut value = String::new();
    let mut letters = text.char_indices().skip(1);
    while let Some((at, letter)) = letters.next() {
        match letter {
            '\\' if mark == '"' => value.extend(letters.next().map(|(_, letter)| letter)),
            letter if letter == close => return (value, &text[at + letter.len_utf8()..]),
            letter => value.push(letter),
        }
    }
    (value, "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_of_each_kind_are_taken_apart() {
        let names = |text: &str, dialect| -> Vec<(Form, String)> {
            find(text, dialect).into_iter().map(|call| (call.form, call.name)).collect()
        };
        assert_eq!(
            names("{%- if a -%}{{ b }}{% endif %}", Dialect::Liquid),
            [(Form::Open, "if".into()), (Form::Alone, "=".into()), (Form::Close, "if".into())]
        );
        assert_eq!(
            names("{{< a >}}{{</* b */>}}{{% /a %}}{{ c }}{{< d />}}", Dialect::Hugo),
            [
                (Form::Open, "a".into()),
                (Form::Shown, "{{< b >}}".into()),
                (Form::Close, "a".into()),
                (Form::Alone, "d".into())
            ]
        );
        assert_eq!(
            names("{% a(b=1) %}{% end %}{{ c() }}{{ d }}", Dialect::Zola),
            [(Form::Open, "a".into()), (Form::Close, String::new()), (Form::Alone, "c".into())]
        );
    }

    #[test]
    fn values_come_with_and_without_names() {
        let call = find(r#"{{< f a "b c" d="e \"f\"" g='h' https://x.org/y >}}"#, Dialect::Hugo);
        assert_eq!(call[0].positional, ["a", "b c", "https://x.org/y"]);
        assert_eq!(call[0].get(&["D"]), Some("e \"f\""));
        assert_eq!(call[0].get(&["g"]), Some("h"));
    }
}
