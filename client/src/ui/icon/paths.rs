//! The outlines of the icons: SVG path data on a grid of 24, own drawings.

pub(super) const SELECT: &str = "M6 4.2 18.6 10l-5.4 2-2.2 5.6z";
pub(super) const HAND: &str = concat!(
    "M7.6 13V7.1a1.5 1.5 0 0 1 3 0v3.6V5.2a1.5 1.5 0 0 1 3 0v5.5V6.4",
    "a1.5 1.5 0 0 1 3 0v5V9.3a1.5 1.5 0 0 1 3 0v5.4a6.1 6.1 0 0 1-6.1 6.1h-1",
    "a6 6 0 0 1-4.8-2.4l-3.4-4.5a1.45 1.45 0 0 1 2.2-1.9z"
);
pub(super) const PEN: &str = "m4 20 .9-4.3L15.9 4.7a2.05 2.05 0 0 1 2.9 0l.5.5a2.05 2.05 0 0 1 0 2.9L8.3 19.1zM13.6 7l3.4 3.4";
pub(super) const HIGHLIGHTER: &str = concat!(
    "m8.7 12.6 7.4-7.9a1.8 1.8 0 0 1 2.6 0l1.2 1.2a1.8 1.8 0 0 1 0 2.6l-7.9 7.4z",
    "M8.7 12.6 7.5 15v1.9l.7.7h2l1.8-1.7M3.8 20.4h7"
);
pub(super) const ERASER: &str = concat!(
    "m13 5.1-8.3 8.3a2 2 0 0 0 0 2.8L8.1 19.6h4.2l7.1-7.1a2 2 0 0 0 0-2.8l-4.6-4.6",
    "a1.27 1.27 0 0 0-1.8 0zM8.6 9.5l6.3 6.3M12.3 19.6h7.5"
);
pub(super) const UNDO: &str = "M8.3 4.8 4 9.1l4.3 4.3M4.4 9.1h9.7a5.1 5.1 0 0 1 0 10.2H8.6";
pub(super) const REDO: &str = "M15.7 4.8 20 9.1l-4.3 4.3M19.6 9.1H9.9a5.1 5.1 0 0 0 0 10.2h5.5";
pub(super) const PLUS: &str = "M12 5.5v13M5.5 12h13";
pub(super) const MINUS: &str = "M5.5 12h13";
pub(super) const FIT: &str = "M4.5 9V6.3a1.8 1.8 0 0 1 1.8-1.8H9M15 4.5h2.7a1.8 1.8 0 0 1 1.8 1.8V9M19.5 15v2.7a1.8 1.8 0 0 1-1.8 1.8H15M9 19.5H6.3a1.8 1.8 0 0 1-1.8-1.8V15";
pub(super) const SHARE: &str = "M12 14.6V3.9M8.3 7.4 12 3.7l3.7 3.7M7.4 11H6.3a1.8 1.8 0 0 0-1.8 1.8v5.4A1.8 1.8 0 0 0 6.3 20h11.4a1.8 1.8 0 0 0 1.8-1.8v-5.4a1.8 1.8 0 0 0-1.8-1.8h-1.1";
pub(super) const MENU: &str = "M4.5 7h15M4.5 12h15M4.5 17h15";
pub(super) const HELP: &str = "M9.2 9.2a2.9 2.9 0 1 1 4.4 2.5c-1 .6-1.6 1.2-1.6 2.3M12 17.3v.01";
pub(super) const SUN: &str = "M12 8.2a3.8 3.8 0 1 1 0 7.6 3.8 3.8 0 0 1 0-7.6zM12 3.2v1.3M12 19.5v1.3M3.2 12h1.3M19.5 12h1.3M5.8 5.8l.9.9M17.3 17.3l.9.9M18.2 5.8l-.9.9M6.7 17.3l-.9.9";
pub(super) const MOON: &str = "M19.8 14.1A8.1 8.1 0 0 1 9.9 4.2a8.1 8.1 0 1 0 9.9 9.9z";
pub(super) const SCREEN: &str = "M5.3 5h13.4a1.8 1.8 0 0 1 1.8 1.8v7.9a1.8 1.8 0 0 1-1.8 1.8H5.3a1.8 1.8 0 0 1-1.8-1.8V6.8A1.8 1.8 0 0 1 5.3 5zM9 19.8h6M12 16.7v2.9";
pub(super) const CHECK: &str = "m5.5 12.6 4.2 4.2 8.8-9.3";
pub(super) const CHECK_DOUBLE: &str = "m2.8 12.7 4 4.1 8.2-9M11.6 15.7l1.2 1.1 8.4-9";
pub(super) const SYNC: &str = "M19.4 10.2A7.7 7.7 0 0 0 5.6 8.1M5.3 4.4v3.9h3.9M4.6 13.8a7.7 7.7 0 0 0 13.8 2.1M18.7 19.6v-3.9h-3.9";
pub(super) const CLOUD_OFF: &str =
    "m4 4 16 16M8.6 6.4a5.5 5.5 0 0 1 8.6 3.2 4.4 4.4 0 0 1 3 6.8M6.5 10.5a4 4 0 0 0 .8 7.9h9.2";
pub(super) const LINK: &str = "M10.2 13.8a3.7 3.7 0 0 0 5.3.1l3-3a3.75 3.75 0 0 0-5.3-5.3l-1.2 1.2M13.8 10.2a3.7 3.7 0 0 0-5.3-.1l-3 3a3.75 3.75 0 0 0 5.3 5.3l1.2-1.2";
pub(super) const EYE: &str = "M3 12c1.9-3.9 5.1-6 9-6s7.1 2.1 9 6c-1.9 3.9-5.1 6-9 6s-7.1-2.1-9-6zM12 9.3a2.7 2.7 0 1 1 0 5.4 2.7 2.7 0 0 1 0-5.4z";
pub(super) const PENCIL: &str =
    "m4.8 19.2.8-3.5L15.7 5.6a1.9 1.9 0 0 1 2.7 2.7L8.3 18.4zM13 19.2h6.5";
pub(super) const CLOSE: &str = "m6.5 6.5 11 11M17.5 6.5l-11 11";
pub(super) const COPY: &str = "M10.3 8.5h7.4a1.8 1.8 0 0 1 1.8 1.8v7.4a1.8 1.8 0 0 1-1.8 1.8h-7.4a1.8 1.8 0 0 1-1.8-1.8v-7.4a1.8 1.8 0 0 1 1.8-1.8zM15.5 8.3v-2a1.8 1.8 0 0 0-1.8-1.8H6.3a1.8 1.8 0 0 0-1.8 1.8v7.4a1.8 1.8 0 0 0 1.8 1.8h2";
pub(super) const DOWNLOAD: &str = "M12 4.5v10.2M7.6 10.5l4.4 4.4 4.4-4.4M4.8 16.2v1.6a1.7 1.7 0 0 0 1.7 1.7h11a1.7 1.7 0 0 0 1.7-1.7v-1.6";
pub(super) const PRINTER: &str = "M7.5 9V4.5h9V9M7.5 16.5H6.3a1.8 1.8 0 0 1-1.8-1.8v-3.9A1.8 1.8 0 0 1 6.3 9h11.4a1.8 1.8 0 0 1 1.8 1.8v3.9a1.8 1.8 0 0 1-1.8 1.8h-1.2M7.5 13.8h9v5.7h-9z";
pub(super) const FOLDER: &str = "M4.5 17.7V6.8A1.3 1.3 0 0 1 5.8 5.5h4.1l2 2.4h6.3a1.3 1.3 0 0 1 1.3 1.3v8.5a1.3 1.3 0 0 1-1.3 1.3H5.8a1.3 1.3 0 0 1-1.3-1.3z";
pub(super) const SAVE: &str = "M5.8 4.5h10l3.7 3.7v10a1.3 1.3 0 0 1-1.3 1.3H5.8a1.3 1.3 0 0 1-1.3-1.3V5.8a1.3 1.3 0 0 1 1.3-1.3zM8 4.7v4.5h6.5V4.7M8 19.3v-5.5h8v5.5";
pub(super) const BOARDS: &str = "M5.8 4.5h4v6.5h-5.3V5.8a1.3 1.3 0 0 1 1.3-1.3zM14.2 4.5h4a1.3 1.3 0 0 1 1.3 1.3v2.7h-5.3zM4.5 15.5h5.3v4h-4a1.3 1.3 0 0 1-1.3-1.3zM14.2 13h5.3v5.2a1.3 1.3 0 0 1-1.3 1.3h-4z";
pub(super) const WARNING: &str =
    "M12 4.3 3.6 18.7a.6.6 0 0 0 .5.9h15.8a.6.6 0 0 0 .5-.9zM12 10v4M12 16.7v.01";
pub(super) const INFO: &str =
    "M12 3.8a8.2 8.2 0 1 1 0 16.4 8.2 8.2 0 0 1 0-16.4zM12 11.2v5M12 8v.01";
pub(super) const CHEVRON_UP: &str = "m7 14.5 5-5 5 5";
pub(super) const LASSO: &str = "M12 5c4.6 0 8 2.3 8 5.2s-3.4 5.3-8 5.3c-1.1 0-2.2-.1-3.2-.4M6.3 13.6C4.9 12.7 4 11.5 4 10.2 4 7.3 7.4 5 12 5M7.5 16.9a1.75 1.75 0 1 0-1.7-3M7.5 16.9c.4 1.4-.3 2.6-2 3.3";
pub(super) const RECTANGLE: &str = "M6 5.5h12A1.5 1.5 0 0 1 19.5 7v10a1.5 1.5 0 0 1-1.5 1.5H6A1.5 1.5 0 0 1 4.5 17V7A1.5 1.5 0 0 1 6 5.5z";
pub(super) const ELLIPSE: &str = "M12 5a8 7 0 1 1 0 14 8 7 0 0 1 0-14z";
pub(super) const DIAMOND: &str = "m12 3.9 8.1 8.1-8.1 8.1L3.9 12z";
pub(super) const LINE: &str = "M5 19 19 5";
pub(super) const ARROW: &str = "M5 19 18.6 5.4M10.5 5h8.5v8.5";
pub(super) const TEXT: &str = "M5.5 7.8V5h13v2.8M12 5v14M9 19h6";
pub(super) const STICKY: &str = "M6 4.5h12A1.5 1.5 0 0 1 19.5 6v7.8l-5.7 5.7H6A1.5 1.5 0 0 1 4.5 18V6A1.5 1.5 0 0 1 6 4.5zM19.3 13.8h-4a1.5 1.5 0 0 0-1.5 1.5v4";
pub(super) const FRAME: &str = "M8 3.5v17M16 3.5v17M3.5 8h17M3.5 16h17";
pub(super) const LASER: &str =
    "m4.5 19.5 6.8-6.8M14.5 9.5v.01M14.5 4v2M20 9.5h-2M18.4 5.6 17 7M10.6 5.6 12 7M18.4 13.4 17 12";
pub(super) const LOCK: &str = "M7.5 10.5V8a4.5 4.5 0 0 1 9 0v2.5M6.5 10.5h11A1.5 1.5 0 0 1 19 12v6a1.5 1.5 0 0 1-1.5 1.5h-11A1.5 1.5 0 0 1 5 18v-6a1.5 1.5 0 0 1 1.5-1.5z";
pub(super) const UNLOCK: &str = "M7.5 10.5V7.8a4.5 4.5 0 0 1 8.7-1.6M6.5 10.5h11A1.5 1.5 0 0 1 19 12v6a1.5 1.5 0 0 1-1.5 1.5h-11A1.5 1.5 0 0 1 5 18v-6a1.5 1.5 0 0 1 1.5-1.5z";
pub(super) const MORE: &str = concat!(
    "M6.7 12a.7.7 0 1 1-1.4 0 .7.7 0 0 1 1.4 0zM12.7 12a.7.7 0 1 1-1.4 0 .7.7 0 0 1 1.4 0z",
    "M18.7 12a.7.7 0 1 1-1.4 0 .7.7 0 0 1 1.4 0z"
);
pub(super) const DROPPER: &str = "M15.9 11.9 9.3 18.5a2 2 0 0 1-1.4.6H6.3l-2.2 1 1-2.3v-1.6a2 2 0 0 1 .5-1.4l6.6-6.7M11 7l6 6M13.5 7.4l2.1-2.1a2.2 2.2 0 0 1 3.1 3.1l-2.1 2.1";
pub(super) const CHAT: &str = "M6 5h12a1.8 1.8 0 0 1 1.8 1.8v7.4A1.8 1.8 0 0 1 18 16h-6.5L7.2 19.6V16H6a1.8 1.8 0 0 1-1.8-1.8V6.8A1.8 1.8 0 0 1 6 5zM8 9.2h8M8 12h5";
pub(super) const REPLY: &str = "M9.5 6 4.5 11l5 5M4.8 11h8.7a6 6 0 0 1 6 6v1";
pub(super) const SPARKLE: &str =
    "M11 4q.8 7.2 8 8-7.2.8-8 8-.8-7.2-8-8 7.2-.8 8-8zM18.5 3.5v4M16.5 5.5h4";
pub(super) const SEARCH: &str = "M10.5 4.5a6 6 0 1 1 0 12 6 6 0 0 1 0-12zM15 15l4.5 4.5";
pub(super) const LIST: &str =
    "M9 6.5h10.5M9 12h10.5M9 17.5h10.5M4.8 6.5h.01M4.8 12h.01M4.8 17.5h.01";
pub(super) const MAP: &str = "m4 6.5 5-2 6 2 5-2v13l-5 2-6-2-5 2zM9 4.5v13M15 6.5v13";
pub(super) const TARGET: &str =
    "M12 3.5v4M12 16.5v4M3.5 12h4M16.5 12h4M12 9.5a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5z";
pub(super) const COMMAND: &str = "M9 9h6v6H9zM9 9H6.8A2.3 2.3 0 1 1 9 6.8zM15 9V6.8A2.3 2.3 0 1 1 17.2 9zM15 15h2.2a2.3 2.3 0 1 1-2.2 2.2zM9 15v2.2A2.3 2.3 0 1 1 6.8 15z";
pub(super) const CHEVRON_DOWN: &str = "m7 9.5 5 5 5-5";
pub(super) const DASH_SOLID: &str = "M4 12h16";
pub(super) const DASH_DASHED: &str = "M3.5 12h4M10 12h4M16.5 12h4";
pub(super) const DASH_DOTTED: &str = "M4.5 12h.01M9.5 12h.01M14.5 12h.01M19.5 12h.01";
pub(super) const CORNER_SHARP: &str = "M5.5 19.5v-14h14";
pub(super) const CORNER_ROUND: &str = "M5.5 19.5v-5a9 9 0 0 1 9-9h5";
pub(super) const LETTER_SANS: &str = "M5.5 19 12 5l6.5 14M7.9 14h8.2";
pub(super) const CODE: &str = "m8.5 7.5-4.5 4.5 4.5 4.5M15.5 7.5l4.5 4.5-4.5 4.5";
pub(super) const TEXT_LEFT: &str = "M4.5 6.5h15M4.5 12h9M4.5 17.5h12";
pub(super) const TEXT_CENTER: &str = "M4.5 6.5h15M7.5 12h9M6 17.5h12";
pub(super) const TEXT_RIGHT: &str = "M4.5 6.5h15M10.5 12h9M7.5 17.5h12";
pub(super) const ROUTE_CURVED: &str = "M5 19c0-9 14-5 14-14";
pub(super) const ROUTE_ELBOW: &str = "M5 18.5h7v-13h7";
pub(super) const HEAD_ARROW: &str = "M4 12h15M13.5 6.5 19 12l-5.5 5.5";
pub(super) const HEAD_TRIANGLE: &str = "M4 12h8M12 7l8 5-8 5z";
pub(super) const HEAD_DOT: &str = "M4 12h9.5M13.5 12a3.2 3.2 0 1 1 6.4 0 3.2 3.2 0 0 1-6.4 0z";
pub(super) const HEAD_BAR: &str = "M4 12h15M19 6.5v11";
pub(super) const ALIGN_LEFT: &str = "M4.5 4.5v15M8 7h11v3.5H8zM8 13.5h6V17H8z";
pub(super) const ALIGN_CENTER: &str =
    "M12 4.5V7M12 10.5v3M12 17v2.5M5.5 7h13v3.5h-13zM8.5 13.5h7V17h-7z";
pub(super) const ALIGN_RIGHT: &str = "M19.5 4.5v15M5 7h11v3.5H5zM10 13.5h6V17h-6z";
pub(super) const ALIGN_TOP: &str = "M4.5 4.5h15M7 8h3.5v11H7zM13.5 8H17v6h-3.5z";
pub(super) const ALIGN_MIDDLE: &str =
    "M4.5 12H7M10.5 12h3M17 12h2.5M7 5.5h3.5v13H7zM13.5 8.5H17v7h-3.5z";
pub(super) const ALIGN_BOTTOM: &str = "M4.5 19.5h15M7 5h3.5v11H7zM13.5 10H17v6h-3.5z";
pub(super) const DISTRIBUTE_X: &str = "M4.5 4.5v15M19.5 4.5v15M10 8h4v8h-4z";
pub(super) const DISTRIBUTE_Y: &str = "M4.5 4.5h15M4.5 19.5h15M8 10h8v4H8z";
pub(super) const BIN: &str = "M4.8 7h14.4M9.5 7V5a.8.8 0 0 1 .8-.8h3.4a.8.8 0 0 1 .8.8v2M6.7 7l.8 11a1.8 1.8 0 0 0 1.8 1.7h5.4a1.8 1.8 0 0 0 1.8-1.7l.8-11M10.4 11v4.8M13.6 11v4.8";
pub(super) const TO_FRONT: &str = "M5.5 4.8h13M12 19.5V9.2M7.6 13.4 12 9l4.4 4.4";
pub(super) const TO_BACK: &str = "M5.5 19.2h13M12 4.5v10.3M7.6 10.6 12 15l4.4-4.4";
pub(super) const IMAGE: &str = "M6 5h12a1.5 1.5 0 0 1 1.5 1.5v11A1.5 1.5 0 0 1 18 19H6a1.5 1.5 0 0 1-1.5-1.5v-11A1.5 1.5 0 0 1 6 5zM5 17l4.6-5 3.4 3.6 2.2-2.2L19 17M15 9.2a.8.8 0 1 1 1.6 0 .8.8 0 0 1-1.6 0z";
