//! The site in a browser on this machine, spoken to as a browser would.

use std::net::{Ipv4Addr, TcpListener, TcpStream};

use crate::support::Site;
use crate::support::server::Server;

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
    let mut events = server.listen("/rejection/");
    events.next();
    let id = server.child.id().to_string();
    std::process::Command::new("kill").args(["-INT", &id]).status().expect("a signal");
    assert_eq!(server.child.wait().expect("an end").code(), Some(0));
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

/// A draft, and an article of a day that is still to come.
fn with_unpublished() -> Site {
    let site = Site::small();
    let note = site.read("content/reply/note.md");
    site.write("content/reply/early.md", note.replace("date:", "draft: true\ndate:"));
    site.write("content/reply/later.md", note.replace("2026-03-02", "2031-12-02"));
    site
}

#[test]
fn drafts_are_shown_and_marked_as_such() {
    let server = Server::start(with_unpublished(), "--port 0 --today 2031-12-01");
    let mark = |path: &str| {
        let page = server.get(path);
        assert_eq!(page.status, 200, "{path}");
        let hidden = page.body.contains("<meta name=\"robots\" content=\"noindex\">");
        assert_eq!(hidden, page.body.contains("class=\"withheld\""), "{path}");
        let mark = page.body.split("<p class=\"withheld\">").nth(1)?;
        mark.split("</p>").next().map(str::to_owned)
    };
    assert_eq!(mark("/rejection/reply/early/").as_deref(), Some("Draft: not published"));
    let later = mark("/rejection/reply/later/");
    assert_eq!(later.as_deref(), Some("Not published before 2 December 2031"));
    assert_eq!(mark("/rejection/reply/note/"), None);
}

#[test]
fn drafts_can_be_left_out() {
    let server = Server::start(with_unpublished(), "--port 0 --today 2031-12-01 --no-drafts");
    assert_eq!(server.get("/rejection/reply/early/").status, 404);
    assert_eq!(server.get("/rejection/reply/later/").status, 404);
    assert_eq!(server.get("/rejection/reply/note/").status, 200);
}

// other systems give this machine one such address only
#[cfg(target_os = "linux")]
#[test]
fn other_devices_are_answered_when_they_are_let_in_by_the_address_they_reached() {
    let mut server = Server::start(Site::small(), "--port 0 --host");
    let warning = server.hear("older way, which may fail");
    assert!(
        warning.contains("Everyone in this network can read it, drafts included."),
        "{warning}"
    );
    let (port, other) = (server.port, Ipv4Addr::new(127, 0, 0, 2));
    let ask = |host: &str| server.ask_at(other, "GET", "/rejection/", &format!("{host}:{port}"));
    assert_eq!(ask("127.0.0.2").status, 200);
    for host in ["127.0.0.3", "evil.example", "192.0.2.7"] {
        assert_eq!(ask(host).status, 403, "{host}");
    }
}

#[test]
fn other_devices_may_know_this_machine_by_a_name() {
    let mut server = Server::start(Site::small(), "--port 0 --host laptop.test --no-drafts");
    let port = server.port;
    let said = server.hear("older way, which may fail");
    let first = format!("For other devices it is at http://laptop.test:{port}/rejection/.");
    assert!(said.starts_with(&first) && !said.contains("drafts"), "{said}");
    assert_eq!(server.ask("GET", "/rejection/", &format!("laptop.test:{port}")).status, 200);
    assert_eq!(server.ask("GET", "/rejection/", &format!("evil.example:{port}")).status, 403);
}

#[cfg(target_os = "linux")]
#[test]
fn nobody_else_is_answered_unasked() {
    let server = Server::start(Site::small(), "--port 0");
    assert!(TcpStream::connect((Ipv4Addr::new(127, 0, 0, 2), server.port)).is_err());
}
