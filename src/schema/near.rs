//! The name that was probably meant.

/// The candidate nearest to what was typed, if one is near enough to suggest.
///
/// Near is: a third of the letters may differ (one at least, four at most), swapped neighbours as one
/// (Damerau-Levenshtein); failing that, one holds the other whole. Ties go to the first in order.
pub fn nearest<'a>(
    typed: &str,
    candidates: impl IntoIterator<Item = &'a str> + Clone,
) -> Option<&'a str> {
    let typed = typed.to_lowercase();
    let by_letters = by_letters(&typed, candidates.clone()).min();
    let by_part = || {
        candidates
            .into_iter()
            .filter(|name| typed.len() >= 4 && name.len() >= 4)
            .filter(|name| name.contains(&typed) || typed.contains(name))
            .min_by_key(|name| (name.len().abs_diff(typed.len()), *name))
    };
    by_letters.map(|(_, name)| name).or_else(by_part)
}

/// The candidate that must have been meant: the same but for small and capital letters or, where no
/// candidate is, the only one near by its letters.
pub fn only<'a>(typed: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let near: Vec<_> = by_letters(&typed.to_lowercase(), candidates).collect();
    let same: Vec<_> = near.iter().filter(|(distance, _)| *distance == 0).copied().collect();
    match (same.as_slice(), near.as_slice()) {
        ([(_, name)], _) | ([], [(_, name)]) => Some(name),
        _ => None,
    }
}

/// "did you mean `x`?" for the nearest candidate.
pub fn suggestion<'a>(
    typed: &str,
    candidates: impl IntoIterator<Item = &'a str> + Clone,
) -> Option<String> {
    nearest(typed, candidates).map(|name| format!("did you mean `{name}`?"))
}

/// The candidates near by their letters, each with how many differ.
fn by_letters<'a>(
    typed: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> impl Iterator<Item = (usize, &'a str)> {
    let allowed = (typed.chars().count() / 3).clamp(1, 4);
    let letters = Letters::of(typed);
    let near = candidates.into_iter().filter(move |name| letters.may_be_near(name, allowed));
    near.map(move |name| (strsim::damerau_levenshtein(typed, &name.to_lowercase()), name))
        .filter(move |(distance, _)| *distance <= allowed)
}

/// How often each letter stands in a word. A large site has thousands of names that are not near, and
/// their letters say so sooner than the distance does.
struct Letters {
    length: usize,
    /// Of ASCII; `None` where there are other letters, which may be of any length, or more than can be
    /// counted.
    counts: Option<[u8; 128]>,
}

impl Letters {
    fn of(typed: &str) -> Self {
        let mut counts = [0_u8; 128];
        let is_ascii = typed.bytes().all(|letter| {
            let count = counts.get_mut(usize::from(letter));
            count.map(|count| *count = count.saturating_add(1)).is_some()
        });
        let can_count = is_ascii && u8::try_from(typed.len()).is_ok();
        Self { length: typed.len(), counts: can_count.then_some(counts) }
    }

    /// False only where more letters differ than are allowed: each change adds or takes one at most.
    fn may_be_near(&self, name: &str, allowed: usize) -> bool {
        let difference = name.len().abs_diff(self.length);
        let Some(mut left) = self.counts.filter(|_| name.is_ascii()) else {
            return difference <= allowed * 4;
        };
        let common = name.bytes().filter(|letter| {
            let count = &mut left[usize::from(letter.to_ascii_lowercase())];
            let is_common = *count > 0;
            *count = count.saturating_sub(1);
            is_common
        });
        difference <= allowed && self.length.max(name.len()) - common.count() <= allowed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suggests_a_near_name_and_nothing_else() {
        let names = ["title", "description", "thank-you-after-rejection"];
        assert_eq!(nearest("tilte", names), Some("title"));
        assert_eq!(nearest("Descripton", names), Some("description"));
        assert_eq!(nearest("thank-you", names), Some("thank-you-after-rejection"));
        assert_eq!(nearest("stages", names), None);
    }

    #[test]
    fn letters_never_hide_a_name_that_is_near() {
        let names =
            ["tilte", "TITLES", "titel", "itle", "xtitle", "tytle", "t\u{ef}tle", "note", ""];
        for typed in ["title", "t\u{ef}tle", "tiltes", "aaaa", "note"] {
            let all =
                names.map(|name| (strsim::damerau_levenshtein(typed, &name.to_lowercase()), name));
            let allowed = (typed.chars().count() / 3).clamp(1, 4);
            let near = all.into_iter().filter(|(distance, _)| *distance <= allowed);
            assert!(by_letters(typed, names).eq(near), "{typed}");
        }
    }

    #[test]
    fn a_name_is_sure_where_no_other_is_as_near() {
        let names = ["note", "notes", "thank-you-note", "Email", "email-later"];
        assert_eq!(only("thank-yu-note", names), Some("thank-you-note"));
        assert_eq!(only("NOTE", names), Some("note"));
        assert_eq!(only("email", names), Some("Email"));
        assert_eq!(only("notess", names), None);
        assert_eq!(only("thank-you", names), None);
        assert_eq!(only("e", ["E", "e"]), None);
    }
}
