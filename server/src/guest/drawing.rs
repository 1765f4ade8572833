//! Draws new elements before the eyes of people: each at its time, ink while it grows, with the cursor of
//! the guest where it draws.

use std::time::Duration;

use shared::geometry::{Ink, InkPoint};
use shared::id::{ElementId, Position};
use shared::limits::MAX_LIVE_POINTS;
use shared::model::{Body, NewElement, Stroke};
use shared::op::{Guard, Op};
use shared::protocol::{LiveUpdate, StrokeStyle};
use tokio::time::sleep;

use super::error::GuestError;
use super::pace::{Pace, Step};
use super::session::Guest;

/// The time between two pieces of a stroke.
const PIECE_EVERY: Duration = Duration::from_millis(40);
/// The most pieces of all strokes of a request: two seconds of drawing.
const MAX_PIECES: usize = 50;

/// Commits ops at a pace. If a part is refused, the parts before it are taken back.
pub(super) async fn commit_all(
    guest: &Guest,
    pace: &Pace,
    ops: Vec<Op>,
) -> Result<Position, GuestError> {
    let all = ops.len();
    let commits = pace.commits(ops);
    let pieces = MAX_PIECES / commits.len().max(1);
    let mut on_board = Vec::new();
    let mut at = None;
    for (number, ops) in commits.into_iter().enumerate() {
        if number > 0 {
            sleep(pace.step()).await;
        }
        let new: Vec<ElementId> = ops.iter().filter_map(created).map(|new| new.id).collect();
        if pace.is_watchable() {
            show(guest, ops.iter().filter_map(created), pieces).await;
        }
        match guest.commit(ops, Guard::Any).await {
            Ok(stored) => at = Some(stored.at),
            Err(error) => {
                guest.show(LiveUpdate::End { kept: false });
                if on_board.is_empty() {
                    return Err(error);
                }
                let ids = on_board;
                guest.commit(vec![Op::Delete { ids }], Guard::Any).await?;
                return Err(error);
            }
        }
        on_board.extend(new);
        let done = on_board.len();
        pace.tell(Step { done, all });
    }
    // There is always a commit.
    at.ok_or(GuestError::Interrupted)
}

fn created(op: &Op) -> Option<&NewElement> {
    match op {
        Op::Put(new) => Some(new),
        _ => None,
    }
}

/// Shows elements that follow in the next commit: the first stroke while it grows, or the cursor at the
/// first element.
async fn show<'a>(
    guest: &Guest,
    mut elements: impl Iterator<Item = &'a NewElement>,
    pieces: usize,
) {
    let Some(first) = elements.next() else { return };
    match &first.body {
        Body::Stroke(stroke) if pieces > 1 => show_stroke(guest, first, stroke, pieces).await,
        _ => point_at(guest, first.props.at.x, first.props.at.y),
    }
}

/// Shows a stroke as a pen draws it, in some pieces.
async fn show_stroke(guest: &Guest, new: &NewElement, stroke: &Stroke, pieces: usize) {
    let at = new.props.at;
    let on_board = |point: InkPoint| InkPoint::new(point.x + at.x, point.y + at.y, point.pressure);
    let points: Vec<InkPoint> = stroke
        .parts
        .iter()
        .flat_map(Ink::points)
        .map(on_board)
        .collect();
    let Some(quantum) = stroke.parts.first().map(Ink::quantum) else {
        return;
    };
    guest.show(LiveUpdate::Begin {
        id: new.id,
        style: StrokeStyle {
            brush: stroke.brush,
            color: new.props.color,
            width: new.props.width,
            opacity: new.props.opacity,
            z: new.props.z.clone(),
        },
    });
    let mut ink = GrowingInk { guest, kept: false };
    let each = points.len().div_ceil(pieces).clamp(1, MAX_LIVE_POINTS);
    let mut sent = 0;
    for piece in points.chunks(each) {
        let from = u32::try_from(sent).unwrap_or(u32::MAX);
        if let Ok(ink) = Ink::encode(piece, quantum) {
            guest.show(LiveUpdate::Ink { from, ink });
        }
        if let Some(last) = piece.last() {
            point_at(guest, last.x, last.y);
        }
        sent += piece.len();
        sleep(PIECE_EVERY).await;
    }
    ink.kept = true;
}

/// Ink that people see. When it is dropped, it is kept until its commit comes, or discarded.
struct GrowingInk<'a> {
    guest: &'a Guest,
    kept: bool,
}

impl Drop for GrowingInk<'_> {
    fn drop(&mut self) {
        let kept = self.kept;
        self.guest.show(LiveUpdate::End { kept });
    }
}

/// Moves the guest's cursor, so that people see who draws.
fn point_at(guest: &Guest, x: f64, y: f64) {
    guest.show(LiveUpdate::Cursor(Some([x as f32, y as f32])));
}
