//! The site in a browser on this machine, spoken to as a browser would.

#![allow(clippy::expect_used, clippy::panic)]

mod support;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::process::{Child, ChildStderr};

use serde_json::{Value, json};

use support::Site;

/// A running server; it goes with this value.
struct Server {
    site: Site,
    child: Child,
    port: u16,
    said: String,
    lines: BufReader<ChildStderr>,
}

/// What an open page is told.
struct Events(BufReader<TcpStream>);

struct Answer {
    status: u16,
    head: String,
    body: String,
}

impl Server {
    fn start(site: Site, arguments: &str) -> Self {
        let mut child = site.start(&format!("serve {arguments}"));
        let mut lines = BufReader::new(child.stderr.take().expect("a pipe"));
        let said = hear(&mut lines, "http://");
        let port = said.split("127.0.0.1:").nth(1).and_then(|rest| rest.split('/').next());
        let port = port.and_then(|port| port.parse().ok()).expect("a port");
        Self { site, child, port, said, lines }
    }

    /// What it says on the terminal, up to the line with these words.
    fn hear(&mut self, words: &str) -> String {
        hear(&mut self.lines, words)
    }

    /// What a page that is open at this path is told from now on.
    fn listen(&self, path: &str) -> Events {
        let mut stream =
            TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)).expect("a connection");
        let (path, port) = (path.replace('/', "%2F"), self.port);
        let request = format!("GET /.postrej-site/events?path={path} HTTP/1.1");
        write!(stream, "{request}\r\nHost: localhost:{port}\r\n\r\n").expect("a request");
        Events(BufReader::new(stream))
    }

    fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &format!("localhost:{}", self.port))
    }

    fn ask(&self, method: &str, path: &str, host: &str) -> Answer {
        let mut stream =
            TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)).expect("a connection");
        write!(stream, "{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")
            .expect("a request");
        let mut text = String::new();
        stream.read_to_string(&mut text).expect("an answer");
        let (head, body) = text.split_once("\r\n\r\n").expect("a head");
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok());
        let status = status.expect("a status");
        Answer { status, head: head.to_lowercase(), body: body.to_owned() }
    }
}

impl Events {
    fn next(&mut self) -> Value {
        let mut line = String::new();
        // a quiet server sends an empty comment every fifteen seconds; one that says nothing else
        // shall fail the test, not hold it
        let mut quiet = 0;
        while !line.starts_with("data: ") {
            line.clear();
            assert_ne!(self.0.read_line(&mut line).expect("a line"), 0, "it ended");
            quiet += usize::from(line.starts_with(':'));
            assert!(quiet < 4, "nothing was told for a minute");
        }
        serde_json::from_str(&line["data: ".len()..]).expect("JSON")
    }

    /// The first event that fits: where a file is saved in two steps, there may be one between them.
    fn until(&mut self, fits: impl Fn(&Value) -> bool) -> Value {
        loop {
            let told = self.next();
            if fits(&told) {
                return told;
            }
        }
    }
}

fn has_no_errors(told: &Value) -> bool {
    told["problems"]["errors"] == json!([])
}

fn first_code(told: &Value) -> &Value {
    &told["problems"]["errors"][0]["code"]
}

fn hear(lines: &mut BufReader<ChildStderr>, words: &str) -> String {
    let mut said = String::new();
    while !said.contains(words) {
        assert_ne!(lines.read_line(&mut said).expect("a line"), 0, "it ended: {said}");
    }
    said
}

impl Drop for Server {
    fn drop(&mut self) {
        _ = self.child.kill();
        _ = self.child.wait();
    }
}

impl Answer {
    fn header(&self, name: &str) -> &str {
        let lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.into_iter().find(|(key, _)| *key == name).map_or("", |(_, value)| value)
    }
}

#[test]
fn a_browser_keeps_nothing_of_what_is_served() {
    let site = Site::small();
    let settings = site.read("content/site.yaml") + "offline: true\n";
    site.write("content/site.yaml", settings);
    let server = Server::start(site, "--port 0");
    let worker = server.get("/rejection/sw.js");
    assert_eq!(worker.status, 200);
    assert!(worker.body.contains("registration.unregister()"), "{}", worker.body);
    assert!(!server.get("/rejection/").body.contains("offline"));
}

#[test]
fn the_site_stands_below_its_base_path() {
    let server = Server::start(Site::small(), "--port 0");
    let line =
        format!("After the no is at http://127.0.0.1:{}/rejection/  (Ctrl-C stops)\n", server.port);
    assert_eq!(server.said, line);

    let entrance = server.get("/");
    assert_eq!((entrance.status, entrance.header("location")), (307, "/rejection/"));
    let home = server.get("/rejection/");
    assert_eq!((home.status, home.header("content-type")), (200, "text/html; charset=utf-8"));
    assert!(home.body.contains("What just happened?"), "{}", home.body);
    let note = server.get("/rejection/reply/note/");
    assert!(note.body.contains("Say thanks, briefly."), "{}", note.body);
    let folder = server.get("/rejection/reply/note?a=b");
    assert_eq!((folder.status, folder.header("location")), (307, "/rejection/reply/note/?a=b"));
}

#[test]
fn another_base_url_is_another_path() {
    let server = Server::start(Site::small(), "--port 0 --base-url https://me.github.io");
    assert!(server.said.contains(&format!(":{}/  ", server.port)), "{}", server.said);
    assert_eq!(server.get("/reply/note/").status, 200);
    assert_eq!(server.get("/rejection/").status, 404);
}

#[test]
fn what_is_not_there_gets_the_site_s_own_page() {
    let server = Server::start(Site::small(), "--port 0");
    for path in ["/rejection/nothing/", "/nothing", "/rejection/../Cargo.toml", "/rejection/%ff"] {
        let answer = server.get(path);
        assert_eq!(answer.status, 404, "{path}");
        assert_eq!(answer.header("content-type"), "text/html; charset=utf-8", "{path}");
        assert!(answer.body.contains("<!"), "{path}: {}", answer.body);
    }
}

#[test]
fn a_browser_is_told_what_it_gets() {
    let server = Server::start(Site::small(), "--port 0");
    let feed = server.get("/rejection/feed.xml");
    assert_eq!((feed.status, feed.header("content-type")), (200, "application/xml; charset=utf-8"));
    assert_eq!(feed.header("x-content-type-options"), "nosniff");
    assert_eq!(feed.header("cache-control"), "no-store");
}

#[test]
fn head_is_get_without_a_body() {
    let server = Server::start(Site::small(), "--port 0");
    let host = format!("127.0.0.1:{}", server.port);
    let (get, head) = (server.get("/rejection/"), server.ask("HEAD", "/rejection/", &host));
    assert_eq!((head.status, head.body.as_str()), (200, ""));
    assert_eq!(head.header("content-length"), get.header("content-length"));
    let post = server.ask("POST", "/rejection/", &host);
    assert_eq!((post.status, post.header("allow")), (405, "get, head"));
}

#[test]
fn a_foreign_name_gets_nothing() {
    let server = Server::start(Site::small(), "--port 0");
    let port = server.port;
    for host in ["localhost", "127.0.0.1", "[::1]"] {
        assert_eq!(
            server.ask("GET", "/rejection/", &format!("{host}:{port}")).status,
            200,
            "{host}"
        );
    }
    for host in [format!("evil.example:{port}"), "localhost".into(), "localhost:1".into()] {
        let answer = server.ask("GET", "/rejection/", &host);
        assert_eq!(answer.status, 403, "{host}");
        assert!(!answer.body.contains("What just happened?"), "{host}");
    }
}

#[test]
fn a_taken_port_is_not_the_end() {
    let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port");
    let port = taken.local_addr().expect("an address").port();
    let server = Server::start(Site::small(), &format!("--port {port}"));
    let said = format!("Port {port} is taken, so this is port {}.\n", server.port);
    assert!(server.said.starts_with(&said), "{}", server.said);
    assert_eq!(server.get("/rejection/").status, 200);
}

#[test]
fn nothing_is_written() {
    let server = Server::start(Site::small(), "--port 0");
    assert_eq!(server.get("/rejection/").status, 200);
    assert!(!server.site.path("public").exists());
}

#[cfg(unix)]
#[test]
fn ctrl_c_is_a_clean_end_even_with_a_waiting_browser() {
    let mut server = Server::start(Site::small(), "--port 0");
    let _waiting = TcpStream::connect((Ipv4Addr::LOCALHOST, server.port)).expect("a connection");
    assert_eq!(server.get("/rejection/").status, 200);
    let id = server.child.id().to_string();
    std::process::Command::new("kill").args(["-INT", &id]).status().expect("a signal");
    assert_eq!(server.child.wait().expect("an end").code(), Some(0));
}

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
    assert!(said.starts_with("Built again in ") && said.contains(" changed."), "{said}");
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
    assert_eq!(first["page"], "none");
    assert_eq!(first["problems"]["errors"][0]["place"]["file"], "content/site.yaml");

    server.site.write("content/site.yaml", settings);
    events.until(|told| told["page"] != "none");
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

#[test]
fn pages_are_what_is_built_and_one_script_element() {
    let server = Server::start(Site::small(), "--port 0");
    let run = server.site.run("build --no-cards");
    assert_eq!(run.status, Some(0), "{}", run.stderr);
    let page = server.get("/rejection/reply/note/").body;
    let start = page.find("<script type=\"module\" src=\"/.postrej-site/").expect("our script");
    let end = start + page[start..].find("</script>\n").expect("its end") + "</script>\n".len();
    let without = format!("{}{}", &page[..start], &page[end..]);
    assert_eq!(without, server.site.read("public/reply/note/index.html"));
    for (name, kind) in [("client.js", "text/javascript"), ("overlay.css", "text/css")] {
        let file = server.get(&format!("/.postrej-site/{name}"));
        assert_eq!(file.status, 200, "{name}");
        assert!(file.header("content-type").starts_with(kind), "{name}");
    }
    assert_eq!(server.get("/.postrej-site/../content/site.yaml").status, 404);
}
