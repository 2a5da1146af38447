//! `check --external`: what other sites answer, asked politely. The other site is a server of the test.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use postrej_site::away::{Answer, Away};
use postrej_site::fetch::{Manners, ask};
use postrej_site::{build, check_away};

use crate::memory;
use crate::support::{SMALL, Site, golden};

/// A server of this machine, and what it was asked.
struct Server {
    ports: Vec<u16>,
    asked: Arc<Mutex<Vec<String>>>,
    /// The most requests that were open at the same time, of all and of one host.
    most: Arc<AtomicUsize>,
    most_of_one: Arc<AtomicUsize>,
}

/// `HEAD /path` becomes an answer: its status line, and headers.
type Answers = fn(&str, &str, usize) -> String;

impl Server {
    fn start(answers: Answers) -> Self {
        Self::listening(1, answers)
    }

    /// A server of several hosts: to whoever asks, another port is another host.
    fn listening(hosts: usize, answers: Answers) -> Self {
        let mut server = Self {
            ports: Vec::new(),
            asked: Arc::default(),
            most: Arc::default(),
            most_of_one: Arc::default(),
        };
        let open: Arc<Mutex<BTreeMap<String, usize>>> = Arc::default();
        for _ in 0..hosts {
            let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
            server.ports.push(listener.local_addr().expect("an address").port());
            let (asked, open) = (server.asked.clone(), open.clone());
            let (most, most_of_one) = (server.most.clone(), server.most_of_one.clone());
            thread::spawn(move || {
                for stream in listener.incoming().flatten() {
                    let (asked, open) = (asked.clone(), open.clone());
                    let (most, most_of_one) = (most.clone(), most_of_one.clone());
                    thread::spawn(move || {
                        let Some((line, host, agent)) = request(&stream) else { return };
                        let count = {
                            let mut open = open.lock().expect("a lock");
                            *open.entry(host.clone()).or_default() += 1;
                            most.fetch_max(open.values().sum(), Ordering::SeqCst);
                            most_of_one.fetch_max(open[&host], Ordering::SeqCst);
                            let mut asked = asked.lock().expect("a lock");
                            asked.push(format!("{line} {agent}"));
                            let same = |one: &&String| one.starts_with(&format!("{line} "));
                            asked.iter().filter(same).count()
                        };
                        let (method, path) = line.split_once(' ').expect("a method and a path");
                        let reply = answers(method, path, count);
                        // time for others to come in between, if they would
                        thread::sleep(Duration::from_millis(30));
                        *open.lock().expect("a lock").entry(host).or_default() -= 1;
                        if reply.is_empty() {
                            // no answer, but an open connection
                            thread::sleep(Duration::from_secs(30));
                        }
                        let end = "Content-Length: 0\r\nConnection: close\r\n\r\n";
                        _ = write!(&stream, "HTTP/1.1 {reply}\r\n{end}");
                    });
                }
            });
        }
        server
    }

    fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.ports[0])
    }

    fn asked(&self) -> Vec<String> {
        let asked = self.asked.lock().expect("a lock");
        asked
            .iter()
            .map(|one| one.rsplitn(2, '|').last().unwrap_or_default().trim().to_owned())
            .collect()
    }
}

/// The method and path, the host, and who asks.
fn request(stream: &TcpStream) -> Option<(String, String, String)> {
    let mut lines = BufReader::new(stream).lines().map_while(Result::ok);
    let first = lines.next()?;
    let headers: Vec<String> = lines.take_while(|line| !line.is_empty()).collect();
    let header = |name: &str| {
        let own = headers.iter().find(|line| line.to_lowercase().starts_with(name));
        own.and_then(|line| Some(line.split_once(": ")?.1.to_owned())).unwrap_or_default()
    };
    let words: Vec<&str> = first.split(' ').collect();
    Some((
        format!("{} {}", words[0], words[1]),
        header("host:"),
        format!("| {}", header("user-agent:")),
    ))
}

fn quick() -> Manners {
    let mut manners = Manners::of("https://example.org/");
    manners.pause = Duration::from_millis(1);
    manners.timeout = Duration::from_secs(2);
    manners
}

fn of_paths(method: &str, path: &str, count: usize) -> String {
    let number = path.trim_start_matches("/status/");
    match (path, method) {
        ("/head-refused", "HEAD") => "405 Method Not Allowed".to_owned(),
        ("/head-lies", "HEAD") => "404 Not Found".to_owned(),
        ("/for-good", _) => "301 Moved Permanently\r\nLocation: /fine".to_owned(),
        ("/for-good-twice", _) => "308 Permanent Redirect\r\nLocation: for-good".to_owned(),
        ("/for-now", _) => "302 Found\r\nLocation: /fine".to_owned(),
        ("/for-good-then-for-now", _) => "301 Moved Permanently\r\nLocation: /for-now".to_owned(),
        ("/for-good-to-nothing", _) => "301 Moved Permanently\r\nLocation: /status/404".to_owned(),
        ("/round", _) => "302 Found\r\nLocation: /round".to_owned(),
        ("/busy-once", _) if count == 1 => "503 Busy\r\nRetry-After: 0".to_owned(),
        ("/busy-for-long", _) => "429 Too Many Requests\r\nRetry-After: 86400".to_owned(),
        ("/silent", _) => String::new(),
        _ if number.len() == 3 => format!("{number} Status"),
        _ => "200 OK".to_owned(),
    }
}

#[test]
fn every_answer_means_one_of_four_things() {
    let server = Server::start(of_paths);
    let paths = [
        "/fine",
        "/head-refused",
        "/head-lies",
        "/status/204",
        "/for-now",
        "/busy-once",
        "/for-good",
        "/for-good-twice",
        "/for-good-then-for-now",
        "/for-good-to-nothing",
        "/status/404",
        "/status/410",
        "/status/400",
        "/status/401",
        "/status/403",
        "/status/418",
        "/status/429",
        "/status/500",
        "/status/502",
        "/status/503",
        "/status/999",
        "/round",
        "/busy-for-long",
        "/silent",
        "/with space/\u{fc}",
    ];
    let urls: Vec<String> = paths.iter().map(|path| server.url(path)).collect();
    let answers = ask(&urls, &quick());
    let shown = urls.iter().zip(paths).map(|(url, path)| {
        let answer = match &answers[url] {
            Answer::Fine => "fine".to_owned(),
            Answer::Moved(to) => format!("moved to {}", to.replace(&server.url(""), "")),
            Answer::Gone(why) => format!("gone: {why}"),
            Answer::Unsure(why) => format!("unsure: {why}"),
        };
        format!("{path:<24} {answer}\n")
    });
    golden("external/answers.txt", &shown.collect::<String>());
}

#[test]
fn a_host_that_cannot_be_reached_is_no_dead_link() {
    let closed =
        TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("an address");
    let url = format!("http://{closed}/");
    let answers = ask(std::slice::from_ref(&url), &quick());
    assert!(matches!(answers[&url], Answer::Unsure(_)), "{answers:?}");
}

#[test]
fn the_head_is_asked_for_and_the_whole_only_where_that_is_refused() {
    let server = Server::start(of_paths);
    ask(&["/fine", "/head-refused"].map(|path| server.url(path)), &quick());
    assert_eq!(server.asked(), ["HEAD /fine", "HEAD /head-refused", "GET /head-refused"]);
    let asked = server.asked.lock().expect("a lock");
    let name =
        format!("postrej-site/{} (link check for https://example.org/)", env!("CARGO_PKG_VERSION"));
    assert!(asked.iter().all(|one| one.ends_with(&name)), "{asked:?}");
}

#[test]
fn few_are_asked_at_once_and_one_host_never_twice() {
    let server = Server::listening(7, of_paths);
    let paths = ["/a", "/b", "/c"];
    let urls = server
        .ports
        .iter()
        .flat_map(|port| paths.map(|path| format!("http://127.0.0.1:{port}{path}")));
    let urls: Vec<String> = urls.collect();
    let answers = ask(&urls, &quick());
    assert!(answers.values().all(|answer| *answer == Answer::Fine), "{answers:?}");
    assert_eq!(server.asked().len(), urls.len());
    assert_eq!(server.most_of_one.load(Ordering::SeqCst), 1);
    let most = server.most.load(Ordering::SeqCst);
    assert!((2..=4).contains(&most), "{most}");
}

#[test]
fn a_host_is_asked_in_order_though_others_lead_to_it() {
    let server = Server::listening(2, |_, path, _| match path.strip_prefix("/to/") {
        Some(to) => format!(
            "302 Found\r\nLocation: http://127.0.0.1:{}/end",
            to.split('?').next().unwrap_or_default()
        ),
        None => "200 OK".to_owned(),
    });
    let [one, other] = [server.ports[0], server.ports[1]];
    let mut urls = Vec::new();
    for number in 0..6 {
        urls.push(format!("http://127.0.0.1:{one}/to/{other}?{number}"));
        urls.push(format!("http://127.0.0.1:{other}/{number}"));
    }
    ask(&urls, &quick());
    assert_eq!(server.most_of_one.load(Ordering::SeqCst), 1);
}

/// A small site that links to these addresses.
fn site(links: &[String]) -> Site {
    let site = Site::small();
    let links: Vec<String> = links.iter().map(|url| format!("- [a link]({url})\n")).collect();
    site.write("content/reply/note.md", format!("{}\n{}", SMALL[3].1, links.concat()));
    site
}

/// A report without the ports, which are others each time.
fn steady(server: &Server, text: &str) -> String {
    server.ports.iter().fold(text.to_owned(), |text, port| {
        // the mark below is as long as the port
        let longer = port.to_string().len() - "PORT".len();
        let lines = text.split_inclusive('\n');
        let mut shorten = false;
        let lines = lines.map(|line| {
            let mark = std::mem::take(&mut shorten) && line.contains("^^^");
            shorten = line.contains(" | ") && line.contains(&format!(":{port}/"));
            let line = if mark { line.replacen('^', "", longer) } else { line.to_owned() };
            line.replace(&format!(":{port}/"), ":PORT/")
        });
        lines.collect()
    })
}

const CHECK: &str = "check --external --today 2026-11-20";

#[test]
fn what_is_gone_fails_and_what_cannot_be_verified_does_not() {
    let server = Server::listening(4, of_paths);
    let url = |host: usize, path: &str| format!("http://127.0.0.1:{}{path}", server.ports[host]);
    let links = [
        url(0, "/fine"),
        url(1, "/status/404#part"),
        url(2, "/for-good#part"),
        url(3, "/status/403"),
        url(1, "/status/404"),
    ];
    let run = site(&links).run(CHECK);
    golden("external/report.txt", &steady(&server, &run.stderr));
    assert_eq!(run.status, Some(1));
    let run = site(&[url(0, "/for-good"), url(1, "/status/500")]).run(CHECK);
    assert_eq!(run.status, Some(0), "{}", run.stderr);
    assert!(run.stderr.ends_with("1 article, 0 templates: 2 notes.\n"), "{}", run.stderr);
}

#[test]
fn an_address_is_asked_for_once_however_often_it_is_linked() {
    let server = Server::start(of_paths);
    let url = |path: &str| server.url(path);
    site(&[url("/fine"), url("/fine#a"), url("/fine#b"), url("/fine")]).run(CHECK);
    assert_eq!(server.asked(), ["HEAD /fine"]);
}

#[test]
fn a_good_answer_is_believed_for_a_week_and_no_other() {
    let server = Server::listening(3, of_paths);
    let paths = ["/fine", "/for-good", "/status/404"].into_iter().zip(&server.ports);
    let urls: Vec<String> =
        paths.map(|(path, port)| format!("http://127.0.0.1:{port}{path}")).collect();
    let site = site(&urls);
    let asked = |day: &str| {
        server.asked.lock().expect("a lock").clear();
        let run = site.run(&format!("check --external --today {day}"));
        (server.asked(), run.stderr)
    };
    let (first, told) = asked("2026-11-20");
    assert_eq!(first.len(), 5, "{first:?}");
    let (second, told_again) = asked("2026-11-26");
    assert_eq!(second, ["HEAD /status/404", "GET /status/404"]);
    assert_eq!(told_again, told);
    assert_eq!(asked("2026-11-27").0.len(), 5);
    // a day that has not come is no day to believe in
    assert_eq!(asked("2026-11-20").0.len(), 5);

    site.write(".cache/postrej-site/answers", "0000000000000000\n{}");
    assert_eq!(asked("2026-11-20").0.len(), 5);
}

#[test]
fn what_has_moved_for_good_is_mended() {
    let server = Server::start(of_paths);
    let site = site(&[server.url("/for-good#part")]);
    let run = site.run(&format!("{CHECK} --fix --yes"));
    assert_eq!(run.status, Some(0), "{}", run.stderr);
    let text = site.read("content/reply/note.md");
    assert!(text.ends_with(&format!("- [a link]({})\n", server.url("/fine#part"))), "{text}");
}

#[test]
fn without_the_flag_nobody_is_asked() {
    let server = Server::start(of_paths);
    let site = site(&[server.url("/status/404")]);
    let run = site.run("check --today 2026-11-20");
    assert_eq!((run.status, server.asked()), (Some(0), Vec::new()), "{}", run.stderr);
    assert!(!site.path(".cache").exists());
}

#[test]
fn links_of_content_and_of_the_finished_pages_are_known() {
    let input = memory::site(
        SMALL[0].1,
        [
            (
                "index.md",
                "---\ntitle: Home\n---\n<https://example.com/a#b> <https://example.org/rejection/>\n",
            ),
            (
                "reply/index.md",
                "---\ntitle: Reply\n---\n[a](https://example.com/a) [mail](mailto:me@example.com)\n",
            ),
            ("reply/note.md", SMALL[3].1),
        ],
    );
    let away = check_away(&input, &memory::plain()).away;
    let [Away { url, places }] = away.as_slice() else { panic!("{away:?}") };
    assert_eq!(url, "https://example.com/a");
    let files = places.iter().map(|(place, written)| (place.file.as_str(), written.as_str()));
    assert_eq!(
        files.collect::<Vec<_>>(),
        [
            ("content/index.md", "https://example.com/a#b"),
            ("content/reply/index.md", "https://example.com/a")
        ]
    );
    assert_eq!(build(&input, &memory::plain()).away, []);
}
