//! Tags and words of HTML, held against a tokenizer that knows the whole standard.

use html5gum::Tokenizer;
use postrej_site::html::{Token, decoded, tokens, words};

use crate::support::Site;

/// What is compared: words run together, names in small letters, values decoded.
#[derive(Debug, PartialEq, Eq, Default)]
struct Reading {
    words: String,
    tags: Vec<(String, Vec<(String, String)>)>,
}

fn ours(html: &str) -> Reading {
    let mut reading = Reading::default();
    for token in tokens(html) {
        match token {
            Token::Text(text) => reading.words.push_str(&words(text)),
            Token::Close(name) => reading.tags.push((format!("/{}", name.to_lowercase()), vec![])),
            Token::Open(tag) => {
                let attributes = tag.attributes();
                let attributes =
                    attributes.map(|(name, value)| (name.to_lowercase(), decoded(value).into()));
                let mut attributes: Vec<(String, String)> = attributes.collect();
                // of two with one name the first counts
                attributes.reverse();
                attributes.sort();
                attributes.dedup_by(|a, b| a.0 == b.0);
                reading.tags.push((tag.name.to_lowercase(), attributes));
            }
        }
    }
    reading
}

fn theirs(html: &str) -> Reading {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let mut reading = Reading::default();
    for Ok(token) in Tokenizer::new(html) {
        match token {
            html5gum::Token::String(own) => reading.words.push_str(&text(&own)),
            html5gum::Token::EndTag(tag) => {
                reading.tags.push((format!("/{}", text(&tag.name)), vec![]));
            }
            html5gum::Token::StartTag(tag) => {
                let attributes = tag.attributes.iter();
                let attributes = attributes.map(|(name, value)| (text(name), text(value)));
                reading.tags.push((text(&tag.name), attributes.collect()));
            }
            _ => {}
        }
    }
    reading
}

#[test]
fn odd_spellings_are_read_as_a_browser_reads_them() {
    for html in [
        "a < b <3 <> </> <! x> <?php?> </ b> end",
        "<A HREF=x&amp;y Name='o\"ld' data-a data-b = \"1 > 0\"/>words</A >",
        "<img src=a.png/alt=b><br/><p/class=x>",
        "<a =x y==z>&lt;&copy;&unknown; &#39;&hellip</a>",
        "<a href=\"?a=1&copy=2&amp;b\" title='&quot;&lt;'>",
        "<!-- <a href=no> --> yes <!--> <b> <!---> <i> <!-- --!> <u>",
        "<!doctype html><!-- never ends <a>",
        "one <a href='never ends>two",
        "one <a href",
        "<",
        "é<é></é>",
        "<p\n\tid\n=\nx\n>\u{c}</p\n>",
    ] {
        assert_eq!(ours(html), theirs(html), "{html}");
    }
}

#[test]
fn scripts_hold_no_tags() {
    let html = "<script>if (a < b) \"<a href=x></p>\"</SCRIPT ><title><b></title>&amp;<p>";
    let names: Vec<String> = ours(html).tags.into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["script", "/script", "title", "/title", "p"]);
    assert_eq!(ours(html).words, "if (a < b) \"<a href=x></p>\"<b>&");
}

#[test]
fn the_pages_of_a_site_are_read_alike() {
    let site = Site::small();
    site.write(
        "content/reply/note.md",
        "---\ntitle: A \"note\" <b> & more\ndescription: Say thanks.\ndate: 2026-03-02\n---\n\n\
         Say <span title='a > b' hidden>thanks</span>, *briefly* &hellip; <!-- no -->\n\n\
         <table><tr><td>x</table>\n\n```html\n<p>\n```\n",
    );
    assert_eq!(site.run("build").status, Some(0));
    let pages =
        site.files("public").into_iter().filter(|path| path.rsplit('.').next() == Some("html"));
    let read = pages.map(|path| {
        let html = site.read(&format!("public/{path}"));
        // a script's own text is no matter: the other side knows no elements, and JSON holds no tag
        assert_eq!(ours(&html).tags, theirs(&html).tags, "{path}");
    });
    assert!(read.count() > 3);
}
