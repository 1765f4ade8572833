//! Clients that send what no client should send.

use std::time::Duration;

use anyhow::Result;
use rand::RngExt as _;
use shared::op::Op;
use shared::protocol::{ClientMsg, Role, encode};
use testkit::client::Connection;
use testkit::fixtures::{commit, commit_stroke, element_of, hello};
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::frame::Frame;
use tokio_tungstenite::tungstenite::protocol::frame::coding::{Data, OpCode};

use crate::case::{Case, LOG_AND_MEMORY, LOG_AND_ROLES, Twin};
use crate::deployment::Storage;
use crate::invariant::Invariant;
use crate::run::Run;
use crate::settings::Settings;

pub(super) const HOSTILE: Case = Case {
    row: "21",
    name: "hostile",
    fault: "mutated frames, commits of viewers, replayed and skipped numbers, while others draw",
    checks: LOG_AND_ROLES,
    twins: &[Twin {
        without: &["roles"],
        breaks: &[Invariant::Roles],
    }],
    run: |settings| Box::pin(hostile(settings)),
};

/// The number of the hostile client's key.
const WHO: u8 = 66;
/// How long a hostile client listens after each frame.
const LISTEN: Duration = Duration::from_millis(5);

async fn hostile(settings: Settings) -> Result<Run> {
    let mut run = Run::start(&settings, Storage::Redis(2), 3).await?;
    run.draw(Duration::from_millis(200));
    let length = settings.length_or(Duration::from_secs(4));
    let mut frames = 0_u64;
    while run.elapsed() < length {
        frames += attack(&mut run, Role::View).await?;
        frames += attack(&mut run, Role::Edit).await?;
    }
    run.figures.push(("hostile frames", frames.to_string()));
    let wrote = run
        .authors()
        .await?
        .contains_key(&testkit::fixtures::client_id(WHO));
    if wrote {
        let text = "the hostile viewer wrote".to_owned();
        run.findings.push((Invariant::Roles, text));
    }
    let output: Vec<String> = run
        .deployment
        .servers
        .iter()
        .flat_map(|it| it.output())
        .collect();
    if let Some(line) = output.iter().find(|line| line.contains("panicked")) {
        run.findings.push((Invariant::Roles, line.clone()));
    }
    Ok(run)
}

/// One connection that sends bad frames until it is closed; returns how many it sent.
async fn attack(run: &mut Run, role: Role) -> Result<u64> {
    let board = run.deployment.board;
    let side = run.chance.random_range(0..2);
    let url = run.deployment.servers[side].url();
    let mut connection = Connection::open(&url, &board.id.to_string()).await?;
    let (secret, who) = match role {
        Role::View => (board.view.secret, WHO),
        Role::Edit | Role::Owner => (board.edit.secret, WHO + 1),
    };
    connection
        .send(&ClientMsg::Hello(hello(secret, who)))
        .await?;
    let mut sent = 0;
    for _ in 0..20 {
        let frame = match run.chance.random_range(0..5) {
            0 => encode(&commit_stroke(who, 1, 5))?.to_vec(),
            1 => encode(&commit_stroke(who, 1_000, 5))?.to_vec(),
            2 => {
                let nothing = Op::Delete {
                    ids: vec![element_of(who, 9)],
                };
                encode(&ClientMsg::Commit(commit(u64::MAX, vec![nothing])))?.to_vec()
            }
            3 => {
                let mut frame = encode(&commit_stroke(who, 2, 9))?.to_vec();
                let place = run.chance.random_range(0..frame.len());
                frame[place] = run.chance.random();
                frame
            }
            _ => (0..run.chance.random_range(0..300))
                .map(|_| run.chance.random())
                .collect(),
        };
        if connection
            .send_raw(Message::Binary(frame.into()))
            .await
            .is_err()
        {
            break;
        }
        sent += 1;
        // The connection is closed after a few malformed frames.
        if let Ok(Err(_)) = timeout(LISTEN, connection.next()).await {
            break;
        }
    }
    Ok(sent)
}

pub(super) const UNFINISHED_HELLOS: Case = Case {
    row: "21",
    name: "unfinished-hellos",
    fault: "240 connections begin a first message of 200 KiB and never end it, while others draw",
    checks: LOG_AND_MEMORY,
    twins: &[Twin {
        without: &["hello-cap"],
        breaks: &[Invariant::Memory],
    }],
    run: |settings| Box::pin(unfinished_hellos(settings)),
};

/// Connections without a hello; a server takes 250 of one address.
const UNFINISHED: usize = 240;
/// The length of the part of a message that each of them sends.
const PART: usize = 200 << 10;
/// What each of them may cost the server, in bytes.
const EACH: u64 = 64 << 10;

async fn unfinished_hellos(settings: Settings) -> Result<Run> {
    let mut run = Run::start(&settings, Storage::Redis(1), 3).await?;
    run.draw(Duration::from_millis(200));
    run.pause(500..600).await;
    let resident = |run: &Run| run.deployment.resident().first().copied().unwrap_or(0);
    let (url, board) = (run.deployment.servers[0].url(), run.deployment.board);
    let (before, mut most) = (resident(&run), 0);
    let mut open = Vec::new();
    for _ in 0..UNFINISHED {
        let mut connection = Connection::open(&url, &board.id.to_string()).await?;
        let part = Frame::message(vec![0; PART], OpCode::Data(Data::Binary), false);
        // The server may close the connection while the frame is on the way.
        drop(connection.send_raw(Message::Frame(part)).await);
        open.push(connection);
        most = resident(&run).max(most);
    }
    let each = most.saturating_sub(before) / UNFINISHED as u64;
    let text = format!("{} KiB for each of {UNFINISHED}", each >> 10);
    run.figures.push(("unfinished hellos", text.clone()));
    if each > EACH {
        run.findings.push((Invariant::Memory, text));
    }
    Ok(run)
}
