//! A server rejects a page, for its version or for lack of access, and the page says why.

use std::net::{Ipv4Addr, SocketAddr};

use anyhow::{Result, ensure};
use e2e::page::At;
use e2e::person::Person;
use e2e::stage::{Stage, scene};
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

/// The close codes for another version and for no access, as they have been since the first
/// version.
const VERSION: u16 = 4110;

const NO_ACCESS: u16 = 4103;

/// How a server that turns pages away answers a hello.
#[derive(Debug, Clone, Copy)]
enum Answer {
    /// It says that it is of another version.
    Farewell,
    /// It takes the page for one of its own and says what the page cannot read.
    Nonsense,
    /// It says that the link opens no board any more.
    NoAccess,
}

/// Everything of a real server but its WebSockets, which it passes on until it turns pages
/// away; dropped, it is gone.
struct Stranger {
    address: SocketAddr,
    task: AbortHandle,
    turns_away: watch::Sender<bool>,
}

impl Drop for Stranger {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Stranger {
    async fn before(server: SocketAddr, answer: Answer) -> Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let turns_away = watch::Sender::new(false);
        let told = turns_away.subscribe();
        let task = tokio::spawn(async move {
            let mut visits = JoinSet::new();
            while let Ok((visitor, _)) = listener.accept().await {
                visits.spawn(receive(visitor, server, answer, told.clone()));
            }
        });
        Ok(Self {
            address,
            task: task.abort_handle(),
            turns_away,
        })
    }

    /// Cuts the WebSockets that there are, and answers all that come.
    fn turn_away(&self) {
        self.turns_away.send_replace(true);
    }
}

async fn receive(
    mut visitor: TcpStream,
    server: SocketAddr,
    answer: Answer,
    mut turns_away: watch::Receiver<bool>,
) -> Result<()> {
    let mut start = [0; 8];
    let length = visitor.peek(&mut start).await?;
    let is_socket = start.get(..length) == Some(b"GET /ws/");
    if is_socket && *turns_away.borrow() {
        return speak(visitor, answer).await;
    }
    let mut server = TcpStream::connect(server).await?;
    let cut = async {
        if is_socket && turns_away.wait_for(|turns_away| *turns_away).await.is_ok() {
            return;
        }
        std::future::pending().await
    };
    tokio::select! {
        done = copy_bidirectional(&mut visitor, &mut server) => done.map(drop)?,
        () = cut => {}
    }
    Ok(())
}

async fn speak(visitor: TcpStream, answer: Answer) -> Result<()> {
    let mut socket = accept_async(visitor).await?;
    socket.next().await;
    let close = |code: u16, reason: &'static str| CloseFrame {
        code: code.into(),
        reason: reason.into(),
    };
    match answer {
        Answer::Farewell => {
            let frame = close(VERSION, "other protocol version");
            socket.close(Some(frame)).await?;
        }
        Answer::NoAccess => {
            let frame = close(NO_ACCESS, "no such board or link");
            socket.close(Some(frame)).await?;
        }
        Answer::Nonsense => socket.send(Message::Binary(vec![0xc1; 9].into())).await?,
    }
    // Until the page hangs up.
    while let Some(Ok(_)) = socket.next().await {}
    Ok(())
}

async fn page_says_so(stage: &mut Stage, answer: Answer) -> Result<()> {
    stage.connections_will_break();
    let url = stage.one_server().await?;
    let board = stage.board(&url).await?;
    let server = url.trim_start_matches("http://").parse()?;
    let stranger = Stranger::before(server, answer).await?;
    stranger.turn_away();
    let url = format!("http://{}", stranger.address);
    let ada = stage.person("ada").await?;
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
        "the board is still at hand behind the notice"
    );
    check_axe_in_both_themes(&ada, &format!("the notice after {answer:?}")).await
}

#[test]
fn a_server_of_another_protocol_version_is_reported() {
    scene("other version", async |stage| {
        page_says_so(stage, Answer::Farewell).await
    });
}

#[test]
fn a_server_with_malformed_messages_is_reported() {
    scene("nonsense", async |stage| {
        page_says_so(stage, Answer::Nonsense).await
    });
}

/// What somebody does when the server turns them away.
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
            person.take("Text").await?;
            person.page.click_at(At(500.0, 300.0)).await?;
            wait_until_typing(person).await?;
        }
    }
    person.page.type_text("half a wor").await
}

/// Fields lose the keyboard when they are taken off the page, after what they stood for has
/// gone. A complaint of the page fails the scene.
#[test]
fn a_user_whose_access_ends_while_typing_sees_why() {
    scene("turned away", async |stage| {
        stage.connections_will_break();
        let url = stage.one_server().await?;
        let server = url.trim_start_matches("http://").parse()?;
        for busy in [
            Busy::TypesATitle,
            Busy::TypesTheirName,
            Busy::WritesOnTheBoard,
        ] {
            let board = stage.board(&url).await?;
            let stranger = Stranger::before(server, Answer::NoAccess).await?;
            let link = board.owner.at(&format!("http://{}", stranger.address));
            let person = stage.guest(&format!("{busy:?}"), &link).await?;
            keep_busy(&person, busy).await?;
            stranger.turn_away();
            let says = "document.querySelector('.notice-title')?.textContent \
                === 'This link does not open a board'";
            person.page.wait_for::<bool>(says).await?;
            let board = "document.querySelector('main.board') !== null";
            let is_there = person.page.eval::<bool>(board).await?;
            ensure!(!is_there, "the board is still at hand behind the notice");
        }
        Ok(())
    });
}
