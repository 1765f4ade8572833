//! The board in small, and what part of it is in sight. Pressing on it moves there.
//!
//! Knows where elements are, not what they look like: a box for each tells enough,
//! and costs the same whatever it stands for.

use editor::Index;
use kurbo::{Affine, Point, Rect};
use leptos::ev::PointerEvent;
use leptos::html::Canvas;
use leptos::prelude::*;
use shared::geometry::BoardRect;
use shared::model::palette::{Theme, swatch};
use shared::model::{Body, Color, Element};
use shared::paint::{Fill, Painter as _};

use super::look;
use super::marks::{Marks, turned};
use super::painter::CanvasPainter;
use super::surface::{Latency, Surface};
use crate::session::{Session, View};

/// Boxes drawn at most; of more elements, evenly chosen ones are shown.
const MOST_BOXES: usize = 5_000;
/// Free space around everything, as a share of it.
const MARGIN: f64 = 0.06;
/// Opacity of a box: where many lie, it is darker.
const BOX_ALPHA: f32 = 0.55;

/// How a part of the board is laid out on a small canvas.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Plan {
    /// Board units to device pixels of the canvas.
    to_canvas: Affine,
}

impl Plan {
    /// Shows all that there is and all that is in sight.
    fn new(index: &Index, sight: BoardRect, (width, height): (f64, f64)) -> Self {
        let all = index.extent().map_or(sight, |extent| extent.union(sight));
        let all = all.inflate(all.width() * MARGIN, all.height() * MARGIN);
        let scale = (width / all.width().max(1.0)).min(height / all.height().max(1.0));
        let middle = Point::new(width / 2.0, height / 2.0).to_vec2();
        let to_canvas = Affine::translate(middle)
            * Affine::scale(scale)
            * Affine::translate(-all.center().to_vec2());
        Self { to_canvas }
    }

    /// The place of the board under a place of the canvas.
    fn to_board(self, at: Point) -> Point {
        self.to_canvas.inverse() * at
    }
}

/// The board in small, as large as its place on the page.
#[component]
pub fn Minimap() -> impl IntoView {
    let session = Session::from_context();
    let signals = session.signals();
    let canvas = NodeRef::<Canvas>::new();
    let surface = StoredValue::new_local(None::<Surface>);
    let shown = session.clone();
    Effect::new(move |_| {
        signals.camera.track();
        signals.stamp.track();
        signals.theme.track();
        let Some(element) = canvas.get() else { return };
        if surface.with_value(Option::is_none) {
            surface.set_value(Surface::of(element, Latency::Ordinary));
        }
        surface.with_value(|surface| {
            if let Some(surface) = surface {
                shown.view(|view| draw(surface, &view));
            }
        });
    });
    let go = move |event: PointerEvent| {
        surface.with_value(|surface| {
            if let Some(surface) = surface {
                let place = session.view(|view| place(surface, &view, &event));
                session.look_at(place.into());
            }
        });
    };
    let go_on = go.clone();
    view! {
        <canvas
            class="minimap"
            aria-hidden="true"
            node_ref=canvas
            on:pointerdown=move |event| {
                event.prevent_default();
                // Dragging goes on beyond the edge.
                let _ = canvas.get().map(|it| it.set_pointer_capture(event.pointer_id()));
                go(event);
            }
            on:pointermove=move |event| {
                if event.buttons() != 0 {
                    go_on(event);
                }
            }
        ></canvas>
    }
}

/// Where on the board the pointer is.
fn place(surface: &Surface, view: &View<'_>, event: &PointerEvent) -> Point {
    let plan = Plan::new(view.index, view.camera.visible(), surface.size());
    let ratio = pixel_ratio();
    let (x, y) = (f64::from(event.offset_x()), f64::from(event.offset_y()));
    plan.to_board(Point::new(x * ratio, y * ratio))
}

/// Paints all of it.
fn draw(surface: &Surface, view: &View<'_>) {
    let ratio = pixel_ratio();
    let canvas = surface.canvas();
    let device = |length: i32| super::frame::device_pixels(f64::from(length) * ratio);
    surface.resize(
        device(canvas.client_width()),
        device(canvas.client_height()),
    );
    surface.clear();
    let sight = view.camera.visible();
    let plan = Plan::new(view.index, sight, surface.size());
    let mut painter = CanvasPainter::new(surface.context(), plan.to_canvas);
    let px = ratio / plan.to_canvas.as_coeffs()[0];
    let every = view.board.len().div_ceil(MOST_BOXES).max(1);
    for element in view.board.elements().step_by(every) {
        let Some(bounds) = view.index.bounds_of(element.id) else {
            continue;
        };
        let fill = box_fill(element, view.theme);
        // What is smaller than a pixel is still there.
        let size = (bounds.width().max(px), bounds.height().max(px));
        let rect = Rect::from_center_size(bounds.center(), size);
        painter.fill(&turned(rect, 0.0), &fill);
    }
    let mut marks = Marks::new(&mut painter, px);
    let accent = look::accent(view.theme);
    marks.area(&turned(sight, 0.0), accent, 0.1);
    marks.line(&turned(sight, 0.0), accent, 1.5);
}

/// In its own colour; frames as a hint of what is in them.
fn box_fill(element: &Element, theme: Theme) -> Fill {
    let color = element.props.color;
    match &element.body {
        Body::Frame => look::fill(swatch(Color::Grey).ink(theme), 0.18),
        Body::Stroke(_) | Body::Shape(_) | Body::Line | Body::Text | Body::Sticky { .. } => {
            look::fill(swatch(color).ink(theme), BOX_ALPHA)
        }
    }
}

fn pixel_ratio() -> f64 {
    window().device_pixel_ratio().max(0.5)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_in_sight_is_on_the_map_and_found_again() {
        let sight = Rect::new(-100.0, 900.0, 700.0, 1_500.0);
        let size = (200.0, 140.0);
        let plan = Plan::new(&Index::new(), sight, size);
        let shown = plan.to_canvas.transform_rect_bbox(sight);
        let whole = Rect::from_origin_size(Point::ORIGIN, size);
        assert_eq!(whole.union(shown), whole);
        let there = plan.to_canvas * Point::new(12.0, 1_000.0);
        assert!(plan.to_board(there).distance(Point::new(12.0, 1_000.0)) < 1e-6);
    }
}
