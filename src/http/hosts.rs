//! By which names this server may be spoken to, and from where it can be reached.

use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener, UdpSocket};

use axum::extract::connect_info::Connected;
use axum::http::HeaderMap;
use axum::http::header::HOST;
use axum::serve::{IncomingStream, Listener};
use tokio::net::TcpStream;

/// How many ports are tried, from the one asked for.
const PORTS: u16 = 20;

/// Where the server listens, and the names it answers to.
#[derive(Debug, Clone)]
pub struct Hosts {
    address: IpAddr,
    name: Option<String>,
    port: u16,
}

/// The two ends of a connection.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ends {
    /// Ours, as the browser reached it.
    pub(super) own: Option<IpAddr>,
    /// The browser's.
    pub(super) other: IpAddr,
}

/// Takes connections, so that small answers do not wait for each other, and knows both ends.
pub(super) struct Door(pub(super) tokio::net::TcpListener);

impl Listener for Door {
    type Io = TcpStream;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (TcpStream, SocketAddr) {
        let (connection, other) = Listener::accept(&mut self.0).await;
        _ = connection.set_nodelay(true);
        (connection, other)
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.0.local_addr()
    }
}

impl Connected<IncomingStream<'_, Door>> for Ends {
    fn connect_info(stream: IncomingStream<'_, Door>) -> Self {
        let own = stream.io().local_addr().ok().map(|address| address.ip().to_canonical());
        Self { own, other: stream.remote_addr().ip().to_canonical() }
    }
}

/// Listens on the port asked for or the next free one; for 0, on any. `host` is an address of this
/// machine, or a name that others know it by; without one, only this machine gets an answer.
pub fn listen(host: Option<&str>, port: u16) -> io::Result<(TcpListener, Hosts)> {
    let parsed = host.map(str::parse::<IpAddr>);
    let (address, name) = match (host, parsed) {
        (_, Some(Ok(address))) => (address, None),
        (Some(name), _) => (Ipv4Addr::UNSPECIFIED.into(), Some(name.to_owned())),
        (None, _) => (Ipv4Addr::LOCALHOST.into(), None),
    };
    let bind = |port| TcpListener::bind((address, port));
    let taken = |bound: &io::Result<_>| {
        bound.as_ref().is_err_and(|error: &io::Error| error.kind() == io::ErrorKind::AddrInUse)
    };
    let mut bound = bind(port);
    for next in (port..=u16::MAX).skip(1).take(PORTS.into()) {
        if !taken(&bound) {
            break;
        }
        bound = bind(next);
    }
    let listener = bound?;
    let port = listener.local_addr()?.port();
    Ok((listener, Hosts { address, name, port }))
}

impl Hosts {
    /// The port that is listened on.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The address for a browser on this machine, without a slash at its end.
    pub fn here(&self) -> String {
        let host =
            if self.address.is_unspecified() { Ipv4Addr::LOCALHOST.into() } else { self.address };
        format!("http://{}", SocketAddr::new(host, self.port))
    }

    /// Whether other devices get an answer.
    pub fn are_others_answered(&self) -> bool {
        !self.address.is_loopback()
    }

    /// The address for other devices; `None` where they get no answer or no network is there.
    pub fn elsewhere(&self) -> Option<String> {
        if self.address.is_loopback() {
            return None;
        }
        if let Some(name) = &self.name {
            return Some(format!("http://{name}:{}", self.port));
        }
        let address = if self.address.is_unspecified() { outward()? } else { self.address };
        Some(format!("http://{}", SocketAddr::new(address, self.port)))
    }

    /// Whether the request was meant for us. A page of another site can have its own name lead to
    /// this machine and would read drafts; the name it must then send is not ours.
    pub(super) fn answers(&self, headers: &HeaderMap, ends: Ends) -> bool {
        let mut hosts = headers.get_all(HOST).iter();
        let (Some(host), None) = (hosts.next(), hosts.next()) else { return false };
        let Ok(host) = host.to_str() else { return false };
        let end = format!(":{}", self.port);
        // Browsers leave port 80 out.
        let Some(name) = host.strip_suffix(&end).or_else(|| (self.port == 80).then_some(host))
        else {
            return false;
        };
        let is = |one: &str| name.eq_ignore_ascii_case(one);
        if self.name.as_deref().is_some_and(is) {
            return true;
        }
        if ["localhost", "127.0.0.1", "[::1]"].into_iter().any(is) {
            // such a name leads a browser to its own machine
            return ends.other.is_loopback();
        }
        let address = name.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
        address.is_ok_and(|address| Some(address.to_canonical()) == ends.own)
    }
}

/// The address of this machine in the network that leads outward. Nothing is sent: to connect a
/// datagram socket only chooses a way. The address asked for is kept for documents (RFC 5737).
fn outward() -> Option<IpAddr> {
    let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).ok()?;
    socket.connect((Ipv4Addr::new(192, 0, 2, 1), 9)).ok()?;
    Some(socket.local_addr().ok()?.ip())
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    const LOOPBACK: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);
    const LAPTOP: IpAddr = IpAddr::V4(Ipv4Addr::new(192, 168, 1, 20));
    const PHONE: IpAddr = IpAddr::V4(Ipv4Addr::new(192, 168, 1, 30));

    fn answers(name: Option<&str>, ends: Ends, hosts: &[&'static str]) -> bool {
        let name = name.map(str::to_owned);
        let own = Hosts { address: Ipv4Addr::UNSPECIFIED.into(), name, port: 4000 };
        let mut headers = HeaderMap::new();
        for host in hosts {
            headers.append(HOST, HeaderValue::from_static(host));
        }
        own.answers(&headers, ends)
    }

    #[test]
    fn this_machine_s_own_names_are_answered() {
        let here = Ends { own: Some(LOOPBACK), other: LOOPBACK };
        for host in ["localhost:4000", "127.0.0.1:4000", "[::1]:4000", "LocalHost:4000"] {
            assert!(answers(None, here, &[host]), "{host}");
        }
        for host in ["localhost", "localhost:80", "evil.example:4000", "localhost:4000.evil", ""] {
            assert!(!answers(None, here, &[host]), "{host}");
        }
        assert!(!answers(None, here, &[]));
        assert!(!answers(None, here, &["localhost:4000", "evil.example"]));
    }

    #[test]
    fn a_phone_is_answered_by_the_address_it_reached_and_the_name_that_was_given() {
        let phone = Ends { own: Some(LAPTOP), other: PHONE };
        assert!(answers(None, phone, &["192.168.1.20:4000"]));
        assert!(answers(Some("laptop.local"), phone, &["Laptop.local:4000"]));
        for host in ["192.168.1.21:4000", "localhost:4000", "laptop.local:4000"] {
            assert!(!answers(None, phone, &[host]), "{host}");
        }
        assert!(!answers(Some("laptop.local"), phone, &["evil.example:4000"]));
    }
}
