//! Uploads files piece by piece, and keeps them in the browser until the server has them.

use std::rc::Rc;

use js_sys::{Array, Uint8Array};
use shared::model::BlobHash;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Blob, BlobPropertyBag};

use super::http;
use super::upload::{Step, Upload};
use super::{PictureEvent, Pictures};
use crate::outbox::{PictureFile, PictureFiles};

/// A file on its way to the server.
#[derive(Debug)]
pub(super) struct Uploading {
    pub(super) file: Blob,
    pub(super) record: PictureFile,
    /// The part that the server has, 0.0 to 1.0.
    pub(super) progress: f64,
}

impl Pictures {
    /// Uploads a file, and keeps it in the browser until the server has it.
    pub(crate) fn upload(&self, record: PictureFile) {
        if let Some(files) = &*self.files.borrow() {
            files.keep(&record);
        }
        self.begin_upload(record);
    }

    /// Keeps files in the browser from now on.
    pub(super) fn use_files(&self, files: Rc<PictureFiles>) {
        for upload in self.uploads.borrow().values() {
            files.keep(&upload.record);
        }
        self.files.replace(Some(files));
    }

    /// Files that would be lost if the page ended now.
    pub(crate) fn at_stake(&self) -> usize {
        let files = self.files.borrow();
        if files.as_ref().is_some_and(|files| files.are_kept()) {
            0
        } else {
            self.uploads.borrow().len()
        }
    }

    /// How far all uploads are, in percent; `None` if there are none.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a percentage"
    )]
    pub(crate) fn upload_percent(&self) -> Option<u8> {
        let uploads = self.uploads.borrow();
        let bytes = |upload: &Uploading| upload.file.size();
        let all: f64 = uploads.values().map(bytes).sum();
        let sent = uploads.values().map(|it| bytes(it) * it.progress);
        (!uploads.is_empty()).then(|| (sent.sum::<f64>() / all.max(1.0) * 100.0) as u8)
    }

    pub(super) fn begin_upload(&self, record: PictureFile) {
        let sha256 = record.sha256;
        let Some(file) = blob(&record).filter(|_| !self.uploads.borrow().contains_key(&sha256))
        else {
            return;
        };
        self.troubles.borrow_mut().remove(&sha256);
        let progress = 0.0;
        let uploading = Uploading {
            file,
            record,
            progress,
        };
        self.uploads.borrow_mut().insert(sha256, uploading);
        self.tell(PictureEvent::Progress);
        // Images that wait for the file have it now.
        self.waits.wake(sha256);
        if let Some(me) = self.me.upgrade() {
            spawn_local(async move { me.run_upload(sha256).await });
        }
    }

    async fn run_upload(&self, sha256: BlobHash) {
        let Some((file, media_type)) = self.uploads.borrow().get(&sha256).map(|upload| {
            let media_type = upload.record.media_type.name();
            (upload.file.clone(), media_type)
        }) else {
            return;
        };
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "the size of a file is a whole number"
        )]
        let length = file.size() as u64;
        let mut upload = Upload::new(length);
        let mut step = upload.after_wait();
        while !self.is_closed.get() {
            step = match step {
                Step::Send(from, to) => {
                    #[expect(clippy::cast_precision_loss, reason = "files have some megabytes")]
                    let piece = file.slice_with_f64_and_f64(from as f64, to as f64);
                    let Ok(piece) = piece else {
                        return self.refused(sha256, "The browser lost the file.".to_owned());
                    };
                    let address = self.address(sha256);
                    let place = (from, length);
                    let sent = http::send(&address, &self.secret, &piece, place, media_type);
                    upload.after(&sent.await)
                }
                Step::Wait(time) => {
                    self.waits.wait(sha256, time).await;
                    upload.after_wait()
                }
                Step::Done => return self.uploaded(sha256),
                Step::Refused(why) => return self.refused(sha256, why),
            };
            if let Some(uploading) = self.uploads.borrow_mut().get_mut(&sha256) {
                uploading.progress = upload.progress();
            }
            self.tell(PictureEvent::Progress);
        }
    }

    fn uploaded(&self, sha256: BlobHash) {
        self.end_upload(sha256);
        self.tell(PictureEvent::Progress);
    }

    /// The file stays in the page: it may be the only copy, and the user can save it.
    fn refused(&self, sha256: BlobHash, why: String) {
        if let Some(file) = self.own_file(sha256) {
            self.refused.borrow_mut().insert(sha256, file);
        }
        self.end_upload(sha256);
        self.troubles.borrow_mut().insert(sha256, why.clone());
        self.tell(PictureEvent::Refused(why));
    }

    fn end_upload(&self, sha256: BlobHash) {
        self.uploads.borrow_mut().remove(&sha256);
        if let Some(files) = &*self.files.borrow() {
            files.forget(sha256);
        }
    }
}

fn blob(record: &PictureFile) -> Option<Blob> {
    let parts = Array::of1(&Uint8Array::from(record.bytes.as_slice()));
    let options = BlobPropertyBag::new();
    options.set_type(record.media_type.name());
    Blob::new_with_u8_array_sequence_and_options(&parts, &options).ok()
}
