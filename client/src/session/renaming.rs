//! New names for the board and for this person.

use futures::future::LocalBoxFuture;
use leptos::prelude::GetUntracked as _;
use shared::api::{self, ApiError, BoardInfo};
use shared::id::{BoardId, Secret};
use shared::protocol::Profile;
use wasm_bindgen_futures::spawn_local;

use super::board_session::BoardSession;
use super::handle::Session;
use crate::chunk::{NotLoaded, in_chunk};
use crate::profile;
use crate::view_model::ToastTone;

impl Session {
    /// Gives the board another title, for everybody. If the server refuses, the old title comes
    /// back and the page shows why.
    pub(crate) fn rename_board(&self, title: String) {
        let inner = self.inner();
        spawn_local(async move {
            let shown = inner.board_signals.title;
            let before = shown.get_untracked();
            shown.publish(title.clone());
            inner.count_pending_renames(1);
            let outcome = rename(inner.board, inner.secret, title).await;
            inner.count_pending_renames(-1);
            if let Err(error) = outcome {
                shown.publish(before);
                inner.toast(
                    ToastTone::Warning,
                    &format!("The title was not changed: {error}."),
                );
            }
        });
    }

    /// Gives this person another name. An empty name changes nothing.
    pub(crate) fn rename_me(&self, name: String) {
        let inner = self.inner();
        let profile = Profile {
            name,
            ..inner.profile.borrow().clone()
        }
        .tidied();
        if profile.name.is_empty() {
            return;
        }
        profile::save(&profile);
        inner.profile.replace(profile.clone());
        let mut core = inner.core.borrow_mut();
        core.editor.set_name(&profile.name);
        core.driver.set_profile(profile);
        core.people_changed = true;
        drop(core);
        inner.settle();
    }
}

async fn rename(board: BoardId, secret: Secret, title: String) -> Result<BoardInfo, ApiError> {
    match loaded(board, secret, title).await {
        Ok(renamed) => renamed.await,
        Err(error) => Err(ApiError::Transport(error.to_string())),
    }
}

/// The future of a new title.
type Renaming = LocalBoxFuture<'static, Result<BoardInfo, ApiError>>;

in_chunk! {
    fn loaded(board: BoardId, secret: Secret, title: String) -> Result<Renaming, NotLoaded> {
        Ok(Box::pin(api::rename_board(board, secret, title)))
    }
}

impl BoardSession {
    /// Counts the requests that would be lost if the page ended now.
    fn count_pending_renames(&self, by: isize) {
        let count = self.pending_renames.get().saturating_add_signed(by);
        self.pending_renames.set(count);
        self.publish_counters();
    }
}
