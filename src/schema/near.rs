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
    let allowed = (typed.chars().count() / 3).clamp(1, 4);
    let by_letters = candidates
        .clone()
        .into_iter()
        .filter(|name| name.len().abs_diff(typed.len()) <= allowed * 4)
        .map(|name| (strsim::damerau_levenshtein(&typed, &name.to_lowercase()), name))
        .filter(|(distance, _)| *distance <= allowed)
        .min();
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
    let typed = typed.to_lowercase();
    let allowed = (typed.chars().count() / 3).clamp(1, 4);
    let near: Vec<(usize, &str)> = candidates
        .into_iter()
        .filter(|name| name.len().abs_diff(typed.len()) <= allowed * 4)
        .map(|name| (strsim::damerau_levenshtein(&typed, &name.to_lowercase()), name))
        .filter(|(distance, _)| *distance <= allowed)
        .collect();
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
