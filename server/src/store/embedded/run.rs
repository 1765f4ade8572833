//! The present run of the store, by which the next start finds out whether the file is still the one
//! that this run left.
//!
//! A backup that is put back is older than what clients have seen. Commits that are added to it would
//! get positions that clients know with other commits, and boards would differ without a sign. So
//! each run has a random number in the file, and a second file beside it repeats the number, and has
//! the number of the last transaction and which file it was. Where both do not fit together, every
//! board begins a new epoch.

use std::fs::{self, File};
use std::io;
use std::os::unix::fs::{FileExt as _, MetadataExt as _};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use redb::{Database, ReadableDatabase as _};
use shared::id::{BoardId, Epoch};

use super::epochs::{BeginError, begin_epochs};
use super::file::OpenFile;
use super::tables::{ABOUT, Tables, count_transaction, last_transaction};
use crate::clock::random16;

/// Name of the second file.
const FILE: &str = "boards.run";
/// The key of the number of the run; files of earlier versions lack it.
const RUN_KEY: &str = "run";
/// Where the number of the last transaction begins in the second file.
const NUMBER_AT: u64 = 17;

/// The run of a store.
pub(super) struct Run {
    path: PathBuf,
    state: State,
}

enum State {
    /// It has not begun, because nothing could be written.
    Pending(History),
    Begun {
        run: u64,
        /// The second file, if it could be written.
        file: Option<File>,
    },
}

/// Whether the file has everything that the last run stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum History {
    Whole,
    Uncertain,
}

impl Run {
    /// Compares a file that was opened with the last run.
    pub(super) fn pending(dir: &Path, open: &OpenFile) -> Result<Self, redb::Error> {
        let path = dir.join(FILE);
        let in_file = run_of(&open.database)?;
        let beside = fs::read_to_string(&path).ok();
        let history = match (in_file, beside) {
            // The file of a version that knew no runs, or a new one.
            (None, None) => History::Whole,
            (Some(run), Some(beside)) => {
                let last = last_transaction(&open.database)?;
                let fits = Mark::read(&beside).is_some_and(|mark| {
                    mark.run == run && mark.number <= last && Some(mark.place) == place(open)
                });
                if fits {
                    History::Whole
                } else {
                    History::Uncertain
                }
            }
            (None, Some(_)) | (Some(_), None) => History::Uncertain,
        };
        let state = State::Pending(history);
        Ok(Self { path, state })
    }

    /// Begins the run, unless it has begun. Returns the boards that got a new epoch.
    pub(super) fn begin(&mut self, open: &OpenFile) -> Result<Vec<BoardId>, BeginError> {
        let State::Pending(history) = self.state else {
            return Ok(Vec::new());
        };
        let run = random_number()?;
        let transaction = open.database.begin_write().map_err(redb::Error::from)?;
        let mut boards = Vec::new();
        if history == History::Uncertain {
            tracing::warn!(
                "the file of the boards is not the one that this server left, such as a backup that \
                 was put back: every board begins a new epoch"
            );
            let mut tables = Tables::open(&transaction)?;
            boards = begin_epochs(&mut tables, || random16().map(Epoch::from_bytes))?;
        }
        let mut about = transaction.open_table(ABOUT).map_err(redb::Error::from)?;
        about.insert(RUN_KEY, run)?;
        drop(about);
        let number = count_transaction(&transaction)?;
        transaction.commit().map_err(redb::Error::from)?;
        let file = self.write(run, number, open);
        self.state = State::Begun { run, file };
        Ok(boards)
    }

    /// Notes the number of a transaction that is on the disk.
    pub(super) fn stored(&self, number: u64) {
        if let State::Begun {
            file: Some(file), ..
        } = &self.state
            && let Err(error) = file.write_all_at(format!("{number:016x}").as_bytes(), NUMBER_AT)
        {
            // The next start notices less.
            tracing::debug!(%error, "the last transaction cannot be noted");
        }
    }

    /// Whether the second file could not be written.
    pub(super) const fn is_unnoted(&self) -> bool {
        matches!(self.state, State::Begun { file: None, .. })
    }

    /// Notes which file is open, after it was opened again or could not be noted.
    pub(super) fn note_file(&mut self, open: &OpenFile, number: u64) {
        if let State::Begun { run, .. } = self.state {
            let file = self.write(run, number, open);
            self.state = State::Begun { run, file };
        }
    }

    /// Writes the second file. Without it the next start begins new epochs, which costs clients time
    /// and nothing else.
    fn write(&self, run: u64, number: u64, open: &OpenFile) -> Option<File> {
        let place = place(open)?;
        let written = Mark { run, number, place }.write(&self.path);
        if let Err(error) = &written {
            let path = self.path.display();
            tracing::warn!(%path, %error, "the file of this run cannot be written");
        }
        written.ok()
    }
}

/// The content of the second file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Mark {
    run: u64,
    /// The last transaction.
    number: u64,
    place: Place,
}

/// Which file it is: a copy has another number, or was made at another time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Place {
    inode: u64,
    created: u64,
}

impl Mark {
    fn read(text: &str) -> Option<Self> {
        let mut numbers = text.split_whitespace();
        let mut next = || u64::from_str_radix(numbers.next()?, 16).ok();
        let (run, number) = (next()?, next()?);
        let place = Place {
            inode: next()?,
            created: next()?,
        };
        Some(Self { run, number, place })
    }

    /// Writes the file anew and puts it in the place of the last one.
    fn write(self, path: &Path) -> io::Result<File> {
        let Self { run, number, place } = self;
        let Place { inode, created } = place;
        let new = path.with_extension("run.new");
        let file = File::create(&new)?;
        let text = format!("{run:016x} {number:016x} {inode:016x} {created:016x}\n");
        file.write_all_at(text.as_bytes(), 0)?;
        file.sync_all()?;
        fs::rename(&new, path)?;
        Ok(file)
    }
}

/// Which file is open; `None` if the system does not tell.
fn place(open: &OpenFile) -> Option<Place> {
    let about = open.file.metadata().ok()?;
    // Not every file system knows it.
    let created = about.created().ok();
    let since = created.and_then(|at| at.duration_since(UNIX_EPOCH).ok());
    Some(Place {
        inode: about.ino(),
        created: since.map_or(0, |since| u64::try_from(since.as_nanos()).unwrap_or(0)),
    })
}

fn run_of(database: &Database) -> Result<Option<u64>, redb::Error> {
    let about = database.begin_read()?.open_table(ABOUT)?;
    Ok(about.get(RUN_KEY)?.map(|run| run.value()))
}

fn random_number() -> Result<u64, BeginError> {
    let [a, b, c, d, e, f, g, h, ..] = random16()?;
    Ok(u64::from_be_bytes([a, b, c, d, e, f, g, h]))
}
