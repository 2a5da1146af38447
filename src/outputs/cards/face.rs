//! The face that cards are set in: Libertinus Serif in two weights, under the SIL Open Font License.
//!
//! It has Latin, Greek and Cyrillic. Hebrew it has as well, but a card's lines are laid out from left
//! to right, so that right-to-left words count as words it has not.

use std::ops::RangeInclusive;
use std::sync::{Arc, LazyLock};

use resvg::usvg::fontdb::{Database, Source};
use skrifa::charmap::Charmap;
use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::GlyphMetrics;
use skrifa::{FontRef, MetadataProvider};
use unicode_normalization::UnicodeNormalization;

/// What the face calls itself, for `font-family`.
pub const FAMILY: &str = "Libertinus Serif";

const REGULAR: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/regular.otf"));
const SEMIBOLD: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/semibold.otf"));

/// The weights of CSS: below the middle between the two, the regular face is shown.
const MIDDLE: u16 = 500;

/// Hebrew, Arabic and their neighbours, and their presentation forms.
const RIGHT_TO_LEFT: [RangeInclusive<char>; 3] =
    ['\u{590}'..='\u{8FF}', '\u{FB1D}'..='\u{FDFF}', '\u{FE70}'..='\u{FEFE}'];

/// Invisible where a letter would stand: where a word may break or join.
const INVISIBLE: [char; 6] = ['\n', '\u{AD}', '\u{200B}', '\u{200C}', '\u{200D}', '\u{2060}'];

/// What is asked of one weight.
struct Face {
    letters: Charmap<'static>,
    widths: GlyphMetrics<'static>,
}

static FACES: LazyLock<Option<[Face; 2]>> =
    LazyLock::new(|| Some([face(REGULAR)?, face(SEMIBOLD)?]));

fn face(bytes: &'static [u8]) -> Option<Face> {
    let font = FontRef::new(bytes).ok()?;
    let widths = font.glyph_metrics(Size::new(1.0), LocationRef::default());
    Some(Face { letters: font.charmap(), widths })
}

/// Whether every letter can be drawn, in both weights.
pub fn covers(text: &str) -> bool {
    let Some(faces) = FACES.as_ref() else { return false };
    let foreign = |letter| RIGHT_TO_LEFT.iter().any(|range| range.contains(&letter));
    let there = |letter: char| faces.iter().all(|face| face.letters.map(letter).is_some());
    text.nfc().all(|letter| INVISIBLE.contains(&letter) || (there(letter) && !foreign(letter)))
}

/// The width of a line in its own size, without kerning, which takes a little away.
pub fn width(text: &str, weight: u16) -> f32 {
    let Some([regular, semibold]) = FACES.as_ref() else { return 0.0 };
    let face = if weight <= MIDDLE { regular } else { semibold };
    let advance = |letter: char| face.widths.advance_width(face.letters.map(letter)?);
    text.nfc().filter(|letter| !INVISIBLE.contains(letter)).filter_map(advance).sum()
}

/// Both weights for the renderer, and no face of the machine.
pub fn database() -> Arc<Database> {
    static DATABASE: LazyLock<Arc<Database>> = LazyLock::new(|| {
        let mut database = Database::new();
        for face in [REGULAR, SEMIBOLD] {
            database.load_font_source(Source::Binary(Arc::new(face)));
        }
        database.set_serif_family(FAMILY);
        database.set_sans_serif_family(FAMILY);
        database.set_monospace_family(FAMILY);
        Arc::new(database)
    });
    Arc::clone(&DATABASE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_faces_are_the_two_that_are_meant() {
        let faces: Vec<_> = database()
            .faces()
            .map(|face| (face.post_script_name.clone(), face.weight.0, face.families.len()))
            .collect();
        let expected = [("LibertinusSerif-Regular", 400, 1), ("LibertinusSerif-Semibold", 600, 1)];
        assert_eq!(faces, expected.map(|(name, weight, names)| (name.to_owned(), weight, names)));
    }

    #[test]
    fn europe_is_covered() {
        let titles = [
            "What to say when “no” isn’t the end – & what not to <say>?",
            "Für Jürgen: Ärger, Größe, Übung",
            "Żółć, Łódź, Ørsted, İstanbul, Ţară, Đakovo",
            "Ευχαριστώ που με ενημερώσατε",
            "Спасибо за ответ, ещё раз",
            "e\u{301}crire", // a letter and its mark on their own
            "soft\u{AD}ly",
        ];
        for title in titles {
            assert!(covers(title), "{title}");
        }
        for title in ["感谢您", "شكرا", "תודה", "ขอบคุณ", "Well done 🎉", "\u{E000}"]
        {
            assert!(!covers(title), "{title}");
        }
    }

    #[test]
    fn letters_have_their_own_widths() {
        let (narrow, wide) = (width("iiii", 400), width("MMMM", 400));
        assert!(narrow > 0.5 && narrow < wide && wide < 5.0, "{narrow} {wide}");
        assert!(width("rejection", 600) > width("rejection", 400));
        assert!((width("e\u{301}", 400) - width("é", 400)).abs() < f32::EPSILON);
    }
}
