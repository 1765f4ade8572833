//! Runs animation frames while there is something to show.
//!
//! Input handlers only pass events on. Everything that is painted is painted here, in step
//! with the display. When nothing changes, nothing runs.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use editor::{InputEvent, ScreenSize};
use leptos::prelude::request_animation_frame;
use shared::geometry::ScreenPoint;
use shared::model::palette::Rgb;

use super::renderer::Renderer;
use super::source::BoardSource;
use crate::clock;

/// The canvas of a board, as the page uses it. Clones are of the same canvas.
#[derive(Clone)]
pub(crate) struct CanvasHandle(Rc<FrameLoop>);

struct FrameLoop {
    source: Rc<dyn BoardSource>,
    renderer: RefCell<Renderer>,
    is_frame_coming: Cell<bool>,
    is_stopped: Cell<bool>,
}

impl CanvasHandle {
    pub(super) fn new(source: Rc<dyn BoardSource>, renderer: Renderer) -> Self {
        Self(Rc::new(FrameLoop {
            source,
            renderer: RefCell::new(renderer),
            is_frame_coming: Cell::new(false),
            is_stopped: Cell::new(false),
        }))
    }

    /// Asks for a frame, unless one is coming.
    pub(crate) fn wake(&self) {
        if !self.0.is_stopped.get() && !self.0.is_frame_coming.replace(true) {
            let this = self.clone();
            request_animation_frame(move || this.run());
        }
    }

    /// The colour at a point of the view; `None` where the canvas cannot be read.
    pub(crate) fn color_at(&self, at: ScreenPoint) -> Option<Rgb> {
        self.0.renderer.try_borrow().ok()?.color_at(at)
    }

    /// Stops all frames.
    pub(super) fn stop(&self) {
        self.0.is_stopped.set(true);
    }

    /// Gives the canvases another size, in CSS pixels.
    pub(super) fn resize(&self, width: f64, height: f64) {
        if let Ok(mut renderer) = self.0.renderer.try_borrow_mut() {
            renderer.resize(width, height);
        }
        let size = ScreenSize::new(width, height);
        self.0.source.input(InputEvent::Resize(size));
        self.wake();
    }

    fn run(&self) {
        self.0.is_frame_coming.set(false);
        if self.0.is_stopped.get() {
            return;
        }
        let now_ms = clock::page_ms();
        let mut is_another_wanted = false;
        self.0.source.frame(now_ms, &mut |scene, damage| {
            is_another_wanted |= match self.0.renderer.try_borrow_mut() {
                Ok(mut renderer) => renderer.paint(scene, damage, now_ms),
                Err(_) => true,
            };
        });
        if is_another_wanted {
            self.wake();
        }
    }
}

impl std::fmt::Debug for CanvasHandle {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("CanvasHandle")
    }
}
