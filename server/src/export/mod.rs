//! Exports boards as files: JSON, SVG, PNG, PDF and scenes of Excalidraw.
//!
//! An export reads the board from the store, paints it on a thread of its own with a low priority, and
//! streams the file while it is made. So it does not delay people who draw. The number of exports at the
//! same time is bounded, and so is their processor time for each caller and each board.

mod budgets;
mod fonts;
mod job;
mod pictures;
mod refusal;
mod request;
mod sink;
mod slots;
#[cfg(test)]
mod tests;

use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use shared::api::ApiError;
use shared::id::BoardId;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

use crate::caller_rate_limit::Caller;
use crate::clock::Clock;
use crate::open_limit::{OpenLimit, OpenPermit};
use crate::room::{Context, ReadBoard, read_board};
use crate::service::{Blobs, Visitor};
use crate::telemetry::Tag;
use budgets::{Account, ExportBudgets};
use fonts::ExportFonts;
use job::Job;
use pictures::PictureSource;
use slots::{Slot, Slots};

pub(crate) use job::Exported;
pub(crate) use refusal::Refusal;
pub(crate) use request::{ExportQuery, ExportRequest, Format};

/// Exports that are made at the same time. Each uses one core, and its board is in memory. PNG and SVG
/// are written in pieces; a PDF, a scene of Excalidraw and an embedded scene are in memory as a whole
/// (`docs/testing.md` has figures).
const MAX_RUNNING: usize = 2;
/// Exports that are made or wait, of all callers.
const MAX_OPEN: usize = 64;
/// Exports that are made or wait, of one caller.
const MAX_OPEN_EACH: usize = 8;
/// How long an export waits until others are finished.
const LONGEST_WAIT: Duration = Duration::from_secs(60);

/// Everything that exports share.
#[derive(Debug)]
pub struct Exports {
    slots: Slots,
    open: OpenLimit,
    budgets: ExportBudgets,
    fonts: Arc<ExportFonts>,
    /// Is locked while a picture is decoded, which takes up to 512 MiB.
    decoding: Arc<Mutex<()>>,
}

/// The right to make one export now.
#[derive(Debug)]
pub(crate) struct Permit {
    open: OpenPermit,
    _slot: Slot,
    account: Account,
}

impl Exports {
    /// Nothing is exported yet. Fonts in `font_dir` are asked before those of the system.
    #[must_use]
    pub fn new(clock: Clock, font_dir: Option<PathBuf>) -> Self {
        Self {
            slots: Slots::new(MAX_RUNNING),
            open: OpenLimit::new(MAX_OPEN, MAX_OPEN_EACH),
            budgets: ExportBudgets::new(clock),
            fonts: Arc::new(ExportFonts::new(font_dir)),
            decoding: Arc::default(),
        }
    }

    /// Waits until an export may begin. Each caller has one export made at a time.
    ///
    /// # Errors
    /// [`Refusal::Overdrawn`] or [`Refusal::Busy`].
    pub(crate) async fn permit(&self, board: BoardId, caller: Caller) -> Result<Permit, Refusal> {
        let account = self.budgets.account(board, caller);
        account.check()?;
        let open = self.open.try_acquire(caller);
        let open = open.ok_or(Refusal::Busy("too many exports of this address wait"))?;
        let slot = tokio::select! {
            slot = timeout(LONGEST_WAIT, self.slots.take(caller)) => slot,
            () = open.evicted() => return Err(Refusal::Busy("exports of other addresses wait")),
        };
        let slot = slot.map_err(|_| Refusal::Busy("other exports take long"))??;
        // The exports before this one may have used up the budgets.
        account.check()?;
        Ok(Permit {
            open,
            _slot: slot,
            account,
        })
    }

    /// Exports a board for a visitor whose link was checked.
    ///
    /// # Errors
    /// The board has no such part, others must be finished first, or the board cannot be read.
    pub(crate) async fn export(
        &self,
        context: &Context,
        blobs: &Arc<Blobs>,
        visitor: Visitor,
        title: String,
        request: ExportRequest,
    ) -> Result<Exported, Refusal> {
        let board = visitor.board;
        let permit = self.permit(board, visitor.caller).await?;
        let found = read_board(context, board).await.map_err(|error| {
            tracing::warn!(board = %Tag::from(board), %error, "a board cannot be exported");
            ApiError::Unavailable
        })?;
        let ReadBoard { replayed, took } = found.ok_or(ApiError::NoAccess)?;
        permit.charge(took);
        let job = Job {
            request,
            replayed,
            title,
            fonts: Arc::clone(&self.fonts),
            pictures: PictureSource {
                blobs: Arc::clone(blobs),
                visitor,
                decoding: Arc::clone(&self.decoding),
            },
            permit,
        };
        job.begin().await
    }
}

impl Permit {
    /// Charges processor time of the export.
    pub(crate) fn charge(&self, used: Duration) {
        self.account.charge(used);
    }

    /// Is cancelled once the export has to make room for one of another caller.
    pub(crate) fn eviction(&self) -> CancellationToken {
        self.open.eviction()
    }
}
