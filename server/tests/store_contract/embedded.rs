//! The embedded store alone: its directory, and a process that is killed.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;

use server::store::Store as _;
use server::store::embedded::{EmbeddedStore, OpenError};
use shared::id::{BoardId, Epoch, Position};
use shared::sync::log::Outcome;

use super::backend::{author, batch, commit, done, record};

const CHILD_DIR: &str = "COMMONSLATE_TEST_CHILD_DIR";
const BOARD: BoardId = BoardId::from_bytes([7; 16]);
const START: Position = Position {
    epoch: Epoch::from_bytes([8; 16]),
    seq: 0,
};

fn open(dir: &Path) -> Result<EmbeddedStore, OpenError> {
    EmbeddedStore::open(dir, |_, _| {})
}

/// The process that the test below kills. It prints the number of each commit that was
/// acknowledged.
#[tokio::test]
#[ignore = "helper process of every_acknowledged_commit_survives_a_kill, which starts it with --ignored and kills it"]
async fn child_that_commits_until_it_is_killed() {
    let dir = std::env::var_os(CHILD_DIR).expect("a directory of the test that runs it");
    let store = Arc::new(open(Path::new(&dir)).unwrap());
    store
        .create(BOARD, &record("Doomed"), START.epoch)
        .await
        .unwrap();
    let authors = (1..=4).map(|number| {
        let store = Arc::clone(&store);
        async move {
            for cno in 1.. {
                let asked = batch(START, vec![commit(author(number), cno, 500)]);
                let outcomes = done(store.commit(BOARD, &asked).await.unwrap());
                assert!(matches!(outcomes[..], [Outcome::Stored(_)]));
                println!("acked {number} {cno}");
            }
        }
    });
    futures::future::join_all(authors).await;
}

#[tokio::test]
async fn every_acknowledged_commit_survives_a_kill() {
    let dir = tempfile::tempdir().unwrap();
    let name = "embedded_only::child_that_commits_until_it_is_killed";
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", name, "--ignored", "--nocapture"])
        .env(CHILD_DIR, dir.path())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut acked = [0_u64; 5];
    let mut count = 0;
    for line in BufReader::new(child.stdout.take().unwrap()).lines() {
        let line = line.unwrap();
        let Some(text) = line.split("acked ").nth(1) else {
            continue;
        };
        let numbers: Vec<u64> = text.split(' ').filter_map(|it| it.parse().ok()).collect();
        // The kill may cut the last line short.
        let [number, cno] = numbers[..] else { continue };
        acked[usize::try_from(number).unwrap()] = cno;
        count += 1;
        if count == 200 {
            child.kill().unwrap();
        }
    }
    child.wait().unwrap();
    assert!(
        count >= 200,
        "the child ended by itself after {count} commits"
    );
    let store = open(dir.path()).unwrap();
    let log = store.load(BOARD).await.unwrap().unwrap().commits;
    for number in 1..=4_u8 {
        let kept = log
            .iter()
            .filter(|(_, commit)| commit.author == author(number))
            .count() as u64;
        let promised = acked[usize::from(number)];
        assert!(
            kept >= promised,
            "author {number}: {promised} acknowledged, {kept} kept"
        );
    }
}

#[tokio::test]
async fn a_closed_store_opens_again_with_all_boards() {
    let dir = tempfile::tempdir().unwrap();
    let before = {
        let store = open(dir.path()).unwrap();
        store
            .create(BOARD, &record("Kept"), START.epoch)
            .await
            .unwrap();
        let asked = batch(
            START,
            (1..=9).map(|cno| commit(author(1), cno, 10)).collect(),
        );
        done(store.commit(BOARD, &asked).await.unwrap());
        store.load(BOARD).await.unwrap()
    };
    let store = open(dir.path()).unwrap();
    assert_eq!(store.load(BOARD).await.unwrap(), before);
    assert_eq!(store.record(BOARD).await.unwrap().unwrap().0.title, "Kept");
}

#[tokio::test]
async fn a_directory_in_use_is_refused_by_name() {
    let dir = tempfile::tempdir().unwrap();
    let _first = open(dir.path()).unwrap();
    let error = open(dir.path()).unwrap_err();
    assert!(matches!(error, OpenError::InUse(_)), "{error:?}");
    assert!(
        error.to_string().contains(dir.path().to_str().unwrap()),
        "{error}"
    );
}

#[tokio::test]
async fn a_directory_that_cannot_be_made_or_written_is_refused_by_name() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("a-file");
    fs::write(&file, "").unwrap();
    let mut unusable = vec![file.join("data"), "/proc/commonslate".into()];
    let locked = dir.path().join("locked");
    fs::create_dir(&locked).unwrap();
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o500)).unwrap();
    // The superuser may write everywhere.
    if fs::write(locked.join("probe"), "").is_err() {
        unusable.push(locked);
    }
    for path in unusable {
        let error = open(&path).unwrap_err();
        assert!(matches!(error, OpenError::Unusable { .. }), "{error:?}");
        assert!(
            error.to_string().contains(path.to_str().unwrap()),
            "{error}"
        );
    }
}

#[tokio::test]
async fn a_file_that_is_not_a_database_is_not_changed() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("boards.redb");
    fs::write(
        &file,
        b"letters in a file, nothing else, and long enough".repeat(500),
    )
    .unwrap();
    let error = open(dir.path()).unwrap_err();
    assert!(matches!(error, OpenError::Damaged { .. }), "{error:?}");
    assert!(fs::read(&file).unwrap().starts_with(b"letters in a file"));
}

#[tokio::test]
async fn only_the_owner_may_read_the_data() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("some/where");
    let _store = open(&data).unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&data), 0o700);
    assert_eq!(mode(&data.join("boards.redb")), 0o600);
}
