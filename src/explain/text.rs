//! The text of an article: headings, blocks, HTML, links and pictures.

use super::{Chapter, entry};

pub(super) const CHAPTER: Chapter = Chapter {
    name: "mistakes-in-text",
    title: "Mistakes in text, links and pictures",
    description: "Reports about headings, blocks, HTML, links, footnotes and pictures.",
    entries: &[
        entry(
            "broken-link",
            "The link names a file that isn't there, a folder instead of a file, or nothing.",
            "Write the path from this file to the other one, ending in `.md`: `ask-why.md` in \
             the same folder, `../reply/note.md` in another. Capitals count.",
        ),
        entry(
            "broken-anchor",
            "The file is there, but has no heading with the name behind `#`.",
            "Use a heading's words in small letters with hyphens. The help line lists some. If \
             a heading was reworded, its links must follow.",
        ),
        entry(
            "link-scheme",
            "The address begins with a word that could run code or start a program, such as \
             `javascript:`.",
            "Link to a page (`https:`), an address (`mailto:`), a number (`tel:` or `sms:`), or \
             a file of the site.",
        ),
        entry(
            "dead-link",
            "The finished page holds an address that no page of the site has. It comes from raw \
             HTML, from an address that begins with a slash, or from a template of the theme.",
            "In an article, link to the file instead: `[words](../reply/note.md)`. Then the \
             address is right wherever the site lives. In a theme, use the addresses that the \
             template is given.",
        ),
        entry(
            "unknown-label",
            "Two pairs of brackets, `[words][name]`, take their address from a line \
             `[name]: address`, and there is no such line.",
            "Write the address at once, `[words](address)`, or add the line. For brackets that \
             are no link, type `\\[`.",
        ),
        entry(
            "missing-image",
            "The picture is not where the article says.",
            "Put the file beside the article, and write its name as it is, with its ending.",
        ),
        entry(
            "far-picture",
            "The picture lies on another site. To show it, a reader's browser would have to ask \
             that site, and readers were promised that nothing does.",
            "Save a copy beside the article if you may, or make it a link.",
        ),
        entry(
            "heading-level",
            "The levels of the headings don't follow each other. Screen readers use them as a \
             table of contents, and a hole in it leads nowhere. The only heading of the first \
             level is the title.",
            "Begin with `##`, and go one level deeper at a time.",
        ),
        entry(
            "heading-id",
            "Two headings of the page ask for the same anchor with `{#name}`.",
            "Choose another word for one of them, or leave the braces out.",
        ),
        entry(
            "id-twice",
            "Raw HTML gives an id that the page has already, so a link to it could go to either.",
            "Choose another id.",
        ),
        entry(
            "unknown-html",
            "You wrote `<something>`, and browsers take it for a tag and hide it.",
            "Type a backslash before it: `\\<hiring manager>`.",
        ),
        entry(
            "open-html",
            "A tag or a comment in HTML begins and has no end before the next empty line. Browsers \
             would look for the end in what comes behind it, and hide that.",
            "End a tag with `>` and a comment with `-->`, without an empty line in between.",
        ),
        entry(
            "forbidden-html",
            "This HTML would run code, load something from elsewhere, or set looks. The site's \
             own policy forbids all three, so it would do nothing.",
            "Take it out. Use Markdown and the blocks that the guide shows; looks belong to the \
             theme.",
        ),
        entry(
            "long-code",
            "To give code its colours takes long, so only code up to a length gets them. This stands \
             there without.",
            "Show the lines that matter, write `text` as its language, or raise `limits` in \
             site.yaml.",
        ),
        entry(
            "open-block",
            "A block begins with three backticks and doesn't end, so that the rest of the page \
             would be part of it.",
            "Put a line with only three backticks below the last line of the block.",
        ),
        entry(
            "unknown-block",
            "The word behind the three backticks is nearly the name of a block, but not quite.",
            "Correct it. If it is a programming language, write `text` instead.",
        ),
        entry(
            "quoted-block",
            "A block with fields stands inside a quotation or a note, where it would be \
             shown as plain code.",
            "Begin all its lines at the left margin.",
        ),
        entry(
            "language",
            "The program has no colours for the language of this code, so it is shown plain.",
            "Write `text`, or leave the word out. This is a warning: the page is made.",
        ),
        entry(
            "unknown-note",
            "The text mentions a footnote that has no words.",
            "Add them at the end of the file, in a line that begins with `[^1]:`.",
        ),
        entry(
            "unused-note",
            "A footnote has words, and no text mentions it. Readers won't see it.",
            "Put its mark behind the words that it belongs to, or delete it.",
        ),
        entry(
            "unknown-head",
            "A `fields` block names something that has no table of fields.",
            "Use one of the words that the help line offers.",
        ),
    ],
};
