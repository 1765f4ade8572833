//! The colours and sizes that tldraw has names for, in its light theme.

use kurbo::Size;
use shared::model::palette::Rgb;
use shared::model::{Align, Arrowhead, Color, Dash, Filling, Font, Prop, Props};

use super::records::ShapeProps;

/// Names of colours, the colour of lines, and that of light fills.
const COLORS: [(&str, u32, u32); 13] = [
    ("black", 0x001d_1d1d, 0x00e8_e8e8),
    ("blue", 0x0044_65e9, 0x00dc_e1f8),
    ("green", 0x0009_9268, 0x00d3_e9e3),
    ("grey", 0x009f_a8b2, 0x00ec_eef0),
    ("light-blue", 0x004b_a1f1, 0x00dd_edfa),
    ("light-green", 0x004c_b05e, 0x00db_f0e0),
    ("light-red", 0x00f8_7777, 0x00f4_dadb),
    ("light-violet", 0x00e0_85f4, 0x00f5_eafa),
    ("orange", 0x00e1_6919, 0x00f8_e2d4),
    ("red", 0x00e0_3131, 0x00f4_dadb),
    ("violet", 0x00ae_3ec9, 0x00ec_dcf2),
    ("yellow", 0x00f1_ac4b, 0x00f9_f0e6),
    ("white", 0x00ff_ffff, 0x00f5_f5f5),
];
/// The fill that hides what lies behind it: nearly white.
const SEMI: u32 = 0x00fc_fffe;

/// The colour of shapes that name none.
pub(super) const BLACK: &str = "black";
/// Width and height of a sticky note.
const NOTE: f64 = 200.0;

pub(super) fn color_name(shape_props: &ShapeProps) -> &str {
    shape_props.color.as_deref().unwrap_or(BLACK)
}

fn hex(shape_props: &ShapeProps) -> (u32, u32) {
    let name = color_name(shape_props);
    let found = COLORS.iter().find(|(known, ..)| *known == name);
    found.map_or((0x001d_1d1d, 0x00e8_e8e8), |(_, line, fill)| (*line, *fill))
}

const fn drawn(hex: u32) -> Color {
    Color::Drawn(Rgb::from_hex(hex))
}

/// The colour of lines and letters.
pub(super) fn line_color(shape_props: &ShapeProps) -> Color {
    drawn(hex(shape_props).0)
}

/// The colour of a sticky note: the nearest one that notes have here.
pub(super) fn note_color(shape_props: &ShapeProps) -> Color {
    match shape_props.color.as_deref() {
        Some("blue" | "light-blue") => Color::Blue,
        Some("green" | "light-green") => Color::Green,
        Some("grey" | "white") => Color::Grey,
        Some("red" | "light-red") => Color::Red,
        Some("violet" | "light-violet") => Color::Violet,
        Some("orange") => Color::Orange,
        _ => Color::Yellow,
    }
}

/// Sets the fill.
pub(super) fn fill(shape_props: &ShapeProps, props: &mut Props) {
    let (filling, color) = match shape_props.fill.as_deref() {
        Some("semi") => (Filling::Solid, Some(drawn(SEMI))),
        Some("solid") => (Filling::Solid, Some(drawn(hex(shape_props).1))),
        Some("fill") => (Filling::Solid, None),
        Some("pattern" | "lined-fill") => (Filling::Tint, None),
        _ => (Filling::None, None),
    };
    props.set(Prop::Filling(filling));
    props.set(Prop::Fill(color));
}

pub(super) fn is_filled(shape_props: &ShapeProps) -> bool {
    shape_props
        .fill
        .as_deref()
        .is_some_and(|fill| fill != "none")
}

pub(super) fn dash(shape_props: &ShapeProps) -> Dash {
    match shape_props.dash.as_deref() {
        Some("dashed") => Dash::Dashed,
        Some("dotted") => Dash::Dotted,
        _ => Dash::Solid,
    }
}

/// One of four values, by the size that the shape has.
fn by_size(shape_props: &ShapeProps, sizes: [f64; 4]) -> f64 {
    let [small, medium, large, huge] = sizes;
    let size = match shape_props.size.as_deref() {
        Some("s") => small,
        Some("l") => large,
        Some("xl") => huge,
        _ => medium,
    };
    size * scale(shape_props)
}

/// The scale of lines and letters.
pub(super) fn scale(shape_props: &ShapeProps) -> f64 {
    let scale = shape_props.scale.unwrap_or(1.0);
    if scale > 0.0 { scale } else { 1.0 }
}

pub(super) fn note_size(shape_props: &ShapeProps) -> Size {
    Size::new(NOTE, NOTE + shape_props.grow_y.unwrap_or(0.0)) * scale(shape_props)
}

pub(super) fn line_width(shape_props: &ShapeProps) -> f64 {
    by_size(shape_props, [2.0, 3.5, 5.0, 10.0])
}

/// The size of the pen that draws ink.
pub(super) fn ink_size(shape_props: &ShapeProps) -> f64 {
    line_width(shape_props) + scale(shape_props)
}

pub(super) fn highlighter_width(shape_props: &ShapeProps) -> f64 {
    1.0 + 1.12 * text_size(shape_props)
}

/// The size of letters in a text by itself.
pub(super) fn text_size(shape_props: &ShapeProps) -> f64 {
    by_size(shape_props, [18.0, 24.0, 36.0, 44.0])
}

/// The size of letters in shapes and notes.
pub(super) fn label_size(shape_props: &ShapeProps) -> f64 {
    by_size(shape_props, [18.0, 22.0, 26.0, 32.0])
}

/// The size of letters on arrows.
pub(super) fn arrow_label_size(shape_props: &ShapeProps) -> f64 {
    by_size(shape_props, [18.0, 20.0, 24.0, 28.0])
}

pub(super) fn font(shape_props: &ShapeProps) -> Font {
    match shape_props.font.as_deref() {
        Some("sans" | "serif") => Font::Sans,
        Some("mono") => Font::Mono,
        _ => Font::Handwriting,
    }
}

/// The alignment of lines of text; `otherwise` if the shape does not say.
pub(super) fn align(shape_props: &ShapeProps, otherwise: Align) -> Align {
    let name = shape_props
        .text_align
        .as_deref()
        .or(shape_props.align.as_deref());
    match name {
        Some("start" | "start-legacy") => Align::Start,
        Some("middle" | "middle-legacy") => Align::Center,
        Some("end" | "end-legacy") => Align::End,
        _ => otherwise,
    }
}

pub(super) fn arrowhead(name: Option<&str>) -> Arrowhead {
    match name {
        None | Some("none") => Arrowhead::None,
        Some("dot") => Arrowhead::Dot,
        Some("bar" | "pipe") => Arrowhead::Bar,
        Some("triangle" | "square" | "diamond" | "inverted") => Arrowhead::Triangle,
        Some(_) => Arrowhead::Arrow,
    }
}
