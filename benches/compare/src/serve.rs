//! How long after saving a file its new text is served.

use std::fs;
use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::Path;
use std::process::Child;
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::contestant::{Programs, Step};
use crate::cost;

/// How long a server may take, for its first page and for each change.
const LONGEST: Duration = Duration::from_mins(5);

/// How long between two looks at a page: seldom enough to leave the processors to the server.
const PAUSE: Duration = Duration::from_millis(2);

/// How long a server rests before a file is saved.
const REST: Duration = Duration::from_secs(2);

/// A server that ends with this value.
pub struct Server {
    child: Child,
    port: u16,
}

impl Server {
    /// Starts a server in the folder of a site and waits until it serves the page at `path`.
    pub fn start(
        step: &Step,
        site: &Path,
        programs: &Programs,
        log: &Path,
        path: &str,
    ) -> Result<Self, String> {
        let port = free_port().map_err(|error| format!("there is no free port: {error}"))?;
        let mut command = cost::prepare(&Step { arguments: &[], ..*step }, site, programs, log)?;
        command.args(step.arguments.iter().map(|one| one.replace("{port}", &port.to_string())));
        let child = command.spawn().map_err(|error| format!("{}: {error}", step.program))?;
        let mut server = Self { child, port };
        server.wait(path, "</html>")?;
        Ok(server)
    }

    /// Saves a file and says how long it takes until the page at `path` has the words `new`.
    pub fn save(
        &mut self,
        file: &Path,
        text: &str,
        path: &str,
        new: &str,
    ) -> Result<Duration, String> {
        sleep(REST);
        fs::write(file, text).map_err(|error| format!("{}: {error}", file.display()))?;
        let start = Instant::now();
        self.wait(path, new)?;
        Ok(start.elapsed())
    }

    fn wait(&mut self, path: &str, words: &str) -> Result<(), String> {
        let start = Instant::now();
        while start.elapsed() < LONGEST {
            // a server that builds may not answer yet, or may have thrown the page away
            if get(self.port, path).is_ok_and(|page| page.contains(words)) {
                return Ok(());
            }
            if let Ok(Some(status)) = self.child.try_wait() {
                return Err(format!("the server ended with {status}"));
            }
            sleep(PAUSE);
        }
        Err(format!("`{words}` is not on {path} after {} s", LONGEST.as_secs()))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // it may have ended already
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn free_port() -> io::Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port())
}

fn get(port: u16, path: &str) -> io::Result<String> {
    let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port))?;
    stream.set_read_timeout(Some(Duration::from_secs(10)))?;
    write!(stream, "GET {path} HTTP/1.0\r\nHost: localhost:{port}\r\nConnection: close\r\n\r\n")?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    Ok(String::from_utf8_lossy(&answer).into_owned())
}
