//! Mouse, wheel, stylus and keyboard input. Touch input is in [`crate::touch`].
//!
//! All input goes through Chromium's input pipeline, so a page gets trusted events with hit
//! testing, capture and coalescing, as from a device.

use anyhow::Result;
use serde_json::{Value, json};

use crate::keys::{Key, Modifiers};
use crate::page::{At, Page};

/// The kind of pointer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Tool {
    /// A mouse; reports no pressure of its own.
    Mouse,
    /// A pen pressed with this force, `0.0 ..= 1.0`.
    Pen(f64),
}

/// A button of the mouse.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Button {
    /// The primary button, or the pen's tip.
    Left,
    /// The wheel, pressed.
    Middle,
    /// The secondary button.
    Right,
}

impl Button {
    const fn name(self) -> &'static str {
        match self {
            Self::Left => "left",
            Self::Middle => "middle",
            Self::Right => "right",
        }
    }

    /// Its bit in `MouseEvent.buttons`.
    const fn bit(self) -> u8 {
        match self {
            Self::Left => 1,
            Self::Right => 2,
            Self::Middle => 4,
        }
    }
}

/// A pointer of one kind, pressed or moved with one button and the same modifiers.
#[derive(Debug, Clone, Copy)]
pub struct Pointer {
    /// Mouse or pen.
    pub tool: Tool,
    /// The button it presses.
    pub button: Button,
    /// Modifier keys held meanwhile.
    pub held: Modifiers,
}

impl Default for Pointer {
    fn default() -> Self {
        Self {
            tool: Tool::Mouse,
            button: Button::Left,
            held: Modifiers::NONE,
        }
    }
}

impl Pointer {
    fn event(self, kind: &str, at: At, buttons: u8) -> Value {
        let (pointer, force) = match self.tool {
            Tool::Mouse => ("mouse", 0.0),
            Tool::Pen(force) => ("pen", force),
        };
        // A move names a button only while one is down, as a real mouse does.
        let button = if kind == "mouseMoved" && buttons == 0 {
            "none"
        } else {
            self.button.name()
        };
        json!({
            "type": kind, "x": at.0, "y": at.1, "button": button, "buttons": buttons,
            "clickCount": u8::from(kind != "mouseMoved"), "modifiers": self.held.0,
            "pointerType": pointer, "force": force,
        })
    }
}

impl Page {
    async fn mouse(&self, event: Value) -> Result<()> {
        self.session.call("Input.dispatchMouseEvent", event).await?;
        Ok(())
    }

    /// Moves there without a button.
    ///
    /// # Errors
    /// If the page is gone.
    pub async fn hover(&self, at: At) -> Result<()> {
        self.mouse(Pointer::default().event("mouseMoved", at, 0))
            .await
    }

    /// Moves there without a button, with a stylus or with modifier keys held.
    ///
    /// # Errors
    /// If the page is gone.
    pub async fn hover_with(&self, pointer: Pointer, at: At) -> Result<()> {
        self.mouse(pointer.event("mouseMoved", at, 0)).await
    }

    /// Moves to `at` and presses.
    ///
    /// # Errors
    /// If the page is gone.
    pub async fn down(&self, pointer: Pointer, at: At) -> Result<()> {
        self.mouse(pointer.event("mouseMoved", at, 0)).await?;
        self.mouse(pointer.event("mousePressed", at, pointer.button.bit()))
            .await
    }

    /// Moves while pressed.
    ///
    /// # Errors
    /// If the page is gone.
    pub async fn drag(&self, pointer: Pointer, to: At) -> Result<()> {
        self.mouse(pointer.event("mouseMoved", to, pointer.button.bit()))
            .await
    }

    /// Releases.
    ///
    /// # Errors
    /// If the page is gone.
    pub async fn up(&self, pointer: Pointer, at: At) -> Result<()> {
        self.mouse(pointer.event("mouseReleased", at, 0)).await
    }

    /// Presses at the first point, moves through the others, releases at the last.
    ///
    /// # Errors
    /// If the page is gone.
    pub async fn stroke(&self, pointer: Pointer, points: &[At]) -> Result<()> {
        let (Some(first), Some(last)) = (points.first(), points.last()) else {
            return Ok(());
        };
        self.down(pointer, *first).await?;
        for point in points.iter().skip(1) {
            self.drag(pointer, *point).await?;
        }
        self.up(pointer, *last).await
    }

    /// Clicks there with the mouse.
    ///
    /// # Errors
    /// If the page is gone.
    pub async fn click_at(&self, at: At) -> Result<()> {
        self.stroke(Pointer::default(), &[at]).await
    }

    /// Turns the wheel at `at` by CSS pixels; positive goes down and right.
    ///
    /// # Errors
    /// If the page is gone.
    pub async fn wheel(&self, at: At, delta: At, held: Modifiers) -> Result<()> {
        self.mouse(json!({
            "type": "mouseWheel", "x": at.0, "y": at.1, "deltaX": delta.0, "deltaY": delta.1,
            "modifiers": held.0, "pointerType": "mouse",
        }))
        .await
    }

    /// Presses and releases a chord such as `Ctrl+Shift+Z`, `P` or `Tab`.
    ///
    /// # Errors
    /// If the chord is unknown or the page is gone.
    pub async fn press(&self, chord: &str) -> Result<()> {
        let (held, key) = Key::chord(chord)?;
        self.key(&key, held, "keyDown").await?;
        self.key(&key, held, "keyUp").await
    }

    /// Presses a chord that the browser itself answers with `command`, one of `copy`,
    /// `cut` and `paste`, as on a desktop with a clipboard.
    ///
    /// # Errors
    /// If the chord is unknown or the page is gone.
    pub async fn press_for(&self, chord: &str, command: &str) -> Result<()> {
        let (held, key) = Key::chord(chord)?;
        let mut event = key_event(&key, held, "rawKeyDown");
        event["commands"] = json!([command]);
        self.session.call("Input.dispatchKeyEvent", event).await?;
        self.key(&key, held, "keyUp").await
    }

    /// Presses a key and keeps it down.
    ///
    /// # Errors
    /// If the key is unknown or the page is gone.
    pub async fn hold(&self, key: &str) -> Result<()> {
        self.key(&Key::named(key)?, Modifiers::NONE, "keyDown")
            .await
    }

    /// Releases a key that [`Page::hold`] pressed.
    ///
    /// # Errors
    /// If the key is unknown or the page is gone.
    pub async fn release(&self, key: &str) -> Result<()> {
        self.key(&Key::named(key)?, Modifiers::NONE, "keyUp").await
    }

    async fn key(&self, key: &Key, held: Modifiers, kind: &str) -> Result<()> {
        let types = held == Modifiers::NONE || held == Modifiers::SHIFT;
        let text = key.text.clone().filter(|_| types && kind == "keyDown");
        let kind = if kind == "keyDown" && text.is_none() {
            "rawKeyDown"
        } else {
            kind
        };
        let mut event = key_event(key, held, kind);
        if let (Some(text), Some(event)) = (text, event.as_object_mut()) {
            event.insert("text".to_owned(), text.into());
        }
        self.session.call("Input.dispatchKeyEvent", event).await?;
        Ok(())
    }

    /// Types a text into the element that has the focus.
    ///
    /// # Errors
    /// If the page is gone.
    pub async fn type_text(&self, text: &str) -> Result<()> {
        self.session
            .call("Input.insertText", json!({ "text": text }))
            .await?;
        Ok(())
    }
}

pub(crate) fn key_event(key: &Key, held: Modifiers, kind: &str) -> Value {
    json!({
        "type": kind, "key": key.key, "code": key.code, "modifiers": held.0,
        "windowsVirtualKeyCode": key.number, "nativeVirtualKeyCode": key.number,
    })
}
