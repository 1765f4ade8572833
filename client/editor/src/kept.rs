//! Styles and preferences as short texts, for keeping them in the browser.
//!
//! Names and numbers, so that older and newer versions understand one another:
//! what is unknown is passed over, what is missing keeps its default. It must not
//! know where the texts are kept.

use shared::model::{Align, Color, Dash, Filling, Font, Head, Route, WidthStep};

use crate::prefs::Prefs;
use crate::style::{Style, Styles, TextStep};
use crate::tool::ToolKind;

/// What a text begins with; another version is not read.
const VERSION: &str = "1;";

/// The tools that have styles of their own, and their names.
const TOOLS: [(&str, ToolKind); 7] = [
    ("pen", ToolKind::Pen),
    ("highlighter", ToolKind::Highlighter),
    ("shape", ToolKind::Rectangle),
    ("line", ToolKind::Line),
    ("arrow", ToolKind::Arrow),
    ("text", ToolKind::Text),
    ("sticky", ToolKind::Sticky),
];

const DASHES: [Dash; 3] = [Dash::Solid, Dash::Dashed, Dash::Dotted];
const FILLINGS: [Filling; 3] = [Filling::None, Filling::Tint, Filling::Solid];
const FONTS: [Font; 3] = [Font::Hand, Font::Sans, Font::Mono];
const ALIGNS: [Align; 3] = [Align::Start, Align::Center, Align::End];
const ROUTES: [Route; 3] = [Route::Straight, Route::Curved, Route::Elbow];
const HEADS: [Head; 5] = [
    Head::None,
    Head::Arrow,
    Head::Triangle,
    Head::Dot,
    Head::Bar,
];

impl Styles {
    /// The styles as a text.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut text = VERSION.to_owned();
        for (name, tool) in TOOLS {
            let numbers: Vec<String> = numbers(self.of(tool)).iter().map(u32::to_string).collect();
            text.push_str(&[name, "=", &numbers.join(","), ";"].concat());
        }
        text
    }

    /// The styles that a text holds; the defaults where it holds none.
    #[must_use]
    pub fn from_text(text: &str) -> Self {
        let mut styles = Self::default();
        for (name, value) in fields(text) {
            if let Some((_, tool)) = TOOLS.iter().find(|(known, _)| *known == name) {
                let numbers = value.split(',').map(|number| number.parse().ok());
                read_style(styles.of_mut(*tool), numbers);
            }
        }
        styles
    }
}

impl Prefs {
    /// The preferences as a text.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut text = VERSION.to_owned();
        let mut copy = *self;
        for (name, field) in flags(&mut copy) {
            text.push_str(&[name, "=", if *field { "1" } else { "0" }, ";"].concat());
        }
        text.push_str(&["stabiliser=", &self.stabiliser.to_string(), ";"].concat());
        text
    }

    /// The preferences that a text holds; the defaults where it holds none.
    #[must_use]
    pub fn from_text(text: &str) -> Self {
        let mut prefs = Self::default();
        for (name, value) in fields(text) {
            let flag = flags(&mut prefs)
                .into_iter()
                .find(|(known, _)| *known == name);
            match (flag, value.parse::<u8>()) {
                (Some((_, flag)), Ok(value)) => *flag = value != 0,
                (None, Ok(value)) if name == "stabiliser" => prefs.stabiliser = value.min(10),
                (Some(_) | None, _) => {}
            }
        }
        prefs
    }
}

/// The preferences that are on or off, by name.
fn flags(prefs: &mut Prefs) -> [(&'static str, &mut bool); 7] {
    let Prefs {
        tool_lock,
        grid,
        snap,
        constant_width,
        stabiliser: _,
        draw_and_hold,
        erase_parts,
        wheel_zooms,
    } = prefs;
    [
        ("tool_lock", tool_lock),
        ("grid", grid),
        ("snap", snap),
        ("constant_width", constant_width),
        ("draw_and_hold", draw_and_hold),
        ("erase_parts", erase_parts),
        ("wheel_zooms", wheel_zooms),
    ]
}

fn fields(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let known = text.strip_prefix(VERSION).unwrap_or_default();
    known.split(';').filter_map(|field| field.split_once('='))
}

fn numbers(style: &Style) -> [u32; 12] {
    let [start, end] = style.heads;
    [
        style.color.into(),
        place(&WidthStep::ALL, style.width),
        style.opacity.into(),
        place(&DASHES, style.dash),
        place(&FILLINGS, style.filling),
        style.round.into(),
        place(&FONTS, style.font),
        place(&TextStep::ALL, style.text),
        place(&ALIGNS, style.align),
        place(&ROUTES, style.route),
        place(&HEADS, start),
        place(&HEADS, end),
    ]
}

fn read_style(style: &mut Style, numbers: impl Iterator<Item = Option<u32>>) {
    // Missing numbers are as good as unknown ones.
    let mut numbers = numbers.chain(std::iter::repeat(None));
    let mut next = || numbers.next().flatten();
    let color = next().and_then(|number| Color::try_from(number).ok());
    style.color = color.unwrap_or(style.color);
    take(&WidthStep::ALL, next(), &mut style.width);
    let opacity = next().and_then(|number| u8::try_from(number).ok());
    style.opacity = opacity.unwrap_or(style.opacity);
    take(&DASHES, next(), &mut style.dash);
    take(&FILLINGS, next(), &mut style.filling);
    take(&[false, true], next(), &mut style.round);
    take(&FONTS, next(), &mut style.font);
    take(&TextStep::ALL, next(), &mut style.text);
    take(&ALIGNS, next(), &mut style.align);
    take(&ROUTES, next(), &mut style.route);
    let [start, end] = &mut style.heads;
    take(&HEADS, next(), start);
    take(&HEADS, next(), end);
}

fn place<T: PartialEq + Copy>(all: &[T], value: T) -> u32 {
    let place = all.iter().position(|one| *one == value);
    // A handful of values.
    place.map_or(0, |place| u32::try_from(place).unwrap_or(0))
}

fn take<T: Copy>(all: &[T], number: Option<u32>, into: &mut T) {
    let value = number.and_then(|number| all.get(usize::try_from(number).ok()?));
    *into = value.copied().unwrap_or(*into);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::style::StyleChange;

    #[test]
    fn styles_come_back_as_they_were() {
        let mut styles = Styles::default();
        let arrow = styles.of_mut(ToolKind::Arrow);
        arrow.apply(StyleChange::Start(Head::Dot));
        arrow.apply(StyleChange::Route(Route::Elbow));
        let custom = Color::try_from(0x0112_3456).unwrap();
        styles
            .of_mut(ToolKind::Ellipse)
            .apply(StyleChange::Color(custom));
        styles
            .of_mut(ToolKind::Sticky)
            .apply(StyleChange::Font(Font::Mono));
        assert_eq!(Styles::from_text(&styles.to_text()), styles);
    }

    #[test]
    fn preferences_come_back_as_they_were() {
        let prefs = Prefs {
            grid: true,
            snap: false,
            stabiliser: 7,
            ..Prefs::default()
        };
        assert_eq!(Prefs::from_text(&prefs.to_text()), prefs);
    }

    #[test]
    fn what_is_unknown_or_broken_is_passed_over() {
        for text in [
            "",
            "2;pen=3",
            "1;pen=99,99,999,x",
            "1;pen",
            "1;brush=1;;=;",
            "☃",
        ] {
            assert_eq!(Styles::from_text(text), Styles::default(), "{text}");
        }
        assert_eq!(
            Prefs::from_text("1;grid=x;unheard=1;stabiliser=-1"),
            Prefs::default()
        );
        assert_eq!(Prefs::from_text("1;stabiliser=99").stabiliser, 10);
        let styles = Styles::from_text("1;pen=2;future=1,2;text=1,3");
        assert_eq!(styles.of(ToolKind::Pen).color, Color::Red);
        assert_eq!(styles.of(ToolKind::Text).width, WidthStep::ExtraBold);
        assert_eq!(styles.of(ToolKind::Text).font, Style::default().font);
    }
}
