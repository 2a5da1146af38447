//! The site in a browser on this machine, spoken to as a browser would.

#![allow(clippy::expect_used, clippy::panic)]

mod support;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::process::Child;

use support::Site;

/// A running server; it goes with this value.
struct Server {
    site: Site,
    child: Child,
    port: u16,
    said: String,
}

struct Answer {
    status: u16,
    head: String,
    body: String,
}

impl Server {
    fn start(site: Site, arguments: &str) -> Self {
        let mut child = site.start(&format!("serve {arguments}"));
        let mut said = String::new();
        let mut lines = BufReader::new(child.stderr.take().expect("a pipe"));
        while !said.contains("http://") {
            assert_ne!(lines.read_line(&mut said).expect("a line"), 0, "it ended: {said}");
        }
        let port = said.split("127.0.0.1:").nth(1).and_then(|rest| rest.split('/').next());
        let port = port.and_then(|port| port.parse().ok()).expect("a port");
        Self { site, child, port, said }
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
