//! Ids and slugs: the last part of an address, made from words in any script.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The id of a heading, as GitHub makes it: lower case, letters, marks, digits, `-` and `_` kept,
/// spaces to hyphens, all else dropped. In Unicode form NFC; empty where nothing is kept.
pub fn heading_id(text: &str) -> String {
    text.nfc()
        .flat_map(char::to_lowercase)
        .filter_map(|c| match c {
            ' ' => Some('-'),
            '-' | '_' => Some(c),
            _ => (c.is_alphanumeric() || is_combining_mark(c)).then_some(c),
        })
        .collect()
}

/// A slug for names of the author's own (tags, titles): as [`heading_id`], runs of hyphens made one.
pub fn slug(text: &str) -> String {
    let id = heading_id(&text.replace(['/', '_'], " "));
    id.split('-').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heading_ids_follow_github_in_any_script() {
        assert_eq!(heading_id("What's next?"), "whats-next");
        assert_eq!(heading_id("E-mail & phone"), "e-mail--phone");
        assert_eq!(heading_id("بعد الرفض"), "بعد-الرفض");
        assert_eq!(heading_id("被拒之后"), "被拒之后");
        assert_eq!(heading_id("हिन्दी"), "हिन्दी");
        assert_eq!(heading_id("?!"), "");
    }

    #[test]
    fn slugs_join_words_with_one_hyphen() {
        assert_eq!(slug("E-mail & phone"), "e-mail-phone");
        assert_eq!(slug("Follow_up / later"), "follow-up-later");
    }
}
