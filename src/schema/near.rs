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
}
