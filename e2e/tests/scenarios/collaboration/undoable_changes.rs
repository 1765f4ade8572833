//! Every kind of change that can be undone, as tables: the setup, the selection and the steps.

use e2e::page::At;

use crate::support::pointer::LEFT_BOX;
use crate::support::steps::Step::{
    AltDrag, ChooseStyle, Click, CopySelection, CutSelection, DoubleClick, Drag, Erase, Key, Paste,
    PickColour, RunCommand, SetSlider, Type,
};
use crate::support::steps::Target::{Both, Box, ElementAt, Marquee, Nothing};
use crate::support::steps::{Step, Target};

/// A drag on a free part of the board.
const DRAG_ON_FREE_GROUND: Step = Drag(At(320.0, 460.0), At(480.0, 560.0));

/// The name of a change, the selection before it, and its steps.
pub(crate) type Change = (&'static str, Target, &'static [Step]);

/// Changes of bounds, order, groups and locks; copies and deletions.
pub(crate) const BOUNDS: [Change; 13] = [
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
    ("copy by Alt", Box, &[AltDrag(LEFT_BOX, At(520.0, 510.0))]),
    ("delete", Both, &[Key("Delete")]),
    ("cut", Box, &[CutSelection]),
];

/// Changes of style.
pub(crate) const STYLES: [Change; 13] = [
    ("colour", Both, &[ChooseStyle("Green")]),
    ("width", Both, &[ChooseStyle("Bold")]),
    ("dash", Box, &[ChooseStyle("Dashed line")]),
    ("fill", Box, &[ChooseStyle("Solid fill")]),
    ("corners", Box, &[ChooseStyle("Sharp corners")]),
    (
        "round corners",
        Box,
        &[Drag(At(366.0, 266.0), At(380.0, 280.0))],
    ),
    ("font", Box, &[ChooseStyle("Plain")]),
    ("size of text", Box, &[ChooseStyle("Large text")]),
    ("side of text", Box, &[ChooseStyle("Text left")]),
    ("bold", Box, &[Key("Ctrl+b")]),
    ("italic", Box, &[Key("Ctrl+i")]),
    ("free colour", Box, &[PickColour("#12abef")]),
    ("opacity", Both, &[SetSlider("Opacity", 50)]),
];

/// Elements that are created, edited and erased.
pub(crate) const CREATION: [Change; 15] = [
    ("write", Box, &[Key("Enter"), Type("more")]),
    (
        "text",
        Nothing,
        &[Key("t"), Click(At(340.0, 500.0)), Type("alone")],
    ),
    ("stroke", Nothing, &[Key("p"), DRAG_ON_FREE_GROUND]),
    (
        "highlight",
        Nothing,
        &[RunCommand("Highlighter"), DRAG_ON_FREE_GROUND],
    ),
    ("rectangle", Nothing, &[Key("r"), DRAG_ON_FREE_GROUND]),
    ("ellipse", Nothing, &[Key("o"), DRAG_ON_FREE_GROUND]),
    ("diamond", Nothing, &[Key("3"), DRAG_ON_FREE_GROUND]),
    ("line", Nothing, &[Key("l"), DRAG_ON_FREE_GROUND]),
    ("arrow", Nothing, &[Key("a"), DRAG_ON_FREE_GROUND]),
    (
        "bound arrow",
        Nothing,
        &[Key("a"), Drag(At(410.0, 480.0), At(410.0, 333.0))],
    ),
    (
        "note",
        Nothing,
        &[Key("n"), DRAG_ON_FREE_GROUND, Key("Escape")],
    ),
    ("frame", Nothing, &[Key("f"), DRAG_ON_FREE_GROUND]),
    ("paste", Box, &[CopySelection, Paste]),
    ("part of a stroke", Nothing, &[Erase("Parts of strokes")]),
    ("whole stroke", Nothing, &[Erase("Whole strokes")]),
];

/// What is added to Ada's box and stroke before the changes.
pub(crate) type Setup = (Target, &'static [Step]);

/// Nothing is added.
pub(crate) const NO_SETUP: Setup = (Nothing, &[]);

/// A line at the right of the box, and where a click selects it.
pub(crate) const WITH_A_LINE: Setup = (
    Nothing,
    &[Key("l"), Drag(At(540.0, 250.0), At(640.0, 450.0))],
);

const ON_THE_LINE: Target = ElementAt(At(565.0, 300.0));

/// Changes of a line.
pub(crate) const LINES: [Change; 5] = [
    (
        "head at the start",
        ON_THE_LINE,
        &[ChooseStyle("Start: dot")],
    ),
    (
        "head at the end",
        ON_THE_LINE,
        &[ChooseStyle("End: triangle")],
    ),
    ("curve", ON_THE_LINE, &[ChooseStyle("Curved")]),
    ("elbow", ON_THE_LINE, &[ChooseStyle("Elbow")]),
    (
        "point of a line",
        ON_THE_LINE,
        &[Drag(At(590.0, 350.0), At(630.0, 300.0))],
    ),
];

/// A red box above a corner of the other one, and where a click selects it.
pub(crate) const WITH_ANOTHER_BOX: Setup = (
    Nothing,
    &[
        Key("r"),
        Drag(At(440.0, 300.0), At(560.0, 370.0)),
        ChooseStyle("Red"),
    ],
);

const ON_THE_OTHER: Target = ElementAt(At(560.0, 335.0));

/// Changes that need two boxes.
pub(crate) const STACKING: [Change; 4] = [
    ("forward", Box, &[Key("Ctrl+]")]),
    ("backward", ON_THE_OTHER, &[Key("Ctrl+[")]),
    (
        "style of another",
        ON_THE_OTHER,
        &[Key("Ctrl+Alt+c"), Click(LEFT_BOX), Key("Ctrl+Alt+v")],
    ),
    (
        "even gaps",
        Marquee(At(310.0, 220.0), At(620.0, 430.0), 3),
        &[Key("Alt+Shift+h")],
    ),
];

/// A frame below them.
pub(crate) const WITH_A_FRAME: Setup = (
    Nothing,
    &[Key("f"), Drag(At(300.0, 440.0), At(540.0, 590.0))],
);

/// Changes of the content and the name of a frame.
pub(crate) const FRAMES: [Change; 2] = [
    (
        "name of a frame",
        Nothing,
        &[DoubleClick(At(320.0, 426.0)), Type("Plan")],
    ),
    (
        "into a frame",
        Box,
        &[Drag(At(470.0, 270.0), At(480.0, 480.0))],
    ),
];
