//! Paints the preview of an export.

use std::cell::Cell;
use std::rc::Rc;

use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::model::Scope;
use shared::paint::RenderingOptions;

use crate::canvas::PaintedPicture;
use crate::session::Session;
use crate::view_model::ExportOptions;

/// The most pixels of a preview's sides, which is twice its room on the page.
const ROOM: [f64; 2] = [960.0, 560.0];
/// A small drawing is not blown up more than this.
const MAX_SCALE: f64 = 2.0;

/// What a preview shows.
type Subject = (Scope, RenderingOptions);

/// Which preview is wanted.
#[derive(Clone, Default)]
struct Wanted {
    /// Grows with every other choice; the painting of the last one ends early.
    choice: Rc<Cell<u32>>,
    /// Whether the board has changed since the painting began.
    is_outdated: Rc<Cell<bool>>,
}

/// Keeps the preview on `canvas` up to date with the options and the board.
pub(super) fn keep_up_to_date(
    canvas: NodeRef<html::Canvas>,
    options: RwSignal<ExportOptions>,
    session: Session,
) {
    let revision = session.board_signals().revision;
    let wanted = Wanted::default();
    Effect::new(move |before: Option<Subject>| {
        let subject = options.with(|it| (it.scope.clone(), it.look()));
        revision.track();
        canvas.track();
        if before.as_ref() == Some(&subject) && wanted.is_outdated.replace(true) {
            // The painting that is going on begins again when it ends.
            return subject;
        }
        wanted.choice.set(wanted.choice.get().wrapping_add(1));
        wanted.is_outdated.set(true);
        spawn_local(paint(canvas, subject.clone(), session, wanted.clone()));
        subject
    });
}

async fn paint(
    canvas: NodeRef<html::Canvas>,
    (scope, look): Subject,
    session: Session,
    wanted: Wanted,
) {
    let choice = wanted.choice.get();
    let pictures = session.pictures();
    let is_wanted = || wanted.choice.get() == choice;
    while is_wanted() && wanted.is_outdated.replace(false) {
        let Some(scene) = session.export_scene(scope.clone()) else {
            return;
        };
        let picture = scene.picture(look);
        let region = picture.region();
        let [width, height] = ROOM;
        let fit = (width / region.width()).min(height / region.height());
        let size = [region.width(), region.height()].map(|side| pixels(side * fit.min(MAX_SCALE)));
        let painted = PaintedPicture::paint(&picture, size, &*pictures, &|_| is_wanted()).await;
        // The dialog can be closed by then.
        let canvas = canvas.try_get_untracked().flatten();
        if let (Ok(painted), Some(canvas), true) = (painted, canvas, is_wanted()) {
            painted.show_on(canvas);
        }
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a small positive number"
)]
fn pixels(length: f64) -> u32 {
    length.round().max(1.0) as u32
}
