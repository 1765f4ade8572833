//! A proxy in front of the server that lets no WebSocket through, and other outages: the page names
//! the likely cause.

use std::net::{Ipv4Addr, SocketAddr};

use anyhow::{Context as _, Result, ensure};
use e2e::emulate::Network;
use e2e::person::Person;
use e2e::test_env::scenario;
use testkit::proxy::Link;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{AbortHandle, JoinSet};

use crate::support::axe::check_axe_in_both_themes;
use crate::support::users::user_behind_a_proxy;

const FORBIDDEN: &[u8] =
    b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
const BAD_GATEWAY: &[u8] =
    b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

/// What a proxy does with requests for WebSockets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    /// It answers 403.
    Forbids,
    /// It drops the headers that ask for a WebSocket, as nginx does by default.
    StripsUpgrade,
    /// It accepts the connection and answers nothing.
    Swallows,
    /// It answers 502 to them and to health checks, as if the server was down.
    HasNoServer,
}

/// A proxy with a fault. When it is dropped, it stops.
struct FaultyProxy {
    address: SocketAddr,
    task: AbortHandle,
}

impl Drop for FaultyProxy {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl FaultyProxy {
    async fn in_front_of(server: SocketAddr, fault: Fault) -> Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let task = tokio::spawn(async move {
            let mut connections = JoinSet::new();
            while let Ok((client, _)) = listener.accept().await {
                connections.spawn(serve(client, server, fault));
            }
        });
        Ok(Self {
            address,
            task: task.abort_handle(),
        })
    }

    fn url(&self) -> String {
        format!("http://{}", self.address)
    }
}

/// Passes one request on, unless the fault is about it. The server closes after its answer, so each
/// request has a connection of its own.
async fn serve(mut client: TcpStream, server: SocketAddr, fault: Fault) -> Result<()> {
    let head = read_head(&mut client).await?;
    let is_socket = head.starts_with("GET /ws/");
    let is_health = head.starts_with("GET /healthz");
    match fault {
        Fault::Forbids if is_socket => return Ok(client.write_all(FORBIDDEN).await?),
        Fault::HasNoServer if is_socket || is_health => {
            return Ok(client.write_all(BAD_GATEWAY).await?);
        }
        Fault::Swallows if is_socket => return std::future::pending().await,
        Fault::Forbids | Fault::HasNoServer | Fault::Swallows | Fault::StripsUpgrade => {}
    }
    let mut server = TcpStream::connect(server).await?;
    server.write_all(without_upgrade(&head).as_bytes()).await?;
    copy_bidirectional(&mut client, &mut server).await?;
    Ok(())
}

async fn read_head(client: &mut TcpStream) -> Result<String> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(client.read_u8().await?);
    }
    Ok(String::from_utf8(head)?)
}

/// A request without the headers that ask for a WebSocket.
fn without_upgrade(head: &str) -> String {
    let is_kept = |line: &&str| {
        let name = line.split(':').next().unwrap_or_default();
        !["connection", "upgrade"].contains(&name.to_lowercase().as_str())
    };
    let lines: Vec<_> = head.trim_end().split("\r\n").filter(is_kept).collect();
    format!("{}\r\nConnection: close\r\n\r\n", lines.join("\r\n"))
}

/// Waits for the notice about the connection, and returns its words.
async fn notice(person: &Person) -> Result<String> {
    let words = "document.querySelector('.connection-notice p')?.textContent";
    person.page.wait_for(words).await
}

async fn wait_until_the_notice_has_gone(person: &Person) -> Result<()> {
    let gone = "document.querySelector('.connection-notice') === null";
    person.page.wait_for::<bool>(gone).await.map(drop)
}

/// The number of requests that a page made to find out what is wrong.
fn probes(person: &Person) -> usize {
    let requests = person.page.log().requests();
    requests
        .iter()
        .filter(|it| it.ends_with("/healthz"))
        .count()
}

#[test]
fn a_proxy_that_lets_no_websocket_through_is_named_as_the_cause() {
    scenario("no websockets", async |env| {
        env.connections_will_break();
        let url = env.one_server().await?;
        let server = env.server(0)?.address();
        for (fault, expected) in [
            (
                Fault::Forbids,
                "must pass the headers Upgrade and Connection",
            ),
            (
                Fault::StripsUpgrade,
                "must pass the headers Upgrade and Connection",
            ),
            (
                Fault::Swallows,
                "must pass the headers Upgrade and Connection",
            ),
            (Fault::HasNoServer, "status 502"),
        ] {
            let proxy = FaultyProxy::in_front_of(server, fault).await?;
            let board = env.board(&url).await?;
            let person = env.person(&format!("{fault:?}")).await?;
            person.page.goto(&board.owner.at(&proxy.url())).await?;
            let words = notice(&person)
                .await
                .with_context(|| format!("{fault:?}"))?;
            ensure!(words.contains(expected), "{fault:?}: {words}");
            ensure!(probes(&person) == 1, "{} requests", probes(&person));
            if fault == Fault::Forbids {
                check_axe_in_both_themes(&person, "the notice about the connection").await?;
            }
            person.page.close().await?;
        }
        Ok(())
    });
}

#[test]
fn the_notice_about_the_connection_follows_the_outage() {
    scenario("outages", async |env| {
        let (ada, proxy, _) = user_behind_a_proxy(env).await?;
        for fault in ["refused", "silent"] {
            let before = probes(&ada);
            match fault {
                "refused" => proxy.refuse(),
                _ => proxy.set(Link::held()),
            }
            let words = notice(&ada).await.context(fault)?;
            ensure!(
                words.contains("The server cannot be reached"),
                "{fault}: {words}"
            );
            ensure!(probes(&ada) == before + 1, "one request in each outage");
            proxy.restore();
            wait_until_the_notice_has_gone(&ada).await?;
            ada.wait_for_status("Saved").await?;
        }
        proxy.refuse();
        ada.page.set_network(Network::Offline).await?;
        let words = notice(&ada).await?;
        ensure!(words.contains("offline"), "{words}");
        proxy.restore();
        ada.page.set_network(Network::Online).await?;
        wait_until_the_notice_has_gone(&ada).await
    });
}
