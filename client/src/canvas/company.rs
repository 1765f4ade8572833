//! What others have selected and where their lasers point, in their colours.
//!
//! Knows how it looks. What they do to it is shown by [`super::lifted`].

use kurbo::{Affine, Point, Rect, Shape as _};
use shared::geometry::BoardRect;
use shared::model::Font;
use shared::model::palette::Rgb;
use shared::paint::{Face, Painter as _, Words};
use shared::protocol::Person;
use shared::sync::Held;
use shared::typeset::advance;

use super::look;
use super::marks::Marks;
use super::overlay::Ground;
use super::painter::CanvasPainter;
use super::trail::{self, Glow};
use crate::session::View;

/// Elements of one person outlined one by one.
const MOST_OUTLINES: usize = 200;
/// Size of names in CSS pixels, and what is free around them.
const NAME_PX: f64 = 11.0;
const NAME_PAD_PX: f64 = 5.0;
/// Letters of a name that are shown.
const MOST_LETTERS: usize = 20;
const NAME_FACE: Face = Face {
    font: Font::Sans,
    bold: true,
    italic: false,
};

/// A name, and the place of the selection that it belongs to.
struct Tag<'a> {
    name: &'a str,
    rgb: Rgb,
    above: BoardRect,
}

/// Whether others show nothing here.
pub(super) fn is_bare(view: &View<'_>) -> bool {
    view.peers.held(view.me).next().is_none() && view.peers.lasers(view.me).next().is_none()
}

/// Whether something fades, so that another frame is wanted.
pub(super) fn is_fading(view: &View<'_>) -> bool {
    view.peers.lasers(view.me).next().is_some()
}

/// Draws outlines, names and trails; `px` is one CSS pixel in board units.
pub(super) fn draw(painter: &mut CanvasPainter<'_>, ground: &Ground<'_>, px: f64) {
    let view = ground.view;
    for held in view.peers.held(view.me) {
        if let Some(tag) = outline(&mut Marks::new(painter, px), ground, &held) {
            write(painter, &tag, px);
        }
    }
    let mut marks = Marks::new(painter, px);
    for (person, laser) in view.peers.lasers(view.me) {
        let glows = laser.map(|point| Glow {
            at: Point::new(f64::from(point.at[0]), f64::from(point.at[1])),
            since: point.since,
            first: point.first,
        });
        let rgb = look::person(person.profile.color);
        trail::draw(&mut marks, glows, rgb, view.now);
    }
}

/// Outlines what somebody has selected; nothing of it may be in sight.
fn outline<'a>(marks: &mut Marks<'_, '_>, ground: &Ground<'_>, held: &Held<'a>) -> Option<Tag<'a>> {
    let rgb = look::person(held.person.profile.color);
    let mut above: Option<BoardRect> = None;
    for id in held.ids.iter().take(MOST_OUTLINES) {
        if let Some(path) = ground.outline(*id) {
            marks.line(&path, rgb, 1.5);
            let bounds = path.bounding_box();
            above = Some(above.map_or(bounds, |all| all.union(bounds)));
        }
    }
    let name = name(held.person);
    above.map(|above| Tag { name, rgb, above })
}

/// Writes a name above the upper left corner of what it belongs to.
fn write(painter: &mut CanvasPainter<'_>, tag: &Tag<'_>, px: f64) {
    let letters = || tag.name.chars().take(MOST_LETTERS);
    let width: f64 = letters().map(|c| advance(Font::Sans, true, c)).sum();
    let (width, height) = (width * NAME_PX + 2.0 * NAME_PAD_PX, NAME_PX + NAME_PAD_PX);
    let corner = Point::new(tag.above.x0, tag.above.y0 - (height + 3.0) * px);
    let place = Affine::translate(corner.to_vec2()) * Affine::scale(px);
    let ground = Rect::new(0.0, 0.0, width, height).to_rounded_rect(height / 3.0);
    painter.fill(&(place * ground.to_path(0.1)), &look::fill(tag.rgb, 1.0));
    painter.words(&Words {
        text: &letters().collect::<String>(),
        face: NAME_FACE,
        size: NAME_PX,
        at: Point::new(NAME_PAD_PX, height - NAME_PAD_PX),
        place,
        fill: look::fill(look::ON_PERSON, 1.0),
    });
}

fn name(person: &Person) -> &str {
    match person.profile.name.as_str() {
        "" => "Guest",
        name => name,
    }
}
