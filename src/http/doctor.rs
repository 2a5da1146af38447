//! The page of a checkup, for a browser on this machine: it names drafts and files.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use xxhash_rust::xxh3::xxh3_64;

use super::client::FOLDER;
use super::packed::File;
use crate::doctor::Checkup;
use crate::doctor::parts::{Column, Part, Row, parts, summary};
use crate::markdown::escaped;

/// Its name in [`FOLDER`].
pub(super) const NAME: &str = "doctor";

/// What a full address holds as it is: the set of JavaScript's `encodeURI`, which `overlay.js` uses.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b';')
    .remove(b',')
    .remove(b'/')
    .remove(b'?')
    .remove(b':')
    .remove(b'@')
    .remove(b'&')
    .remove(b'=')
    .remove(b'+')
    .remove(b'$')
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'!')
    .remove(b'~')
    .remove(b'*')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'#');

const TOP: &str = include_str!("client/doctor.html");

/// Where the page stands on its host.
pub fn doctor_path() -> String {
    format!("{FOLDER}{NAME}")
}

/// The page. `editor` is the address that opens a file in an editor, with `{file}`, `{line}` and
/// `{column}` in it; `home` the site's path.
pub fn doctor(checkup: &Checkup, editor: &str, home: &str) -> File {
    // what an author wrote comes last: nothing in it is filled in
    let top = TOP
        .replace("{summary}", &escaped(&summary(checkup)))
        .replace("{home}", &escaped(home))
        .replace("{site}", &escaped(&checkup.site));
    let parts = parts(checkup);
    let links = parts.iter().map(|Part { id, title, count, .. }| {
        format!("<li><a href=\"#{id}\">{title}: {count}</a></li>\n")
    });
    let links: String = links.collect();
    let parts: String = parts.iter().map(|one| part(one, editor)).collect();
    let page = format!("{top}{links}</ul>\n</nav>\n{parts}</main>\n</body>\n</html>\n");
    let version = format!("{:016x}", xxh3_64(page.as_bytes()));
    File::new(page.as_bytes(), version)
}

fn part(part: &Part, editor: &str) -> String {
    let Part { id, title, count, note, subject, columns, rows } = part;
    let heading = format!("<h2 id=\"{id}\">{title}: {count}</h2>\n");
    if rows.is_empty() {
        return heading;
    }
    let names = columns.iter().map(|column| {
        let class = class(*column);
        format!("<th scope=\"col\"{class}>{}</th>", column.name)
    });
    let names: String = names.collect();
    let rows: String = rows.iter().map(|row| table_row(row, columns, editor)).collect();
    let note = with_code(note);
    format!(
        "{heading}<table>\n<caption>{note}</caption>\n<thead>\n<tr><th scope=\"col\">{subject}</th>{names}</tr>\n</thead>\n\
         <tbody>\n{rows}</tbody>\n</table>\n"
    )
}

fn table_row(row: &Row, columns: &[Column], editor: &str) -> String {
    let facts = columns
        .iter()
        .zip(&row.facts)
        .map(|(column, fact)| format!("<td{}>{}</td>", class(*column), escaped(fact)));
    let facts: String = facts.collect();
    format!("<tr><th scope=\"row\">{}</th>{facts}</tr>\n", subject(row, editor))
}

fn class(column: Column) -> &'static str {
    if column.is_number { " class=\"number\"" } else { "" }
}

/// The page, and the file in the editor below it.
fn subject(row: &Row, editor: &str) -> String {
    let title = escaped(&row.title);
    let title = match &row.url {
        Some(url) => format!("<a href=\"{}\">{title}</a>", escaped(url)),
        None => format!("<span>{title}</span>"),
    };
    let Some((file, line)) = &row.file else { return title };
    let address = utf8_percent_encode(editor, ENCODED).to_string();
    let address = address
        .replace("%7Bfile%7D", &utf8_percent_encode(file, ENCODED).to_string())
        .replace("%7Bline%7D", &line.to_string())
        .replace("%7Bcolumn%7D", "1");
    let (address, file) = (escaped(&address), escaped(file));
    format!(
        "{title} <a class=\"file\" href=\"{address}\" title=\"Open in the editor\">{file}:{line}</a>"
    )
}

/// What stands between backticks as code.
fn with_code(words: &str) -> String {
    let parts = words.split('`').map(escaped).enumerate();
    let parts = parts.map(|(at, part)| match at % 2 {
        0 => part,
        _ => format!("<code>{part}</code>"),
    });
    parts.collect()
}
