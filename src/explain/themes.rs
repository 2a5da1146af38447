//! Themes: templates, scripts and words.

use super::{Chapter, entry};

pub(super) const CHAPTER: Chapter = Chapter {
    name: "mistakes-in-a-theme",
    title: "Mistakes in a theme",
    description: "Reports about the templates, scripts, words and version of a theme of your own.",
    entries: &[
        entry(
            "no-theme",
            "`content/site.yaml` or a `theme.yaml` names a theme that doesn't exist.",
            "Correct the name, make the folder `themes/NAME`, or take the line out.",
        ),
        entry(
            "theme-manifest",
            "A theme without a `theme.yaml` is taken for one that changes the default theme. It \
             works, but after an upgrade nobody can tell what it was written for.",
            "Make the file with the two lines that the help line shows.",
        ),
        entry(
            "theme-api",
            "The theme was written for another version of the template API than this program \
             has.",
            "If the theme is older, read the changelog and the theme API, mend the theme, and set \
             `api` to the new number. If it is newer, get a newer program.",
        ),
        entry(
            "theme-circle",
            "A theme extends itself, perhaps by way of another.",
            "Let one of them extend `default`, or take its `extends` out.",
        ),
        entry(
            "theme-lacks",
            "A theme without `extends` stands alone, so it has to bring every template itself.",
            "Add what is missing, or write `extends: default`.",
        ),
        entry(
            "theme-slot",
            "Others rely on something in a file of your theme, such as a component, an argument, \
             a block or an attribute for scripts, and it is not there. After an upgrade this says \
             what is new since you made your copy.",
            "Compare with the file that the help line names, and take over what changed. Write \
             what you leave out on purpose into the list at the top of your file.",
        ),
        entry(
            "old-copy",
            "A style or a script of your theme is a copy, and the original has changed since you \
             made it. The first line of the copy tells which state it was made from.",
            "Move your copy away, eject the file again, and carry your change over. To keep the copy \
             as it is, write the state that the help line names into its first line.",
        ),
        entry(
            "theme",
            "A template can't be understood: something isn't closed, or it uses a component, \
             filter or function that doesn't exist.",
            "Look at the place that is shown, and just above it.",
        ),
        entry(
            "unknown-variable",
            "A template uses a value that it isn't given. The page would have a hole there.",
            "Look the name up in the theme API, which lists what each template sees.",
        ),
        entry(
            "unknown-words",
            "A template asks for words of the theme that no table has, or a table has a line that \
             nothing asks for.",
            "Add the words to `strings/en.yaml` and to the table of your language, or correct the \
             name.",
        ),
        entry(
            "no-words",
            "The theme doesn't speak the language of the site, so its own words, such as the \
             label of a button, are in English.",
            "Translate `strings/en.yaml` of the default theme into a file of your own theme.",
        ),
        entry(
            "script-import",
            "A script asks for a file that the theme doesn't have.",
            "Write the path from this script to the other one.",
        ),
        entry(
            "script-export",
            "Scripts are put together by a simple rule, and this line says it in another way.",
            "Write `import` and `export` in the form that the help line shows.",
        ),
        entry(
            "card",
            "The picture for shared links is an SVG file made from `card.svg`, and what came out \
             is none.",
            "Look in `card.svg` for a tag that isn't closed.",
        ),
    ],
};
