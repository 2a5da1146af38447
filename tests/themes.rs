//! Themes: one on top of another, what is checked in them, and copies to change.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use walkdir::WalkDir;

use crate::support::{Run, SMALL, Site, golden, transcript};

const EXTENDS: &str = "api: 1\nextends: default\n";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A shipped file: `default/templates/base.html`.
fn shipped(path: &str) -> String {
    fs::read_to_string(root().join("themes").join(path)).expect("a file of a shipped theme")
}

/// The smallest site with a theme `mine` of these files.
fn themed<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Site {
    let site = Site::with(SMALL);
    site.write("content/site.yaml", site.read("content/site.yaml") + "theme: mine\n");
    for (path, text) in files {
        site.write(&format!("themes/mine/{path}"), text);
    }
    site
}

fn is_html(path: &str) -> bool {
    Path::new(path).extension().is_some_and(|kind| kind == "html")
}

/// The same with any version of the program.
fn steady(text: &str) -> String {
    text.replace(env!("CARGO_PKG_VERSION"), "VERSION")
}

/// All that a person saw of a build.
fn told(site: &Site, name: &str) {
    golden(&format!("themes/{name}.txt"), &transcript(site, &["build"]));
}

#[test]
fn a_theme_changes_the_one_it_extends_file_by_file() {
    let theirs = "api: 1\nextends: default\nname: Theirs\n";
    let site = themed([
        ("theme.yaml", "api: 1\nextends: theirs\nname: Mine\ndescription: Smaller.\n"),
        ("styles/zz-mine.css", ".mine { color: red; }\n"),
    ]);
    site.write("themes/theirs/theme.yaml", theirs);
    site.write("themes/theirs/styles/zz-theirs.css", ".theirs { color: red; }\n");
    site.write("themes/theirs/styles/zz-mine.css", ".hidden { color: red; }\n");
    site.write("themes/other/styles/zz-other.css", ".other { color: red; }\n");
    let Run { status, stderr, .. } = site.run("build");
    assert_eq!(status, Some(0), "{stderr}");
    assert!(!stderr.contains("warning"), "{stderr}");
    let files = site.files("public");
    let style = files.iter().find(|path| path.starts_with("assets/style.")).expect("a style");
    let style = site.read(&format!("public/{style}"));
    for (rule, there) in
        [(".mine {", true), (".theirs {", true), (".hidden", false), (".other", false)]
    {
        assert_eq!(style.contains(rule), there, "{rule}");
    }
}

#[test]
fn a_theme_yaml_is_checked_like_every_head() {
    let yaml = "api: 2\nextend: default\nname: [a]\n";
    told(&themed([("theme.yaml", yaml)]), "manifest");
    told(&themed([("theme.yaml", "api: 0\nextends: defualt\n")]), "manifest-old");
    told(&themed([("theme.yaml", "name: Mine\nextends: default\n")]), "manifest-without-api");
}

#[test]
fn a_folder_without_a_theme_yaml_is_taken_with_a_warning() {
    told(&themed([("styles/mine.css", "p { margin: 0 }\n")]), "no-manifest");
}

#[test]
fn a_theme_that_is_not_there_is_named() {
    let site = Site::with(SMALL);
    site.write("content/site.yaml", site.read("content/site.yaml") + "theme: plian\n");
    told(&site, "no-theme");
    let site = Site::with(SMALL);
    site.write("content/site.yaml", site.read("content/site.yaml") + "theme: mine\n");
    told(&site, "no-folder");
}

#[test]
fn themes_that_extend_each_other_are_told() {
    let site = themed([("theme.yaml", "api: 1\nextends: theirs\n")]);
    site.write("themes/theirs/theme.yaml", "api: 1\nextends: mine\n");
    told(&site, "circle");
    told(&themed([("theme.yaml", "api: 1\nextends: mine\n")]), "circle-of-one");
}

#[test]
fn a_theme_that_stands_alone_has_to_have_what_pages_are_made_with() {
    told(&themed([("theme.yaml", "api: 1\n"), ("templates/base.html", "<p>")]), "alone");
}

#[test]
fn a_template_may_use_only_what_the_api_has() {
    let card = "{% component card(view) %}\n<li>{{ view.titel }} {{ page.title }} {{ view.title.x }}</li>\n\
                {% endcomponent card %}\n";
    let article = "{% extends \"base.html\" %}\n{% block main %}\n\
                   {%- for card in view.relatd %}{{ card.anything }}{% endfor %}\n\
                   {%- for card in view.related %}{{ card.url }}{{ card.link }}{% endfor %}\n\
                   {%- set around = view.around %}{{ around.nxt?.url }}{{ view.related.title }}\n\
                   <ul>{{ [tag.lable for tag in view.tags] | join(sep=\", \") }}</ul>\n\
                   {% if vew.next and not page.title is containing(pat=\"x\") %}{{ loop }}{% endif %}\n\
                   {{ body | safe }}{{ <card view={view.nekst} /> }}\n{% endblock main %}\n";
    let site = themed([
        ("theme.yaml", EXTENDS),
        ("components/card/template.html", card),
        ("templates/article.html", article),
    ]);
    told(&site, "unknown-variables");
}

#[test]
fn a_slot_that_others_rely_on_is_missed_by_its_name() {
    let base =
        "<!doctype html>\n<title>{{ page.title }}</title>\n{% block main %}{% endblock main %}\n";
    let card =
        "{% component card(item, size) %}<li>{{ item }}{{ size }}</li>{% endcomponent card %}\n";
    let cards = "{% component kards(cards) %}<ul></ul>{% endcomponent kards %}\n";
    let page = "{% extends \"base.html\" %}{% block mian %}{% endblock mian %}\n";
    let checklist =
        "{% component checklist(view) %}<p data-checklist></p>{% endcomponent checklist %}\n";
    let site = themed([
        ("theme.yaml", EXTENDS),
        ("templates/base.html", base),
        ("templates/page.html", page),
        ("components/card/template.html", card),
        ("components/cards/template.html", cards),
        ("components/checklist/template.html", checklist),
    ]);
    told(&site, "slots");
}

#[test]
fn a_copy_says_what_changed_since_it_was_made() {
    let site = themed([("theme.yaml", EXTENDS)]);
    let run = site.run("theme eject message");
    assert_eq!(run.status, Some(0), "{}", run.stderr);
    let run = site.run("check");
    assert_eq!(run.status, Some(0), "a copy is as good as what it was made from: {}", run.stderr);
    let path = "themes/mine/components/message/template.html";
    let text = site.read(path);
    // as if it had been made when the component took a title and knew no parts of text messages
    let older = text
        .replace("message(view) ways(view)", "message(view,title) ways(view)")
        .replace(" data-count-parts", "")
        .replace("component message(view)", "component message(view, title)");
    site.write(path, older);
    golden("themes/older-copy.txt", &steady(&transcript(&site, &["check"])));
    // left out on purpose: the list of the first line knows the attribute
    site.write(
        path,
        text.replace("{% endif %} data-count-parts{", "{").replace("\" data-count-parts{", "\"{"),
    );
    let run = site.run("check");
    assert_eq!(run.status, Some(0), "{}", run.stderr);
}

#[test]
fn a_copy_of_a_style_or_script_is_told_when_its_original_has_changed() {
    let site = themed([("theme.yaml", "api: 1\nextends: theirs\n")]);
    site.write("themes/theirs/theme.yaml", EXTENDS);
    site.write("themes/theirs/styles/zz-theirs.css", ".theirs { color: red; }\n");
    for part in ["zz-theirs.css", "announce.js"] {
        let run = site.run(&format!("theme eject {part}"));
        assert_eq!(run.status, Some(0), "{}", run.stderr);
    }
    let run = site.run("check");
    assert_eq!(run.status, Some(0), "a copy is as new as what it was made from: {}", run.stderr);
    let ours = "themes/mine/styles/zz-theirs.css";
    site.write(ours, site.read(ours) + ".ours { color: blue; }\n");
    assert_eq!(site.run("check").status, Some(0), "what was changed here is the author's");
    site.write("themes/theirs/styles/zz-theirs.css", ".theirs { color: green; }\r\n");
    let run = site.run("check");
    golden("themes/old-copy.txt", &steady(&run.stderr));
    let state = run.stderr.split("write `as ").nth(1).and_then(|rest| rest.split('`').next());
    let (first, rest) = site
        .read(ours)
        .split_once('\n')
        .map(|(a, b)| (a.to_owned(), b.to_owned()))
        .expect("a line");
    let first = first.split(", as ").next().expect("its beginning").to_owned();
    site.write(ours, format!("{first}, as {} */\n{rest}", state.expect("the new state")));
    let run = site.run("check");
    assert_eq!(run.status, Some(0), "{}", run.stderr);
}

#[test]
fn parts_are_copied_and_nothing_is_overwritten() {
    let site = Site::with(SMALL);
    let commands = [
        "theme eject crumbs",
        "theme eject crumbs",
        "theme eject article.html",
        "theme eject tokens.css",
        "theme eject mesage",
        "theme eject zzzzzzzz",
        "check",
    ];
    golden("themes/eject.txt", &transcript(&site, &commands));
    assert_eq!(site.read("themes/own/theme.yaml"), EXTENDS);
    let copy = site.read("themes/own/styles/tokens.css");
    let (first, rest) = copy.split_once('\n').expect("a first line");
    assert_eq!(rest, shipped("default/styles/tokens.css").replace("\r\n", "\n"));
    let from = "/* ejected from default VERSION, styles/tokens.css, as ";
    assert!(steady(first).starts_with(from), "{first}");
    golden(
        "themes/ejected-crumbs.html",
        &steady(&site.read("themes/own/components/crumbs/template.html")),
    );
    let listed = site.run("theme list").stdout;
    assert!(listed.contains("\ncrumbs      (changed here) The way back up.\n"), "{listed}");
}

#[test]
fn a_line_of_the_author_is_never_rewritten() {
    let site = Site::with(SMALL);
    let settings = site.read("content/site.yaml") + "theme: plain\n";
    site.write("content/site.yaml", &settings);
    golden("themes/eject-from-plain.txt", &transcript(&site, &["theme eject entries"]));
    assert_eq!(site.read("content/site.yaml"), settings);
    assert_eq!(site.read("themes/own/theme.yaml"), "api: 1\nextends: plain\n");
}

#[test]
fn the_api_knows_every_name_of_the_shipped_themes() {
    for theme in ["default", "plain"] {
        let site = Site::with(SMALL);
        site.write(
            "content/site.yaml",
            format!("{}theme: {theme}\n", site.read("content/site.yaml")),
        );
        let folder = root().join("themes").join(theme);
        let entries = WalkDir::new(&folder).into_iter().filter_map(Result::ok);
        for entry in entries.filter(|entry| entry.file_type().is_file()) {
            let path = entry.path().strip_prefix(&folder).expect("a path below");
            let path = path.to_string_lossy().replace('\\', "/");
            if is_html(&path) {
                // another byte, so that it is looked at
                let text = fs::read_to_string(entry.path()).expect("a template");
                site.write(&format!("themes/{theme}/{path}"), text + "{# changed #}\n");
            }
        }
        let run = site.run("check");
        assert_eq!(run.status, Some(0), "{theme}: {}", run.stderr);
    }
}

#[test]
fn every_template_of_the_default_theme_is_in_the_api() {
    let docs = Site::small().run("theme docs").stdout;
    let table = docs.split("\n## ").find(|part| part.starts_with("Templates")).expect("a table");
    let lines = table.lines().filter_map(|line| line.strip_prefix("| ")?.split(' ').next());
    let told: BTreeSet<String> = lines.filter(|name| is_html(name)).map(str::to_owned).collect();
    let there = fs::read_dir(root().join("themes/default/templates")).expect("templates");
    let there = there.map(|entry| entry.expect("a template").file_name());
    let there: BTreeSet<String> = there
        .map(|name| name.to_string_lossy().into_owned())
        .filter(|name| name != "base.html" && is_html(name))
        .collect();
    assert_eq!(told, there);
    assert!(!docs.contains(": any"), "a component of the default theme says what it takes");
}
