//! An element as it stands in the JSON. Each property that has its default is left out.

use serde::{Deserialize, Serialize};
use shared::geometry::{BoardPoint, FillRule};
use shared::id::ElementId;
use shared::model::{
    Align, Arrowhead, Brush, Color, Dash, Filling, Font, NewElement, OrderKey, Prop, Props, Route,
};
use shared::op::Op;

use super::body::{Erased, InkPoints};
use super::color::Hue;
use super::ids::Ids;
use super::names::{Kind, Name};
use super::number::{Plain, Share};
use super::picture::{JsonCrop, JsonPicture};
use super::text::Words;
use super::values::{Form, GroupNames, JsonAnchor, JsonMeasures, Points, Segments};

/// Width of a line if the file does not say it, in board units.
const DEFAULT_LINE_WIDTH: f32 = 4.0;

/// Declares the element: the properties with their names in the JSON and their forms.
macro_rules! element {
    ($($field:ident: $prop:ident($form:ty),)*) => {
        /// An element in the JSON.
        #[derive(Clone, Debug, Default, Serialize, Deserialize)]
        #[serde(default, deny_unknown_fields)]
        pub(super) struct JsonElement {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub(super) kind: Option<Name<Kind>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub(super) id: Option<String>,
            pub(super) x: Plain,
            pub(super) y: Plain,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub(super) color: Option<Hue>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub(super) line_width: Option<f32>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub(super) opacity: Option<Plain>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub(super) text: Option<Words>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub(super) signed: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub(super) brush: Option<Name<Brush>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub(super) precision: Option<i8>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub(super) ink: Option<InkPoints>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub(super) erased: Option<Erased>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub(super) fill_rule: Option<Name<FillRule>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub(super) view: Option<[f64; 2]>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub(super) path: Option<String>,
            $(#[serde(skip_serializing_if = "Option::is_none")]
            $field: Option<$form>,)*
        }

        impl JsonElement {
            /// Takes over the properties that differ from their defaults.
            fn write_optional(&mut self, props: &Props) {
                for prop in props.more.iter() {
                    match prop {
                        $(Prop::$prop(value) => self.$field = Some(Form::write(value)),)*
                        // These have fields of their own.
                        Prop::Z(_) | Prop::At(_) | Prop::Color(_) | Prop::Width(_)
                        | Prop::Opacity(_) | Prop::Text(()) => {}
                        // What is proposed is not part of the drawing.
                        Prop::Proposal(_) => {}
                    }
                }
            }

            /// Sets the properties that the file names.
            fn read_optional(&mut self, props: &mut Props, ids: &mut Ids) -> Result<(), String> {
                $(if let Some(form) = self.$field.take() {
                    ids.at_field(stringify!($field));
                    set(props, Prop::$prop(form.read(ids)?))?;
                })*
                Ok(())
            }
        }
    };
}

element! {
    angle: Angle(f32),
    scale: Scale([f32; 2]),
    size: Size([f32; 2]),
    filling: Filling(Name<Filling>),
    fill: Fill(Hue),
    outlined: Outlined(bool),
    dash: Dash(Name<Dash>),
    corner: Corner(f32),
    points: Points(Points),
    route: Route(Name<Route>),
    heads: Heads([Name<Arrowhead>; 2]),
    start: Start(JsonAnchor),
    end: End(JsonAnchor),
    kept_segments: KeptSegments(Segments),
    text_position: TextPosition(f32),
    groups: Groups(GroupNames),
    locked: Locked(bool),
    protected: Protected(bool),
    frame: Frame(String),
    name: Name(String),
    font: Font(Name<Font>),
    text_size: TextSize(f32),
    align: Align(Name<Align>),
    measures: Measures(JsonMeasures),
    picture: Picture(JsonPicture),
    crop: Crop(JsonCrop),
    alternative_text: AlternativeText(String),
}

/// Sets a property if its value is allowed.
fn set(props: &mut Props, prop: Prop) -> Result<(), String> {
    let id = ElementId::from_bytes([0; 16]);
    let set = Op::Set { id, prop };
    set.validate().map_err(|error| error.to_string())?;
    if let Op::Set { prop, .. } = set {
        props.set(prop);
    }
    Ok(())
}

impl JsonElement {
    /// The form of an element.
    pub(super) fn of(new: &NewElement) -> Self {
        let props = &new.props;
        let mut element = Self {
            id: Some(new.id.to_string()),
            x: Plain(props.at.x),
            y: Plain(props.at.y),
            color: (props.color != Color::Black).then_some(Hue(props.color)),
            line_width: Some(props.width),
            opacity: (props.opacity < u8::MAX).then(|| Share(props.opacity).written()),
            text: Words::of(&new.text),
            ..Self::default()
        };
        element.write_optional(props);
        element.write_body(&new.body);
        element
    }

    /// The element with an id of a board.
    pub(super) fn with_id(mut self, id: ElementId) -> Self {
        self.id = Some(id.to_string());
        self
    }

    /// The element that lies above `below`. `ids` knows its place in the file.
    pub(super) fn read(
        mut self,
        below: Option<&OrderKey>,
        ids: &mut Ids,
    ) -> Result<NewElement, String> {
        let id = ids.define(self.id.as_deref())?;
        let mut props = self.read_basic(below, ids)?;
        self.read_optional(&mut props, ids)?;
        let body = self.read_body(&props, ids)?;
        let mut new = NewElement::new(id, props, body);
        if let Some(words) = self.text.take() {
            ids.at_field("text");
            new.text = words.read(id);
        }
        let put = Op::Put(Box::new(new));
        put.validate().map_err(|error| error.to_string())?;
        match put {
            Op::Put(new) => Ok(*new),
            _ => Err("no element".to_owned()),
        }
    }

    fn read_basic(&self, below: Option<&OrderKey>, ids: &mut Ids) -> Result<Props, String> {
        let at = BoardPoint::new(self.x.0, self.y.0);
        let color = self.color.map_or(Color::Black, |hue| hue.0);
        ids.at_field("opacity");
        let opacity = self.opacity.map_or(1.0, |opacity| opacity.0);
        let opacity = Share::nearest(opacity).ok_or("an opacity is from 0 to 1")?;
        let z = OrderKey::above(below);
        let mut props = Props::plain(
            z,
            BoardPoint::default(),
            color,
            DEFAULT_LINE_WIDTH,
            opacity.0,
        );
        ids.at_field("x");
        set(&mut props, Prop::At(BoardPoint::new(at.x, 0.0)))?;
        ids.at_field("y");
        set(&mut props, Prop::At(at))?;
        if let Some(width) = self.line_width {
            ids.at_field("line_width");
            set(&mut props, Prop::Width(width))?;
        }
        Ok(props)
    }
}
