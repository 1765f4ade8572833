//! Pictures that the user chooses, pastes or drops, and pictures that the user saves.

use std::cell::Cell;
use std::rc::Rc;

use futures::future::LocalBoxFuture;
use leptos::prelude::untrack;
use leptos::task::spawn_local;
use shared::geometry::ScreenPoint;
use shared::id::ElementId;
use shared::model::Picture;
use web_sys::{Blob, File};

use super::export::download_file;
use super::state::ToastList;
use crate::chunk::{NotLoaded, in_chunk};
use crate::pictures::{Prepared, Unfit, prepare};
use crate::session::Session;
use crate::view_model::ToastTone;

/// Pictures that are taken at once: a whole camera roll would fill the memory of the page.
const MAX_AT_ONCE: usize = 50;
/// The notice while pictures are prepared.
const PREPARING: &str = "Reading the picture …";

/// A file that may be a picture, and its name for notices.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    pub(super) file: Blob,
    pub(super) name: String,
}

impl From<File> for Candidate {
    fn from(file: File) -> Self {
        Self {
            name: file.name(),
            file: file.into(),
        }
    }
}

/// Where pictures go.
#[derive(Clone, Copy, Debug)]
pub(super) enum Target {
    /// Onto the board, at a place of the view or where the editor chooses.
    Board(Option<ScreenPoint>),
    /// Into an image, in place of its picture.
    Image(ElementId),
}

/// Prepares pictures and puts them on the board as one step. Notices name those that are left out or
/// changed.
pub(super) fn insert(
    session: Session,
    toasts: ToastList,
    mut candidates: Vec<Candidate>,
    target: Target,
) {
    let board = session.board_signals();
    if !untrack(|| board.may_draw()) {
        return;
    }
    if candidates.len() > MAX_AT_ONCE {
        let left_out = candidates.len() - MAX_AT_ONCE;
        let words = format!("{MAX_AT_ONCE} pictures fit at once. {left_out} were left out.");
        toasts.show(ToastTone::Warning, &words);
        candidates.truncate(MAX_AT_ONCE);
    }
    spawn_local(async move {
        match loaded(session, toasts, candidates, target).await {
            Ok(inserting) => inserting.await,
            Err(error) => toasts.show(ToastTone::Warning, &error.to_string()),
        }
    });
}

in_chunk! {
    fn loaded(
        session: Session,
        toasts: ToastList,
        candidates: Vec<Candidate>,
        target: Target,
    ) -> Result<LocalBoxFuture<'static, ()>, NotLoaded> {
        Ok(Box::pin(async move {
            let is_stopped = Rc::new(Cell::new(false));
            let stopping = Rc::clone(&is_stopped);
            let notice = toasts.show_progress(PREPARING, move || stopping.set(true));
            let mut all = Vec::new();
            for Candidate { file, name } in candidates {
                if is_stopped.get() {
                    return;
                }
                match prepare(&file).await {
                    Ok(prepared) => {
                        for words in changes(&name, &prepared) {
                            toasts.show(ToastTone::Info, &words);
                        }
                        all.push(prepared);
                    }
                    Err(unfit) => toasts.show(ToastTone::Warning, &refusal(&name, unfit)),
                }
            }
            if let Some(notice) = notice {
                toasts.dismiss(notice);
            }
            match target {
                _ if all.is_empty() || is_stopped.get() => {}
                Target::Board(at) => session.add_pictures(all, at),
                Target::Image(id) => all
                    .into_iter()
                    .take(1)
                    .for_each(|prepared| session.replace_picture(id, prepared)),
            }
        }))
    }
}

fn refusal(name: &str, unfit: Unfit) -> String {
    format!("“{name}” is not on the board: {unfit}.")
}

/// Sentences that name the changes of a picture.
fn changes(name: &str, prepared: &Prepared) -> Vec<String> {
    let Picture { width, height, .. } = prepared.picture;
    let mut words = Vec::new();
    if prepared.is_shrunk {
        words.push(format!(
            "“{name}” was made smaller, to {width} × {height} pixels: a picture has at most 40 million \
             pixels, 16,383 on a side, and 8 MB."
        ));
    }
    if prepared.is_first_frame {
        words.push(format!("“{name}” moves. The board shows its first frame."));
    }
    words
}

/// Saves the file of a picture as a download.
pub(super) fn save(session: Session, toasts: ToastList, picture: &Picture) {
    let (sha256, media_type) = (picture.sha256, picture.media_type);
    spawn_local(async move {
        match session.pictures().file(sha256).await {
            Ok(file) => {
                let hash = sha256.to_string();
                let name = hash.get(..8).unwrap_or(&hash);
                let name = format!("picture-{name}.{}", media_type.extension());
                if download_file(&file, &name).is_err() {
                    toasts.show(ToastTone::Warning, "The picture could not be saved.");
                }
            }
            Err(why) => {
                let words = format!("The picture could not be saved. {why}");
                toasts.show(ToastTone::Warning, &words);
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use serde_bytes::ByteBuf;
    use shared::model::{BlobHash, MediaType};

    use super::*;
    use crate::outbox::PictureFile;

    fn prepared(is_shrunk: bool, is_first_frame: bool) -> Prepared {
        let sha256 = BlobHash::of(b"a file");
        let media_type = MediaType::Png;
        let bytes = ByteBuf::new();
        Prepared {
            picture: Picture {
                sha256,
                media_type,
                width: 6_000,
                height: 4_000,
                thumbhash: Vec::new(),
            },
            file: PictureFile {
                sha256,
                media_type,
                bytes,
            },
            is_shrunk,
            is_first_frame,
        }
    }

    #[test]
    fn notices_name_the_file_and_what_was_changed() {
        assert!(changes("a.png", &prepared(false, false)).is_empty());
        let words = changes("cat.gif", &prepared(true, true)).join(" ");
        assert!(
            words.contains("“cat.gif” was made smaller, to 6000 × 4000 pixels"),
            "{words}"
        );
        assert!(
            words.contains("“cat.gif” moves. The board shows its first frame."),
            "{words}"
        );
    }

    #[test]
    fn refusals_name_the_file_and_the_cause() {
        let words = refusal("a.heic", Unfit::Unreadable);
        assert_eq!(
            words,
            "“a.heic” is not on the board: this browser cannot read it as a picture."
        );
        assert!(refusal("b.png", Unfit::TooManyPixels).contains("100 million pixels"));
    }
}
