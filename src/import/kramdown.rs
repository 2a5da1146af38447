//! What kramdown, Jekyll's Markdown, has beyond ours: lists of attributes in `{: }`.

use super::callouts;
use super::report::{Kind, Notes};
use super::shortcodes::callout;
use super::tags::Layout;
use super::traced::{Traced, edit};

/// Attributes become ids and callouts where they can, and go where they cannot.
pub fn rewrite(body: &Traced, notes: &mut Notes) -> Traced {
    let text = body.text.as_str();
    if !text.contains("{:") {
        return body.clone();
    }
    let layout = Layout::of(text);
    let mut edits = Vec::new();
    for (at, _) in text.match_indices("{:") {
        let Some(end) = text[at..].find('}').map(|end| at + end + 1) else { continue };
        let inside = text[at + 2..end - 1].trim();
        let fits =
            inside.starts_with(['.', '#', ':', 't']) || inside.contains('=') || inside.is_empty();
        if layout.is_code(at) || inside.contains('\n') || !fits {
            continue;
        }
        let line = body.line(at);
        let start = text[..at].rfind('\n').map_or(0, |before| before + 1);
        let alone = text[start..at].trim().is_empty()
            && text[end..].split('\n').next().is_none_or(|rest| rest.trim().is_empty());
        let own = &text[at..end];
        if !alone {
            notes.add(line, Kind::Left, own, "no attribute of this kind exists here");
            edits.push(edit(at..end, ""));
            continue;
        }
        let before = text[..start].trim_end_matches('\n');
        let previous = if text[..start].ends_with("\n\n") {
            ""
        } else {
            before.rsplit('\n').next().unwrap_or_default()
        };
        let id = inside.split_whitespace().find_map(|part| part.strip_prefix('#'));
        let kind = inside.split_whitespace().find_map(|part| callout(part.strip_prefix('.')?));
        if inside == "toc" || inside.starts_with("toc ") {
            // the list above it is there to be replaced
            let line_start = before.len() - previous.len();
            let from = if previous.trim_start().starts_with(['*', '-', '+', '1']) {
                line_start
            } else {
                start
            };
            notes.add(
                line,
                Kind::Left,
                text[from..end].trim(),
                "every page has an outline of its own",
            );
            edits.push(edit(from..end, ""));
        } else if let Some(id) =
            id.filter(|_| previous.starts_with('#') && !previous.contains("{#"))
        {
            let place = before.trim_end().len();
            edits.push(edit(place..end, format!(" {{#{id}}}")));
            notes.mapped(line);
        } else if let Some(kind) = kind.filter(|_| previous.is_empty()) {
            let rest = &text[end..];
            let stop = rest
                .get(1..)
                .and_then(|rest| rest.find("\n\n"))
                .map_or(text.len(), |stop| end + stop + 1);
            let quoted = rest.trim_start_matches('\n').starts_with('>');
            notes.mapped(line);
            if quoted {
                edits.push(edit(at..end, format!("> [!{kind}]")));
            } else {
                edits.push(edit(at..end, callouts::open(kind, "")));
                let after = if text[..stop].ends_with('\n') { "" } else { "\n" };
                edits.push(edit(stop..stop, format!("{after}\n{}\n", callouts::close(""))));
            }
        } else {
            notes.add(line, Kind::Left, own, "no attribute of this kind exists here");
            edits.push(edit(start..end, ""));
        }
    }
    body.edited(edits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_find_what_they_belong_to() {
        let text =
            "* TOC\n{:toc}\n\n## A\n{: #b }\n\n{: .note }\nWords\nmore\n\n![x](y.png){: .wide}\n";
        let body = rewrite(&Traced::new(text, 1), &mut Notes::default());
        let body = callouts::quote(&body).text;
        assert_eq!(body, "\n\n## A {#b}\n\n> [!NOTE]\n> Words\n> more\n>\n\n\n\n![x](y.png)\n");
    }
}
