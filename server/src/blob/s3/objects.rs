//! The objects of one bucket: their names, and requests for them.

use std::collections::BTreeMap;
use std::sync::Arc;

use bytes::Bytes;
use futures::{StreamExt as _, TryStreamExt as _, stream};
use object_store::path::Path;
use object_store::{
    Error, GetOptions, GetRange, ObjectMeta, ObjectStore, ObjectStoreExt as _, PutMode, PutOptions,
    UpdateVersion,
};
use shared::id::BoardId;

use super::super::{BlobError, BlobKey, Generation, UnixMillis};
use super::index::{Index, name_of};

/// The object with the index of a board.
const INDEX: &str = "index";
/// The ending of the folder with the pieces of an unfinished blob.
const PARTS: &str = "part";
/// The largest index that is read. That of a full board has an eighth of it.
const MAX_INDEX_BYTES: u64 = 1024 * 1024;
/// Pieces that are read at the same time.
const READS: usize = 8;

/// An object with bytes of a blob.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Part {
    /// Where its bytes begin in the blob.
    pub(super) offset: u64,
    pub(super) length: u64,
    pub(super) written: UnixMillis,
}

/// An object of a board that is not its index.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) path: Path,
    /// The names of its blob and generation.
    pub(super) blob: String,
    pub(super) is_part: bool,
    pub(super) written: UnixMillis,
}

/// The objects.
#[derive(Debug)]
pub(super) struct Objects {
    store: Arc<dyn ObjectStore>,
    prefix: Path,
}

impl Objects {
    pub(super) fn new(store: Arc<dyn ObjectStore>, prefix: Path) -> Self {
        Self { store, prefix }
    }

    /// The index of a board and its version; none if the board has no index.
    pub(super) async fn index(
        &self,
        board: BoardId,
    ) -> Result<(Index, Option<UpdateVersion>), BlobError> {
        let found = match self.store.get(&self.board(board).join(INDEX)).await {
            Ok(found) => found,
            Err(Error::NotFound { .. }) => return Ok((Index::default(), None)),
            Err(error) => return Err(error.into()),
        };
        if found.meta.size > MAX_INDEX_BYTES {
            let reason = "the index of a board in the bucket is too large";
            return Err(BlobError::Unavailable(reason.to_owned()));
        }
        let version = UpdateVersion {
            e_tag: found.meta.e_tag.clone(),
            version: found.meta.version.clone(),
        };
        let text = found.bytes().await?;
        let index = Index::read(&String::from_utf8_lossy(&text));
        Ok((index, Some(version)))
    }

    /// Replaces the index of a board if it still has this version. Tells whether it had.
    pub(super) async fn replace_index(
        &self,
        board: BoardId,
        index: &Index,
        version: Option<UpdateVersion>,
    ) -> Result<bool, BlobError> {
        let mode = version.map_or(PutMode::Create, PutMode::Update);
        let path = self.board(board).join(INDEX);
        self.put_if(&path, index.text().into(), mode).await
    }

    pub(super) async fn delete_index(&self, board: BoardId) -> Result<(), BlobError> {
        self.delete(vec![self.board(board).join(INDEX)]).await
    }

    /// Writes a piece unless there is one with the same begin. Tells whether there was none.
    pub(super) async fn put_part(
        &self,
        key: BlobKey,
        generation: Generation,
        offset: u64,
        bytes: Bytes,
    ) -> Result<bool, BlobError> {
        // In eight digits, names are in the order of the pieces.
        let path = self.parts_of(key, generation).join(format!("{offset:08}"));
        self.put_if(&path, bytes, PutMode::Create).await
    }

    /// The pieces of an unfinished blob, in order and without a gap.
    pub(super) async fn parts(
        &self,
        key: BlobKey,
        generation: Generation,
    ) -> Result<Vec<Part>, BlobError> {
        let folder = self.parts_of(key, generation);
        let found: Vec<ObjectMeta> = self.store.list(Some(&folder)).try_collect().await?;
        let by_offset: BTreeMap<u64, ObjectMeta> = found
            .into_iter()
            .filter_map(|meta| Some((meta.location.filename()?.parse().ok()?, meta)))
            .collect();
        let mut parts = Vec::new();
        let mut end = 0;
        for (offset, meta) in by_offset {
            if offset != end {
                break;
            }
            end += meta.size;
            parts.push(Part {
                offset,
                length: meta.size,
                written: unix_ms(&meta),
            });
        }
        Ok(parts)
    }

    /// Reads a range of an unfinished blob with these pieces; shorter if they end before.
    pub(super) async fn read_parts(
        &self,
        key: BlobKey,
        generation: Generation,
        parts: &[Part],
        (from, to): (u64, u64),
    ) -> Result<Bytes, BlobError> {
        let folder = self.parts_of(key, generation);
        let within: Vec<(Path, u64, u64)> = parts
            .iter()
            .filter_map(|part| {
                let start = from.max(part.offset);
                let end = to.min(part.offset + part.length);
                let path = folder.clone().join(format!("{:08}", part.offset));
                (start < end).then(|| (path, start - part.offset, end - part.offset))
            })
            .collect();
        let read = |(path, start, end)| get(Arc::clone(&self.store), path, start, end);
        let mut reading = stream::iter(within).map(read).buffered(READS);
        let mut bytes = Vec::new();
        while let Some(part) = reading.next().await {
            bytes.extend_from_slice(&part?);
        }
        Ok(bytes.into())
    }

    /// Writes a whole blob.
    pub(super) async fn put_whole(
        &self,
        key: BlobKey,
        generation: Generation,
        bytes: Bytes,
    ) -> Result<(), BlobError> {
        let path = self.whole(key, generation);
        let put = self.store.put(&path, bytes.into()).await;
        Ok(put.map(drop)?)
    }

    /// Reads a range of a whole blob; shorter if it ends before.
    pub(super) async fn read_whole(
        &self,
        key: BlobKey,
        generation: Generation,
        (from, to): (u64, u64),
    ) -> Result<Bytes, BlobError> {
        get(
            Arc::clone(&self.store),
            self.whole(key, generation),
            from,
            to,
        )
        .await
    }

    pub(super) async fn delete_whole(
        &self,
        key: BlobKey,
        generation: Generation,
    ) -> Result<(), BlobError> {
        self.delete(vec![self.whole(key, generation)]).await
    }

    pub(super) async fn delete_parts(
        &self,
        key: BlobKey,
        generation: Generation,
    ) -> Result<(), BlobError> {
        let folder = self.parts_of(key, generation);
        let found = self.store.list(Some(&folder));
        let paths: Vec<Path> = found.map_ok(|meta| meta.location).try_collect().await?;
        self.delete(paths).await
    }

    /// All objects of a board except its index.
    pub(super) async fn of_board(&self, board: BoardId) -> Result<Vec<Found>, BlobError> {
        let folder = self.board(board);
        let all: Vec<ObjectMeta> = self.store.list(Some(&folder)).try_collect().await?;
        let found = all.into_iter().filter_map(|meta| {
            let mut names = meta.location.prefix_match(&folder)?;
            let name = names.next()?.as_ref().to_owned();
            let ending = format!(".{PARTS}");
            let blob = name.strip_suffix(&ending);
            (name != INDEX).then(|| Found {
                is_part: blob.is_some(),
                blob: blob.unwrap_or(&name).to_owned(),
                written: unix_ms(&meta),
                path: meta.location.clone(),
            })
        });
        Ok(found.collect())
    }

    /// The boards that have objects.
    pub(super) async fn boards(&self) -> Result<Vec<BoardId>, BlobError> {
        let listed = self.store.list_with_delimiter(Some(&self.prefix)).await;
        let id = |folder: &Path| folder.filename()?.parse().ok();
        Ok(listed?.common_prefixes.iter().filter_map(id).collect())
    }

    /// Deletes objects. Those that are gone already are as good.
    pub(super) async fn delete(&self, paths: Vec<Path>) -> Result<(), BlobError> {
        let paths = stream::iter(paths.into_iter().map(Ok)).boxed();
        let mut deleting = self.store.delete_stream(paths);
        while let Some(deleted) = deleting.next().await {
            match deleted {
                Ok(_) | Err(Error::NotFound { .. }) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }

    async fn put_if(&self, path: &Path, bytes: Bytes, mode: PutMode) -> Result<bool, BlobError> {
        let options = PutOptions::from(mode);
        match self.store.put_opts(path, bytes.into(), options).await {
            Ok(_) => Ok(true),
            // A condition on an object that was deleted meanwhile says that it is not found.
            Err(
                Error::AlreadyExists { .. } | Error::Precondition { .. } | Error::NotFound { .. },
            ) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    fn board(&self, board: BoardId) -> Path {
        self.prefix.clone().join(board.to_string())
    }

    fn whole(&self, key: BlobKey, generation: Generation) -> Path {
        self.board(key.board).join(name_of(key.hash, generation))
    }

    fn parts_of(&self, key: BlobKey, generation: Generation) -> Path {
        let name = format!("{}.{PARTS}", name_of(key.hash, generation));
        self.board(key.board).join(name)
    }
}

async fn get(
    store: Arc<dyn ObjectStore>,
    path: Path,
    from: u64,
    to: u64,
) -> Result<Bytes, BlobError> {
    let options = GetOptions {
        range: Some(GetRange::Bounded(from..to)),
        ..GetOptions::default()
    };
    let found = store.get_opts(&path, options).await;
    Ok(found?.bytes().await?)
}

fn unix_ms(meta: &ObjectMeta) -> UnixMillis {
    u64::try_from(meta.last_modified.timestamp_millis()).unwrap_or(0)
}
