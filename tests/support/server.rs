//! A running `serve`, spoken to as a browser would.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::process::{Child, ChildStderr};

use serde_json::{Value, json};

use super::Site;

/// A running server; it goes with this value.
pub struct Server {
    pub site: Site,
    pub child: Child,
    pub port: u16,
    pub said: String,
    /// `None` where nobody listens any more.
    lines: Option<BufReader<ChildStderr>>,
}

/// What an open page is told.
pub struct Events(BufReader<TcpStream>);

/// What a request was answered with.
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: String,
}

impl Server {
    pub fn start(site: Site, arguments: &str) -> Self {
        let mut child = site.start(&format!("serve {arguments}"));
        let mut lines = BufReader::new(child.stderr.take().expect("a pipe"));
        let said = hear(&mut lines, "http://");
        let port = said.split("127.0.0.1:").nth(1).and_then(|rest| rest.split('/').next());
        let port = port.and_then(|port| port.parse().ok()).expect("a port");
        Self { site, child, port, said, lines: Some(lines) }
    }

    /// What it says on the terminal, up to the line with these words.
    pub fn hear(&mut self, words: &str) -> String {
        hear(self.lines.as_mut().expect("somebody who listens"), words)
    }

    /// Lets it say what it will: nobody listens, and it need not wait until somebody does.
    pub fn drain(&mut self) {
        let lines = self.lines.take();
        std::thread::spawn(move || {
            lines.map(|mut lines| std::io::copy(&mut lines, &mut std::io::sink()))
        });
    }

    /// What a page that is open at this path is told from now on.
    pub fn listen(&self, path: &str) -> Events {
        let mut stream =
            TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)).expect("a connection");
        let (path, port) = (path.replace('/', "%2F"), self.port);
        let request = format!("GET /.postrej-site/events?path={path} HTTP/1.1");
        write!(stream, "{request}\r\nHost: localhost:{port}\r\n\r\n").expect("a request");
        Events(BufReader::new(stream))
    }

    pub fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &format!("localhost:{}", self.port))
    }

    pub fn ask(&self, method: &str, path: &str, host: &str) -> Answer {
        self.ask_at(Ipv4Addr::LOCALHOST, method, path, host)
    }

    pub fn ask_at(&self, address: Ipv4Addr, method: &str, path: &str, host: &str) -> Answer {
        let mut stream = TcpStream::connect((address, self.port)).expect("a connection");
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
    pub fn next(&mut self) -> Value {
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
    pub fn until(&mut self, fits: impl Fn(&Value) -> bool) -> Value {
        loop {
            let told = self.next();
            if fits(&told) {
                return told;
            }
        }
    }
}

/// Whether an event tells of no mistake.
pub fn has_no_errors(told: &Value) -> bool {
    told["problems"]["errors"] == json!([])
}

/// The code of the first mistake that an event tells of.
pub fn first_code(told: &Value) -> &Value {
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
    pub fn header(&self, name: &str) -> &str {
        let lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.into_iter().find(|(key, _)| *key == name).map_or("", |(_, value)| value)
    }
}
