//! The files of pictures on one board: uploads, loads, and the pixels to paint.
//!
//! Layout: `prepare` makes files of what a user gives, `upload` decides the steps of an upload and
//! `uploading` takes them, `loading` loads and decodes, `cache` bounds what is decoded, `preview` paints
//! the blurred picture before that, `http` has the requests, `waits` wakes what waits for the server.

mod cache;
mod http;
mod loading;
mod prepare;
mod preview;
mod upload;
mod uploading;
mod waits;

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::{Rc, Weak};

use shared::id::{BoardId, Secret};
use shared::model::{BlobHash, Picture};
use wasm_bindgen_futures::spawn_local;
use web_sys::{Blob, ImageBitmap};

use crate::clock;
use crate::net::file_address;
use crate::outbox::PictureFiles;
use cache::Cache;
use loading::{Load, Slots};
use preview::Previews;
use uploading::Uploading;
use waits::Waits;

pub(crate) use cache::MAX_PIXELS as MAX_DECODED_PIXELS;
pub(crate) use loading::{decode, decoded_scale, decoded_size, note_copy};
pub(crate) use prepare::{Prepared, Unfit, prepare};

/// An image that can be painted, with its size in pixels.
#[derive(Clone, Debug)]
pub(crate) struct Drawable {
    /// A bitmap, or a canvas, which contexts take in the same way.
    pub(crate) image: ImageBitmap,
    /// Width in pixels.
    pub(crate) width: f64,
    /// Height in pixels.
    pub(crate) height: f64,
}

/// Gives painters the pixels of pictures.
pub(crate) trait Drawables: std::fmt::Debug {
    /// The image to paint for a picture of which each pixel becomes `scale` pixels of the painting;
    /// `None` if there is none.
    fn shown(&self, picture: &Picture, scale: f64) -> Option<Drawable>;
}

/// A mark on the images that show a picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Mark {
    /// Its file is on its way to the server, so far.
    Uploading(f64),
    /// It cannot be loaded, or the server refused it.
    Trouble,
}

/// What happened to a picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum PictureEvent {
    /// It looks different now.
    Repaint(BlobHash),
    /// Its upload went on or ended.
    Progress,
    /// The server refused it; the sentence says why.
    Refused(String),
}

/// Receives what happens.
type Listener = Rc<dyn Fn(PictureEvent)>;

/// The pictures of one board.
pub(crate) struct Pictures {
    board: BoardId,
    secret: Secret,
    cache: RefCell<Cache<Drawable>>,
    previews: RefCell<Previews>,
    loads: RefCell<BTreeMap<BlobHash, Load>>,
    slots: Slots,
    uploads: RefCell<BTreeMap<BlobHash, Uploading>>,
    /// Files that the server refused.
    refused: RefCell<BTreeMap<BlobHash, Blob>>,
    /// Why pictures are not shown, or not kept.
    troubles: RefCell<BTreeMap<BlobHash, String>>,
    files: RefCell<Option<Rc<PictureFiles>>>,
    waits: Waits,
    listener: RefCell<Option<Listener>>,
    is_closed: Cell<bool>,
    me: Weak<Self>,
}

impl Pictures {
    /// The pictures of a board. Uploads of an earlier page go on.
    pub(crate) fn open(board: BoardId, secret: Secret) -> Rc<Self> {
        let pictures = Rc::new_cyclic(|me| Self {
            board,
            secret,
            cache: RefCell::default(),
            previews: RefCell::default(),
            loads: RefCell::default(),
            slots: Slots::default(),
            uploads: RefCell::default(),
            refused: RefCell::default(),
            troubles: RefCell::default(),
            files: RefCell::default(),
            waits: Waits::default(),
            listener: RefCell::default(),
            is_closed: Cell::default(),
            me: me.clone(),
        });
        let opened = Rc::clone(&pictures);
        spawn_local(async move {
            let files = Rc::new(PictureFiles::open(board).await);
            for file in files.all().await {
                opened.begin_upload(file);
            }
            opened.use_files(files);
        });
        pictures
    }

    /// Sets the function that is told what happens.
    pub(crate) fn on_event(&self, listener: impl Fn(PictureEvent) + 'static) {
        self.listener.replace(Some(Rc::new(listener)));
    }

    /// Ends everything that waits.
    pub(crate) fn close(&self) {
        self.is_closed.set(true);
        self.waits.wake_all();
    }

    /// The pixels of a picture, if they are decoded now.
    pub(crate) fn decoded(&self, sha256: BlobHash) -> Option<Drawable> {
        let mut cache = self.cache.borrow_mut();
        cache.paint(sha256, clock::now()).cloned()
    }

    /// The marks of pictures.
    pub(crate) fn marks(&self) -> BTreeMap<BlobHash, Mark> {
        let troubles = self.troubles.borrow();
        let troubles = troubles.keys().map(|sha256| (*sha256, Mark::Trouble));
        let uploads = self.uploads.borrow();
        let uploads = uploads.iter();
        troubles
            .chain(uploads.map(|(sha256, upload)| (*sha256, Mark::Uploading(upload.progress))))
            .collect()
    }

    /// Why a picture is not shown, or not kept.
    pub(crate) fn trouble(&self, sha256: BlobHash) -> Option<String> {
        self.troubles.borrow().get(&sha256).cloned()
    }

    /// A file is complete on the server.
    pub(crate) fn complete(&self, sha256: BlobHash) {
        self.waits.wake(sha256);
    }

    /// The server can be reached again.
    pub(crate) fn reconnected(&self) {
        self.waits.wake_all();
    }

    /// The file of a picture, from here or from the server.
    ///
    /// # Errors
    /// A sentence that says why it cannot be had.
    pub(crate) async fn file(&self, sha256: BlobHash) -> Result<Blob, String> {
        if let Some(own) = self.own_file(sha256) {
            return Ok(own);
        }
        let address = self.address(sha256);
        let loaded = http::load(&address, &self.secret).await;
        loaded.map_err(|answer| answer.reason())
    }

    fn own_file(&self, sha256: BlobHash) -> Option<Blob> {
        let uploads = self.uploads.borrow();
        let underway = uploads.get(&sha256).map(|upload| upload.file.clone());
        underway.or_else(|| self.refused.borrow().get(&sha256).cloned())
    }

    fn address(&self, sha256: BlobHash) -> String {
        file_address(self.board, sha256)
    }

    fn tell(&self, event: PictureEvent) {
        let listener = self.listener.borrow().clone();
        if let Some(tell) = listener {
            tell(event);
        }
    }
}

impl Drawables for Pictures {
    /// It is a blurred preview until the file is there.
    fn shown(&self, picture: &Picture, scale: f64) -> Option<Drawable> {
        self.want(picture, scale);
        let mut cache = self.cache.borrow_mut();
        let bitmap = cache.paint(picture.sha256, clock::now()).cloned();
        bitmap.or_else(|| self.previews.borrow_mut().of(picture))
    }
}

impl std::fmt::Debug for Pictures {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Pictures").finish_non_exhaustive()
    }
}
