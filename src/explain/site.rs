//! What articles are to each other, and what the whole site shares.

use super::{Chapter, entry};

pub(super) const CHAPTER: Chapter = Chapter {
    name: "mistakes-in-the-site",
    title: "Mistakes between articles and in site.yaml",
    description: "Reports about related articles, tags, paths, addresses and the settings of the site.",
    entries: &[
        entry(
            "unknown-related",
            "`related` names an article that isn't there, or isn't published yet.",
            "Write the name of the article's file without `.md`. If it is a draft, publish both \
             together, or add the line later.",
        ),
        entry("related-self", "The article names itself as related.", "Take the line out."),
        entry(
            "related-twice",
            "`related` names one article twice.",
            "Keep the line with the better reason.",
        ),
        entry(
            "unknown-next",
            "`next` names an article that isn't there, or isn't published yet.",
            "Write the name of the article's file without `.md`, or take the line out: the \
             journey then ends here.",
        ),
        entry(
            "unknown-wait",
            "The second way on of a situation leads to an article that isn't there.",
            "Write the name of the article's file without `.md` behind `wait`.",
        ),
        entry(
            "unknown-order",
            "`order` names something that isn't in this folder.",
            "Correct the name, or take it out. What `order` leaves out follows by its title.",
        ),
        entry(
            "unknown-begin",
            "A journey begins with an article that isn't there.",
            "Write the name of the article's file without `.md` behind `begin`.",
        ),
        entry(
            "journey-loop",
            "Following `next` from article to article comes back to where it has been, so the \
             journey would never end.",
            "Take out one `next` of the circle.",
        ),
        entry(
            "unknown-stage",
            "The stage is not in the site's list.",
            "Take the one that the help line offers, or add it under `stages` in \
             `content/site.yaml`.",
        ),
        entry(
            "unknown-source",
            "The source is not in the site's list.",
            "Take the one that the help line offers, or add it under `sources` in \
             `content/site.yaml`.",
        ),
        entry(
            "tag-spelling",
            "Two tags differ in a capital, a hyphen or a plural only. Readers would get two lists \
             where they look for one.",
            "Write the tag in one way in all articles. `postrej-site check --fix` can do it.",
        ),
        entry(
            "tag-name",
            "The tag has no letter or digit, so its page could have no address.",
            "Write a word.",
        ),
        entry(
            "alias",
            "An old address has to begin with a slash and stands without the name of the host.",
            "Write it as the help line says: `/old/address/`.",
        ),
        entry(
            "same-address",
            "Two pages, or a page and an old address, want the same address. One of them would \
             overwrite the other.",
            "Rename one of them, or take the alias out.",
        ),
        entry(
            "no-home",
            "The site has no `content/index.md`, so it has no first page.",
            "Write that file with a title and a sentence or two.",
        ),
        entry(
            "no-section",
            "`content/site.yaml` lists a folder that has no `index.md`, so the section has no \
             title and no page.",
            "Write `index.md` in that folder, with a title.",
        ),
        entry(
            "section-name",
            "The name of a section becomes part of addresses, and this one holds spaces, capitals \
             or other signs.",
            "Use small letters, digits and hyphens, and give the folder the same name.",
        ),
        entry(
            "section-twice",
            "A section stands in the list twice, or under `sections` and `aside` at once.",
            "Keep it once.",
        ),
        entry(
            "unknown-page",
            "`pages` lists a page that isn't there.",
            "Write `content/NAME.md`, correct the name, or take it out.",
        ),
        entry(
            "stage-name",
            "Two stages would have the same address, or one has no letter at all.",
            "Give it another name.",
        ),
        entry(
            "base-url",
            "`base_url` has to be a whole address. Feeds, the sitemap and shared links need it.",
            "Write it in full, with `https://` and the path, if there is one.",
        ),
        entry(
            "synonyms",
            "Each line of `synonyms` is a group of words that mean the same. This one has a \
             single word, a word that another line has already, or no word at all.",
            "Put what means the same on one line, with commas between the words.",
        ),
        entry(
            "cms-repo",
            "The browser editor has to know where to save, and this is no repository on GitHub.",
            "Write whose it is, a slash, and its name: `repo: owner/name`.",
        ),
        entry(
            "cms-sign-in",
            "`sign_in` has to be the whole address of a service that signs people in.",
            "Write it with `https://`, or leave it out: people then sign in with a token.",
        ),
        entry(
            "no-cms",
            "`cms` asks for the browser editor, and its files are not part of the site yet.",
            "Run `npm pack @sveltia/cms` and unpack its folder `npm` to \
             `content/admin/sveltia`. If you don't want the editor, take `cms` out.",
        ),
    ],
};
