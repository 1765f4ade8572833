//! The board in small, and what part of it is in sight. Pressing on it moves there.
//!
//! `plan` lays it out, `boxes` paints what there is; here both meet the page.

mod boxes;
mod plan;

use std::cell::RefCell;
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use kurbo::Point;
use leptos::ev::PointerEvent;
use leptos::html::Canvas;
use leptos::prelude::*;

use self::boxes::{Boxes, Subject};
use self::plan::{Plan, Shown};
use super::look;
use super::marks::{Marks, turned};
use super::painter::CanvasPainter;
use super::surface::{Latency, Surface};
use crate::session::{Session, Survey};

/// The map, once its canvas is on the page.
struct Map {
    session: Session,
    surface: Surface,
    boxes: Boxes,
    shown: Shown,
    /// Paints what came too soon after the last painting.
    later: Option<Timeout>,
}

/// The board in small, as large as its place on the page.
#[component]
pub(crate) fn Minimap() -> impl IntoView {
    let session = Session::from_context();
    let signals = session.signals();
    let canvas = NodeRef::<Canvas>::new();
    let map = Rc::new(RefCell::new(None::<Map>));
    let (shown, pressed, dragged, ended) = (map.clone(), map.clone(), map.clone(), map.clone());
    // Its timer goes with it, and a press that lasts finds nothing to draw.
    let kept = StoredValue::new_local(map);
    on_cleanup(move || drop(kept.get_value().take()));
    Effect::new(move || {
        signals.camera.track();
        signals.stamp.track();
        signals.theme.track();
        let Some(element) = canvas.get() else { return };
        if shown.borrow().is_none() {
            let surface = Surface::of(element, Latency::Ordinary);
            let map = surface.map(|surface| Map::new(session, surface));
            shown.replace(map);
        }
        draw(&shown);
    });
    let end = move |_: PointerEvent| {
        if let Some(map) = ended.borrow_mut().as_mut() {
            map.shown.hold(false);
        }
        draw(&ended);
    };
    view! {
        <canvas
            class="minimap"
            aria-hidden="true"
            node_ref=canvas
            on:pointerdown=move |event| {
                event.prevent_default();
                // Dragging goes on beyond the edge.
                let _ = canvas.get().map(|it| it.set_pointer_capture(event.pointer_id()));
                if let Some(map) = pressed.borrow_mut().as_mut() {
                    map.shown.hold(true);
                }
                look_there(&pressed, &event);
            }
            on:pointermove=move |event| {
                if event.buttons() != 0 {
                    look_there(&dragged, &event);
                }
            }
            // Comes after every end of a press, whatever ended it.
            on:lostpointercapture=end
        ></canvas>
    }
}

/// Moves the view to where the pointer is.
fn look_there(map: &RefCell<Option<Map>>, event: &PointerEvent) {
    let ratio = pixel_ratio();
    let (x, y) = (f64::from(event.offset_x()), f64::from(event.offset_y()));
    let at = Point::new(x * ratio, y * ratio);
    let found = map.borrow().as_ref().and_then(|map| {
        let place = map.shown.to_board(at)?;
        Some((map.session, place))
    });
    // The map is drawn again in the course of this.
    if let Some((session, place)) = found {
        session.look_at(place.into());
    }
}

/// Draws the map, and once more later if that was too soon for all of it.
fn draw(map: &Rc<RefCell<Option<Map>>>) {
    let Ok(mut borrowed) = map.try_borrow_mut() else {
        return;
    };
    let Some(drawn) = borrowed.as_mut() else {
        return;
    };
    let wait = drawn.draw();
    if let (Some(wait), None) = (wait, &drawn.later) {
        let again = Rc::downgrade(map);
        drawn.later = Some(Timeout::new(wait.ceil() as u32, move || {
            let Some(map) = again.upgrade() else { return };
            if let Ok(mut map) = map.try_borrow_mut()
                && let Some(map) = map.as_mut()
            {
                map.later = None;
            }
            draw(&map);
        }));
    }
}

impl Map {
    fn new(session: Session, surface: Surface) -> Self {
        Self {
            session,
            surface,
            boxes: Boxes::default(),
            shown: Shown::default(),
            later: None,
        }
    }

    /// Draws all of it; tells in how many milliseconds the boxes want to be renewed.
    fn draw(&mut self) -> Option<f64> {
        let session = self.session;
        let stamp = session.signals().stamp.get_untracked();
        session.survey(|survey| {
            let canvas = self.surface.canvas();
            let ratio = pixel_ratio();
            let device = |length: i32| super::frame::device_pixels(f64::from(length) * ratio);
            let size = (
                device(canvas.client_width()),
                device(canvas.client_height()),
            );
            self.surface.resize(size.0, size.1);
            let sight = survey.camera.visible();
            let whole = self.surface.size();
            let plan = self.shown.renew(|| Plan::new(survey.index, sight, whole));
            let subject = Subject {
                stamp,
                theme: survey.theme,
                plan,
                size,
            };
            let wait = self.boxes.follow(&survey, subject, super::now());
            self.surface.clear();
            self.boxes.show(&self.surface, plan);
            self.mark_sight(&survey, plan);
            wait
        })
    }

    /// The part of the board that is in sight.
    fn mark_sight(&self, survey: &Survey<'_>, plan: Plan) {
        let px = pixel_ratio() / plan.scale();
        let sight = survey.camera.visible();
        let accent = look::accent(survey.theme);
        let mut painter = CanvasPainter::new(self.surface.context(), plan.to_canvas);
        let mut marks = Marks::new(&mut painter, px);
        marks.area(&turned(sight, 0.0), accent, 0.1);
        marks.line(&turned(sight, 0.0), accent, 1.5);
    }
}

fn pixel_ratio() -> f64 {
    window().device_pixel_ratio().max(0.5)
}
