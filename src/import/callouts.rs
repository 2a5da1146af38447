//! Callouts: whatever marks their beginning and end, they become quotations with a kind.

use super::traced::Traced;

/// Characters of no script, which stand for the two ends until all tags are read.
pub const MARKS: [char; 2] = [OPEN, CLOSE];

const OPEN: char = '\u{e000}';
const CLOSE: char = '\u{e001}';

/// The mark where a callout begins; without a kind it is a quotation.
pub fn open(kind: &str, title: &str) -> String {
    format!("{OPEN}{kind}|{}", title.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// The mark where it ends, with who said it.
pub fn close(author: &str) -> String {
    format!("{CLOSE}{author}")
}

/// Quotations in place of what stands between the marks.
pub fn quote(body: &Traced) -> Traced {
    if !body.text.contains(MARKS) {
        return body.clone();
    }
    // how far each open callout is indented inside the one around it
    let mut open: Vec<usize> = Vec::new();
    let mut fresh = false;
    let quoted = body.by_line(|line, _| {
        if let Some((margin, head)) = line.split_once(OPEN) {
            let (kind, title) = head.trim_end().split_once('|').unwrap_or((head.trim_end(), ""));
            let (prefix, rest) = prefix(&open, margin);
            open.push(rest.chars().count());
            fresh = true;
            let indent = " ".repeat(rest.chars().count());
            let head = match kind {
                "" => String::new(),
                kind => format!("{prefix}{rest}> [!{kind}]\n"),
            };
            return match title {
                "" => head,
                title => format!("{head}{prefix}{indent}> **{title}**\n{prefix}{indent}>\n"),
            };
        }
        if let Some((_, author)) = line.split_once(CLOSE) {
            let (prefix, _) = prefix(&open, "");
            open.pop();
            let author = author.trim();
            let end = if line.ends_with('\n') { "\n" } else { "" };
            return match author {
                "" => end.to_owned(),
                author => format!("{prefix}\n{prefix}\u{2014} {author}\n{end}"),
            };
        }
        if open.is_empty() {
            return line.to_owned();
        }
        if line.trim().is_empty() && fresh {
            return String::new();
        }
        fresh = false;
        let (prefix, rest) = prefix(&open, line);
        if rest.trim().is_empty() { format!("{}\n", prefix.trim_end()) } else { prefix + rest }
    });
    // one that is never closed leaves nothing behind
    if quoted.text.contains(MARKS) {
        quoted.by_line(|line, _| line.replace(MARKS, ""))
    } else {
        quoted
    }
}

/// `> ` for each open callout, and the line without the indentation that these have.
fn prefix<'a>(open: &[usize], line: &'a str) -> (String, &'a str) {
    let mut rest = line;
    let mut prefix = String::new();
    for indent in open {
        let own = rest.len() - rest.trim_start_matches(' ').len();
        rest = &rest[own.min(*indent)..];
        prefix += &" ".repeat(*indent);
        prefix += "> ";
    }
    (prefix, rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn callouts_stand_inside_each_other_and_in_lists() {
        let (outer, inner, end) = (open("NOTE", "T"), open("TIP", ""), close(""));
        let text = format!("- {outer}\n  a\n  {inner}\n\n  b\n\n  c\n  {end}\n  {end}\nd\n");
        assert_eq!(
            quote(&Traced::new(&text, 1)).text,
            "- > [!NOTE]\n  > **T**\n  >\n  > a\n  > > [!TIP]\n  > > b\n  > >\n  > > c\n\n\nd\n"
        );
    }
}
