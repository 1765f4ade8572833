//! A backup of the data file is put back, while pages know more than it has.

use std::fs;
use std::path::Path;

use shared::id::Position;
use shared::protocol::{ClientMsg, ServerMsg, Welcome};
use tempfile::TempDir;
use testkit::board::Link;
use testkit::fixtures::resuming;

use super::*;

/// The files in a data directory.
const FILES: [&str; 2] = ["boards.redb", "boards.run"];

/// How a backup is put back.
#[derive(Debug, Clone, Copy)]
enum Restore {
    /// The file of the boards alone, over the present one.
    Over,
    /// The file of the boards alone, as a new file.
    Renamed,
    /// Both files, as new files in another directory.
    WholeDirectory,
}

/// A board with commits of Ann, of which a backup lacks the last ones.
struct Restored {
    dir: TempDir,
    board: Board,
    /// What Ann knows.
    known: Position,
}

impl Restored {
    async fn by(how: Restore) -> Self {
        let (dir, backup) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let server = TestServer::on_dir(dir.path()).await;
        let board = server.board().await;
        let (mut ann, welcome) = Client::join(server.address, board.edit, 1).await;
        draw(&mut ann, 1, 1..=5, 0).await;
        drop(ann);
        server.stop().await;
        copy(dir.path(), backup.path(), &FILES);
        let server = TestServer::on_dir(dir.path()).await;
        let (mut ann, welcome) = join(&server, board.edit, 2, at(&welcome, 5)).await;
        assert!(welcome.delta, "a restart loses nothing");
        draw(&mut ann, 1, 6..=10, 0).await;
        drop(ann);
        server.stop().await;
        let dir = match how {
            Restore::Over => {
                copy(backup.path(), dir.path(), &FILES[..1]);
                dir
            }
            Restore::Renamed => {
                let (new, path) = (dir.path().join("new"), dir.path().join(FILES[0]));
                fs::copy(backup.path().join(FILES[0]), &new).unwrap();
                fs::rename(new, path).unwrap();
                dir
            }
            Restore::WholeDirectory => backup,
        };
        let known = at(&welcome, 10);
        Self { dir, board, known }
    }
}

fn copy(from: &Path, to: &Path, names: &[&str]) {
    for name in names {
        fs::copy(from.join(name), to.join(name)).unwrap();
    }
}

fn at(welcome: &Welcome, seq: u64) -> Position {
    Position { seq, ..welcome.at }
}

/// Draws strokes and waits until they are saved; `before` commits of others are in the log.
async fn draw(client: &mut Client, who: u8, cnos: std::ops::RangeInclusive<u64>, before: u64) {
    for cno in cnos {
        client.send(&commit_stroke(who, cno, 5)).await;
        client.receives_seq(before + cno).await;
    }
}

/// Connects again as Ann, who knows the board at a position.
async fn join(server: &TestServer, link: Link, session: u32, known: Position) -> (Client, Welcome) {
    let mut client = Client::connect(server.address, link.board).await;
    let hello = resuming(link.secret, 1, session, known);
    client.send(&ClientMsg::Hello(hello)).await;
    let welcome = client.until("a welcome", |message| match message {
        ServerMsg::Welcome(welcome) => Some(*welcome),
        _ => None,
    });
    let welcome = welcome.await;
    (client, welcome)
}

#[tokio::test]
async fn a_page_that_knows_more_than_a_backup_loads_the_board_again() {
    for how in [Restore::Over, Restore::Renamed, Restore::WholeDirectory] {
        let Restored { dir, board, known } = Restored::by(how).await;
        let server = TestServer::on_dir(dir.path()).await;
        // Ben is first, and takes the positions that Ann knows with other commits.
        let (mut ben, _) = Client::join(server.address, board.edit, 2).await;
        draw(&mut ben, 2, 1..=8, 5).await;
        let (mut ann, welcome) = join(&server, board.edit, 3, known).await;
        assert!(
            !welcome.delta,
            "{how:?}: Ann keeps strokes that the others lack"
        );
        let shown = ann.board(&welcome).await;
        assert_eq!(shown.len(), 13);
        assert!(shown.get(element_of(1, 6)).is_none());
        drop((ann, ben));
        server.stop().await;
    }
}

#[tokio::test]
async fn a_restart_or_a_kill_is_not_taken_for_a_backup() {
    let data = tempfile::tempdir().unwrap();
    let mut program = start(&["--data-dir", data.path().to_str().unwrap()]).await;
    let board = Board::create(&program.url()).await.unwrap();
    let (mut ann, first) = Client::join(program.address(), board.edit, 1).await;
    for cno in 1..=5 {
        draw(&mut ann, 1, cno..=cno, 0).await;
        program.kill().await.unwrap();
        program.restart().await.unwrap();
        let hello = resuming(board.edit.secret, 1, 1 + cno as u32, at(&first, cno));
        ann = Client::connect(program.address(), board.id).await;
        ann.send(&ClientMsg::Hello(hello)).await;
        let welcome = ann.until("a welcome", |message| match message {
            ServerMsg::Welcome(welcome) => Some(*welcome),
            _ => None,
        });
        assert!(welcome.await.delta);
    }
    program.terminate().await.unwrap();
}
