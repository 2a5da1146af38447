//! Sites of other generators: small ones that use what these have, and what becomes of them.

use std::collections::BTreeSet;
use std::path::Path;

use crate::support::{Site, golden, transcript};

const SYSTEMS: [&str; 4] = ["jekyll", "hugo", "zola", "docusaurus"];

/// A folder with the foreign site in `old`.
fn foreign(system: &str) -> Site {
    let start = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/import").join(system);
    let site = Site::with([]);
    for entry in walkdir::WalkDir::new(&start).into_iter().map(|entry| entry.expect("an entry")) {
        if entry.file_type().is_file() {
            let path = entry.path().strip_prefix(&start).expect("a path below");
            let text = std::fs::read_to_string(entry.path()).expect("a text").replace("\r\n", "\n");
            site.write(&format!("old/{}", path.to_string_lossy().replace('\\', "/")), text);
        }
    }
    site
}

fn imported(system: &str) -> Site {
    let site = foreign(system);
    let run = site.run(&format!("--root new import --from {system} --date 2026-11-01 old"));
    assert_eq!(run.status, Some(0), "{system}: {}", run.stderr);
    site
}

#[test]
fn each_file_has_its_equal() {
    for system in SYSTEMS {
        let site = imported(system);
        let files = site.files("new");
        for path in &files {
            golden(&format!("import/{system}/{path}"), &site.read(&format!("new/{path}")));
        }
        let expected =
            Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/import").join(system);
        let golden: BTreeSet<String> = walkdir::WalkDir::new(&expected)
            .into_iter()
            .filter_map(Result::ok)
            .filter(|entry| entry.file_type().is_file())
            .map(|entry| entry.path().strip_prefix(&expected).expect("below").to_owned())
            .map(|path| path.to_string_lossy().replace('\\', "/"))
            .collect();
        assert_eq!(files.into_iter().collect::<BTreeSet<_>>(), golden, "{system}");
    }
}

#[test]
fn what_comes_out_builds() {
    for system in SYSTEMS {
        let site = imported(system);
        let run = site.run("--root new build --no-cards --today 2026-11-01");
        assert_eq!(run.status, Some(0), "{system}: {}", run.stderr);
    }
}

#[test]
fn old_addresses_lead_to_the_new_ones() {
    let old = [
        ("jekyll", "letters/2024/01/02/first-letter.html", "posts/first-letter/"),
        ("jekyll", "first/index.html", "posts/first-letter/"),
        ("hugo", "2024/good-day/index.html", "posts/good-day/"),
        ("hugo", "begin/index.html", "docs/start/"),
        ("zola", "notes/the-desk/index.html", ""),
        ("zola", "desk.html", "notes/the-desk/"),
        ("docusaurus", "blog/2024/01/05/again/index.html", "blog/again/"),
        ("docusaurus", "docs/guide/the-plan/index.html", "docs-guide/the-plan/"),
    ];
    for system in SYSTEMS {
        let site = imported(system);
        assert_eq!(site.run("--root new build --no-cards --today 2026-11-01").status, Some(0));
        for (_, path, to) in old.iter().filter(|(own, _, _)| *own == system) {
            let page = site.read(&format!("new/public/{path}"));
            assert!(page.contains(&format!("/{to}")), "{system}: {path} does not lead to {to}");
        }
    }
}

/// The words of a text outside of template tags and addresses, which are what is mapped.
fn words(text: &str) -> BTreeSet<String> {
    let mut plain = text.to_owned();
    for (open, close) in [("{{", "}}"), ("{%", "%}"), ("](", ")")] {
        while let Some(start) = plain.find(open) {
            let end =
                plain[start..].find(close).map_or(plain.len(), |end| start + end + close.len());
            plain.replace_range(start..end, " ");
        }
    }
    words_of(&plain)
}

#[test]
fn no_word_is_lost() {
    // names of markup that is mapped: admonitions, tags and attributes
    let markup = "tabs tabitem value label default groupid classname toc tip info note way mail lead \
                  template linenos data go html more truncate";
    for system in SYSTEMS {
        let site = imported(system);
        let report = site.read("new/import-report.md");
        for path in site.files("old") {
            let is_page = [".md", ".mdx", ".markdown"].iter().any(|end| path.ends_with(end));
            // the settings keep this one out of the old site, too
            if !is_page || path == "notes/todo.md" {
                continue;
            }
            let told = report.split(&format!("## `{path}`\n")).nth(1).unwrap_or_default();
            let told = told.split("\n## ").next().unwrap_or_default();
            let whole = report.split(&format!("- `{path}`: became `")).nth(1);
            let became = told.split("Became `").nth(1).or(whole);
            let became = became.and_then(|rest| rest.split('`').next());
            let Some(new) = became else {
                let whole = ["it is not imported", "import that on its own"];
                assert!(whole.iter().any(|words| told.contains(words)), "{system}: {path}");
                continue;
            };
            let mut there = words_of(&site.read(&format!("new/{new}")));
            there.extend(words_of(told));
            there.extend(words_of(markup));
            let lost: Vec<String> = words(&body(&site.read(&format!("old/{path}"))))
                .difference(&there)
                .cloned()
                .collect();
            assert!(lost.is_empty(), "{system}: {path} lost {lost:?}");
        }
    }
}

/// The words of a text.
fn words_of(text: &str) -> BTreeSet<String> {
    let words = text.split(|c: char| !c.is_alphanumeric());
    words.filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

/// A text without its head.
fn body(text: &str) -> String {
    for rule in ["---\n", "+++\n"] {
        if let Some(rest) = text.strip_prefix(rule) {
            return rest.split_once(&format!("\n{rule}")).map_or(rest, |(_, body)| body).to_owned();
        }
    }
    text.to_owned()
}

/// Texts put together from all kinds of Markdown and tags, in which every word is another.
struct Writer {
    state: u64,
    words: usize,
}

impl Writer {
    /// A number below `end`; the same ones in every run.
    fn below(&mut self, end: usize) -> usize {
        self.state = self.state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        usize::try_from(self.state >> 33).unwrap_or_default() % end
    }

    fn filled(&mut self, form: &str) -> String {
        let parts: Vec<&str> = form.split('@').collect();
        let mut text = parts[0].to_owned();
        for part in &parts[1..] {
            self.words += 1;
            text.extend([format!("word{0}q {0}q", self.words).as_str(), part]);
        }
        text
    }

    fn one<'a>(&mut self, forms: &[&'a str]) -> &'a str {
        forms[self.below(forms.len())]
    }

    /// Blocks with other blocks inside, `around` which stand the tags of a generator.
    fn blocks(&mut self, depth: usize, around: &[(&str, &str)]) -> String {
        let forms = [
            "@ *@* `@`\n@",
            "@ [@](/nowhere/) [@][none] @",
            "[@](https://example.net \"@\")",
            "![@](missing.png \"@\")",
            "# @ <foo>@</foo>",
            "@ [@][none]\n@\n===",
            "```\n@\n```",
            "~~~template\n@\n~~~",
            "| @ | `@` |\n| --- | --- |\n| @ | [@][none] |",
            "<div style=\"a\">\n@\n</div>",
            "<!-- @ -->",
            "<script>@</script>",
            "    @",
            "@\n: @",
            "<iframe src=\"https://example.net/v\" title=\"@\"></iframe>",
            "[^@]: @",
            "@[^none]",
            "<img src=\"https://example.net/a.png\" alt=\"@\">",
        ];
        let number = 1 + self.below(3);
        let blocks = (0..number).map(|_| {
            let inner = |writer: &mut Self| writer.blocks(depth + 1, around);
            match if depth < 3 { self.below(6) } else { 9 } {
                0 => format!("> {}", inner(self).replace('\n', "\n> ")),
                1 => format!("- {}", inner(self).replace('\n', "\n  ")),
                2 | 3 => {
                    let (open, close) = around[self.below(around.len())];
                    let open = self.filled(open);
                    format!("{open}\n\n{}\n\n{close}", inner(self))
                }
                _ => {
                    let form = self.one(&forms);
                    self.filled(form)
                }
            }
        });
        blocks.collect::<Vec<_>>().join("\n\n")
    }
}

#[test]
fn whatever_is_written_is_in_the_text_or_in_the_report() {
    let jekyll = [
        ("{% note %}", "{% endnote %}"),
        ("{% highlight text %}", "{% endhighlight %}"),
        ("{% raw %}", "{% endraw %}"),
        ("{% if a %} {{ page.@ }}", "{% endif %}"),
    ];
    let hugo = [
        ("{{< notice warning >}}", "{{< /notice >}}"),
        ("{{% alert title=\"@\" %}}", "{{% /alert %}}"),
        ("{{< odd \"@\" >}}", "{{< /odd >}}"),
        ("{{< quote \"@\" >}}", "{{< /quote >}}"),
    ];
    let zola = [
        ("{% note(title=\"@\") %}", "{% end %}"),
        ("{{ odd(a=\"@\") }}{% more(a=1) %}", "{% end %}"),
    ];
    let docusaurus = [
        (":::note @", ":::"),
        (":::odd[@]", ":::"),
        ("<Tabs>\n<TabItem value=\"v\" label=\"@\">\n", "\n</TabItem>\n</Tabs>"),
        ("<Odd a=\"@\" />\n\n<Even>", "</Even>"),
    ];
    let systems: [(&str, &str, &str, &[_]); 4] = [
        ("jekyll", "", "_config.yml", &jekyll),
        ("hugo", "content/a/", "hugo.toml", &hugo),
        ("zola", "content/a/", "config.toml", &zola),
        ("docusaurus", "docs/", "docusaurus.config.js", &docusaurus),
    ];
    for (system, folder, settings, around) in systems {
        let site = Site::with([]);
        site.write(&format!("old/{settings}"), "");
        let mut writer = Writer { state: 7, words: 0 };
        let rule = if system == "zola" { "+++" } else { "---" };
        for number in 0..60 {
            let text = format!("{rule}\n{rule}\n{}\n", writer.blocks(0, around));
            site.write(&format!("old/{folder}p{number}.md"), text);
        }
        let run = site.run(&format!("--root new import --from {system} --date 2026-11-01 old"));
        assert_ne!(run.status, Some(2), "{system}: {}", run.stderr);
        let report = site.read("new/import-report.md");
        let texts = site.files("new").into_iter().map(|path| site.read(&format!("new/{path}")));
        let there: BTreeSet<String> = texts.flat_map(|text| words_of(&text)).collect();
        let lost: Vec<String> = (1..=writer.words)
            .map(|number| format!("word{number}q"))
            .filter(|word| !there.contains(word))
            .collect();
        assert!(lost.is_empty(), "{system} lost {lost:?}");
        assert!(!report.contains("no line gives the address of"), "{report}");
    }
}

#[test]
fn nothing_is_written_over() {
    let site = foreign("zola");
    site.write("new/content/notes/lamp.md", "mine\n");
    site.write("new/import-report.md", "mine\n");
    let commands = [
        "import --help",
        "import old",
        "import --from wordpress old",
        "import --from zola nowhere",
        "--root new import --from jekyll old/static",
        "--root new import --from zola --date 2026-11-01 old",
        "--root other import --from zola --date 2026-11-01 old",
        "--root other import --from zola --date 2026-11-01 --quiet old",
    ];
    golden("import/messages.txt", &transcript(&site, &commands));
    assert_eq!(site.files("new"), ["content/notes/lamp.md", "import-report.md"]);
    assert!(!site.path("other/.postrej-site-import.tmp").exists());
}

#[test]
fn settings_may_stand_beside_the_docs() {
    let site = Site::with([
        (
            "old/website/docusaurus.config.ts",
            "const config = {\n  title: 'Two folders',\n  url: 'https://example.net',\n  presets: [\n\
             docs: {\n path: '../docs',\n routeBasePath: '/',\n },\n blog: {\n path: './news',\n },\n],\n};\n",
        ),
        ("old/website/static/img/step.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>\n"),
        (
            "old/website/news/authors.yml",
            "jo:\n  name: The editor\n  url: https://jo.example.net\n",
        ),
        (
            "old/website/news/2024-01-05-again.md",
            "---\ntitle: Again\nauthors: [jo, {name: A guest, url: 'https://guest.example.net'}]\n---\nOnce more.\n",
        ),
        (
            "old/docs/intro.md",
            "---\ntitle: Intro\n---\nWords, ![a step](/img/step.svg) and [news](@site/news/2024-01-05-again.md).\n",
        ),
        ("old/examples/readme.md", "No page of the site.\n"),
    ]);
    let run = site.run("--root new import --from docusaurus --date 2026-11-01 old");
    assert_eq!(run.status, Some(0), "{}", run.stderr);
    assert!(site.read("new/content/site.yaml").starts_with("title: Two folders\n"));
    let intro = site.read("new/content/docs/intro.md");
    assert!(intro.contains("![a step](../img/step.svg) and [news](../blog/again.md)"), "{intro}");
    assert!(intro.contains("aliases: [/intro]"), "{intro}");
    let again = site.read("new/content/blog/again.md");
    assert!(again.contains("authors: [The editor, A guest]"), "{again}");
    let report = site.read("new/import-report.md");
    assert!(report.contains("https://guest.example.net"), "{report}");
    assert!(!site.path("new/content/blog/authors.yml").exists());

    let run = site.run("--root other import --from docusaurus old/website");
    assert_eq!(run.status, Some(0), "its news are there: {}", run.stderr);
    let report = site.read("other/import-report.md");
    assert!(report.contains("- `../docs`: lies outside of this folder"), "{report}");
    site.remove("old/website/news/2024-01-05-again.md");
    let run = site.run("--root third import --from docusaurus old/website");
    let told = "help: `../docs`, which `docusaurus.config.ts` names, lies outside of this folder: import \
                the folder above, which holds both\n";
    assert!(run.stderr.ends_with(told), "{}", run.stderr);
}

#[test]
fn what_is_in_the_way_is_told_before_anything_is_written() {
    let site = foreign("zola");
    site.write("new/content", "a file, and no folder\n");
    let run = site.run("--root new import --from zola old");
    assert_eq!(run.status, Some(2));
    assert!(
        run.stderr.starts_with("error: in the way of the new files: `new/content`"),
        "{}",
        run.stderr
    );
    assert_eq!(site.files("new"), ["content"]);
}

#[test]
fn a_file_in_an_older_encoding_keeps_its_letters() {
    let site = Site::with([("old/_config.yml", "name: Letters\n")]);
    site.write("old/plan.md", b"---\ntitle: Plan\n---\nThe caf\xe9 is closed.\n");
    let run = site.run("--root new import --from jekyll --date 2026-11-01 old");
    assert_eq!(run.status, Some(0), "{}", run.stderr);
    assert!(site.read("new/content/plan.md").contains("The caf\u{e9} is closed."));
    assert!(site.read("new/import-report.md").contains("is not UTF-8; it was read as Latin-1"));
    assert!(site.read("new/content/site.yaml").starts_with("title: Letters\n"));
}

#[cfg(unix)]
#[test]
fn links_that_are_not_followed_are_named() {
    let site = foreign("zola");
    std::os::unix::fs::symlink("notes", site.path("old/content/else")).expect("a link");
    std::os::unix::fs::symlink("lamp.svg", site.path("old/static/light.svg")).expect("a link");
    let run = site.run("--root new import --from zola --date 2026-11-01 old");
    assert_eq!(run.status, Some(0), "{}", run.stderr);
    let report = site.read("new/import-report.md");
    for path in ["content/else", "static/light.svg"] {
        let told = format!("## `{path}`\n\n- is a symbolic link, which is not followed: ");
        assert!(report.contains(&told), "{report}");
    }
    site.write("linked/config.toml", "title = \"All elsewhere\"\n");
    std::os::unix::fs::symlink("../old/content", site.path("linked/content")).expect("a link");
    let run = site.run("--root other import --from zola linked");
    assert!(run.stderr.contains("symbolic links are not followed: `content`"), "{}", run.stderr);
}

#[test]
fn the_same_site_gives_the_same_bytes() {
    let (first, second) = (imported("hugo"), imported("hugo"));
    for path in first.files("new") {
        let path = format!("new/{path}");
        assert_eq!(first.read(&path), second.read(&path), "{path}");
    }
}
