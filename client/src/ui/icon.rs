//! The icons: own line drawings on a grid of 24 units. `style/component/icon.css` sets colour,
//! stroke width and size.

mod paths;

use leptos::prelude::*;

/// Declares names with their outlines.
macro_rules! icons {
    ($($name:ident $outline:ident),* $(,)?) => {
        /// The name of one icon.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum IconName {
            $($name,)*
        }

        impl IconName {
            /// The outline as SVG path data. It is stroked, not filled.
            #[must_use]
            pub(crate) const fn outline(self) -> &'static str {
                match self {
                    $(Self::$name => paths::$outline,)*
                }
            }
        }
    };
}

icons! {
    Select SELECT,
    Hand HAND,
    Pen PEN,
    Highlighter HIGHLIGHTER,
    Eraser ERASER,
    Undo UNDO,
    Redo REDO,
    Plus PLUS,
    Minus MINUS,
    Fit FIT,
    Share SHARE,
    Menu MENU,
    Help HELP,
    Sun SUN,
    Moon MOON,
    Screen SCREEN,
    Check CHECK,
    CheckDouble CHECK_DOUBLE,
    Sync SYNC,
    CloudOff CLOUD_OFF,
    Link LINK,
    Eye EYE,
    Pencil PENCIL,
    Close CLOSE,
    Copy COPY,
    Download DOWNLOAD,
    Printer PRINTER,
    Save SAVE,
    Folder FOLDER,
    Boards BOARDS,
    Warning WARNING,
    Info INFO,
    ChevronUp CHEVRON_UP,
    Lasso LASSO,
    Rectangle RECTANGLE,
    Ellipse ELLIPSE,
    Diamond DIAMOND,
    Line LINE,
    Arrow ARROW,
    Text TEXT,
    Sticky STICKY,
    Frame FRAME,
    Image IMAGE,
    Laser LASER,
    Lock LOCK,
    Unlock UNLOCK,
    More MORE,
    Bin BIN,
    ToFront TO_FRONT,
    ToBack TO_BACK,
    Dropper DROPPER,
    Chat CHAT,
    Reply REPLY,
    Sparkle SPARKLE,
    Search SEARCH,
    List LIST,
    Map MAP,
    Target TARGET,
    Command COMMAND,
    ChevronDown CHEVRON_DOWN,
    DashSolid DASH_SOLID,
    DashDashed DASH_DASHED,
    DashDotted DASH_DOTTED,
    CornerSharp CORNER_SHARP,
    CornerRound CORNER_ROUND,
    LetterSans LETTER_SANS,
    Code CODE,
    TextLeft TEXT_LEFT,
    TextCenter TEXT_CENTER,
    TextRight TEXT_RIGHT,
    RouteCurved ROUTE_CURVED,
    RouteElbow ROUTE_ELBOW,
    HeadArrow HEAD_ARROW,
    HeadTriangle HEAD_TRIANGLE,
    HeadDot HEAD_DOT,
    HeadBar HEAD_BAR,
    AlignLeft ALIGN_LEFT,
    AlignCenter ALIGN_CENTER,
    AlignRight ALIGN_RIGHT,
    AlignTop ALIGN_TOP,
    AlignMiddle ALIGN_MIDDLE,
    AlignBottom ALIGN_BOTTOM,
    DistributeX DISTRIBUTE_X,
    DistributeY DISTRIBUTE_Y,
}

/// An icon. It is decoration: the control around it has the name.
#[component]
pub(crate) fn Icon(
    /// The name, which can change.
    #[prop(into)]
    name: Signal<IconName>,
) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
            <path d=move || name.get().outline() />
        </svg>
    }
}
