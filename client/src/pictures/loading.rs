//! Loads the files of pictures and decodes them as large as they are shown.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;

use futures::channel::oneshot;
use js_sys::{Function, Object, Promise, Reflect};
use leptos::prelude::window;
use shared::id::{BoardId, Millis, Secret};
use shared::model::{BlobHash, Picture};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Blob, ImageBitmap};

use super::http::{self, Answer};
use super::{Drawable, PictureEvent, Pictures};
use crate::clipboard::bytes_in;
use crate::net::file_address;
use crate::outbox::PictureFile;
use crate::storage::Area;
use crate::{boards, clock};

/// Files that are loaded and decoded at the same time.
const MAX_SLOTS: usize = 4;
/// The first wait for a file that is not there yet; each further one is twice as long.
const FIRST_WAIT_MS: Millis = 1_000;
/// The longest wait.
const LONGEST_WAIT_MS: Millis = 60_000;
/// The key of the board from which this browser copied last.
const COPIED_FROM: &str = "copied-from";
/// From so many failures on, the image has a mark.
const FAILURES_BEFORE_MARK: u32 = 3;
/// Why a picture is not shown whose file no page has uploaded so far.
const NOT_UPLOADED: &str =
    "The picture has not arrived yet. It shows when its upload from another page is complete.";
/// Why a picture is not shown while there is no connection.
const NO_ANSWER: &str = "The picture could not be loaded. It is tried again.";
/// Why a picture is not shown that the browser cannot decode.
const UNREADABLE: &str = "This browser cannot read the picture.";

/// A picture that was asked for.
#[derive(Debug, Default)]
pub(super) struct Load {
    /// The scale that it is loaded for, 1.0 for all of its pixels.
    scale: f64,
    is_running: bool,
}

/// Lets some loads run at a time.
#[derive(Debug, Default)]
pub(super) struct Slots {
    taken: Cell<usize>,
    waiting: RefCell<VecDeque<oneshot::Sender<()>>>,
}

impl Slots {
    async fn take(&self) {
        if self.taken.get() < MAX_SLOTS {
            self.taken.set(self.taken.get() + 1);
            return;
        }
        let (give, given) = oneshot::channel();
        self.waiting.borrow_mut().push_back(give);
        // The slot is passed on, so the number of taken ones stays. The sender is never dropped
        // without sending.
        let _ = given.await;
    }

    fn give_back(&self) {
        let next = self.waiting.borrow_mut().pop_front();
        if next.is_none_or(|next| next.send(()).is_err()) {
            self.taken.set(self.taken.get().saturating_sub(1));
        }
    }
}

/// The scale at which a picture is decoded: the next power of two, so that a slow zoom does not
/// decode it again and again.
pub(crate) fn decoded_scale(shown: f64) -> f64 {
    let mut scale = 1.0;
    while scale / 2.0 >= shown && scale > 1.0 / 64.0 {
        scale /= 2.0;
    }
    scale
}

/// Width and height of a picture that is decoded at a scale, in pixels.
pub(crate) fn decoded_size(picture: &Picture, scale: f64) -> [f64; 2] {
    [picture.width, picture.height].map(|side| (f64::from(side) * scale).ceil())
}

impl Pictures {
    /// Begins to load a picture, unless it is there at this scale or being loaded.
    pub(super) fn want(&self, picture: &Picture, shown: f64) {
        let scale = decoded_scale(shown);
        let mut loads = self.loads.borrow_mut();
        let load = loads.entry(picture.sha256).or_default();
        if load.is_running || load.scale >= scale {
            return;
        }
        load.scale = scale;
        load.is_running = true;
        if let Some(me) = self.me.upgrade() {
            let picture = picture.clone();
            spawn_local(async move {
                me.run_load(&picture, scale).await;
                if let Some(load) = me.loads.borrow_mut().get_mut(&picture.sha256) {
                    load.is_running = false;
                }
            });
        }
    }

    async fn run_load(&self, picture: &Picture, scale: f64) {
        let mut failures = 0;
        while !self.is_closed.get() {
            self.slots.take().await;
            let loaded = self.load_and_decode(picture, scale).await;
            self.slots.give_back();
            let trouble = match loaded {
                Ok(bitmap) => return self.loaded(picture.sha256, bitmap),
                Err(Failure::Passing(NOT_UPLOADED))
                    if failures == 0 && self.take_over(picture).await =>
                {
                    continue;
                }
                Err(Failure::Lasting(why)) => return self.set_trouble(picture.sha256, why),
                Err(Failure::Passing(why)) => why,
            };
            failures += 1;
            if failures >= FAILURES_BEFORE_MARK {
                self.set_trouble(picture.sha256, trouble.to_owned());
            }
            let wait = (FIRST_WAIT_MS << (failures - 1).min(8)).min(LONGEST_WAIT_MS);
            self.waits.wait(picture.sha256, wait).await;
        }
    }

    async fn load_and_decode(&self, picture: &Picture, scale: f64) -> Result<Drawable, Failure> {
        let file = match self.own_file(picture.sha256) {
            Some(own) => own,
            None => http::load(&self.address(picture.sha256), &self.secret)
                .await
                .map_err(|answer| Failure::of(&answer))?,
        };
        let pixels = u64::from(picture.width) * u64::from(picture.height);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_precision_loss,
            clippy::cast_sign_loss,
            reason = "numbers of pixels are bounded"
        )]
        let scale = {
            let wanted = (pixels as f64 * scale * scale) as u64;
            let cache = self.cache.borrow();
            let room = cache.room_for(picture.sha256, wanted, clock::now());
            (room as f64 / pixels.max(1) as f64).sqrt().min(scale)
        };
        let size = (scale < 1.0).then(|| decoded_size(picture, scale));
        let bitmap = decode(&file, size).await;
        bitmap.ok_or_else(|| Failure::Lasting(UNREADABLE.to_owned()))
    }

    /// Uploads a picture that this browser copied from another board. Returns whether that board has
    /// it.
    async fn take_over(&self, picture: &Picture) -> bool {
        let (sha256, media_type) = (picture.sha256, picture.media_type);
        let Some((board, secret)) = copied_from().filter(|(board, _)| *board != self.board) else {
            return false;
        };
        let loaded = http::load(&file_address(board, sha256), &secret).await;
        let Some(bytes) = loaded.ok().map(bytes_in) else {
            return false;
        };
        let Ok(bytes) = bytes.await else {
            return false;
        };
        self.upload(PictureFile {
            sha256,
            media_type,
            bytes: bytes.into(),
        });
        true
    }

    fn loaded(&self, sha256: BlobHash, bitmap: Drawable) {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a number of pixels"
        )]
        let pixels = (bitmap.width * bitmap.height) as u64;
        let mut cache = self.cache.borrow_mut();
        let dropped = cache.add(sha256, (bitmap, pixels), clock::now());
        drop(cache);
        for (other, bitmap) in dropped {
            if other != sha256 {
                self.loads.borrow_mut().remove(&other);
            }
            bitmap.image.close();
        }
        self.troubles.borrow_mut().remove(&sha256);
        self.tell(PictureEvent::Repaint(sha256));
    }

    fn set_trouble(&self, sha256: BlobHash, why: String) {
        self.troubles.borrow_mut().insert(sha256, why);
        self.tell(PictureEvent::Repaint(sha256));
    }
}

/// Remembers from which board elements were copied, because their pictures are files of that board.
pub(crate) fn note_copy(from: BoardId) {
    Area::Browser.set(COPIED_FROM, &from);
}

/// The board from which this browser copied last, and a secret that opens it.
fn copied_from() -> Option<(BoardId, Secret)> {
    let board = Area::Browser.get::<BoardId>(COPIED_FROM)?;
    Some((board, boards::load(board).secret?))
}

/// Why a picture is not there.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Failure {
    /// It may be there later.
    Passing(&'static str),
    /// It will not be there.
    Lasting(String),
}

impl Failure {
    fn of(answer: &Answer) -> Self {
        match answer.status {
            404 => Self::Passing(NOT_UPLOADED),
            0 | 408 | 429 | 500..=599 => Self::Passing(NO_ANSWER),
            _ => Self::Lasting(answer.reason()),
        }
    }
}

/// Decodes a file, smaller if a size is given.
pub(crate) async fn decode(file: &Blob, size: Option<[f64; 2]>) -> Option<Drawable> {
    let options = Object::new();
    if let Some([width, height]) = size {
        for (name, value) in [("resizeWidth", width), ("resizeHeight", height)] {
            Reflect::set(&options, &name.into(), &value.into()).ok()?;
        }
        Reflect::set(&options, &"resizeQuality".into(), &"high".into()).ok()?;
    }
    let window = window();
    let decode = Reflect::get(&window, &"createImageBitmap".into()).ok()?;
    let decode: Function = decode.dyn_into().ok()?;
    let begun = decode.call2(&window, file, &options).ok()?;
    let bitmap = JsFuture::from(begun.dyn_into::<Promise>().ok()?).await;
    let image: ImageBitmap = bitmap.ok().map(JsValue::unchecked_into)?;
    Some(Drawable {
        width: f64::from(image.width()),
        height: f64::from(image.height()),
        image,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_are_decoded_at_the_next_power_of_two() {
        for (shown, decoded) in [
            (2.0, 1.0),
            (1.0, 1.0),
            (0.6, 1.0),
            (0.5, 0.5),
            (0.3, 0.5),
            (0.2, 0.25),
            (0.0, 1.0 / 64.0),
        ] {
            assert_eq!(decoded_scale(shown), decoded, "{shown}");
        }
    }

    #[test]
    fn a_missing_file_is_waited_for_and_a_refusal_is_named() {
        let failure = |status| {
            Failure::of(&Answer {
                status,
                ..Answer::default()
            })
        };
        assert_eq!(failure(404), Failure::Passing(NOT_UPLOADED));
        assert_eq!(failure(0), Failure::Passing(NO_ANSWER));
        assert_eq!(failure(503), Failure::Passing(NO_ANSWER));
        assert!(matches!(failure(403), Failure::Lasting(_)));
    }
}
