//! A blob store of each kind.

use std::path::PathBuf;
use std::sync::Arc;

use server::blob::files::FileBlobs;
use server::blob::redis::RedisBlobs;
use server::blob::s3::S3Blobs;
use server::blob::{Appended, BlobError, BlobKey, BlobStore, PIECE_BYTES, Piece, Seen};
use server::redis::RedisTarget;
use shared::id::BoardId;
use shared::model::BlobHash;
use tempfile::TempDir;

use crate::backend::{Backend, Kind};
use crate::s3_server::S3Server;

/// A blob store, and what it lies in.
pub(crate) struct Stored {
    pub(crate) blobs: Arc<dyn BlobStore>,
    place: Place,
}

/// A blob store, and the boards to which its blobs belong.
pub(crate) struct WithBoards {
    pub(crate) backend: Backend,
    pub(crate) blobs: Arc<dyn BlobStore>,
    _place: Option<Place>,
}

enum Place {
    Dir(TempDir),
    Redis(Backend),
    Bucket(S3Server),
}

impl Stored {
    pub(crate) async fn files() -> Option<Self> {
        let dir = tempfile::tempdir().unwrap();
        Some(Self {
            blobs: Arc::new(FileBlobs::new(root(&dir))),
            place: Place::Dir(dir),
        })
    }

    pub(crate) async fn s3() -> Option<Self> {
        let server = S3Server::start().await;
        Some(Self {
            blobs: open(&server).await,
            place: Place::Bucket(server),
        })
    }

    pub(crate) async fn redis7() -> Option<Self> {
        Backend::redis7().await.map(Self::on)
    }

    pub(crate) async fn redis8() -> Option<Self> {
        Backend::redis8().await.map(Self::on)
    }

    pub(crate) async fn cluster7() -> Option<Self> {
        Backend::cluster7().await.map(Self::on)
    }

    pub(crate) async fn cluster8() -> Option<Self> {
        Backend::cluster8().await.map(Self::on)
    }

    pub(crate) fn on(backend: Backend) -> Self {
        Self {
            blobs: Arc::new(RedisBlobs::new(target(&backend))),
            place: Place::Redis(backend),
        }
    }

    /// Another server on the same store.
    pub(crate) async fn neighbour(&self) -> Arc<dyn BlobStore> {
        match &self.place {
            Place::Dir(dir) => Arc::new(FileBlobs::new(root(dir))),
            Place::Redis(backend) => Arc::new(RedisBlobs::new(target(backend))),
            Place::Bucket(server) => open(server).await,
        }
    }

    /// The same with the boards to which the blobs belong.
    pub(crate) async fn with_boards(self) -> WithBoards {
        let embedded = async || Backend::embedded().await.unwrap();
        let (backend, place) = match self.place {
            Place::Redis(backend) => (backend, None),
            place => (embedded().await, Some(place)),
        };
        WithBoards {
            backend,
            blobs: self.blobs,
            _place: place,
        }
    }

    pub(crate) fn backend(&mut self) -> &mut Backend {
        match &mut self.place {
            Place::Redis(backend) => backend,
            Place::Dir(_) | Place::Bucket(_) => panic!("no Redis here"),
        }
    }
}

/// Another server on a bucket.
pub(crate) async fn open(server: &S3Server) -> Arc<S3Blobs> {
    let place = server.place("some/boards");
    let opened = S3Blobs::open(&place, S3Server::variables()).await.unwrap();
    assert_eq!(opened.unreachable, None);
    Arc::new(opened.blobs)
}

fn root(dir: &TempDir) -> PathBuf {
    dir.path().join("blobs")
}

fn target(backend: &Backend) -> &RedisTarget {
    match &backend.kind {
        Kind::Redis { target, .. } | Kind::Cluster { target, .. } => target,
        _ => panic!("another kind of store"),
    }
}

/// Bytes without a pattern, and their name on a new board.
pub(crate) fn blob(bytes: usize) -> (BlobKey, Vec<u8>) {
    let bytes: Vec<u8> = (0..bytes).map(|_| rand::random()).collect();
    let key = BlobKey {
        board: BoardId::from_bytes(rand::random()),
        hash: BlobHash::of(&bytes),
    };
    (key, bytes)
}

/// Finishes a blob as it is now.
pub(crate) async fn finish(
    blobs: &dyn BlobStore,
    key: BlobKey,
    length: u64,
) -> Result<(), BlobError> {
    let generation = blobs.generation(key).await?.unwrap_or(0);
    blobs.finish(key, length, generation).await
}

/// Removes a blob as it is now. Tells whether it was there.
pub(crate) async fn remove(blobs: &dyn BlobStore, key: BlobKey) -> bool {
    let listed = blobs.list(key.board).await.unwrap();
    let Some(entry) = listed.into_iter().find(|entry| entry.hash == key.hash) else {
        return false;
    };
    let seen = Seen::Listed(entry.stage);
    blobs.remove_if(key, seen).await.unwrap()
}

/// The piece of a blob from one offset to another.
pub(crate) fn piece(bytes: &[u8], from: usize, to: usize) -> Piece {
    Piece {
        offset: from as u64,
        length: bytes.len() as u64,
        bytes: bytes[from..to].to_vec().into(),
    }
}

/// Stores all bytes of a blob, in pieces of at most this size, going on where the store says.
pub(crate) async fn store(blobs: &dyn BlobStore, key: BlobKey, bytes: &[u8], most: usize) {
    let mut at = 0;
    while at < bytes.len() {
        let boundary = (at / PIECE_BYTES + 1) * PIECE_BYTES;
        let to = bytes.len().min(at + most).min(boundary);
        at = match blobs.append(key, &piece(bytes, at, to)).await.unwrap() {
            Appended::Stored(offset) | Appended::Elsewhere(offset) => offset as usize,
            Appended::Complete => return,
        };
    }
}

/// All bytes of a blob.
pub(crate) async fn read(blobs: &dyn BlobStore, key: BlobKey, length: usize) -> Vec<u8> {
    let mut found = Vec::new();
    while found.len() < length {
        let bytes = PIECE_BYTES.min(length - found.len());
        let piece = blobs.read(key, found.len() as u64, bytes).await.unwrap();
        found.extend_from_slice(&piece);
    }
    found
}
