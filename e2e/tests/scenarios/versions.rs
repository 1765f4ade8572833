//! A page and a server that do not understand each other: the page says so.

use std::net::{Ipv4Addr, SocketAddr};

use anyhow::{Result, ensure};
use e2e::stage::{Stage, scene};
use futures::{SinkExt as _, StreamExt as _};
use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{AbortHandle, JoinSet};
use tokio_tungstenite::accept_async;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::CloseFrame;

use crate::barriers::in_both_themes;

/// The close code for another version, as it has been since the first one.
const VERSION: u16 = 4110;

/// How a server of another version answers a hello.
#[derive(Debug, Clone, Copy)]
enum Answer {
    /// It says that it is one.
    Farewell,
    /// It takes the page for one of its own and says what the page cannot read.
    Nonsense,
}

/// Everything of a real server but its WebSockets; dropped, it is gone.
struct Stranger {
    address: SocketAddr,
    task: AbortHandle,
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
        let task = tokio::spawn(async move {
            let mut visits = JoinSet::new();
            while let Ok((visitor, _)) = listener.accept().await {
                visits.spawn(receive(visitor, server, answer));
            }
        });
        Ok(Self {
            address,
            task: task.abort_handle(),
        })
    }
}

async fn receive(mut visitor: TcpStream, server: SocketAddr, answer: Answer) -> Result<()> {
    let mut start = [0; 8];
    let length = visitor.peek(&mut start).await?;
    if start.get(..length) == Some(b"GET /ws/") {
        return speak(visitor, answer).await;
    }
    let mut server = TcpStream::connect(server).await?;
    copy_bidirectional(&mut visitor, &mut server).await?;
    Ok(())
}

async fn speak(visitor: TcpStream, answer: Answer) -> Result<()> {
    let mut socket = accept_async(visitor).await?;
    socket.next().await;
    match answer {
        Answer::Farewell => {
            let frame = CloseFrame {
                code: VERSION.into(),
                reason: "other protocol version".into(),
            };
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
    in_both_themes(&ada, &format!("the notice after {answer:?}")).await
}

#[test]
fn a_server_of_another_version_is_named_as_such() {
    scene("other version", async |stage| {
        page_says_so(stage, Answer::Farewell).await
    });
}

#[test]
fn a_server_that_is_not_understood_is_named_as_such() {
    scene("nonsense", async |stage| {
        page_says_so(stage, Answer::Nonsense).await
    });
}
