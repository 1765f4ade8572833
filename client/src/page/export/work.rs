//! A piece of work that shows its state and that a user can stop.

use std::cell::Cell;
use std::rc::Rc;

use wasm_split_helpers::SplitLoaderError;
use web_sys::{AbortController, AbortSignal};

use crate::canvas::NoPicture;
use crate::importer::{self, ImportError};
use crate::view_model::ExportState;

/// Why a file was not made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(in crate::page) enum ExportError {
    /// The user stopped it.
    #[error("Stopped.")]
    Stopped,
    /// There is nothing to export.
    #[error("There is nothing on the board to export.")]
    Empty,
    /// The browser gives no canvas of this size.
    #[error("This browser cannot paint a picture of this size. Choose a smaller one.")]
    NoCanvas,
    /// The part of the client that writes files did not load.
    #[error("A part of Commonslate did not load. Check the connection and try again.")]
    NotLoaded,
    /// The part of the client that writes files failed.
    #[error("This file could not be written.")]
    Unwritable,
    /// The server cannot be reached.
    #[error(
        "The server makes this file, and it cannot be reached now. Try again when the board is connected."
    )]
    Offline,
    /// The server refused. The sentence says why.
    #[error("The server did not make this file: {0}")]
    Refused(String),
    /// The browser did not write the file.
    #[error("The file was not saved. The disk may be full, or the browser may not write there.")]
    NotSaved,
    /// The browser keeps the clipboard from buttons.
    #[error("This browser did not let the file be copied. Download it instead.")]
    NoClipboard,
}

impl From<SplitLoaderError> for ExportError {
    fn from(_: SplitLoaderError) -> Self {
        Self::NotLoaded
    }
}

impl From<NoPicture> for ExportError {
    fn from(error: NoPicture) -> Self {
        match error {
            NoPicture::NoCanvas => Self::NoCanvas,
            NoPicture::Stopped => Self::Stopped,
        }
    }
}

impl From<ImportError> for ExportError {
    fn from(error: ImportError) -> Self {
        match error {
            ImportError::NotLoaded => Self::NotLoaded,
            ImportError::Crashed => Self::Unwritable,
            ImportError::Stopped => Self::Stopped,
        }
    }
}

/// A piece of work that a user can stop. Copies are the same work.
#[derive(Clone)]
pub(in crate::page) struct Work {
    report: Rc<dyn Fn(ExportState)>,
    /// Whether it was stopped or has ended.
    is_over: Rc<Cell<bool>>,
    controller: Option<AbortController>,
}

impl Work {
    /// Work that shows its state by `report`.
    pub(in crate::page) fn new(report: impl Fn(ExportState) + 'static) -> Self {
        Self {
            report: Rc::new(report),
            is_over: Rc::default(),
            // A browser without it downloads to the end.
            controller: AbortController::new().ok(),
        }
    }

    /// Shows what happens now, and the share that is done.
    pub(super) fn says(&self, words: impl Into<String>, share: Option<f64>) {
        if !self.is_over() {
            let words = words.into();
            (self.report)(ExportState::Underway { words, share });
        }
    }

    /// Ends the work and shows its result, unless it is over.
    pub(super) fn end(&self, result: ExportState) {
        if !self.is_over.replace(true) {
            (self.report)(result);
        }
    }

    /// Whether the user has stopped it, or it has ended.
    pub(super) fn is_over(&self) -> bool {
        self.is_over.get()
    }

    /// Stops it, unless it is over.
    pub(in crate::page) fn stop(&self) {
        if self.is_over.replace(true) {
            return;
        }
        if let Some(controller) = &self.controller {
            controller.abort();
        }
        importer::stop();
        (self.report)(ExportState::Idle);
    }

    /// An error if it is over.
    pub(super) fn check(&self) -> Result<(), ExportError> {
        if self.is_over() {
            Err(ExportError::Stopped)
        } else {
            Ok(())
        }
    }

    /// A signal that ends requests when the user stops the work.
    pub(super) fn signal(&self) -> Option<AbortSignal> {
        self.controller.as_ref().map(AbortController::signal)
    }
}
