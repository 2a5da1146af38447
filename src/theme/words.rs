//! A template as words: what stands between `{{` and `}}` or `{%` and `%}`, each with its place.

/// One word or sign of the template language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word<'a> {
    /// A name, a text with its quotation marks, a number, or one sign.
    pub text: &'a str,
    /// Its first byte in the template.
    pub at: usize,
}

/// What stands between two marks.
#[derive(Debug, PartialEq, Eq)]
pub struct Part<'a> {
    /// `{% %}` rather than `{{ }}`.
    pub is_tag: bool,
    /// Its words in order.
    pub words: Vec<Word<'a>>,
}

impl Word<'_> {
    /// Whether it is a name, of a variable or of the language.
    pub fn is_name(&self) -> bool {
        self.text.starts_with(|c: char| c.is_alphabetic() || c == '_')
    }

    /// The text between quotation marks.
    pub fn quoted(&self) -> Option<&str> {
        let mark = self.text.chars().next().filter(|c| matches!(c, '"' | '\'' | '`'))?;
        self.text.strip_prefix(mark)?.strip_suffix(mark)
    }
}

/// All parts of a template in order; comments and what is `raw` have none.
pub fn parts(text: &str) -> Vec<Part<'_>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(open) = text[at..].find('{').map(|open| at + open) {
        let mark = text.get(open..open + 2).unwrap_or_default();
        at = match mark {
            "{#" => text[open..].find("#}").map_or(text.len(), |end| open + end + 2),
            "{{" | "{%" => {
                let is_tag = mark == "{%";
                let (words, end) = inside(text, open + 2, if is_tag { "%}" } else { "}}" });
                let raw = is_tag && words.first().is_some_and(|word| word.text == "raw");
                let end = if raw { after_raw(text, end) } else { end };
                found.push(Part { is_tag, words });
                end
            }
            _ => open + 1,
        };
    }
    found
}

/// The words up to a mark outside of texts and braces, and where the mark ends.
fn inside<'a>(text: &'a str, start: usize, mark: &str) -> (Vec<Word<'a>>, usize) {
    let mut words = Vec::new();
    let mut depth = 0_usize;
    let mut at = start;
    while let Some(letter) = text[at..].chars().next() {
        if depth == 0 && text[at..].starts_with(mark) {
            return (words, at + mark.len());
        }
        let length = match letter {
            '"' | '\'' | '`' => length_of_text(&text[at..], letter),
            _ if letter.is_alphanumeric() || letter == '_' => {
                let more = |c: char| !(c.is_alphanumeric() || c == '_');
                text[at..].find(more).unwrap_or(text.len() - at)
            }
            _ => letter.len_utf8(),
        };
        match letter {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if !letter.is_whitespace() {
            words.push(Word { text: &text[at..at + length], at });
        }
        at += length;
    }
    (words, text.len())
}

/// How long a text is with its quotation marks; a backslash keeps the mark behind it from ending it.
fn length_of_text(text: &str, mark: char) -> usize {
    let mut escaped = false;
    for (at, letter) in text.char_indices().skip(1) {
        if letter == mark && !escaped {
            return at + letter.len_utf8();
        }
        escaped = letter == '\\' && !escaped;
    }
    text.len()
}

fn after_raw(text: &str, from: usize) -> usize {
    let end = text[from..]
        .match_indices("{%")
        .map(|(at, _)| from + at)
        .find(|at| text[at + 2..].trim_start_matches(['-', ' ']).starts_with("endraw"));
    end.unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        let join =
            |part: Part<'_>| part.words.iter().map(|word| word.text).collect::<Vec<_>>().join(" ");
        parts(text).into_iter().map(join).collect()
    }

    #[test]
    fn words_stand_between_marks() {
        assert_eq!(shown("a {{ b.c }} d {%- if e -%}"), ["b . c", "- if e -"]);
        assert_eq!(shown("{{ <f g={h.i} /> }}"), ["< f g = { h . i } / >"]);
        assert_eq!(shown("{{ t(key=\"}}\\\" x\") }}{{ z }}"), ["t ( key = \"}}\\\" x\" )", "z"]);
        assert_eq!(shown("{# {{ no }} #}{% raw %}{{ no }}{% endraw %}"), ["raw", "endraw"]);
        assert_eq!(shown("{{ open"), ["open"]);
    }
}
