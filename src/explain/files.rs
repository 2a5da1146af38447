//! Files, and the fields at their top.

use super::{Chapter, entry};

pub(super) const CHAPTER: Chapter = Chapter {
    name: "mistakes-in-files",
    title: "Mistakes in files and fields",
    description: "Reports about a file as a whole, its name, and the fields between the two lines of hyphens.",
    entries: &[
        entry(
            "front-matter",
            "A file begins with its fields, between two lines of exactly three hyphens. One of \
             those lines is missing, stands in the wrong place, or became a dash as you typed.",
            "Make `---` the first line of the file, write the fields below it, and end them with \
             a second `---`. Nothing may stand above the first line, not even an empty one.",
        ),
        entry(
            "unclear-line",
            "The program can't tell what a line of the fields says. Most often a text holds a \
             colon, begins with a sign such as `*` or `@`, or has a quotation mark or bracket \
             that nothing closes.",
            "Copy what the help line offers. When in doubt, put the whole text in double quotes: \
             `title: \"Feedback: how to ask\"`.",
        ),
        entry(
            "not-a-field",
            "Every line of the fields has the form `name: value`, and this one has not.",
            "Put a colon and a space behind the name. A text that goes on below its first line \
             is indented by two spaces.",
        ),
        entry(
            "tab",
            "A tab stands where only spaces may. You can't see the difference, and the program \
             can't tell how far the line is indented.",
            "Replace the tab with two spaces. `postrej-site check --fix` does it for you.",
        ),
        entry(
            "odd-space",
            "What looks like a space is another character. It often comes along with text that \
             was copied from a web page or a word processor.",
            "Delete it and type a space, or let `postrej-site check --fix` do it.",
        ),
        entry(
            "too-large",
            "The file is far larger than an article is; most likely something else was saved under \
             its name. The build would take minutes and much memory.",
            "Save the article again, or split it. Where it has to be as large, raise `limits` in \
             site.yaml.",
        ),
        entry(
            "too-deep",
            "Dozens of brackets stand inside each other. No field needs that, so something was \
             pasted into the wrong place.",
            "Take out what doesn't belong there.",
        ),
        entry(
            "twice",
            "A field stands in the same file twice, and the program doesn't guess which you mean.",
            "Keep the line that is right and delete the other.",
        ),
        entry(
            "unknown-field",
            "There is no field of that name here. It is misspelled, or belongs to another kind of \
             file. A comma between `{` and `}` can also cut a text in two.",
            "Take the name that the help line offers, or look it up in the list of all fields. \
             A text with a comma between braces goes in double quotes.",
        ),
        entry(
            "missing-field",
            "A field that must be there is not.",
            "Add the line that the help line shows, with your own words.",
        ),
        entry(
            "wrong-value",
            "The field is right, but what stands behind it has the wrong form: a date that is no \
             date, a list where one text belongs, a text where a list belongs, or nothing at all.",
            "Write it in the form of the help line. Days are written year first: `2026-03-02`. \
             Lists stand in brackets: `[feedback, email]`. A switch is `true` or `false`.",
        ),
        entry(
            "remark",
            "In the fields, a space and a `#` begin a remark, which nobody gets to see. Your text \
             holds such a sign, so its end would be lost.",
            "Put the whole text in double quotes.",
        ),
        entry(
            "not-utf8",
            "The file was saved in an old or unusual encoding, in which letters such as é or ß \
             are stored in another way than everywhere else.",
            "Open the file in your editor, choose *Save as*, and pick UTF-8 as the encoding.",
        ),
        entry(
            "unreadable",
            "The program may not open the file, or it is no file at all.",
            "Check who may read it, or put a fresh copy in its place.",
        ),
        entry(
            "symlink",
            "The file is a symbolic link: a sign that points to another place. Links are not \
             followed, so that a site never shows what lies outside of its folder.",
            "Put the file or the folder itself there.",
        ),
        entry(
            "file-name",
            "The name of a file becomes part of its address, and this name holds spaces, capitals \
             or signs that an address can't have.",
            "Rename the file as the help line says: small letters, digits and hyphens.",
        ),
        entry(
            "windows-name",
            "Windows keeps some names for itself (`con`, `aux`, `nul`, `com1` and a few more), and \
             no name holds one of the signs `< > : \" | ? * \\` there. Whoever works on the site on \
             Windows could not have this file, or not build it.",
            "Give it another name. The name may come from a file, from a tag or from an alias.",
        ),
        entry(
            "long-name",
            "The name of a file or folder has at most 255 bytes on every machine. A letter of \
             English is one byte; others are two to four.",
            "Make it shorter, whether it comes from a file, from a tag or from an alias.",
        ),
        entry(
            "misplaced",
            "The file stands in a folder inside the folder of a section. Sections have one level \
             only.",
            "Move the file up into the folder of its section.",
        ),
        entry(
            "slug-twice",
            "Two articles have the same file name, though in different sections. Articles name \
             each other by that name alone, so each may exist once.",
            "Rename one of them, and add its old address to its `aliases` if it was published.",
        ),
        entry(
            "unknown-section",
            "The file stands in a folder that `content/site.yaml` doesn't know.",
            "Add the folder to `sections`, or move the file into one that is listed. Pages that \
             are not for readers can stand in a folder listed under `aside`.",
        ),
    ],
};
