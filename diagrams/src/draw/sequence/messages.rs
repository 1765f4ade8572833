//! Messages of a sequence diagram: arrows that are bound to lifelines, to the bars of active
//! participants, or to the box of a participant that they create.

use kurbo::{Point, Rect};
use shared::id::ElementId;
use shared::model::{Anchor, Dash};

use super::picture::Picture;
use super::rows::PlacedMessage;
use crate::draw::sketch::{LineLook, Membership, Sketch, anchor_at};
use crate::model::{Column, Event, Message};

/// Draws all messages.
pub(super) fn draw(picture: &Picture<'_>, sketch: &mut Sketch<'_>) {
    for placed in &picture.rows.messages {
        if let Some(Event::Message(message)) = picture.sequence.events.get(placed.event) {
            one(picture, sketch, placed, message);
        }
    }
}

fn one(picture: &Picture<'_>, sketch: &mut Sketch<'_>, placed: &PlacedMessage, message: &Message) {
    let look = LineLook {
        dash: if message.is_dashed {
            Dash::Dashed
        } else {
            Dash::Solid
        },
        heads: message.heads,
        ..LineLook::default()
    };
    let of = Membership::default();
    let [from_bar, to_bar] = placed.bars;
    let from = picture.end(message.from, from_bar, placed.event, placed.y);
    let low = placed.y + placed.around.height;
    let to = picture.end(message.to, to_bar, placed.event, low);
    let points: Vec<Point> = if message.from == message.to {
        let right = picture.frame.middle(message.from) + placed.around.width;
        vec![
            from.aim,
            Point::new(right, placed.y),
            Point::new(right, low),
            to.aim,
        ]
    } else {
        vec![from.aim, to.aim]
    };
    let anchors = [from.anchor, to.anchor];
    let line = sketch.line(&points, anchors, &look, &message.label, &of);
    if !message.label.is_empty() && message.from != message.to {
        let middle = picture.label_middle(message, placed.event);
        sketch.wishes.push((line, Point::new(middle, placed.y)));
    }
}

/// An end of a message.
struct MessageEnd {
    aim: Point,
    anchor: Option<Anchor>,
}

impl Picture<'_> {
    /// The end of a message at a participant.
    fn end(&self, column: usize, bar: Option<usize>, event: usize, y: f64) -> MessageEnd {
        let created = self
            .sequence
            .columns
            .get(column)
            .and_then(|it| it.created_by);
        let (id, rect): (Option<&ElementId>, Option<&Rect>) = if created == Some(event) {
            (self.boxes.get(column), self.rows.heads.get(column))
        } else if let Some(bar) = bar {
            (
                self.bars.get(bar),
                self.rows.bars.get(bar).map(|bar| &bar.rect),
            )
        } else {
            (self.lifelines.get(column), self.rows.lifelines.get(column))
        };
        let rect = rect.copied().unwrap_or_default();
        let aim = Point::new(rect.center().x, y);
        MessageEnd {
            aim,
            anchor: id.map(|id| anchor_at(*id, rect, aim)),
        }
    }

    /// The middle of the space beside the sender, where the text of a message stands.
    fn label_middle(&self, message: &Message, event: usize) -> f64 {
        let (from, to) = (message.from, message.to);
        let next = if from < to {
            from + 1
        } else {
            from.saturating_sub(1)
        };
        let is_new = |it: &Column| it.created_by == Some(event);
        let new = self.sequence.columns.get(next).filter(|it| is_new(it));
        let half = new.map_or(0.0, |_| self.frame.head(next).width / 2.0);
        let near = self.frame.middle(next) + if from < to { -half } else { half };
        f64::midpoint(self.frame.middle(from), near)
    }
}
