//! Preferences and styles as they are stored: in JSON, also of other versions.

use crate::tool_kind::ToolKind;
use shared::model::{Arrowhead, Color, Font, Route, WidthStep};

use crate::prefs::Prefs;
use crate::style::{StyleChange, Styles};

#[test]
fn styles_are_read_as_they_were_written() {
    let mut styles = Styles::default();
    let arrow = styles.of_mut(ToolKind::Arrow);
    arrow.apply(StyleChange::Start(Arrowhead::Dot));
    arrow.apply(StyleChange::Route(Route::Elbow));
    let custom = Color::try_from(0x0112_3456).unwrap();
    let shape = styles.of_mut(ToolKind::Ellipse);
    shape.apply(StyleChange::Color(custom));
    let sticky = styles.of_mut(ToolKind::Sticky);
    sticky.apply(StyleChange::Font(Font::Mono));
    sticky.apply(StyleChange::Width(WidthStep::ExtraBold));
    let text = serde_json::to_string(&styles).unwrap();
    assert_eq!(serde_json::from_str::<Styles>(&text).unwrap(), styles);
}

#[test]
fn preferences_are_read_as_they_were_written() {
    let prefs = Prefs {
        grid: true,
        snap: false,
        stabiliser: 7,
        ..Prefs::default()
    };
    let text = serde_json::to_string(&prefs).unwrap();
    assert_eq!(serde_json::from_str::<Prefs>(&text).unwrap(), prefs);
}

#[test]
fn missing_fields_have_their_defaults_and_unknown_ones_are_ignored() {
    let prefs = r#"{"grid":true,"later":{"a":1}}"#;
    let expected = Prefs {
        grid: true,
        ..Prefs::default()
    };
    assert_eq!(serde_json::from_str::<Prefs>(prefs).unwrap(), expected);

    let styles = r#"{"pen":{"color":2},"future":[1,2]}"#;
    let mut expected = Styles::default();
    expected
        .of_mut(ToolKind::Pen)
        .apply(StyleChange::Color(Color::Red));
    assert_eq!(serde_json::from_str::<Styles>(styles).unwrap(), expected);
}

#[test]
fn a_stored_stabiliser_is_within_its_range() {
    let prefs = serde_json::from_str::<Prefs>(r#"{"stabiliser":99}"#).unwrap();
    assert_eq!(prefs.stabiliser, 10);
}
