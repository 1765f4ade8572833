//! Which blobs and boards are there.

use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::Path;

use shared::id::BoardId;
use shared::model::BlobHash;

use super::super::{BlobEntry, BlobStage};
use super::paths::{LENGTH, PART, UNNEEDED, present, unix_ms, wanted};

/// The blobs in the directory of a board.
pub(super) fn list(dir: &Path) -> io::Result<Vec<BlobEntry>> {
    let Some(files) = present(fs::read_dir(dir))? else {
        return Ok(Vec::new());
    };
    let mut entries: HashMap<BlobHash, BlobEntry> = HashMap::new();
    let mut marks = Vec::new();
    for file in files {
        let file = file?;
        let name = file.file_name();
        let name = name.to_str().unwrap_or_default();
        let (hash, extension) = name.split_once('.').unwrap_or((name, ""));
        // Another file may disappear while the directory is read, and foreign files are none of ours.
        let (Ok(hash), Some(about)) = (hash.parse(), present(file.metadata())?) else {
            continue;
        };
        let modified = unix_ms(about.modified()?);
        let entry = |length, stage| BlobEntry {
            hash,
            length,
            stage,
        };
        match extension {
            "" => drop(entries.insert(hash, entry(about.len(), BlobStage::Needed))),
            LENGTH => {
                let text = fs::read_to_string(file.path()).unwrap_or_default();
                let length = wanted(&text).map_or(0, |(length, _)| length);
                let part = present(fs::metadata(file.path().with_extension(PART)))?;
                let written = part.and_then(|part| part.modified().ok()).map(unix_ms);
                let stage = BlobStage::Unfinished(written.unwrap_or(modified));
                let unfinished = entry(length, stage);
                entries.entry(hash).or_insert(unfinished);
            }
            UNNEEDED => marks.push((hash, modified)),
            _ => {}
        }
    }
    for (hash, since) in marks {
        if let Some(entry) = entries
            .get_mut(&hash)
            .filter(|it| it.stage == BlobStage::Needed)
        {
            entry.stage = BlobStage::Unneeded(since);
        }
    }
    Ok(entries.into_values().collect())
}

/// The boards that have a directory.
pub(super) fn boards(dir: &Path) -> io::Result<Vec<BoardId>> {
    let Some(files) = present(fs::read_dir(dir))? else {
        return Ok(Vec::new());
    };
    let mut boards = Vec::new();
    for file in files {
        let name = file?.file_name();
        let board: Option<BoardId> = name.to_str().and_then(|name| name.parse().ok());
        boards.extend(board);
    }
    Ok(boards)
}
