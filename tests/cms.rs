//! The browser editor as `cms` in site.yaml asks for it: what is written, and what is refused.

use serde_json::Value;

use crate::support::Site;
use crate::support::server::Server;

/// A small site whose site.yaml ends with these lines, with or without the editor's files.
fn site(cms: &str, package: bool) -> Site {
    let site = Site::small();
    let own = "stages: {interview: {label: Interview}}\nchannels: {email: {label: E-mail}}\n";
    site.write("content/site.yaml", site.read("content/site.yaml") + own + cms);
    if package {
        site.write("content/admin/sveltia/index.js", "export {};\n");
    }
    site
}

fn settings(site: &Site) -> Value {
    let run = site.run("build");
    assert_eq!(run.status, Some(0), "{}", run.stderr);
    serde_json::from_str(&site.read("public/admin/config.json")).expect("JSON")
}

#[test]
fn a_site_has_no_editor_unless_it_asks_for_one() {
    let site = site("", false);
    assert_eq!(site.run("build").status, Some(0));
    assert!(!site.path("public/admin").exists());
}

#[test]
fn an_editor_saves_to_the_repository_that_is_named() {
    let whole = "cms: {repo: owner/site, branch: live, sign_in: 'https://sign-in.example.org'}\n";
    let backend = &settings(&site(whole, true))["backend"];
    let wanted = serde_json::json!({
        "name": "github", "repo": "owner/site", "branch": "live",
        "base_url": "https://sign-in.example.org",
    });
    assert_eq!(*backend, wanted);
    // without a service that signs people in there is no button that leads to one
    let backend = &settings(&site("cms: {repo: owner/site}\n", true))["backend"];
    assert_eq!(backend["auth_methods"], serde_json::json!(["token"]));
}

#[test]
fn an_article_is_a_form_of_the_fields_that_it_may_have() {
    let settings = settings(&site("cms: {repo: owner/site}\n", true));
    let reply = &settings["collections"][0];
    assert_eq!((&reply["label"], &reply["folder"]), (&"Reply".into(), &"content/reply".into()));
    let fields = reply["fields"].as_array().expect("a list");
    let names: Vec<_> = fields.iter().filter_map(|field| field["name"].as_str()).collect();
    // the reasons of `related` are no form: the editor leaves them as they are
    let wanted = "title description date updated review_by authors stages tags sources next \
                  aliases draft body";
    assert_eq!(names.join(" "), wanted);
    let stages = fields.iter().find(|field| field["name"] == "stages").expect("stages");
    let wanted = serde_json::json!({
        "name": "stages", "label": "Stages", "hint": "How far the reader had come",
        "required": false, "widget": "select", "multiple": true, "options": ["interview"],
    });
    assert_eq!(*stages, wanted);
    let pages = settings["collections"][1]["files"].as_array().expect("a list");
    assert_eq!(pages[0]["file"], "content/index.md");
}

#[test]
fn serve_leaves_the_editor_as_it_is() {
    let server = Server::start(site("cms: {repo: a/b}\n", true), "--port 0");
    let page = server.get("/rejection/admin/");
    assert_eq!((page.status, page.body.contains("editor.js")), (200, true));
    assert!(!page.body.contains(".postrej-site"), "{}", page.body);
    assert!(server.get("/rejection/reply/").body.contains(".postrej-site"));
}

#[test]
fn what_cannot_be_meant_is_said_in_plain_words() {
    for (cms, package, message) in [
        ("cms: {repo: owner}\n", true, "`owner` is not a repository on GitHub"),
        ("cms: {repo: 'https://github.com/a/b'}\n", true, "is not a repository on GitHub"),
        (
            "cms: {repo: a/b, sign_in: here}\n",
            true,
            "`here` is not an address where people sign in",
        ),
        ("cms: {branch: main}\n", true, "`repo`"),
        ("cms: true\n", true, "`cms`"),
        ("cms: {repo: a/b}\n", false, "asks for a browser editor, and its files are not there"),
    ] {
        let run = site(cms, package).run("build");
        assert_eq!(run.status, Some(1), "{cms}");
        assert!(run.stderr.contains(message), "{cms}{}", run.stderr);
    }
}

#[test]
fn the_editor_is_not_kept_for_times_without_a_network() {
    let apart = |site: &Site| {
        assert_eq!(site.run("build").status, Some(0));
        let worker = site.read("public/sw.js");
        let build = worker.lines().next().and_then(|line| line.strip_prefix("const BUILD = "));
        let build: Value =
            serde_json::from_str(build.expect("BUILD").trim_end_matches(';')).expect("JSON");
        build["apart"].clone()
    };
    assert_eq!(apart(&site("offline: true\ncms: {repo: a/b}\n", true)), "admin/");
    assert_eq!(apart(&site("offline: true\n", false)), Value::Null);
}
