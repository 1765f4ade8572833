//! Deleting a board. A row in a table of its own stays as the marker.

use redb::{Database, ReadableTable as _};
use shared::id::BoardId;

use super::change::Change;
use super::read::{Read, later_table};
use super::tables::{DELETED, Tables};
use super::writer::Written;

/// The first and the last author in the order of the keys.
const AUTHORS: [&[u8; 16]; 2] = [&[0; 16], &[u8::MAX; 16]];

/// Deletes a board whose record still has this version, and leaves a marker.
pub(super) fn delete(tables: &mut Tables<'_>, board: BoardId, version: u64) -> Change<bool> {
    let id = board.as_bytes();
    let current = tables.records.get(id)?.map(|row| row.value().0);
    if current != Some(version) {
        return Ok(Written::quiet(false));
    }
    let positions = || (id, 0)..=(id, u64::MAX);
    let [first, last] = AUTHORS;
    tables.deleted.insert(id, ())?;
    tables.records.remove(id)?;
    tables.heads.remove(id)?;
    tables.snapshots.remove(id)?;
    tables.log.retain_in(positions(), |_, _| false)?;
    tables.archive.retain_in(positions(), |_, _| false)?;
    tables.chat_pages.retain_in(positions(), |_, _| false)?;
    tables.times.retain_in(positions(), |_, _| false)?;
    let clients = || (id, first)..=(id, last);
    tables.authors.retain_in(clients(), |_, _| false)?;
    tables.clients.retain_in(clients(), |_, _| false)?;
    Ok(Written::quiet(true))
}

/// Whether a board was deleted.
pub(super) fn was_deleted(database: &Database, board: BoardId) -> Read<bool> {
    let Some(deleted) = later_table(database, DELETED)? else {
        return Ok(false);
    };
    Ok(deleted.get(board.as_bytes())?.is_some())
}

#[cfg(test)]
mod tests {
    use redb::{
        ReadableDatabase as _, ReadableTableMetadata as _, TableHandle as _, UntypedTableHandle,
    };
    use shared::id::Epoch;

    use super::super::tables::BoardRow;
    use super::*;

    /// Fills every table with rows of a board.
    fn fill(tables: &mut Tables<'_>, board: BoardId) {
        let id = board.as_bytes();
        tables.records.insert(id, (1, &[1][..])).unwrap();
        let row = BoardRow::new(Epoch::from_bytes([3; 16]));
        tables.put_head(board, &row).unwrap();
        tables.snapshots.insert(id, &[1][..]).unwrap();
        for number in [0, 1, u64::MAX] {
            tables.log.insert((id, number), &[1][..]).unwrap();
            tables.archive.insert((id, number), &[1][..]).unwrap();
            tables.chat_pages.insert((id, number), &[1][..]).unwrap();
            tables.times.insert((id, number), 1).unwrap();
        }
        for author in [[0; 16], [7; 16], [u8::MAX; 16]] {
            tables.authors.insert((id, &author), 1).unwrap();
            tables.clients.insert((id, &author), &[1][..]).unwrap();
        }
    }

    fn rows(database: &Database) -> Vec<(String, u64)> {
        let transaction = database.begin_read().unwrap();
        let count = |table: UntypedTableHandle| {
            let name = table.name().to_owned();
            let rows = transaction.open_untyped_table(table).unwrap();
            (name, rows.len().unwrap())
        };
        transaction.list_tables().unwrap().map(count).collect()
    }

    #[test]
    fn a_deletion_removes_the_rows_of_the_board_from_every_table_and_no_others() {
        let dir = tempfile::tempdir().unwrap();
        let database = Database::create(dir.path().join("boards")).unwrap();
        let [board, other] = [1, 2].map(|byte| BoardId::from_bytes([byte; 16]));
        let change = |change: &dyn Fn(&mut Tables<'_>)| {
            let transaction = database.begin_write().unwrap();
            change(&mut Tables::open(&transaction).unwrap());
            transaction.commit().unwrap();
        };
        change(&|tables| fill(tables, other));
        let mut expected = rows(&database);
        change(&|tables| fill(tables, board));
        change(&|tables| assert!(delete(tables, board, 1).is_ok_and(|deleted| deleted.value)));
        for (table, rows) in &mut expected {
            *rows += u64::from(table == "deleted");
        }
        assert_eq!(rows(&database), expected);
    }
}
