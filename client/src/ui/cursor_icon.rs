//! The names of pointer shapes in the style sheet.

use editor::CursorIcon;

/// The value of `data-cursor` for a pointer shape.
pub(crate) const fn cursor_key(icon: CursorIcon) -> &'static str {
    match icon {
        CursorIcon::Crosshair => "crosshair",
        CursorIcon::Eraser => "eraser",
        CursorIcon::Grab => "grab",
        CursorIcon::Grabbing => "grabbing",
        CursorIcon::Arrow => "arrow",
        CursorIcon::Move => "move",
        CursorIcon::Text => "text",
        CursorIcon::StretchX => "stretch-x",
        CursorIcon::StretchY => "stretch-y",
        CursorIcon::StretchFalling => "stretch-falling",
        CursorIcon::StretchRising => "stretch-rising",
        CursorIcon::Turn => "turn",
    }
}
