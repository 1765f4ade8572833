//! Opens the data directory: permissions, the lock, the file's format.

use std::fs::{File, OpenOptions, Permissions};
use std::io;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use redb::backends::FileBackend;
use redb::{Builder, Database, DatabaseError, StorageBackend, StorageError};
use rustix::fs::{Advice, fadvise};

use super::file::{OpenFile, make_dir};
use super::overlay::Overlay;
use super::tables::{self, FormatError};

/// Name of the one file in the data directory.
const FILE: &str = "boards.redb";
/// Pages kept in memory. The library's own default is a gigabyte.
const CACHE_BYTES: usize = 64 * 1024 * 1024;

/// Why a data directory cannot be used. Each names the path.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Another process has it open.
    #[error("data directory {} is in use by another process", .0.display())]
    InUse(PathBuf),
    /// It cannot be made, read or written.
    #[error("data directory {} cannot be used: {source}", .path.display())]
    Unusable {
        /// The directory.
        path: PathBuf,
        /// The error of the system.
        source: io::Error,
    },
    /// The file was written by a later version of this program.
    #[error("{} has format {found}, this version knows up to {known}", .path.display())]
    TooNew {
        /// The file.
        path: PathBuf,
        /// Its format.
        found: u64,
        /// The latest known format.
        known: u64,
    },
    /// The file is damaged.
    #[error("{} is damaged: {reason}", .path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// The fault.
        reason: String,
    },
}

/// The path of the file in a data directory.
pub(super) fn file_path(dir: &Path) -> PathBuf {
    dir.join(FILE)
}

/// Opens or makes the database in a directory, which is made if missing, for
/// this user alone.
pub(super) fn open(dir: &Path) -> Result<OpenFile, OpenError> {
    let unusable = |source| OpenError::Unusable {
        path: dir.to_owned(),
        source,
    };
    make_dir(dir).map_err(unusable)?;
    let path = file_path(dir);
    let file = open_file(&path).map_err(unusable)?;
    let backend = file.try_clone().map_err(unusable)?;
    let database = FileBackend::new(backend)
        .and_then(open_database)
        .map_err(|error| refused(dir, &path, error))?;
    file.set_permissions(Permissions::from_mode(0o600))
        .map_err(unusable)?;
    match tables::prepare(&database) {
        Ok(()) => Ok(OpenFile {
            database,
            file,
            path,
        }),
        Err(FormatError::TooNew { found, known }) => Err(OpenError::TooNew { path, found, known }),
        Err(FormatError::Database(redb::Error::Io(source))) => Err(unusable(source)),
        Err(FormatError::Database(error)) => Err(OpenError::Damaged {
            path,
            reason: error.to_string(),
        }),
    }
}

/// Opens a file to which nothing can be written, so that it can be read.
pub(super) fn open_for_reading(file: File, path: PathBuf) -> Result<OpenFile, DatabaseError> {
    fadvise(&file, 0, None, Advice::DontNeed).map_err(io::Error::from)?;
    let overlay = Overlay::new(file.try_clone()?)?;
    Ok(OpenFile {
        database: open_database(overlay)?,
        file,
        path,
    })
}

fn open_database(backend: impl StorageBackend) -> Result<Database, DatabaseError> {
    Builder::new()
        .set_cache_size(CACHE_BYTES)
        .create_with_backend(backend)
}

/// Opens the file so that its content on the disk is read. After a failed fsync the system may
/// hold pages in memory that never reached the disk, and takes them for written.
fn open_file(path: &Path) -> io::Result<File> {
    let file = OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .open(path)?;
    file.sync_data()?;
    fadvise(&file, 0, None, Advice::DontNeed)?;
    Ok(file)
}

fn refused(dir: &Path, file: &Path, error: DatabaseError) -> OpenError {
    match error {
        DatabaseError::DatabaseAlreadyOpen | DatabaseError::LockProtocolMismatch => {
            OpenError::InUse(dir.to_owned())
        }
        DatabaseError::Storage(StorageError::Io(source)) => match source.kind() {
            io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof => OpenError::Damaged {
                path: file.to_owned(),
                reason: source.to_string(),
            },
            _ => OpenError::Unusable {
                path: dir.to_owned(),
                source,
            },
        },
        other => OpenError::Damaged {
            path: file.to_owned(),
            reason: other.to_string(),
        },
    }
}
