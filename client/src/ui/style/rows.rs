//! The properties that the style panel shows as rows of choices.

use editor::{Shown, StyleChange, StyleView, TextStep};
use shared::model::{Align, Arrowhead, Dash, Filling, Font, Route, WidthStep};

use super::choice::{Choice, Glyph};
use crate::ui::icon::IconName;

/// A property: its choices, which of them a style has, and how each changes the style.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) label: &'static str,
    pub(super) choices: &'static [Choice],
    /// The index of the choice that a style has.
    pub(super) shown: fn(&StyleView) -> Shown<usize>,
    /// The change of style for the choice at an index.
    pub(super) change: fn(usize) -> Option<StyleChange>,
}

const DASHES: [Dash; 3] = [Dash::Solid, Dash::Dashed, Dash::Dotted];
const FILLINGS: [Filling; 3] = [Filling::None, Filling::Tint, Filling::Solid];
const CORNERS: [bool; 2] = [false, true];
const FONTS: [Font; 3] = [Font::Handwriting, Font::Sans, Font::Mono];
const ALIGNS: [Align; 3] = [Align::Start, Align::Center, Align::End];
const ROUTES: [Route; 3] = [Route::Straight, Route::Curved, Route::Elbow];
const HEADS: [Arrowhead; 5] = [
    Arrowhead::None,
    Arrowhead::Arrow,
    Arrowhead::Triangle,
    Arrowhead::Dot,
    Arrowhead::Bar,
];

const fn choice(name: &'static str, glyph: Glyph) -> Choice {
    Choice { name, glyph }
}

const fn icon(name: &'static str, icon: IconName) -> Choice {
    choice(name, Glyph::Icon(icon))
}

const fn mirrored(name: &'static str, icon: IconName) -> Choice {
    choice(name, Glyph::Mirrored(icon))
}

/// All rows, in the order of the panel.
pub(super) static ROWS: [Row; 10] = [
    Row {
        label: "Width",
        choices: &[
            choice("Fine", Glyph::Wave("fine")),
            choice("Medium", Glyph::Wave("medium")),
            choice("Bold", Glyph::Wave("bold")),
            choice("Extra bold", Glyph::Wave("extra-bold")),
        ],
        shown: |view| index_of(&WidthStep::ALL, view.width),
        change: |at| WidthStep::ALL.get(at).copied().map(StyleChange::Width),
    },
    Row {
        label: "Dash",
        choices: &[
            icon("Solid line", IconName::DashSolid),
            icon("Dashed line", IconName::DashDashed),
            choice("Dotted line", Glyph::Variant(IconName::DashDotted, "thick")),
        ],
        shown: |view| index_of(&DASHES, view.dash),
        change: |at| DASHES.get(at).copied().map(StyleChange::Dash),
    },
    Row {
        label: "Fill",
        choices: &[
            icon("No fill", IconName::Rectangle),
            choice("Tinted fill", Glyph::Variant(IconName::Rectangle, "tint")),
            choice("Solid fill", Glyph::Variant(IconName::Rectangle, "solid")),
        ],
        shown: |view| index_of(&FILLINGS, view.filling),
        change: |at| FILLINGS.get(at).copied().map(StyleChange::Filling),
    },
    Row {
        label: "Corners",
        choices: &[
            icon("Sharp corners", IconName::CornerSharp),
            icon("Round corners", IconName::CornerRound),
        ],
        shown: |view| index_of(&CORNERS, view.round),
        change: |at| CORNERS.get(at).copied().map(StyleChange::Round),
    },
    Row {
        label: "Route",
        choices: &[
            icon("Straight", IconName::Line),
            icon("Curved", IconName::RouteCurved),
            icon("Elbow", IconName::RouteElbow),
        ],
        shown: |view| index_of(&ROUTES, view.route),
        change: |at| ROUTES.get(at).copied().map(StyleChange::Route),
    },
    Row {
        label: "Start",
        choices: &[
            mirrored("Start: none", IconName::DashSolid),
            mirrored("Start: arrow", IconName::HeadArrow),
            mirrored("Start: triangle", IconName::HeadTriangle),
            mirrored("Start: dot", IconName::HeadDot),
            mirrored("Start: bar", IconName::HeadBar),
        ],
        shown: |view| index_of(&HEADS, view.start),
        change: |at| HEADS.get(at).copied().map(StyleChange::Start),
    },
    Row {
        label: "End",
        choices: &[
            icon("End: none", IconName::DashSolid),
            icon("End: arrow", IconName::HeadArrow),
            icon("End: triangle", IconName::HeadTriangle),
            icon("End: dot", IconName::HeadDot),
            icon("End: bar", IconName::HeadBar),
        ],
        shown: |view| index_of(&HEADS, view.end),
        change: |at| HEADS.get(at).copied().map(StyleChange::End),
    },
    Row {
        label: "Font",
        choices: &[
            icon("Handwritten", IconName::Pencil),
            icon("Plain", IconName::LetterSans),
            icon("Monospace", IconName::Code),
        ],
        shown: |view| index_of(&FONTS, view.font),
        change: |at| FONTS.get(at).copied().map(StyleChange::Font),
    },
    Row {
        label: "Size",
        choices: &[
            choice("Small text", Glyph::Letters("S")),
            choice("Medium text", Glyph::Letters("M")),
            choice("Large text", Glyph::Letters("L")),
            choice("Extra large text", Glyph::Letters("XL")),
        ],
        shown: |view| index_of(&TextStep::ALL, view.text),
        change: |at| TextStep::ALL.get(at).copied().map(StyleChange::Text),
    },
    Row {
        label: "Align",
        choices: &[
            icon("Text left", IconName::TextLeft),
            icon("Text centre", IconName::TextCenter),
            icon("Text right", IconName::TextRight),
        ],
        shown: |view| index_of(&ALIGNS, view.align),
        change: |at| ALIGNS.get(at).copied().map(StyleChange::Align),
    },
];

/// The number of rows above the fill colour, the last of which is the fill.
pub(super) const BEFORE_FILL_COLOR: usize = 3;

/// The index of the shown value among all values. A value that is none of them counts as mixed, so
/// no choice is marked.
fn index_of<T: PartialEq>(all: &[T], shown: Shown<T>) -> Shown<usize> {
    match shown {
        Shown::Absent => Shown::Absent,
        Shown::Mixed => Shown::Mixed,
        Shown::Same(value) => all
            .iter()
            .position(|each| *each == value)
            .map_or(Shown::Mixed, Shown::Same),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use editor::{Style, StyleView};

    use super::*;

    #[test]
    fn every_choice_makes_the_change_that_it_shows() {
        for row in &ROWS {
            for at in 0..row.choices.len() {
                let mut style = Style::default();
                style.apply((row.change)(at).unwrap());
                let view = StyleView {
                    width: Shown::Same(style.width),
                    dash: Shown::Same(style.dash),
                    filling: Shown::Same(style.filling),
                    round: Shown::Same(style.round),
                    route: Shown::Same(style.route),
                    start: Shown::Same(style.heads[0]),
                    end: Shown::Same(style.heads[1]),
                    font: Shown::Same(style.font),
                    text: Shown::Same(style.text),
                    align: Shown::Same(style.align),
                    ..StyleView::NOTHING
                };
                assert_eq!((row.shown)(&view), Shown::Same(at), "{}", row.label);
            }
            assert_eq!((row.change)(row.choices.len()), None, "{}", row.label);
            assert_eq!((row.shown)(&StyleView::NOTHING), Shown::Absent);
        }
    }

    #[test]
    fn the_fill_colour_follows_the_fill() {
        assert_eq!(ROWS[BEFORE_FILL_COLOR - 1].label, "Fill");
    }

    #[test]
    fn no_two_choices_have_the_same_name() {
        let names: Vec<_> = ROWS
            .iter()
            .flat_map(|row| row.choices.iter().map(|choice| choice.name))
            .collect();
        let unique: BTreeSet<_> = names.iter().collect();
        assert_eq!(unique.len(), names.len());
    }
}
