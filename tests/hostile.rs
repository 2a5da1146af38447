//! Files that no author would write. Each ends with a site or with a report, and none takes long: a
//! parser that looks again and again at what it has seen would need minutes for one of them.

use crate::support::{Site, golden};

/// What is tried: a name, lines of the head, and the body.
fn texts() -> Vec<(&'static str, String, String)> {
    let head = |name, head: String| (name, head, "Words.".to_owned());
    let body = |name, body: String| (name, String::new(), body);
    let each =
        |count: usize, line: &dyn Fn(usize) -> String| (0..count).map(line).collect::<String>();
    let template = |words: &str| {
        format!(
            "```template\ntitle: Note\nchannel: email\nto: them\nsubject: Hi\n---\n{words}\n```"
        )
    };
    let names: Vec<char> = ('a'..='i').collect();
    let aliases = each(8, &|at| {
        let (before, own) = (names[at], names[at + 1]);
        format!("{own}: &{own} [{}]\n", vec![format!("*{before}"); 9].join(", "))
    });
    vec![
        head("a bomb of aliases", format!("a: &a [x, x, x, x, x, x, x, x, x]\n{aliases}")),
        head("50,000 brackets in a head", format!("tags: {}\n", "[".repeat(50_000))),
        head("50,000 braces in a head", format!("tags: {}\n", "{a: ".repeat(50_000))),
        head("10,000 levels", each(10_000, &|at| format!("{}a:\n", " ".repeat(at)))),
        head("10,000 hyphens", format!("tags:\n {}x\n", "- ".repeat(10_000))),
        head("a key of a megabyte", format!("{}: x\n", "k".repeat(1_000_000))),
        head("10,000 keys", each(10_000, &|at| format!("k{at}: x\n"))),
        body("50 MB", "Say thanks, in words of your own.\n\n".repeat(1_500_000)),
        body(
            "2 MB of code in one line",
            format!("```js\n{}\n```", "a=[1,\"x\",/re/];".repeat(150_000)),
        ),
        body("10,000 headings", each(10_000, &|at| format!("## Heading {at}\n\nWords.\n\n"))),
        body("10,000 headings of one name", "## Heading\n\nWords.\n\n".repeat(10_000)),
        body("10,000 quotations in each other", format!("{} words", ">".repeat(10_000))),
        body("10,000 lists in each other", format!("{} words", "- ".repeat(10_000))),
        body(
            "10,000 footnotes",
            each(10_000, &|at| format!("Words.[^{at}]\n\n[^{at}]: A note.\n\n")),
        ),
        body("50,000 footnotes that are not there", "[^x] ".repeat(50_000)),
        body("50,000 open brackets", "[".repeat(50_000)),
        body("50,000 links that do not end", "[a](".repeat(50_000)),
        body("50,000 stars", "*a _b ".repeat(50_000)),
        body("50,000 tags that do not end", "<".repeat(50_000)),
        body("20,000 comments that do not end", "a <!--".repeat(20_000)),
        body("20,000 elements in each other", "<div>\n".repeat(20_000)),
        body("20,000 dead links", "[a](b.md)\n\n".repeat(20_000)),
        body(
            "a table of 1,000 columns",
            format!("|{}\n|{}\n{}", "a|".repeat(1000), "-|".repeat(1000), "|a|\n".repeat(1000)),
        ),
        body("50,000 open brackets in a message", template(&"[".repeat(50_000))),
        body("20,000 gaps in a message", template(&"[role] ".repeat(20_000))),
    ]
}

#[test]
fn every_text_ends_with_a_site_or_a_report() {
    let mut seen = String::new();
    for (name, head, body) in texts() {
        let site = Site::small();
        let settings =
            "channels:\n  email: {label: E-mail}\nplaceholders:\n  role: {label: The role}\n";
        site.write("content/site.yaml", site.read("content/site.yaml") + settings);
        let text = format!(
            "---\ntitle: A note\ndescription: Words.\ndate: 2026-03-02\n{head}---\n\n{body}\n"
        );
        site.write("content/reply/note.md", text);
        let run = site.run("check");
        let lines: Vec<&str> = run.stderr.lines().collect();
        let first = lines.first().copied().unwrap_or_default();
        let last = lines.last().copied().unwrap_or_default();
        let short = |line: &str| line.chars().take(100).collect::<String>();
        seen += &[name, ":\n  ", &short(first), "\n  ", &short(last), "\n"].concat();
    }
    golden("hostile.txt", &seen);
}
