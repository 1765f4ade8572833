//! Every kind of change that people make, as tables: what is there before, and what hands do.

use e2e::page::At;

use crate::deeds::Chosen::{self, Both, Box, Many, Nothing, One};
use crate::deeds::Deed::{
    self, AltDrag, Choose, Click, Copies, Cuts, Drag, Key, Open, Pastes, Pick, Rub, Run, Slide,
    Write,
};
use crate::pair::LEFT;

/// A free place of the board, from corner to corner.
const FREE: Deed = Drag(At(320.0, 460.0), At(480.0, 560.0));

/// What it is called, what is selected before, and what hands do.
pub(crate) type Change = (&'static str, Chosen, &'static [Deed]);

/// Changes of what is there: where it is, and what lies above it.
pub(crate) const PLACES: [Change; 13] = [
    ("move", Box, &[Drag(At(470.0, 270.0), At(501.0, 311.0))]),
    ("resize", Box, &[Drag(At(470.0, 330.0), At(511.0, 372.0))]),
    ("turn", Box, &[Drag(At(410.0, 224.0), At(470.0, 260.0))]),
    ("nudge", Box, &[Key("Shift+Down")]),
    ("flip", Both, &[Key("Shift+H")]),
    ("align", Both, &[Key("Alt+a")]),
    ("to the back", Box, &[Key("[")]),
    ("group", Both, &[Key("Ctrl+g")]),
    ("lock", Box, &[Key("Ctrl+Shift+l")]),
    ("duplicate", Both, &[Key("Ctrl+d")]),
    ("copy by Alt", Box, &[AltDrag(LEFT, At(520.0, 510.0))]),
    ("delete", Both, &[Key("Delete")]),
    ("cut", Box, &[Cuts]),
];

/// Changes of how it looks.
pub(crate) const STYLES: [Change; 13] = [
    ("colour", Both, &[Choose("Green")]),
    ("width", Both, &[Choose("Bold")]),
    ("dash", Box, &[Choose("Dashed line")]),
    ("fill", Box, &[Choose("Solid fill")]),
    ("corners", Box, &[Choose("Sharp corners")]),
    (
        "round corners",
        Box,
        &[Drag(At(366.0, 266.0), At(380.0, 280.0))],
    ),
    ("font", Box, &[Choose("Plain")]),
    ("size of text", Box, &[Choose("Large text")]),
    ("side of text", Box, &[Choose("Text left")]),
    ("bold", Box, &[Key("Ctrl+b")]),
    ("italic", Box, &[Key("Ctrl+i")]),
    ("free colour", Box, &[Pick("#12abef")]),
    ("opacity", Both, &[Slide("Opacity", 50)]),
];

/// What is made, written, and rubbed out.
pub(crate) const MAKING: [Change; 15] = [
    ("write", Box, &[Key("Enter"), Write("more")]),
    (
        "text",
        Nothing,
        &[Key("t"), Click(At(340.0, 500.0)), Write("alone")],
    ),
    ("stroke", Nothing, &[Key("p"), FREE]),
    ("highlight", Nothing, &[Run("Highlighter"), FREE]),
    ("rectangle", Nothing, &[Key("r"), FREE]),
    ("ellipse", Nothing, &[Key("o"), FREE]),
    ("diamond", Nothing, &[Key("3"), FREE]),
    ("line", Nothing, &[Key("l"), FREE]),
    ("arrow", Nothing, &[Key("a"), FREE]),
    (
        "bound arrow",
        Nothing,
        &[Key("a"), Drag(At(410.0, 480.0), At(410.0, 333.0))],
    ),
    ("note", Nothing, &[Key("n"), FREE, Key("Escape")]),
    ("frame", Nothing, &[Key("f"), FREE]),
    ("paste", Box, &[Copies, Pastes]),
    ("part of a stroke", Nothing, &[Rub("Parts of strokes")]),
    ("whole stroke", Nothing, &[Rub("Whole strokes")]),
];

/// What there is beside Ada's box and stroke before the changes.
pub(crate) type Given = (Chosen, &'static [Deed]);

/// Nothing beside them.
pub(crate) const NOTHING_MORE: Given = (Nothing, &[]);

/// A line at the right of the box, and where it is taken.
pub(crate) const A_LINE: Given = (
    Nothing,
    &[Key("l"), Drag(At(540.0, 250.0), At(640.0, 450.0))],
);
const ON_THE_LINE: Chosen = One(At(565.0, 300.0));

/// Changes of the line.
pub(crate) const LINES: [Change; 5] = [
    ("head at the start", ON_THE_LINE, &[Choose("Start: dot")]),
    ("head at the end", ON_THE_LINE, &[Choose("End: triangle")]),
    ("curve", ON_THE_LINE, &[Choose("Curved")]),
    ("elbow", ON_THE_LINE, &[Choose("Elbow")]),
    (
        "point of a line",
        ON_THE_LINE,
        &[Drag(At(590.0, 350.0), At(630.0, 300.0))],
    ),
];

/// A red box above a corner of the other, and where it is taken.
pub(crate) const ANOTHER_BOX: Given = (
    Nothing,
    &[
        Key("r"),
        Drag(At(440.0, 300.0), At(560.0, 370.0)),
        Choose("Red"),
    ],
);
const ON_THE_OTHER: Chosen = One(At(560.0, 335.0));

/// Changes that take two boxes.
pub(crate) const STACKS: [Change; 4] = [
    ("forward", Box, &[Key("Ctrl+]")]),
    ("backward", ON_THE_OTHER, &[Key("Ctrl+[")]),
    (
        "style of another",
        ON_THE_OTHER,
        &[Key("Ctrl+Alt+c"), Click(LEFT), Key("Ctrl+Alt+v")],
    ),
    (
        "even gaps",
        Many(At(310.0, 220.0), At(620.0, 430.0), 3),
        &[Key("Alt+Shift+h")],
    ),
];

/// A frame below them.
pub(crate) const A_FRAME: Given = (
    Nothing,
    &[Key("f"), Drag(At(300.0, 440.0), At(540.0, 590.0))],
);

/// Changes of what is in a frame, and of its name.
pub(crate) const FRAMES: [Change; 2] = [
    (
        "name of a frame",
        Nothing,
        &[Open(At(320.0, 426.0)), Write("Plan")],
    ),
    (
        "into a frame",
        Box,
        &[Drag(At(470.0, 270.0), At(480.0, 480.0))],
    ),
];
