//! A server rejects a page, for its version or for lack of access, and the page says why.

use std::net::{Ipv4Addr, SocketAddr};

use anyhow::{Result, ensure};
use e2e::emulate::Network;
use e2e::page::At;
use e2e::person::Person;
use e2e::test_env::{TestEnv, scenario};
use futures::{SinkExt as _, StreamExt as _};
use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::{AbortHandle, JoinSet};
use tokio_tungstenite::accept_async;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::CloseFrame;

use crate::support::axe::check_axe_in_both_themes;
use crate::support::typing::wait_until_typing;

/// The close codes for another protocol version and for no access, unchanged since the first version.
const VERSION: u16 = 4110;

const NO_ACCESS: u16 = 4103;

/// How a server that rejects pages answers the hello message.
#[derive(Debug, Clone, Copy)]
enum Answer {
    /// It closes the connection because of another protocol version.
    OtherVersion,
    /// It sends a malformed message.
    Malformed,
    /// It closes the connection because the link gives no access any more.
    NoAccess,
}

/// Forwards all connections to a real server until it is rejecting to reject WebSockets. When it is
/// dropped, it stops.
struct RejectingServer {
    address: SocketAddr,
    task: AbortHandle,
    rejects: watch::Sender<bool>,
}

impl Drop for RejectingServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl RejectingServer {
    async fn in_front_of(server: SocketAddr, answer: Answer) -> Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let rejects = watch::Sender::new(false);
        let rejecting = rejects.subscribe();
        let task = tokio::spawn(async move {
            let mut connections = JoinSet::new();
            while let Ok((client, _)) = listener.accept().await {
                connections.spawn(forward_or_reject(client, server, answer, rejecting.clone()));
            }
        });
        Ok(Self {
            address,
            task: task.abort_handle(),
            rejects,
        })
    }

    /// Cuts all open WebSockets and rejects new ones.
    fn reject(&self) {
        self.rejects.send_replace(true);
    }

    /// Forwards new WebSockets again.
    fn accept(&self) {
        self.rejects.send_replace(false);
    }
}

async fn forward_or_reject(
    mut client: TcpStream,
    server: SocketAddr,
    answer: Answer,
    mut rejects: watch::Receiver<bool>,
) -> Result<()> {
    let mut start = [0; 8];
    let length = client.peek(&mut start).await?;
    let is_socket = start.get(..length) == Some(b"GET /ws/");
    if is_socket && *rejects.borrow() {
        return reject_with(client, answer).await;
    }
    let mut server = TcpStream::connect(server).await?;
    let cut = async {
        if is_socket && rejects.wait_for(|rejects| *rejects).await.is_ok() {
            return;
        }
        std::future::pending().await
    };
    tokio::select! {
        done = copy_bidirectional(&mut client, &mut server) => done.map(drop)?,
        () = cut => {}
    }
    Ok(())
}

async fn reject_with(client: TcpStream, answer: Answer) -> Result<()> {
    let mut socket = accept_async(client).await?;
    socket.next().await;
    let close = |code: u16, reason: &'static str| CloseFrame {
        code: code.into(),
        reason: reason.into(),
    };
    match answer {
        Answer::OtherVersion => {
            let frame = close(VERSION, "other protocol version");
            socket.close(Some(frame)).await?;
        }
        Answer::NoAccess => {
            let frame = close(NO_ACCESS, "no such board or link");
            socket.close(Some(frame)).await?;
        }
        Answer::Malformed => socket.send(Message::Binary(vec![0xc1; 9].into())).await?,
    }
    // Until the page closes the connection.
    while let Some(Ok(_)) = socket.next().await {}
    Ok(())
}

async fn check_notice(env: &mut TestEnv, answer: Answer) -> Result<()> {
    env.connections_will_break();
    let url = env.one_server().await?;
    let board = env.board(&url).await?;
    let server = url.trim_start_matches("http://").parse()?;
    let server_in_front = RejectingServer::in_front_of(server, answer).await?;
    server_in_front.reject();
    let url = format!("http://{}", server_in_front.address);
    let ada = env.person("ada").await?;
    ada.page.goto(&board.owner.at(&url)).await?;
    let title = "document.querySelector('.notice-title')?.textContent";
    ada.page
        .wait_for::<bool>(&format!(
            "{title} === 'This page and the server differ in version'"
        ))
        .await?;
    let board = "document.querySelector('main.board') !== null";
    ensure!(
        !ada.page.eval::<bool>(board).await?,
        "the board is still reachable behind the notice"
    );
    check_axe_in_both_themes(&ada, &format!("the notice after {answer:?}")).await
}

#[test]
fn a_server_of_another_protocol_version_is_reported() {
    scenario("other version", async |env| {
        check_notice(env, Answer::OtherVersion).await
    });
}

#[test]
fn a_page_that_is_too_old_loses_nothing_when_it_is_loaded_again() {
    scenario("too old", async |env| {
        env.connections_will_break();
        let direct = env.one_server().await?;
        let board = env.board(&direct).await?;
        let server = direct.trim_start_matches("http://").parse()?;
        let server_in_front = RejectingServer::in_front_of(server, Answer::OtherVersion).await?;
        let url = format!("http://{}", server_in_front.address);
        let ben = env.guest("ben", &board.edit.at(&direct)).await?;
        let ada = env.guest("ada", &board.owner.at(&url)).await?;
        ada.pick_tool("Pen").await?;
        ada.page.set_network(Network::Offline).await?;
        ada.draw_dash(At(300.0, 300.0)).await?;
        let is_kept = "__e2e.data('at-stake') === 0 && /1/.test(__e2e.status())";
        ada.page.wait_for::<bool>(is_kept).await?;
        server_in_front.reject();
        ada.page.set_network(Network::Online).await?;
        ada.page.find("button", "Open it here again").await?;
        ensure!(ben.elements().await? == 0, "the page was not refused");
        server_in_front.accept();
        ada.page.click("button", "Open it here again").await?;
        for person in [&ben, &ada] {
            person.wait_for_elements(1).await?;
        }
        ada.wait_until_saved().await
    });
}

#[test]
fn a_server_with_malformed_messages_is_reported() {
    scenario("malformed messages", async |env| {
        check_notice(env, Answer::Malformed).await
    });
}

/// What a person does when the server rejects the page.
#[derive(Debug, Clone, Copy)]
enum Busy {
    TypesATitle,
    TypesTheirName,
    WritesOnTheBoard,
}

async fn keep_busy(person: &Person, busy: Busy) -> Result<()> {
    match busy {
        Busy::TypesATitle => {
            person.page.click("textbox", "Board title").await?;
        }
        Busy::TypesTheirName => {
            person.page.click("button", "Show everyone").await?;
            person.page.click("textbox", "Your name").await?;
        }
        Busy::WritesOnTheBoard => {
            person.pick_tool("Text").await?;
            person.page.click_at(At(500.0, 300.0)).await?;
            wait_until_typing(person).await?;
        }
    }
    person.page.type_text("half a wor").await
}

/// A field that is removed from the page loses the focus after its board is gone. If the page handled
/// that badly, its problem would fail the scenario.
#[test]
fn a_user_whose_access_ends_while_typing_sees_why() {
    scenario("lost access", async |env| {
        env.connections_will_break();
        let url = env.one_server().await?;
        let server = url.trim_start_matches("http://").parse()?;
        for busy in [
            Busy::TypesATitle,
            Busy::TypesTheirName,
            Busy::WritesOnTheBoard,
        ] {
            let board = env.board(&url).await?;
            let server_in_front = RejectingServer::in_front_of(server, Answer::NoAccess).await?;
            let link = board
                .owner
                .at(&format!("http://{}", server_in_front.address));
            let person = env.guest(&format!("{busy:?}"), &link).await?;
            keep_busy(&person, busy).await?;
            server_in_front.reject();
            let says = "document.querySelector('.notice-title')?.textContent \
                === 'This link does not open a board'";
            person.page.wait_for::<bool>(says).await?;
            let board = "document.querySelector('main.board') !== null";
            let is_there = person.page.eval::<bool>(board).await?;
            ensure!(!is_there, "the board is still reachable behind the notice");
        }
        Ok(())
    });
}
