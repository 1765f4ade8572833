//! Pages of conversations.

use bytes::Bytes;
use server::store::ChatPageBytes;
use shared::id::{BoardId, Epoch};

use super::backend::{Backend, fresh_epoch};

fn page(epoch: Epoch, number: u64, packed: &'static [u8]) -> ChatPageBytes {
    ChatPageBytes {
        epoch,
        number,
        packed: Bytes::from_static(packed),
    }
}

async fn read(backend: &Backend, board: BoardId, number: u64) -> Option<Bytes> {
    backend.store.chat_page(board, number).await.unwrap()
}

pub(crate) async fn pages_are_kept_by_board_and_number(backend: Backend) {
    let (board, at) = backend.board().await;
    let (other, _) = backend.board().await;
    assert_eq!(read(&backend, board, 0).await, None);
    for (number, packed) in [(0, &b"first"[..]), (1, b"second"), (1, b"again")] {
        let page = page(at.epoch, number, packed);
        backend.store.put_chat_page(board, &page).await.unwrap();
    }
    assert_eq!(read(&backend, board, 0).await.unwrap(), "first");
    assert_eq!(read(&backend, board, 1).await.unwrap(), "again");
    assert_eq!(read(&backend, board, 2).await, None);
    assert_eq!(read(&backend, other, 0).await, None);
}

pub(crate) async fn a_page_of_another_epoch_is_not_kept(backend: Backend) {
    let (board, _) = backend.board().await;
    let unknown = BoardId::from_bytes(rand::random());
    for board in [board, unknown] {
        let page = page(fresh_epoch(), 0, b"late");
        backend.store.put_chat_page(board, &page).await.unwrap();
        assert_eq!(read(&backend, board, 0).await, None);
    }
}
