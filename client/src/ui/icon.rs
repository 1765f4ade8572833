//! The icons: our own line drawings on a 24-unit grid.
//!
//! Knows shapes only; colour, stroke width and size come from `style/component/icon.css`.

mod paths;

use leptos::prelude::*;

/// The name of one icon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "each name says what is drawn")]
pub enum IconName {
    Select,
    Hand,
    Pen,
    Highlighter,
    Eraser,
    Undo,
    Redo,
    Plus,
    Minus,
    Fit,
    Share,
    Menu,
    Help,
    Sun,
    Moon,
    Screen,
    Check,
    CheckDouble,
    Sync,
    Cloud,
    CloudOff,
    Link,
    Eye,
    Pencil,
    Close,
    Copy,
    Trash,
    Boards,
    Warning,
    Info,
    ChevronUp,
    ArrowRight,
}

impl IconName {
    /// The outline as SVG path data, to be stroked, not filled.
    #[must_use]
    pub const fn outline(self) -> &'static str {
        match self {
            Self::Select => paths::SELECT,
            Self::Hand => paths::HAND,
            Self::Pen => paths::PEN,
            Self::Highlighter => paths::HIGHLIGHTER,
            Self::Eraser => paths::ERASER,
            Self::Undo => paths::UNDO,
            Self::Redo => paths::REDO,
            Self::Plus => paths::PLUS,
            Self::Minus => paths::MINUS,
            Self::Fit => paths::FIT,
            Self::Share => paths::SHARE,
            Self::Menu => paths::MENU,
            Self::Help => paths::HELP,
            Self::Sun => paths::SUN,
            Self::Moon => paths::MOON,
            Self::Screen => paths::SCREEN,
            Self::Check => paths::CHECK,
            Self::CheckDouble => paths::CHECK_DOUBLE,
            Self::Sync => paths::SYNC,
            Self::Cloud => paths::CLOUD,
            Self::CloudOff => paths::CLOUD_OFF,
            Self::Link => paths::LINK,
            Self::Eye => paths::EYE,
            Self::Pencil => paths::PENCIL,
            Self::Close => paths::CLOSE,
            Self::Copy => paths::COPY,
            Self::Trash => paths::TRASH,
            Self::Boards => paths::BOARDS,
            Self::Warning => paths::WARNING,
            Self::Info => paths::INFO,
            Self::ChevronUp => paths::CHEVRON_UP,
            Self::ArrowRight => paths::ARROW_RIGHT,
        }
    }
}

/// Draws one icon. It is decoration: the control around it carries the name.
#[component]
pub fn Icon(
    /// Which icon; may change with state.
    #[prop(into)]
    name: Signal<IconName>,
) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
            <path d=move || name.get().outline() />
        </svg>
    }
}
