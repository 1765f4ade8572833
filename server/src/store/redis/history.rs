//! Reading the history of a board: its archive, the times of its commits, and the users of its clients.

use redis::cmd;
use shared::id::{BoardId, ClientId, Seq};

use super::super::segment::unpack;
use super::super::{Author, Authors, Log, StoreError, TimeMark};
use super::{RedisStore, scripts};

impl RedisStore {
    /// See [`super::Store::archived`].
    pub(super) async fn segment(
        &self,
        board: BoardId,
        number: u64,
    ) -> Result<Option<Log>, StoreError> {
        let mut ask = cmd("LINDEX");
        ask.arg(self.names.keys_of(board).archive).arg(number);
        let sealed: Option<Vec<u8>> = self.read_bulk(board, &ask).await?;
        sealed.map(|sealed| unpack(&sealed)).transpose()
    }

    /// See [`super::Store::time_marks`].
    pub(super) async fn times(&self, board: BoardId) -> Result<Vec<TimeMark>, StoreError> {
        let mut ask = cmd("ZRANGE");
        ask.arg(self.names.times(board)).arg(0).arg(-1);
        ask.arg("WITHSCORES");
        let marks: Vec<(u64, Seq)> = self.read_bulk(board, &ask).await?;
        let marks = marks.into_iter();
        Ok(marks
            .map(|(second, first)| TimeMark { first, second })
            .collect())
    }

    /// See [`super::Store::put_author`].
    pub(super) async fn note_author(
        &self,
        board: BoardId,
        client: ClientId,
        author: &Author,
    ) -> Result<(), StoreError> {
        let author = author.to_bytes()?;
        let script = |_: &_| {
            let mut script = scripts::PUT_AUTHOR.prepare_invoke();
            script.key(self.names.keys_of(board).meta);
            script.key(self.names.clients(board));
            script.arg(client.as_bytes()).arg(&author[..]);
            script
        };
        self.run(board, script).await?;
        Ok(())
    }

    /// See [`super::Store::authors`].
    pub(super) async fn all_authors(&self, board: BoardId) -> Result<Authors, StoreError> {
        let mut ask = cmd("HGETALL");
        ask.arg(self.names.clients(board));
        let rows: Vec<(Vec<u8>, Vec<u8>)> = self.read_bulk(board, &ask).await?;
        let mut authors = Authors::new();
        for (client, author) in rows {
            let client = client
                .try_into()
                .map_err(|_| StoreError::Corrupt(format!("a client of {board} is not an id")))?;
            authors.push((ClientId::from_bytes(client), Author::from_bytes(&author)?));
        }
        Ok(authors)
    }
}
