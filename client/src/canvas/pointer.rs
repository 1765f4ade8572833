//! Turns browser events on the board into [`InputEvent`]s.
//!
//! All samples that the hardware gave are passed on, not only one a frame. The editor decides
//! which pointer draws.

use editor::{
    Button, InputEvent, Modifiers, Pointer, PointerId, PointerKind, Sample, ScreenSize, ScreenVec,
    WheelKind,
};
use js_sys::{Array, Function, Reflect};
use shared::geometry::ScreenPoint;
use shared::id::Millis;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{Element, PointerEvent, WheelEvent};

/// Height of a line where a wheel counts in lines, in CSS pixels.
const LINE_PX: f64 = 16.0;
/// Predicted points that are shown. More points would overshoot visibly at turns.
const PREDICTED: u32 = 2;

/// A pointer touched down.
pub(crate) fn down(event: &PointerEvent, board: &Element) -> InputEvent {
    // Without capture a stroke would end at the edge of a button.
    let captured = board.set_pointer_capture(event.pointer_id());
    if captured.is_err() {
        // The pointer is gone already. Its `pointerup` or `pointercancel` follows.
    }
    InputEvent::PointerDown(pointer(event))
}

/// A pointer moved.
pub(crate) fn moved(event: &PointerEvent) -> InputEvent {
    InputEvent::PointerMove {
        pointer: pointer(event),
        samples: related(event, "getCoalescedEvents", u32::MAX),
        predicted: related(event, "getPredictedEvents", PREDICTED),
    }
}

/// A pointer was lifted.
pub(crate) fn up(event: &PointerEvent) -> InputEvent {
    InputEvent::PointerUp(pointer(event))
}

/// The system took a pointer away.
pub(crate) fn cancelled(event: &PointerEvent) -> InputEvent {
    InputEvent::PointerCancel(PointerId(event.pointer_id()))
}

/// The wheel turned: moves the view, or zooms with Ctrl or Cmd (which is also how
/// browsers report a pinch on a trackpad); with Shift it moves sideways.
pub(crate) fn wheel(event: &WheelEvent) -> InputEvent {
    let unit = match event.delta_mode() {
        WheelEvent::DOM_DELTA_LINE => LINE_PX,
        WheelEvent::DOM_DELTA_PAGE => 20.0 * LINE_PX,
        _ => 1.0,
    };
    let (x, y) = (event.delta_x() * unit, event.delta_y() * unit);
    let zooms = event.ctrl_key() || event.meta_key();
    let sideways = event.shift_key() && x == 0.0 && !zooms;
    InputEvent::Wheel {
        at: ScreenPoint::new(f64::from(event.client_x()), f64::from(event.client_y())),
        delta: if sideways {
            ScreenVec::new(y, 0.0)
        } else {
            ScreenVec::new(x, y)
        },
        kind: if zooms {
            WheelKind::Zoom
        } else {
            WheelKind::Pan
        },
    }
}

fn pointer(event: &PointerEvent) -> Pointer {
    let Sample { at, pressure, time } = sample(event);
    Pointer {
        id: PointerId(event.pointer_id()),
        kind: match event.pointer_type().as_str() {
            "touch" => PointerKind::Touch,
            "pen" => PointerKind::Pen,
            _ => PointerKind::Mouse,
        },
        button: match event.button() {
            1 => Button::Middle,
            2 => Button::Secondary,
            5 => Button::Eraser,
            _ => Button::Primary,
        },
        at,
        pressure,
        contact: ScreenSize::new(f64::from(event.width()), f64::from(event.height())),
        modifiers: Modifiers {
            shift: event.shift_key(),
            ctrl: event.ctrl_key(),
            alt: event.alt_key(),
            meta: event.meta_key(),
        },
        time,
    }
}

fn sample(event: &PointerEvent) -> Sample {
    Sample {
        at: position(event),
        pressure: event.pressure(),
        time: millis(event.time_stamp()),
    }
}

/// Where an event happened. In JavaScript `clientX` has fractions of a pixel, which the typed
/// binding rounds.
fn position(event: &PointerEvent) -> ScreenPoint {
    let read = |name: &str, rounded: i32| {
        let value = Reflect::get(event, &name.into())
            .ok()
            .and_then(|value| value.as_f64());
        value.unwrap_or(f64::from(rounded))
    };
    ScreenPoint::new(
        read("clientX", event.client_x()),
        read("clientY", event.client_y()),
    )
}

/// The samples that the browser merged into one event, or that it predicts. Empty if the
/// browser has no such method.
fn related(event: &PointerEvent, method: &str, most: u32) -> Vec<Sample> {
    let Some(method) = Reflect::get(event, &method.into())
        .ok()
        .and_then(|method| method.dyn_into::<Function>().ok())
    else {
        return Vec::new();
    };
    let events = method.call0(event).unwrap_or(JsValue::NULL);
    let Ok(events) = events.dyn_into::<Array>() else {
        return Vec::new();
    };
    let count = events.length().min(most);
    (0..count)
        .filter_map(|at| events.get(at).dyn_into::<PointerEvent>().ok())
        .map(|event| sample(&event))
        .collect()
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a positive count"
)]
fn millis(time: f64) -> Millis {
    time.max(0.0) as Millis
}
