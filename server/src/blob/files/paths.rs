//! The files of one blob.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, ErrorKind};
use std::os::unix::fs::{DirBuilderExt as _, FileExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use bytes::Bytes;

use super::super::{Appended, BlobKey, BlobState, Generation, Piece, UnixMillis};

pub(super) const PART: &str = "part";
pub(super) const LENGTH: &str = "length";
pub(super) const UNNEEDED: &str = "unneeded";

/// The files of a blob.
pub(super) struct Paths {
    dir: PathBuf,
    complete: PathBuf,
    part: PathBuf,
    length: PathBuf,
    unneeded: PathBuf,
}

impl Paths {
    pub(super) fn new(root: &Path, key: BlobKey) -> Self {
        let dir = root.join(key.board.to_string());
        let complete = dir.join(key.hash.to_string());
        Self {
            part: complete.with_extension(PART),
            length: complete.with_extension(LENGTH),
            unneeded: complete.with_extension(UNNEEDED),
            dir,
            complete,
        }
    }

    pub(super) fn state(&self) -> io::Result<BlobState> {
        if let Some(length) = size(&self.complete)? {
            return Ok(BlobState::Complete { length });
        }
        let Some((length, _)) = self.wanted()? else {
            return Ok(BlobState::MISSING);
        };
        let offset = size(&self.part)?.unwrap_or(0);
        Ok(BlobState::Unfinished { offset, length })
    }

    /// The directory of the board.
    pub(super) fn dir(&self) -> &Path {
        &self.dir
    }

    /// The length that an unfinished blob shall have, and its generation.
    fn wanted(&self) -> io::Result<Option<(u64, Generation)>> {
        let text = present(fs::read_to_string(&self.length))?;
        Ok(text.and_then(|text| wanted(&text)))
    }

    pub(super) fn generation(&self) -> io::Result<Option<Generation>> {
        if size(&self.complete)?.is_some() {
            return Ok(None);
        }
        Ok(self.wanted()?.map(|(_, generation)| generation))
    }

    pub(super) fn append(&self, piece: &Piece) -> io::Result<Appended> {
        let at = match self.state()? {
            BlobState::Complete { .. } => return Ok(Appended::Complete),
            BlobState::Unfinished { offset, length } if length == piece.length => offset,
            BlobState::Unfinished { .. } => 0,
        };
        if at != piece.offset {
            return Ok(Appended::Elsewhere(at));
        }
        if at == 0 {
            self.begin(piece.length)?;
        }
        let mut options = OpenOptions::new();
        let part = options
            .write(true)
            .create(piece.offset == 0)
            .truncate(false);
        let Some(part) = present(part.mode(0o600).open(&self.part))? else {
            // Another server that shares the directory has finished or removed the blob just now.
            return Ok(match self.state()? {
                BlobState::Complete { .. } => Appended::Complete,
                BlobState::Unfinished { offset, .. } => Appended::Elsewhere(offset),
            });
        };
        let end = piece.offset + piece.bytes.len() as u64;
        if let Err(error) = part.write_all_at(&piece.bytes, piece.offset) {
            // The size of the file is the offset, so half a piece must not stay.
            part.set_len(piece.offset)?;
            return Err(error);
        }
        Ok(Appended::Stored(end))
    }

    /// Begins a blob that shall have so many bytes.
    fn begin(&self, length: u64) -> io::Result<()> {
        let mut maker = DirBuilder::new();
        maker.recursive(true).mode(0o700).create(&self.dir)?;
        removed(&self.part)?;
        fs::write(&self.length, format!("{length} {}", fastrand::u64(1..)))
    }

    pub(super) fn finish(&self, length: u64, checked: Generation) -> io::Result<()> {
        if size(&self.complete)?.is_some() {
            return removed(&self.length);
        }
        let part = present(File::open(&self.part))?;
        let part = part.filter(|part| part.metadata().is_ok_and(|it| it.len() == length));
        let part = part.filter(|_| matches!(self.generation(), Ok(Some(it)) if it == checked));
        let Some(part) = part else {
            // Another server that shares the directory may have finished it just now.
            return match size(&self.complete)? {
                Some(_) => Ok(()),
                None => Err(ErrorKind::UnexpectedEof.into()),
            };
        };
        part.sync_all()?;
        removed(&self.unneeded)?;
        present(fs::rename(&self.part, &self.complete))?;
        removed(&self.length)?;
        File::open(&self.dir)?.sync_all()
    }

    pub(super) fn read(&self, offset: u64, bytes: usize) -> io::Result<Bytes> {
        let complete = || present(File::open(&self.complete));
        let part = || present(File::open(&self.part));
        // A blob that is finished between the first two attempts is found by the third.
        let file = complete()?.or(part()?).or(complete()?);
        let file = file.ok_or(ErrorKind::NotFound)?;
        let mut buffer = vec![0; bytes];
        file.read_exact_at(&mut buffer, offset)?;
        Ok(buffer.into())
    }

    pub(super) fn remove(&self) -> io::Result<()> {
        // The mark goes first: alone it would keep the directory.
        for file in [&self.unneeded, &self.complete, &self.part, &self.length] {
            removed(file)?;
        }
        remove_if_empty(&self.dir)
    }

    pub(super) fn mark(&self, unneeded: Option<UnixMillis>) -> io::Result<()> {
        let Some(since) = unneeded else {
            return removed(&self.unneeded);
        };
        if size(&self.complete)?.is_none() {
            return Ok(());
        }
        let file = File::create(&self.unneeded)?;
        file.set_modified(UNIX_EPOCH + Duration::from_millis(since))
    }
}

/// Reads what an unfinished blob shall be: its length and its generation.
pub(super) fn wanted(text: &str) -> Option<(u64, Generation)> {
    let (length, generation) = text.split_once(' ').unwrap_or((text, "0"));
    Some((length.parse().ok()?, generation.parse().ok()?))
}

/// Removes the directory of a board. That of a board that has blobs stays.
pub(super) fn remove_if_empty(dir: &Path) -> io::Result<()> {
    match fs::remove_dir(dir) {
        Err(error) if error.kind() != ErrorKind::DirectoryNotEmpty => {
            present(Err::<(), _>(error)).map(drop)
        }
        _ => Ok(()),
    }
}

/// The value, or `None` if there is no such file.
pub(super) fn present<T>(found: io::Result<T>) -> io::Result<Option<T>> {
    match found {
        Ok(value) => Ok(Some(value)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// The size of a file; `None` if there is none.
fn size(path: &Path) -> io::Result<Option<u64>> {
    Ok(present(fs::metadata(path))?.map(|file| file.len()))
}

fn removed(path: &Path) -> io::Result<()> {
    present(fs::remove_file(path)).map(drop)
}

pub(super) fn unix_ms(time: SystemTime) -> UnixMillis {
    let since = time.duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(UnixMillis::MAX)
}
