//! The selections and laser trails of other people, in their colours.

use kurbo::{Affine, Point, Rect, Shape as _};
use shared::geometry::BoardRect;
use shared::model::palette::Rgb;
use shared::model::{Align, Font};
use shared::paint::{Painter as _, paint_layout};
use shared::protocol::Person;
use shared::sync::RemoteSelection;
use shared::typeset::{LayoutOptions, Run, layout, next_cluster};

use super::laser_trail::{self, TrailPoint};
use super::live_scene::LiveScene;
use super::overlay_colors;
use super::overlay_painter::OverlayPainter;
use super::painter::CanvasPainter;
use crate::scene::Scene;

/// The most elements of one selection that are outlined. More outlines would cost too much time.
const MAX_OUTLINES: usize = 200;
/// Size of names in CSS pixels.
const NAME_PX: f64 = 11.0;
/// Space around names in CSS pixels.
const NAME_PADDING_PX: f64 = 5.0;
/// Clusters of a name that are shown.
const MAX_CLUSTERS: usize = 20;
const NAME_STYLE: LayoutOptions = LayoutOptions {
    font: Font::Sans,
    size: NAME_PX,
    wrap: None,
    align: Align::Start,
};

/// The name of a person above their selection.
struct NameTag<'a> {
    name: &'a str,
    rgb: Rgb,
    selection: BoardRect,
}

/// Whether no other person has a selection or points with a laser.
pub(super) fn is_empty(scene: &Scene<'_>) -> bool {
    scene.presence.selections(scene.me).next().is_none() && !is_fading(scene)
}

/// Whether a laser trail fades, so that another frame is wanted.
pub(super) fn is_fading(scene: &Scene<'_>) -> bool {
    scene.presence.lasers(scene.me).next().is_some()
}

/// Paints outlines, names and laser trails.
pub(super) fn paint(painter: &mut CanvasPainter<'_>, live: &LiveScene<'_>) {
    let (scene, css_px) = (live.scene, live.css_px);
    for selection in scene.presence.selections(scene.me) {
        let tag = outline_selection(&mut OverlayPainter::new(painter, css_px), live, &selection);
        if let Some(tag) = tag {
            paint_name(painter, &tag, css_px);
        }
    }
    let mut painter = OverlayPainter::new(painter, css_px);
    for (person, laser) in scene.presence.lasers(scene.me) {
        let trail = laser.map(|point| TrailPoint {
            at: Point::new(f64::from(point.at[0]), f64::from(point.at[1])),
            since: point.since,
            is_first: point.first,
        });
        let rgb = overlay_colors::person_rgb(person.profile.color);
        laser_trail::paint(&mut painter, trail, rgb, scene.now);
    }
}

/// Outlines the visible part of a selection. `None` if no part of it is visible.
fn outline_selection<'a>(
    painter: &mut OverlayPainter<'_, '_>,
    live: &LiveScene<'_>,
    selection: &RemoteSelection<'a>,
) -> Option<NameTag<'a>> {
    let rgb = overlay_colors::person_rgb(selection.person.profile.color);
    let mut bounds: Option<BoardRect> = None;
    for id in selection.ids.iter().take(MAX_OUTLINES) {
        if let Some(path) = live.outline(*id) {
            painter.line(&path, rgb, 1.5);
            let outline = path.bounding_box();
            bounds = Some(bounds.map_or(outline, |all| all.union(outline)));
        }
    }
    let name = name(selection.person);
    bounds.map(|selection| NameTag {
        name,
        rgb,
        selection,
    })
}

/// Paints a name above the upper left corner of the selection.
fn paint_name(painter: &mut CanvasPainter<'_>, tag: &NameTag<'_>, css_px: f64) {
    let end = (0..MAX_CLUSTERS).fold(0, |end, _| next_cluster(tag.name, end));
    let name: String = tag.name.chars().take(end).collect();
    let run = Run {
        text: &name,
        bold: true,
        italic: false,
    };
    let lines = layout(&[run], &NAME_STYLE);
    let width = lines.width + 2.0 * NAME_PADDING_PX;
    let height = NAME_PX + NAME_PADDING_PX;
    let (x, y) = (tag.selection.x0, tag.selection.y0 - (height + 3.0) * css_px);
    let place = Affine::translate((x, y)) * Affine::scale(css_px);
    let shape = Rect::new(0.0, 0.0, width, height).to_rounded_rect(height / 3.0);
    let fill = overlay_colors::fill(tag.rgb, 1.0);
    painter.fill(&(place * shape.to_path(0.1)), &fill);
    let baseline = lines.lines.first().map_or(0.0, |line| line.baseline);
    let at = Point::new(NAME_PADDING_PX, height - NAME_PADDING_PX - baseline);
    let fill = overlay_colors::fill(overlay_colors::ON_PERSON, 1.0);
    paint_layout(&lines, &NAME_STYLE, at, place, &fill, painter);
}

fn name(person: &Person) -> &str {
    match person.profile.name.as_str() {
        "" => "Guest",
        name => name,
    }
}
