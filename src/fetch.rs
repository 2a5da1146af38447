//! Asks other sites whether an address is there, politely: few at a time, one host never twice at
//! once, with a pause between, and saying who asks.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use ureq::http::{Response, StatusCode};
use ureq::{Agent, Body, Error};

use crate::away::Answer;

/// How to behave.
#[derive(Debug, Clone)]
pub struct Manners {
    /// Who asks, for the other site's records.
    pub name: String,
    /// How many addresses are asked for at the same time.
    pub at_once: usize,
    /// How long a host is left alone after each answer.
    pub pause: Duration,
    /// How long one answer may take.
    pub timeout: Duration,
    /// How often one address may lead on to another.
    pub redirects: usize,
    /// How long a host may ask to be left alone before it is asked again.
    pub patience: Duration,
}

impl Manners {
    /// Those of `check --external`; `site` is the address that asks.
    pub fn of(site: &str) -> Self {
        Self {
            name: format!("postrej-site/{} (link check for {site})", env!("CARGO_PKG_VERSION")),
            at_once: 4,
            pause: Duration::from_secs(1),
            timeout: Duration::from_secs(20),
            redirects: 6,
            patience: Duration::from_secs(30),
        }
    }
}

/// What cannot stand in an address as it is; escapes that are there stay.
const ESCAPED: AsciiSet = CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// Why a host cannot be found, in words.
const NO_HOST: &str = "there is no site of that name";

/// When a host may be asked again; whoever asks holds the lock.
type Turn = Arc<Mutex<Option<Instant>>>;

struct Asking<'a> {
    manners: &'a Manners,
    /// Through the proxy that the environment names, if it names one.
    agent: Agent,
    /// For this machine itself, which no proxy knows.
    direct: Agent,
    turns: Mutex<HashMap<String, Turn>>,
}

/// An answer, or why there is none.
type Reply = Result<Response<Body>, Error>;

/// Asks for each address.
pub fn ask(urls: &[String], manners: &Manners) -> BTreeMap<String, Answer> {
    let agent = |direct: bool| {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_global(Some(manners.timeout))
            .user_agent(manners.name.as_str());
        let config = if direct { config.proxy(None) } else { config };
        Agent::new_with_config(config.build())
    };
    let asking = Asking {
        manners,
        agent: agent(false),
        direct: agent(true),
        turns: Mutex::new(HashMap::new()),
    };
    let queue = Mutex::new(by_host(urls));
    let answers = Mutex::new(BTreeMap::new());
    thread::scope(|scope| {
        for _ in 0..manners.at_once.min(urls.len()) {
            scope.spawn(|| {
                while let Some(own) = next(&queue) {
                    for url in own {
                        let answer = asking.answer(&url);
                        let mut answers = answers.lock().unwrap_or_else(PoisonError::into_inner);
                        answers.insert(url, answer);
                    }
                }
            });
        }
    });
    doubt_the_network(answers.into_inner().unwrap_or_else(PoisonError::into_inner))
}

/// Addresses of one host belong together, and are asked for one after the other.
fn by_host(urls: &[String]) -> Vec<Vec<String>> {
    let mut hosts: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for url in urls {
        hosts.entry(host(url)).or_default().push(url.clone());
    }
    hosts.into_values().collect()
}

fn next(queue: &Mutex<Vec<Vec<String>>>) -> Option<Vec<String>> {
    queue.lock().unwrap_or_else(PoisonError::into_inner).pop()
}

/// Where no host at all was found, it is this machine that has no network.
fn doubt_the_network(answers: BTreeMap<String, Answer>) -> BTreeMap<String, Answer> {
    let lost = |answer: &Answer| matches!(answer, Answer::Gone(why) if why == NO_HOST);
    if !answers.values().all(lost) {
        return answers;
    }
    let why = "no site was found at all, so this machine may have no network";
    answers.into_keys().map(|url| (url, Answer::Unsure(why.to_owned()))).collect()
}

impl Asking<'_> {
    /// Follows an address to its end.
    fn answer(&self, url: &str) -> Answer {
        let mut at = url.to_owned();
        // the last address of those that are said to be for good, from the first on
        let mut moved = None;
        let mut for_good = true;
        for _ in 0..=self.manners.redirects {
            let response = match self.reply(&at) {
                Ok(response) => response,
                Err(error) => return no_answer(&error),
            };
            let status = response.status();
            let target = header(&response, "location").filter(|_| status.is_redirection());
            let Some(target) = target else {
                return match moved {
                    Some(to) if status.is_success() => Answer::Moved(to),
                    _ => judge(status),
                };
            };
            let target = join(&at, &target);
            for_good &= matches!(status.as_u16(), 301 | 308);
            if for_good {
                moved = Some(target.clone());
            }
            at = target;
        }
        Answer::Unsure("it leads on and on from address to address".to_owned())
    }

    /// The head of an answer is enough; where it is refused, the whole is asked for.
    fn reply(&self, url: &str) -> Reply {
        let head = self.patient(url, true)?;
        let status = head.status();
        if status.is_client_error() || status.is_server_error() {
            return if busy(&head) { Ok(head) } else { self.patient(url, false) };
        }
        Ok(head)
    }

    /// Asks once more where a host says when to.
    fn patient(&self, url: &str, head: bool) -> Reply {
        let first = self.once(url, head)?;
        let wait = header(&first, "retry-after").and_then(|text| text.trim().parse().ok());
        let wait = wait.map(Duration::from_secs).filter(|wait| *wait <= self.manners.patience);
        match wait.filter(|_| busy(&first)) {
            Some(wait) => {
                thread::sleep(wait);
                self.once(url, head)
            }
            None => Ok(first),
        }
    }

    fn once(&self, url: &str, head: bool) -> Reply {
        let url = utf8_percent_encode(url, &ESCAPED).to_string();
        let url = url.split('#').next().unwrap_or_default();
        let host = host(url);
        let turn = {
            let mut turns = self.turns.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(turns.entry(host.to_owned()).or_default())
        };
        let mut free = turn.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(wait) = free.and_then(|free| free.checked_duration_since(Instant::now())) {
            thread::sleep(wait);
        }
        let agent = if is_this_machine(host) { &self.direct } else { &self.agent };
        let reply = if head { agent.head(url).call() } else { agent.get(url).call() };
        *free = Some(Instant::now() + self.manners.pause);
        reply
    }
}

/// Whether a host says that it has no time.
fn busy(response: &Response<Body>) -> bool {
    matches!(response.status().as_u16(), 429 | 503)
}

fn header(response: &Response<Body>, name: &str) -> Option<String> {
    Some(response.headers().get(name)?.to_str().ok()?.to_owned())
}

/// What the last answer of all means.
fn judge(status: StatusCode) -> Answer {
    let reason = status.canonical_reason().map_or_else(String::new, |name| format!(" ({name})"));
    let why = format!("the answer is {}{reason}", status.as_u16());
    match status.as_u16() {
        200..300 => Answer::Fine,
        404 | 410 => Answer::Gone(why),
        _ => Answer::Unsure(why),
    }
}

fn no_answer(error: &Error) -> Answer {
    match error {
        Error::HostNotFound => Answer::Gone(NO_HOST.to_owned()),
        Error::Timeout(_) => Answer::Unsure("there was no answer in time".to_owned()),
        Error::BadUri(_) | Error::Http(_) => {
            Answer::Unsure("it is written in an odd way".to_owned())
        }
        other => Answer::Unsure(format!("there was no answer ({other})")),
    }
}

/// `example.org:8080` of `https://example.org:8080/a`.
fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    rest[..end].rsplit('@').next().unwrap_or_default()
}

fn is_this_machine(host: &str) -> bool {
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    name == "localhost" || name == "[::1]" || name.starts_with("127.")
}

/// Where a `Location` leads, seen from the address that gave it.
fn join(from: &str, target: &str) -> String {
    if target.contains("://") {
        return target.to_owned();
    }
    let scheme = from.split_once("://").map_or("https", |(scheme, _)| scheme);
    if let Some(rest) = target.strip_prefix("//") {
        return format!("{scheme}://{rest}");
    }
    let from = from.split(['?', '#']).next().unwrap_or_default();
    let path = scheme.len() + "://".len();
    let root = from[path..].find('/').map_or(from.len(), |at| path + at);
    if target.starts_with('/') {
        return format!("{}{target}", &from[..root]);
    }
    let folder = from[root..].rfind('/').map_or(root, |at| root + at);
    format!("{}/{target}", &from[..folder])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_location_is_seen_from_its_address() {
        let from = "https://example.org/a/b?c=d";
        assert_eq!(join(from, "http://example.com/"), "http://example.com/");
        assert_eq!(join(from, "//example.com/x"), "https://example.com/x");
        assert_eq!(join(from, "/x?y"), "https://example.org/x?y");
        assert_eq!(join(from, "x"), "https://example.org/a/x");
        assert_eq!(join("https://example.org", "x"), "https://example.org/x");
    }

    #[test]
    fn a_host_has_its_port() {
        assert_eq!(host("https://me:pw@example.org:8080/a@b"), "example.org:8080");
        assert_eq!(host("http://[::1]:80?x"), "[::1]:80");
        assert!(is_this_machine("127.0.0.2:80") && is_this_machine("localhost"));
        assert!(!is_this_machine("example.org:127"));
    }

    #[test]
    fn only_a_name_that_nobody_has_is_an_answer_without_one() {
        assert_eq!(no_answer(&Error::HostNotFound), Answer::Gone(NO_HOST.to_owned()));
        assert!(matches!(no_answer(&Error::ConnectionFailed), Answer::Unsure(_)));
        assert!(matches!(no_answer(&Error::BadUri(String::new())), Answer::Unsure(_)));
    }

    #[test]
    fn where_no_host_is_found_the_network_is_doubted() {
        let gone = || Answer::Gone(NO_HOST.to_owned());
        let all = |answers: &[(&str, Answer)]| {
            let answers = answers.iter().map(|(url, answer)| ((*url).to_owned(), answer.clone()));
            doubt_the_network(answers.collect())
        };
        assert!(matches!(all(&[("a", gone()), ("b", gone())])["a"], Answer::Unsure(_)));
        assert_eq!(all(&[("a", gone()), ("b", Answer::Fine)])["a"], gone());
    }
}
