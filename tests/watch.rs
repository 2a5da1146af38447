//! What happens when a file is saved while the site is served.

use serde_json::{Value, json};

use crate::support::Site;
use crate::support::server::{Server, first_code, has_no_errors};

#[test]
fn a_saved_file_is_told_to_open_pages() {
    let mut server = Server::start(Site::small(), "--port 0");
    let mut events = server.listen("/rejection/reply/note/");
    let first = events.next();
    assert_eq!(first["changed"], json!({}));
    assert_eq!(first["problems"], json!({"sum": "", "errors": []}));

    let note = server.site.read("content/reply/note.md").replace("briefly", "warmly");
    server.site.write("content/reply/note.md", note);
    let second = events.until(|told| has_no_errors(told) && told["page"] != first["page"]);
    assert_eq!(second["changed"]["reply/note/index.html"], second["page"]);
    assert_eq!(second["changed"]["index.html"], Value::Null);
    let page = server.get("/rejection/reply/note/");
    assert!(page.body.contains("Say thanks, warmly."), "{}", page.body);
    let version = format!("data-version=\"{}\"", second["page"].as_str().expect("a version"));
    assert!(page.body.contains(&version), "{}", page.body);
    let said = server.hear("Built again");
    assert!(said.contains("\nBuilt again in ") && said.contains(" changed."), "{said}");
}

#[test]
fn an_editor_that_saves_by_renaming_is_seen() {
    let server = Server::start(Site::small(), "--port 0");
    let mut events = server.listen("/rejection/reply/note/");
    events.next();
    let note = server.site.read("content/reply/note.md").replace("briefly", "warmly");
    server.site.write("content/reply/.note.md.new", note);
    let [new, old] =
        ["content/reply/.note.md.new", "content/reply/note.md"].map(|path| server.site.path(path));
    std::fs::rename(new, old).expect("a new name");
    events.until(|told| !told["changed"]["reply/note/index.html"].is_null());
}

#[test]
fn folders_that_come_and_go_are_seen() {
    let server = Server::start(Site::small(), "--port 0");
    let mut events = server.listen("/rejection/deep/");
    assert_eq!(events.next()["page"], "none");
    let settings = server.site.read("content/site.yaml") + "theme: own\n";
    server.site.write("content/site.yaml", settings);
    events.until(|told| first_code(told) == "no-theme");
    server.site.write("themes/own/styles/own.css", "p { color: red }");
    events.until(has_no_errors);
    server.site.write("themes/own/styles/own.css", "p { color: blue }");
    events.until(|told| told["changed"].to_string().contains("assets/style."));
    std::fs::remove_dir_all(server.site.path("themes")).expect("a removed folder");
    events.until(|told| first_code(told) == "no-theme");
}

#[test]
fn a_mistake_leaves_the_last_good_page_and_tells_where_it_is() {
    let mut server = Server::start(Site::small(), "--port 0");
    let mut events = server.listen("/rejection/reply/note/");
    let good = events.next();
    let note = server.site.read("content/reply/note.md");
    server.site.write("content/reply/note.md", note.replace("title:", "titel:"));
    let bad = events.until(|told| told["problems"]["sum"] == "1 error.");
    assert_eq!((&bad["page"], &bad["changed"]), (&good["page"], &json!({})));
    assert_eq!(
        bad["problems"]["errors"][0],
        json!({
            "code": "unknown-field",
            "message": "an article has no field `titel`",
            "hint": "did you mean `title`?",
            "place": {
                "file": "content/reply/note.md",
                "line": 2,
                "column": 1,
                "parts": ["", "titel", ": A note"],
            },
            "related": [],
        })
    );
    assert_eq!(server.get("/rejection/reply/note/").status, 200);
    let said = server.hear("The last good pages stay.");
    assert!(said.contains("--> content/reply/note.md:2:1"), "{said}");

    server.site.write("content/reply/note.md", note);
    assert_eq!(events.until(has_no_errors)["page"], good["page"]);
}

#[test]
fn a_site_that_begins_with_mistakes_is_served_when_they_are_mended() {
    let site = Site::small();
    let settings = site.read("content/site.yaml");
    site.write("content/site.yaml", settings.replace("title:", "titel:"));
    let mut server = Server::start(site, "--port 0");
    for path in ["/", "/rejection/", "/rejection/reply/note/"] {
        let answer = server.get(path);
        assert_eq!(answer.status, 503, "{path}");
        assert!(answer.body.contains("/.postrej-site/client.js"), "{}", answer.body);
    }
    let mut events = server.listen("/rejection/");
    let first = events.next();
    assert_eq!(first["page"], "not-yet");
    assert_eq!(first["problems"]["errors"][0]["place"]["file"], "content/site.yaml");

    server.site.write("content/site.yaml", settings);
    events.until(|told| told["page"] != "not-yet");
    assert_eq!(server.get("/rejection/").status, 200);
    server.hear(&format!("After the no is at http://127.0.0.1:{}/rejection/", server.port));
}

#[test]
fn a_site_that_cannot_be_read_for_a_while_is_no_end() {
    let server = Server::start(Site::small(), "--port 0");
    let mut events = server.listen("/rejection/");
    let first = events.next();
    let settings = server.site.read("content/site.yaml");
    server.site.remove("content/site.yaml");
    let told = events.until(|told| !has_no_errors(told));
    assert_eq!((first_code(&told), &told["page"]), (&json!(""), &first["page"]));
    server.site.write("content/site.yaml", settings);
    events.until(has_no_errors);
    assert_eq!(server.get("/rejection/").status, 200);
}
