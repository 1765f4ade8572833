//! Pointer, wheel, key and text events, as the driver passes them on.
//!
//! Places are in CSS pixels of the view. All times are of one clock.

use shared::geometry::ScreenPoint;
use shared::id::{ElementId, Millis};
use shared::model::{NewElement, Picture};

use crate::view::screen::{ScreenSize, ScreenVec};

/// One pointer among those present: a mouse, one finger, one pen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PointerId(pub i32);

/// The kind of a pointer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PointerKind {
    /// A mouse or trackpad.
    Mouse,
    /// A finger, or a palm.
    Touch,
    /// A stylus.
    Pen,
}

/// Which button went down.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Button {
    /// Left mouse button, a finger, the tip of a pen.
    #[default]
    Primary,
    /// Right mouse button, the barrel button of a pen.
    Secondary,
    /// Middle mouse button.
    Middle,
    /// The eraser of a pen (button 5 in browsers).
    Eraser,
}

/// Modifier keys held.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Modifiers {
    /// Shift.
    pub shift: bool,
    /// Control.
    pub ctrl: bool,
    /// Alt, Option.
    pub alt: bool,
    /// Command, the Windows key.
    pub meta: bool,
}

/// A place of a pointer at one time.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Sample {
    /// Where.
    pub at: ScreenPoint,
    /// Pressure, 0.0 ..= 1.0; pointers without a sensor report 0.5.
    pub pressure: f32,
    /// When.
    pub time: Millis,
}

/// A pointer as an event shows it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pointer {
    /// Its identity.
    pub id: PointerId,
    /// Its kind.
    pub kind: PointerKind,
    /// The button that this event is about; without a meaning in moves.
    pub button: Button,
    /// Where.
    pub at: ScreenPoint,
    /// Pressure, 0.0 ..= 1.0; pointers without a sensor report 0.5.
    pub pressure: f32,
    /// Size of the contact area; zero where unknown.
    pub contact: ScreenSize,
    /// Modifier keys held.
    pub modifiers: Modifiers,
    /// When.
    pub time: Millis,
}

impl Pointer {
    /// Where, how hard and when.
    #[must_use]
    pub const fn sample(&self) -> Sample {
        Sample {
            at: self.at,
            pressure: self.pressure,
            time: self.time,
        }
    }
}

/// What a turn of the wheel does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum WheelKind {
    /// Move the view.
    Pan,
    /// Zoom about the pointer: with Ctrl or Cmd, or a pinch on a trackpad.
    Zoom,
}

/// The part of the page that has the keyboard.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Focus {
    /// The board.
    #[default]
    Board,
    /// The page as a whole.
    Page,
    /// A button or another control that uses Space, Enter and the arrows itself.
    Control,
    /// A text field: every key belongs to it.
    TextField,
}

/// A key as an event shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Key {
    /// What it types, or its name: `"p"`, `"Z"`, `"Escape"`, `" "`.
    pub key: String,
    /// Its place on the keyboard: `"KeyP"`, `"Digit1"`.
    pub code: String,
    /// Modifier keys held.
    pub modifiers: Modifiers,
    /// The part of the page that has the keyboard.
    pub focus: Focus,
}

/// Something that happened to the view.
#[derive(Clone, Debug, PartialEq)]
pub enum InputEvent {
    /// A pointer touched down, or its first button.
    PointerDown(Pointer),
    /// A pointer moved, pressed or hovering.
    PointerMove {
        /// The pointer at the end of the move.
        pointer: Pointer,
        /// All samples of the move in order of time, the last one included. If
        /// empty, the pointer's own place counts.
        samples: Vec<Sample>,
        /// The continuation that the browser predicts; it is drawn once and then dropped.
        predicted: Vec<Sample>,
    },
    /// A pointer was lifted, or its last button.
    PointerUp(Pointer),
    /// The system cancelled a pointer.
    PointerCancel(PointerId),
    /// The hovering pointer left the view.
    PointerLeave,
    /// The wheel turned.
    Wheel {
        /// Where the pointer was.
        at: ScreenPoint,
        /// How far, in CSS pixels; positive y is away from the top of the board.
        delta: ScreenVec,
        /// What it does.
        kind: WheelKind,
    },
    /// A key went down, or repeats.
    KeyDown(Key),
    /// A key was lifted.
    KeyUp(Key),
    /// The window lost the keyboard or was hidden: no key counts as held any more.
    Blur,
    /// The view has another size.
    Resize(ScreenSize),
    /// The text field that takes keys for a text was changed, or its caret moved.
    Typed(FieldState),
    /// The text field was left.
    TypingEnded,
    /// Content of the clipboard, or content that was dropped on the board.
    Pasted {
        /// The content.
        content: Pasted,
        /// The place of the drop; `None` lets the editor choose one.
        at: Option<ScreenPoint>,
    },
    /// The user changed an image in a dialog.
    ImageChanged {
        /// The image.
        id: ElementId,
        /// The change.
        change: ImageChange,
    },
}

/// A change of an image in a dialog.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ImageChange {
    /// It shows another picture.
    Replace(Picture),
    /// It has this alternative text.
    Describe(String),
}

/// The state of a text field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldState {
    /// The element that it takes keys for.
    pub id: ElementId,
    /// The version of [`crate::TypingView`] that it took over last.
    pub version: u32,
    /// Its content.
    pub value: String,
    /// The marked part of it, or the caret twice, in UTF-16 units.
    pub range: (u32, u32),
    /// Whether an input method is still composing.
    pub composing: bool,
}

/// The content of a clipboard.
#[derive(Clone, Debug, PartialEq)]
pub enum Pasted {
    /// Elements, as [`crate::editor::Editor::copied`] wrote them.
    Elements(String),
    /// Elements that were read from a file or a foreign clipboard.
    Imported(Vec<NewElement>),
    /// Plain text.
    Text(String),
    /// Pictures, each for an image of its own.
    Pictures(Vec<Picture>),
}
