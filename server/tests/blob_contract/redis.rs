//! What only Redis can do to blobs.

use server::blob::{Appended, BlobError, BlobStage, BlobState, PIECE_BYTES};
use server::service::sweep;
use testkit::redis::{Redis, Version};

use crate::backend::{Backend, connect};
use crate::stored::{Stored, blob, finish, piece, read, remove, store};

/// The size of a blob of two pieces.
const BYTES: usize = PIECE_BYTES + 1_000;

async fn stored(options: &[&str]) -> Stored {
    let server = Redis::start(Version::Seven, options).await.unwrap();
    Stored::on(Backend::redis(server).await)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn chunks_of_an_unfinished_blob_expire_and_the_upload_begins_anew() {
    let mut stored = stored(&[]).await;
    let mut redis = connect(stored.backend().server()).await;
    let (key, bytes) = blob(BYTES);
    let first = piece(&bytes, 0, 1_000);
    stored.blobs.append(key, &first).await.unwrap();
    let chunk = format!("cs:{{{}}}:blob:{}:0", key.board, key.hash);
    let mut ask = redis::cmd("TTL");
    let seconds: i64 = ask.arg(&chunk).query_async(&mut redis).await.unwrap();
    assert!(seconds > 24 * 3600, "{seconds}");
    let mut expire = redis::cmd("DEL");
    expire.arg(&chunk).exec_async(&mut redis).await.unwrap();
    let next = piece(&bytes, 1_000, 2_000);
    let answer = stored.blobs.append(key, &next).await.unwrap();
    assert_eq!(answer, Appended::Elsewhere(0));
    assert_eq!(stored.blobs.state(key).await.unwrap(), BlobState::MISSING);
    store(&*stored.blobs, key, &bytes, PIECE_BYTES).await;
    finish(&*stored.blobs, key, BYTES as u64).await.unwrap();
    let mut ask = redis::cmd("TTL");
    let seconds: i64 = ask.arg(&chunk).query_async(&mut redis).await.unwrap();
    assert_eq!(seconds, -1, "a finished blob stays");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_redis_without_memory_is_full_and_can_still_be_read() {
    let mut stored = stored(&[]).await;
    let (key, bytes) = blob(BYTES);
    store(&*stored.blobs, key, &bytes, PIECE_BYTES).await;
    finish(&*stored.blobs, key, BYTES as u64).await.unwrap();
    let mut redis = connect(stored.backend().server()).await;
    let mut limit = redis::cmd("CONFIG");
    limit.arg("SET").arg("maxmemory").arg("1mb");
    limit.exec_async(&mut redis).await.unwrap();
    let (other, more) = blob(BYTES);
    let refused = stored.blobs.append(other, &piece(&more, 0, 1_000)).await;
    assert!(matches!(refused, Err(BlobError::Full(_))), "{refused:?}");
    assert!(read(&*stored.blobs, key, BYTES).await == bytes);
    // Otherwise it could never be emptied.
    stored.blobs.mark(key, None).await.unwrap();
    stored
        .blobs
        .mark(key, Some(1_700_000_000_000))
        .await
        .unwrap();
    assert!(remove(&*stored.blobs, key).await);
    assert_eq!(stored.blobs.state(key).await.unwrap(), BlobState::MISSING);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_board_that_cannot_be_loaded_does_not_keep_others_from_being_swept() {
    let mut stored = stored(&[]).await;
    let mut redis = connect(stored.backend().server()).await;
    let mut others = Vec::new();
    for number in 0..12 {
        let (key, bytes) = blob(10);
        store(&*stored.blobs, key, &bytes, 10).await;
        finish(&*stored.blobs, key, 10).await.unwrap();
        if number % 3 == 0 {
            let mut spoil = redis::cmd("SET");
            spoil
                .arg(format!("cs:{{{}}}:meta", key.board))
                .arg("no hash");
            spoil.exec_async(&mut redis).await.unwrap();
        } else {
            others.push(key);
        }
    }
    let with = stored.with_boards().await;
    sweep(&*with.backend.store, &*with.blobs, 7).await.unwrap();
    for key in others {
        let entries = with.blobs.list(key.board).await.unwrap();
        assert_eq!(entries[0].stage, BlobStage::Unneeded(7));
    }
}
