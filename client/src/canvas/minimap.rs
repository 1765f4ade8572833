//! The minimap: the whole board in a panel, with the visible part marked. A press on it moves
//! the view there.
//!
//! `layout` maps the board to the panel, `box_image` paints the elements.

mod box_image;
mod layout;

use std::cell::RefCell;
use std::rc::Rc;

use editor::Camera;
use gloo_timers::callback::Timeout;
use kurbo::Point;
use leptos::ev::PointerEvent;
use leptos::html::Canvas;
use leptos::prelude::*;
use shared::model::palette::Theme;

use self::box_image::{BoxImage, Subject};
use self::layout::{Layout, ShownLayout};
use super::overlay_colors;
use super::overlay_painter::{OverlayPainter, turned};
use super::painter::CanvasPainter;
use super::source::MinimapSource;
use super::surface::{Latency, Surface, device_pixels};
use crate::clock;
use crate::scene::MinimapScene;
use crate::view_model::BoardRevision;

/// The radius of the dot of a person, in CSS pixels.
const DOT_PX: f64 = 4.0;

/// The map, once its canvas is on the page.
struct Map {
    source: Rc<dyn MinimapSource>,
    revision: Signal<BoardRevision>,
    surface: Surface,
    boxes: BoxImage,
    layout: ShownLayout,
    /// Paints again, if the last change came too soon after the painting before.
    repaint: Option<Timeout>,
}

type SharedMap = Rc<RefCell<Option<Map>>>;

/// The minimap, as large as its place on the page.
#[component]
pub(crate) fn Minimap(
    /// The board to show.
    source: Rc<dyn MinimapSource>,
    /// Which part of the board is visible.
    #[prop(into)]
    camera: Signal<Camera>,
    /// The state of the board.
    #[prop(into)]
    revision: Signal<BoardRevision>,
    /// The theme to paint in.
    #[prop(into)]
    theme: Signal<Theme>,
) -> impl IntoView {
    let canvas = NodeRef::<Canvas>::new();
    let map: SharedMap = Rc::default();
    let (painted, pressed, dragged, ended) = (map.clone(), map.clone(), map.clone(), map.clone());
    // The timer ends with the component, and a press that goes on finds nothing to paint.
    let map = StoredValue::new_local(map);
    on_cleanup(move || drop(map.get_value().take()));
    Effect::new(move || {
        camera.track();
        revision.track();
        theme.track();
        source.track_people();
        let Some(element) = canvas.get() else { return };
        if painted.borrow().is_none() {
            let surface = Surface::of(element, Latency::Ordinary);
            let new = |surface| Map::new(Rc::clone(&source), revision, surface);
            painted.replace(surface.map(new));
        }
        paint(&painted);
    });
    let end = move |_: PointerEvent| {
        if let Some(map) = ended.borrow_mut().as_mut() {
            map.layout.freeze(false);
        }
        paint(&ended);
    };
    view! {
        <canvas
            class="minimap"
            aria-hidden="true"
            node_ref=canvas
            on:pointerdown=move |event| {
                event.prevent_default();
                // With capture the drag goes on outside of the map.
                let _ = canvas.get().map(|it| it.set_pointer_capture(event.pointer_id()));
                if let Some(map) = pressed.borrow_mut().as_mut() {
                    map.layout.freeze(true);
                }
                move_view(&pressed, &event);
            }
            on:pointermove=move |event| {
                if event.buttons() != 0 {
                    move_view(&dragged, &event);
                }
            }
            // Comes after every end of a press.
            on:lostpointercapture=end
        ></canvas>
    }
}

/// Centres the view on the point under the pointer.
fn move_view(map: &RefCell<Option<Map>>, event: &PointerEvent) {
    let ratio = pixel_ratio();
    let (x, y) = (f64::from(event.offset_x()), f64::from(event.offset_y()));
    let at = Point::new(x * ratio, y * ratio);
    let target = map.borrow().as_ref().and_then(|map| {
        let point = map.layout.to_board(at)?;
        Some((Rc::clone(&map.source), point))
    });
    // The map is painted while the view moves, so it is not borrowed here.
    if let Some((source, point)) = target {
        source.center_on(point.into());
    }
}

/// Paints the map, and again later if the elements are not up to date.
fn paint(map: &SharedMap) {
    let Ok(mut borrowed) = map.try_borrow_mut() else {
        return;
    };
    let Some(painted) = borrowed.as_mut() else {
        return;
    };
    let wait_ms = painted.paint();
    if let (Some(wait_ms), None) = (wait_ms, &painted.repaint) {
        let map = Rc::downgrade(map);
        painted.repaint = Some(Timeout::new(wait_ms.ceil() as u32, move || {
            let Some(map) = map.upgrade() else { return };
            if let Ok(mut map) = map.try_borrow_mut()
                && let Some(map) = map.as_mut()
            {
                map.repaint = None;
            }
            paint(&map);
        }));
    }
}

impl Map {
    fn new(
        source: Rc<dyn MinimapSource>,
        revision: Signal<BoardRevision>,
        surface: Surface,
    ) -> Self {
        Self {
            source,
            revision,
            surface,
            boxes: BoxImage::default(),
            layout: ShownLayout::default(),
            repaint: None,
        }
    }

    /// Paints the map. Returns after how many milliseconds the elements want to be painted
    /// again.
    fn paint(&mut self) -> Option<f64> {
        let mut wait_ms = None;
        let source = Rc::clone(&self.source);
        source.scene(&mut |scene| wait_ms = self.paint_scene(scene));
        wait_ms
    }

    fn paint_scene(&mut self, scene: &MinimapScene<'_>) -> Option<f64> {
        let canvas = self.surface.canvas();
        let ratio = pixel_ratio();
        let device = |length: i32| device_pixels(f64::from(length) * ratio);
        let size = (
            device(canvas.client_width()),
            device(canvas.client_height()),
        );
        self.surface.resize(size.0, size.1);
        let visible = scene.camera.visible();
        let whole = self.surface.size();
        let layout = self
            .layout
            .renew(|| Layout::new(scene.index, visible, whole));
        let subject = Subject {
            revision: self.revision.get_untracked(),
            theme: scene.theme,
            layout,
            size,
        };
        let wait_ms = self.boxes.follow(scene, subject, clock::page_ms());
        self.surface.clear();
        self.boxes.copy_to(&self.surface, layout);
        self.mark_visible(scene, layout);
        self.mark_people(scene, layout);
        wait_ms
    }

    /// Marks the visible part of the board.
    fn mark_visible(&self, scene: &MinimapScene<'_>, layout: Layout) {
        let css_px = pixel_ratio() / layout.scale();
        let visible = turned(scene.camera.visible(), 0.0);
        let accent = overlay_colors::accent(scene.theme);
        let mut painter = CanvasPainter::new(self.surface.context(), layout.to_canvas);
        let mut painter = OverlayPainter::new(&mut painter, css_px);
        painter.area(&visible, accent, 0.1);
        painter.line(&visible, accent, 1.5);
    }

    /// Marks where the cursors of others are.
    fn mark_people(&self, scene: &MinimapScene<'_>, layout: Layout) {
        let css_px = pixel_ratio() / layout.scale();
        let mut painter = CanvasPainter::new(self.surface.context(), layout.to_canvas);
        let mut painter = OverlayPainter::new(&mut painter, css_px);
        let whole = self.surface.size();
        for (person, at) in scene.presence.cursors(scene.me) {
            let color = overlay_colors::person_rgb(person.profile.color);
            let at = shown_at(at, layout, whole);
            painter.round_handle(at.into(), DOT_PX, color, overlay_colors::ON_PERSON);
        }
    }
}

/// Where a person is on the map: at the cursor, or at the edge if that is outside.
fn shown_at([x, y]: [f32; 2], layout: Layout, (width, height): (f64, f64)) -> Point {
    let at = layout.to_canvas * Point::new(x.into(), y.into());
    layout.to_board(Point::new(at.x.clamp(0.0, width), at.y.clamp(0.0, height)))
}

fn pixel_ratio() -> f64 {
    window().device_pixel_ratio().max(0.5)
}
