//! What `doctor` says of a site in which there is one of everything it looks for.

use postrej_site::doctor::Checkup;
use postrej_site::{Options, checkup};
use serde_json::Value;

use crate::memory;
use crate::support::server::{Server, first_code, has_no_errors};
use crate::support::{SMALL, Site, golden, transcript};

const TODAY: &str = "doctor --today 2026-11-20";

/// A copy of the fixture.
fn site() -> Site {
    let input = memory::read(&memory::folder("doctor"));
    let sources = input.articles.iter().chain([&input.config_source]);
    Site::with(sources.map(|source| (source.path.as_str(), &*source.text)))
}

/// Sizes are the theme's; all that stands before them is the content's.
fn without_sizes<'a>(text: &'a str, heading: &str) -> &'a str {
    text.split_once(heading).unwrap_or_else(|| panic!("no {heading} in {text}")).0
}

fn examine(drafts: bool) -> Checkup {
    let input = memory::read(&memory::folder("doctor"));
    let (built, checkup) = checkup(&input, &Options { drafts, ..memory::plain() });
    assert_eq!(memory::complaints(&input, &built), [""; 0]);
    checkup.expect("a checkup")
}

#[test]
fn people_get_a_text() {
    let site = site();
    let run = site.run(TODAY);
    assert_eq!((run.status, run.stderr.as_str()), (Some(0), ""));
    golden("doctor/checkup.txt", without_sizes(&run.stdout, "The largest pages: "));
    for line in run.stdout.lines() {
        assert!(line.chars().count() <= 80, "{line}");
    }
    assert!(!site.path("public").exists());
}

#[test]
fn programs_get_an_object() {
    let run = site().run(&format!("{TODAY} --format json"));
    assert_eq!((run.status, run.stderr.as_str()), (Some(0), ""));
    golden("doctor/checkup.json", without_sizes(&run.stdout, "  \"largest_pages\": "));
    serde_json::from_str::<Value>(&run.stdout).expect("JSON");
}

#[test]
fn help_names_the_keys() {
    golden("doctor/help.txt", &transcript(&Site::with([]), &["doctor --help"]));
}

#[test]
fn sizes_are_those_of_the_files_that_build_writes() {
    let site = site();
    let run = site.run("build --today 2026-11-20");
    assert_eq!(run.status, Some(0), "{}", run.stderr);
    let checkup: Value =
        serde_json::from_str(&site.run(&format!("{TODAY} --format json")).stdout).expect("JSON");
    let told = checkup["largest_pages"].as_array().expect("a list").iter().map(|page| {
        let path = page["path"].as_str().expect("a path");
        assert_eq!(page["url"], format!("/rejection/{path}"));
        (page["bytes"].as_u64().expect("a size"), path.to_owned())
    });
    let pages = site.files("public").into_iter().filter(|path| path.ends_with("html"));
    let pages = pages.map(|path| {
        let bytes = site.read(&format!("public/{path}")).len() as u64;
        (bytes, path.strip_suffix("index.html").unwrap_or(&path).to_owned())
    });
    let mut pages: Vec<(u64, String)> = pages.collect();
    pages.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    pages.truncate(10);
    assert_eq!(told.collect::<Vec<_>>(), pages);
}

#[test]
fn a_draft_that_is_shown_counts_no_more_than_one_that_is_not() {
    let [published, shown] = [false, true].map(examine);
    let spots = |checkup: &Checkup| {
        let all = checkup.withheld.iter();
        let all = all.map(|one| (one.spot.file.clone(), one.draft, one.until.clone()));
        all.collect::<Vec<_>>()
    };
    assert_eq!(spots(&published), spots(&shown));
    assert!(published.withheld.iter().all(|one| one.spot.url.is_none()));
    assert!(shown.withheld.iter().all(|one| one.spot.url.is_some()));
    let pages = shown.largest_pages.iter().map(|page| page.path.as_str());
    assert!(!pages.collect::<Vec<_>>().contains(&"reply/early/"));
    let rest = |checkup: Checkup| {
        let checkup = Checkup { withheld: Vec::new(), largest_pages: Vec::new(), ..checkup };
        serde_json::to_value(checkup).expect("JSON")
    };
    assert_eq!(rest(published), rest(shown));
}

#[test]
fn what_is_empty_is_said_to_be() {
    let run = Site::small().run(TODAY);
    let text = without_sizes(&run.stdout, "The largest pages: ");
    let headings = text.lines().filter(|line| line.contains(": "));
    assert!(headings.clone().count() == 7, "{text}");
    assert!(headings.into_iter().all(|line| line.ends_with(": nothing")), "{text}");
}

#[test]
fn grades_are_for_english() {
    let site = site();
    site.write("content/site.yaml", site.read("content/site.yaml") + "language: de\n");
    let text = site.run(TODAY).stdout;
    assert!(text.contains("Reading grades: nothing\n"), "{text}");
}

#[test]
fn a_name_cannot_steer_the_terminal() {
    let site = Site::small();
    site.write("content/site.yaml", SMALL[0].1.replace("After the no", "\"\\u202Ered\""));
    let text = site.run(TODAY).stdout;
    assert!(text.starts_with("\u{fffd}red\n"), "{text}");
}

#[test]
fn half_a_site_is_not_judged() {
    let site = site();
    let note = site.read("content/reply/alone.md").replace("date:", "daet:");
    site.write("content/reply/alone.md", note);
    golden("doctor/errors.txt", &transcript(&site, &[TODAY, "doctor --format json"]));
}

const PAGE: &str = "/.postrej-site/doctor";

const SERVE: &str =
    "--port 0 --today 2026-11-20 --editor edit://{file}?line={line}&column={column}";

/// The page without the version in it, which is the theme's.
fn steady(page: &str) -> String {
    let sizes = without_sizes(page, "<h2 id=\"largest-pages\">");
    let (top, rest) = sizes.split_once("<script").expect("our script");
    top.to_owned() + rest.split_once("</script>\n").expect("its end").1
}

#[test]
fn serve_has_the_same_as_a_page() {
    let mut server = Server::start(site(), SERVE);
    let said = server.hear(PAGE);
    let port = server.port;
    assert_eq!(said, format!("For whoever looks after it: http://127.0.0.1:{port}{PAGE}\n"));
    let page = server.get(PAGE);
    assert_eq!((page.status, page.header("content-type")), (200, "text/html; charset=utf-8"));
    let root = server.site.path("").canonicalize().expect("a folder");
    let root = root.to_string_lossy().replace('\\', "/");
    golden("doctor/page.html", &steady(&page.body).replace(&root, "/ROOT"));
    assert_eq!(server.get("/.postrej-site/doctor.css").status, 200);
    assert_eq!(server.get("/rejection/.postrej-site/doctor").status, 404);
    let run = server.site.run("build --no-cards --output-dir out");
    assert_eq!(run.status, Some(0), "{}", run.stderr);
    for path in server.site.files("out").iter().filter(|path| path.ends_with("html")) {
        assert!(!server.site.read(&format!("out/{path}")).contains(".postrej-site"), "{path}");
    }
}

#[test]
fn an_open_page_hears_of_what_was_mended() {
    let server = Server::start(site(), SERVE);
    let mut events = server.listen(PAGE);
    let first = events.next();
    let version = format!("data-version=\"{}\"", first["page"].as_str().expect("a version"));
    assert!(server.get(PAGE).body.contains(&version));
    let alone = server.site.read("content/reply/alone.md");
    server.site.write("content/reply/alone.md", alone.replace("date:", "daet:"));
    let wrong = events.until(|told| !has_no_errors(told));
    assert_eq!(
        (first_code(&wrong).as_str(), &wrong["page"]),
        (Some("unknown-field"), &first["page"])
    );
    server.site.write("content/reply/alone.md", alone.replace("review_by: 2026-10-01\n", ""));
    events.until(|told| has_no_errors(told) && told["page"] != first["page"]);
    assert!(server.get(PAGE).body.contains("Articles past their review date: 1<"));
}
