//! The text of a made article.

use crate::article::Purpose;
use crate::random::Random;
use crate::words::{VOCABULARY, capital, word};
use crate::{Block, Corpus, Inline, Message};

/// After how many words an article ends, with the section begun; that is 880 in the middle.
const LEAST: usize = 670;
const MOST: usize = 870;

const TONES: [&str; 3] = ["warm", "brief", "formal"];

/// So many words of the language, without a full stop.
pub fn words(random: &mut Random, count: usize) -> String {
    let words: Vec<String> = (0..count).map(|_| word(random.uneven(VOCABULARY))).collect();
    words.join(" ")
}

/// Words that say what something is about, of the few thousand most common of these.
pub fn names(random: &mut Random, count: usize) -> String {
    let words: Vec<String> = (0..count).map(|_| word(120 + random.uneven(6000))).collect();
    words.join(" ")
}

/// The text of an article.
pub fn blocks(corpus: &Corpus, number: usize) -> Vec<Block> {
    let mut writer =
        Writer { corpus, number, random: Corpus::random(number, Purpose::Body), words: 0 };
    let end = writer.random.between(LEAST, MOST);
    let (code, list) = (writer.random.percent(20), writer.random.percent(60));
    let messages = if writer.random.percent(30) { 2 } else { 0 };

    let mut blocks = vec![writer.paragraph(), writer.paragraph()];
    let mut sections = 0;
    while writer.words < end {
        let level = if sections > 1 && writer.random.percent(20) { 3 } else { 2 };
        let length = writer.random.between(2, 5);
        blocks.push(Block::Heading(level, capital(&names(&mut writer.random, length))));
        blocks.push(writer.paragraph());
        match sections {
            0 if list => blocks.push(writer.list()),
            1 if code => blocks.push(writer.code()),
            2 | 3 if sections - 2 < messages => blocks.push(writer.message()),
            _ => {}
        }
        blocks.push(writer.paragraph());
        sections += 1;
    }
    blocks
}

/// Draws one block after the other, and counts its words.
struct Writer<'a> {
    corpus: &'a Corpus,
    number: usize,
    random: Random,
    words: usize,
}

impl Writer<'_> {
    fn text(&mut self, count: usize) -> String {
        self.words += count;
        words(&mut self.random, count)
    }

    fn sentence(&mut self) -> String {
        let count = self.random.between(7, 19);
        format!("{}.", capital(&self.text(count)))
    }

    fn paragraph(&mut self) -> Block {
        let mut parts = Vec::new();
        for _ in 0..self.random.between(3, 5) {
            let sentence = self.sentence();
            parts.push(Inline::Text(format!("{sentence} ")));
            if self.random.percent(10) {
                parts.push(Inline::Strong(capital(&self.text(3))));
                parts.push(Inline::Text(". ".to_owned()));
            }
        }
        let other = self.corpus.other(self.number, &mut self.random);
        if self.random.percent(30) && other != self.number {
            parts.push(Inline::Text("See also ".to_owned()));
            parts.push(Inline::Link(self.text(3), other));
            parts.push(Inline::Text(".".to_owned()));
        } else {
            let sentence = self.sentence();
            parts.push(Inline::Text(sentence));
        }
        Block::Paragraph(parts)
    }

    fn list(&mut self) -> Block {
        let count = self.random.between(4, 6);
        Block::List((0..count).map(|_| self.sentence()).collect())
    }

    fn code(&mut self) -> Block {
        let (name, other) = (names(&mut self.random, 1), names(&mut self.random, 1));
        let count = self.random.between(2, 40);
        self.words += 20;
        match self.random.below(3) {
            0 => Block::Code(
                "python",
                format!(
                    "def {name}({other}):\n    \"\"\"Count the {other}.\"\"\"\n    total = {count}\n    \
                     for one in {other}:\n        total += len(one)\n    return total\n"
                ),
            ),
            1 => Block::Code(
                "json",
                format!(
                    "{{\n  \"{name}\": {count},\n  \"{other}\": [true, null, \"{name} {other}\"]\n}}\n"
                ),
            ),
            _ => Block::Code(
                "bash",
                format!(
                    "for file in {name}/*.txt; do\n  grep -c \"{other}\" \"$file\" | head -n {count}\n\
                     done\n"
                ),
            ),
        }
    }

    fn message(&mut self) -> Block {
        let tone = *self.random.one_of(&TONES);
        let first = self.sentence();
        let second = self.sentence();
        self.words += 16;
        Block::Message(Message {
            title: capital(&names(&mut self.random, 3)),
            tone,
            subject: format!("The [role] role and {}", names(&mut self.random, 2)),
            paragraphs: vec![
                "Hi [interviewer],".to_owned(),
                format!("Thank you for telling me about the [role] role at [company]. {first}"),
                second,
                "[your name]".to_owned(),
            ],
        })
    }
}
