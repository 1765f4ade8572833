//! The program on a disk that fails: it is full, files may not grow, the file is gone.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on has failed"
)]

#[path = "failing_disk/faults.rs"]
mod faults;
#[path = "support/program.rs"]
#[allow(dead_code, reason = "each suite uses a part of it")]
mod program;

use std::path::Path;

use faults::FaultyProgram;
use program::until_ready_is;
use shared::protocol::{ClientMsg, ServerMsg, StoreStatus};
use tempfile::TempDir;
use testkit::board::Board;
use testkit::client::Client;
use testkit::disk::SmallDisk;
use testkit::fixtures::{commit_stroke, element_of, hello};
use testkit::server::Server;

/// Points of a stroke of about 10 KB.
const LONG: u32 = 5_000;
/// Bytes of the small disk.
const DISK: u64 = 4 * 1024 * 1024;

/// A data directory whose disk can be filled.
enum Disk {
    Small(SmallDisk),
    /// Files of the server are limited to their size.
    Limited(TempDir),
}

impl Disk {
    /// A small disk, or where mounting is not permitted, a limit of the size of files, which fails
    /// writes in the same place.
    fn new() -> Self {
        match SmallDisk::mount(DISK) {
            Ok(disk) => Self::Small(disk),
            Err(error) => {
                eprintln!("a limit of the size of files stands in for a full disk: {error:#}");
                Self::Limited(tempfile::tempdir().unwrap())
            }
        }
    }

    fn path(&self) -> &Path {
        match self {
            Self::Small(disk) => disk.path(),
            Self::Limited(dir) => dir.path(),
        }
    }

    fn fill(&self, server: &Server) {
        match self {
            Self::Small(disk) => disk.fill().unwrap(),
            Self::Limited(dir) => {
                let bytes = std::fs::metadata(dir.path().join("boards.redb"))
                    .unwrap()
                    .len();
                server.limit_file_size(Some(bytes)).unwrap();
            }
        }
    }

    fn free(&self, server: &Server) {
        match self {
            Self::Small(disk) => disk.free().unwrap(),
            Self::Limited(_) => server.limit_file_size(None).unwrap(),
        }
    }
}

async fn start(dir: &Path) -> Server {
    program::start(&["--data-dir", dir.to_str().unwrap()]).await
}

/// Waits until a client is told that the store is up or down.
async fn hears(client: &mut Client, wanted: StoreStatus) {
    let news = client.until("news of the store", |message| match message {
        ServerMsg::StoreStatus(status) if status == wanted => Some(()),
        _ => None,
    });
    news.await;
}

/// Client 1 draws long strokes after the first `drawn` ones until it is told that the store is down;
/// returns how many it has drawn then. The last one is not stored yet.
async fn draw_until_down(ann: &mut Client, mut drawn: u64) -> u64 {
    loop {
        drawn += 1;
        ann.send(&commit_stroke(1, drawn, LONG)).await;
        let is_down = ann.until("an answer", |message| match message {
            ServerMsg::Ack { cno, .. } if cno == drawn => Some(false),
            ServerMsg::StoreStatus(StoreStatus::Down) => Some(true),
            _ => None,
        });
        if is_down.await {
            return drawn;
        }
    }
}

/// Kills the server; one on the same directory must have exactly the strokes 1 to `drawn` of client 1.
async fn has_exactly(mut server: Server, dir: &Path, board: &Board, drawn: u64) {
    server.kill().await.unwrap();
    let server = start(dir).await;
    let (mut eve, welcome) = Client::join(server.address(), board.view, 9).await;
    let kept = eve.board(&welcome).await;
    assert_eq!(kept.len() as u64, drawn);
    assert!((1..=drawn).all(|number| kept.get(element_of(1, number)).is_some()));
    assert_eq!(welcome.at.seq, drawn, "no commit is stored twice");
}

#[tokio::test]
async fn a_full_disk_is_told_to_every_page_and_saving_goes_on_once_it_is_free() {
    let disk = Disk::new();
    let server = start(disk.path()).await;
    let drawn_on = Board::create(&server.url()).await.unwrap();
    let watched = Board::create(&server.url()).await.unwrap();
    let closed = Board::create(&server.url()).await.unwrap();
    let (mut ann, _) = Client::join(server.address(), drawn_on.edit, 1).await;
    let (mut bob, _) = Client::join(server.address(), watched.view, 2).await;
    disk.fill(&server);

    let drawn = draw_until_down(&mut ann, 0).await;
    hears(&mut bob, StoreStatus::Down).await;
    let (mut cleo, _) = Client::join(server.address(), drawn_on.edit, 3).await;
    hears(&mut cleo, StoreStatus::Down).await;
    // A board that nobody has open can be read from a disk that is full.
    let (mut dan, _) = Client::join(server.address(), closed.edit, 4).await;
    hears(&mut dan, StoreStatus::Down).await;
    let report = until_ready_is(&server, 503).await;
    assert_eq!(report["store"]["state"], "down", "{report}");
    assert_eq!(report["broker"]["state"], "ok", "{report}");
    assert!(
        report["store"]["reason"]
            .as_str()
            .is_some_and(|it| !it.is_empty()),
        "{report}"
    );

    disk.free(&server);
    for client in [&mut ann, &mut bob, &mut cleo, &mut dan] {
        hears(client, StoreStatus::Up).await;
    }
    ann.receives_seq(drawn).await;
    assert_eq!(until_ready_is(&server, 200).await["status"], "ok");
    ann.send(&commit_stroke(1, drawn + 1, 10)).await;
    ann.receives_seq(drawn + 1).await;
    has_exactly(server, disk.path(), &drawn_on, drawn + 1).await;
}

#[tokio::test]
async fn a_server_starts_on_a_full_disk_and_saves_once_it_is_free() {
    let disk = Disk::new();
    if let Disk::Limited(_) = disk {
        // A limit of the size of files ends with the process.
        return;
    }
    let mut server = start(disk.path()).await;
    let board = Board::create(&server.url()).await.unwrap();
    let (mut ann, _) = Client::join(server.address(), board.edit, 1).await;
    ann.send(&commit_stroke(1, 1, LONG)).await;
    ann.receives_seq(1).await;
    drop(ann);
    disk.fill(&server);
    server.terminate().await.unwrap();
    server.restart().await.unwrap();
    let (mut ann, welcome) = Client::join(server.address(), board.edit, 1).await;
    assert_eq!(ann.board(&welcome).await.len(), 1);
    let drawn = draw_until_down(&mut ann, 1).await;
    disk.free(&server);
    ann.until("an ack", |message| match message {
        ServerMsg::Ack { cno, .. } if cno == drawn => Some(()),
        _ => None,
    })
    .await;
    drop(ann);
    server.terminate().await.unwrap();
    server.restart().await.unwrap();
    let (mut ben, after) = Client::join(server.address(), board.view, 2).await;
    assert_eq!(after.at.epoch, welcome.at.epoch);
    assert_eq!(ben.board(&after).await.len() as u64, drawn);
}

#[tokio::test]
async fn a_disk_may_be_full_again_and_again() {
    let disk = Disk::new();
    let server = start(disk.path()).await;
    let board = Board::create(&server.url()).await.unwrap();
    let (mut ann, _) = Client::join(server.address(), board.edit, 1).await;
    let mut drawn = 0;
    for _ in 0..3 {
        disk.fill(&server);
        drawn = draw_until_down(&mut ann, drawn).await;
        disk.free(&server);
        hears(&mut ann, StoreStatus::Up).await;
        ann.receives_seq(drawn).await;
    }
    has_exactly(server, disk.path(), &board, drawn).await;
}

#[tokio::test]
async fn a_file_that_may_not_grow_is_waited_for() {
    let data = tempfile::tempdir().unwrap();
    let server = start(data.path()).await;
    let board = Board::create(&server.url()).await.unwrap();
    let (mut ann, _) = Client::join(server.address(), board.edit, 1).await;
    server.limit_file_size(Some(4096)).unwrap();
    let drawn = draw_until_down(&mut ann, 0).await;
    until_ready_is(&server, 503).await;
    server.limit_file_size(None).unwrap();
    hears(&mut ann, StoreStatus::Up).await;
    ann.receives_seq(drawn).await;
    has_exactly(server, data.path(), &board, drawn).await;
}

#[tokio::test]
async fn a_server_that_cannot_save_ends_without_waiting_for_its_disk() {
    let disk = Disk::new();
    let mut server = start(disk.path()).await;
    let board = Board::create(&server.url()).await.unwrap();
    let (mut ann, _) = Client::join(server.address(), board.edit, 1).await;
    disk.fill(&server);
    draw_until_down(&mut ann, 0).await;
    let ending = tokio::spawn(async move {
        server.terminate().await.unwrap();
        server.output()
    });
    assert_eq!(ann.close_code().await, Some(1012));
    let output = ending.await.unwrap();
    let says = |words: &str| output.iter().any(|line| line.contains(words));
    assert!(says("the store is down, so clients keep"), "{output:?}");
}

#[tokio::test]
async fn a_deleted_file_is_written_again() {
    let data = tempfile::tempdir().unwrap();
    let dir = data.path().join("boards");
    let server = start(&dir).await;
    let board = Board::create(&server.url()).await.unwrap();
    let (mut ann, _) = Client::join(server.address(), board.edit, 1).await;
    ann.send(&commit_stroke(1, 1, 10)).await;
    ann.receives_seq(1).await;
    std::fs::remove_file(dir.join("boards.redb")).unwrap();
    ann.send(&commit_stroke(1, 2, 10)).await;
    ann.receives_seq(2).await;
    std::fs::remove_dir_all(&dir).unwrap();
    // Nobody draws, and the directory comes back all the same.
    server.says("was deleted").await.unwrap();
    until_ready_is(&server, 200).await;
    ann.send(&commit_stroke(1, 3, 10)).await;
    ann.receives_seq(3).await;
    has_exactly(server, &dir, &board, 3).await;
}

/// An administrator puts an older copy into the place of the file, or the disk lost what it had
/// confirmed: the store has less than it acknowledged.
#[tokio::test]
async fn commits_that_the_file_lost_are_sent_again_in_a_new_epoch() {
    let data = tempfile::tempdir().unwrap();
    let server = start(data.path()).await;
    let board = Board::create(&server.url()).await.unwrap();
    let (mut ann, _) = Client::join(server.address(), board.edit, 1).await;
    for number in 1..=2 {
        ann.send(&commit_stroke(1, number, 10)).await;
        ann.receives_seq(number).await;
    }
    let file = data.path().join("boards.redb");
    let older = data.path().join("older");
    std::fs::copy(&file, &older).unwrap();
    for number in 3..=5 {
        ann.send(&commit_stroke(1, number, 10)).await;
        ann.receives_seq(number).await;
    }
    std::fs::rename(&older, &file).unwrap();
    ann.until("a new epoch", |message| match message {
        ServerMsg::NewEpoch { .. } => Some(()),
        _ => None,
    })
    .await;
    ann.send(&commit_stroke(1, 6, 10)).await;
    ann.until("the last stroke", |message| match message {
        ServerMsg::Ack { cno: 6, .. } => Some(()),
        _ => None,
    })
    .await;
    has_exactly(server, data.path(), &board, 6).await;
}

/// Whatever call fails with whatever error: nothing acknowledged is lost, nothing is stored twice,
/// and saving goes on.
#[tokio::test]
async fn any_failed_call_on_the_file_is_survived() {
    // The numbers of the errors on Linux.
    let (eio, enospc, erofs, edquot) = (5, 28, 30, 122);
    let cases = [
        format!("fdatasync={eio}"),
        format!("fdatasync={enospc}"),
        format!("pwrite={eio}"),
        format!("pwrite={edquot} ftruncate={edquot}"),
        // As if the file system was mounted anew for reading only.
        format!("pwrite={erofs} ftruncate={erofs} open={erofs}"),
        // The disk is gone: nothing can be read either.
        format!("pread={eio} pwrite={eio} fdatasync={eio} ftruncate={eio} open={eio}"),
    ];
    let program = FaultyProgram::build();
    let server = program.start().await;
    let board = Board::create(&server.url()).await.unwrap();
    let other = Board::create(&server.url()).await.unwrap();
    let (mut ann, _) = Client::join(server.address(), board.edit, 1).await;
    let (mut bob, _) = Client::join(server.address(), other.view, 2).await;
    let mut drawn = 0;
    for case in cases {
        program.fail(&case);
        drawn = draw_until_down(&mut ann, drawn).await;
        hears(&mut bob, StoreStatus::Down).await;
        until_ready_is(&server, 503).await;
        program.mend();
        hears(&mut ann, StoreStatus::Up).await;
        hears(&mut bob, StoreStatus::Up).await;
        ann.receives_seq(drawn).await;
    }
    has_exactly(server, program.data(), &board, drawn).await;
}

/// A read that fails is noticed although nobody draws.
#[tokio::test]
async fn boards_can_be_opened_after_a_read_failed() {
    let program = FaultyProgram::build();
    let mut server = program.start().await;
    let board = Board::create(&server.url()).await.unwrap();
    let (mut ann, _) = Client::join(server.address(), board.edit, 1).await;
    for number in 1..=5 {
        ann.send(&commit_stroke(1, number, LONG)).await;
        ann.receives_seq(number).await;
    }
    // Nothing is cached after a start.
    server.kill().await.unwrap();
    server.restart().await.unwrap();
    program.fail("pread=5");
    let mut bob = Client::connect(server.address(), board.view.board).await;
    bob.send(&ClientMsg::Hello(hello(board.view.secret, 2)))
        .await;
    server.says("does not work").await.unwrap();
    program.mend();
    has_exactly(server, program.data(), &board, 5).await;
}

#[tokio::test]
async fn boards_can_be_read_while_the_file_may_only_be_read() {
    let program = FaultyProgram::build();
    let server = program.start().await;
    let board = Board::create(&server.url()).await.unwrap();
    let closed = Board::create(&server.url()).await.unwrap();
    let (mut ann, _) = Client::join(server.address(), board.edit, 1).await;
    program.fail("pwrite=30 ftruncate=30 open=30");
    draw_until_down(&mut ann, 0).await;
    let (mut bob, _) = Client::join(server.address(), closed.edit, 2).await;
    hears(&mut bob, StoreStatus::Down).await;
}
