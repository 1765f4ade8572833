//! Random changes of a board: all kinds of elements, properties, text and cuts.

use shared::geometry::{BoardPoint, Ink, InkPoint, Quantum};
use shared::id::{ClientId, ElementId, GroupId};
use shared::model::{
    Anchor, Arrowhead, BlobHash, Board, Body, Brush, Color, Crop, Dash, Element, ErasedRange,
    Filling, Font, Marks, MediaType, NewElement, OrderKey, Outline, Picture, Prop, Props, Route,
    Stroke, TextEdit,
};
use shared::op::Op;

use crate::chance::Chance;

/// Chooses a change of the board that a person sees.
pub(crate) struct Work<'a> {
    pub(crate) board: &'a Board,
    pub(crate) me: ClientId,
    pub(crate) chance: &'a mut Chance,
}

impl Work<'_> {
    /// Any element, if there is one.
    fn any(&mut self) -> Option<&Element> {
        let count = self.board.len();
        let place = (count > 0).then(|| self.chance.below(count))?;
        self.board.elements().nth(place).map(AsRef::as_ref)
    }

    fn any_id(&mut self) -> Option<ElementId> {
        self.any().map(|element| element.id)
    }

    fn put(&mut self, body: Body, more: impl IntoIterator<Item = Prop>) -> Op {
        let at = BoardPoint::new(self.chance.below(1_000) as f64, 0.0);
        let color = Color::ALL[self.chance.below(10)];
        let z = OrderKey::above(self.board.top());
        let props = more
            .into_iter()
            .fold(Props::plain(z, at, color, 4.0, 255), Props::with);
        let id = ElementId::from_bytes(self.chance.bytes());
        Op::Put(Box::new(NewElement::new(id, props, body)))
    }

    /// A new stroke.
    pub(crate) fn draw(&mut self, open: bool) -> (ElementId, u32, Op) {
        let ink = ink(self.chance);
        let len = u32::try_from(ink.len()).unwrap();
        let body = Body::Stroke(Stroke {
            brush: Brush::Pen,
            parts: vec![ink],
            open,
            erased: Vec::new(),
        });
        let op = self.put(body, []);
        let Op::Put(new) = &op else { unreachable!() };
        (new.id, len, op)
    }

    /// A new element that is no stroke.
    pub(crate) fn make(&mut self) -> Op {
        let size = Prop::Size([10.0 + self.chance.below(200) as f32, 50.0]);
        match self.chance.below(7) {
            0 => self.put(Body::Shape(Outline::Ellipse), [size]),
            1 => self.put(Body::Text, []),
            2 => {
                let signed = "Ada".to_owned();
                self.put(Body::Sticky { signed }, [size])
            }
            3 => self.put(Body::Frame, [size, Prop::Name("Plan".to_owned())]),
            4 => self.put(Body::Shape(Outline::Rectangle), [size]),
            5 => {
                let picture = Prop::Picture(Some(self.picture()));
                self.put(Body::Image, [size, picture])
            }
            _ => {
                let anchor = self.anchor();
                let points = Prop::Points(vec![[0.0, 0.0], [90.0, 20.0]]);
                self.put(Body::Line, [points, Prop::End(anchor)])
            }
        }
    }

    fn picture(&mut self) -> Picture {
        let side = 1 + self.chance.below(4_000) as u32;
        Picture {
            sha256: BlobHash::of(&self.chance.bytes()),
            media_type: MediaType::ALL[self.chance.below(4)],
            width: side,
            height: side,
            thumbhash: self.chance.bytes().to_vec(),
        }
    }

    fn anchor(&mut self) -> Option<Anchor> {
        let to = self.any_id()?;
        Some(Anchor {
            to,
            at: [0.5, 0.25],
        })
    }

    /// Another value of a property.
    pub(crate) fn change(&mut self) -> Option<Op> {
        let id = self.any_id()?;
        let number = self.chance.below(20) as f32;
        let prop = match self.chance.below(20) {
            0 => Prop::Width(1.0 + number),
            1 => Prop::At(BoardPoint::new(number.into(), -3.0)),
            2 => Prop::Opacity(self.chance.below(256) as u8),
            3 => Prop::Angle(number / 10.0),
            4 => Prop::Size([number, 30.0]),
            5 => {
                Prop::Filling([Filling::None, Filling::Tint, Filling::Solid][self.chance.below(3)])
            }
            6 => Prop::Dash(Dash::Dashed),
            7 => Prop::Corner(number),
            8 => Prop::Points(vec![[number, 0.0], [1.0, 2.0], [3.0, 4.0]]),
            9 => Prop::Route(Route::Elbow),
            10 => Prop::Heads([Arrowhead::None, Arrowhead::Arrow]),
            11 => Prop::Start(self.anchor()),
            12 => Prop::Groups(vec![GroupId::from_bytes(self.chance.bytes())]),
            13 => Prop::Locked(self.chance.percent(50)),
            14 => Prop::Frame(self.any_id()),
            15 => Prop::Font(Font::Mono),
            16 => Prop::Picture(Some(self.picture())),
            17 => Prop::Crop(Crop {
                left: number / 40.0,
                ..Crop::WHOLE
            }),
            18 => Prop::AlternativeText("A cat".repeat(number as usize)),
            _ => Prop::Color(Color::ALL[self.chance.below(10)]),
        };
        Some(Op::Set { id, prop })
    }

    pub(crate) fn restack(&mut self) -> Option<Op> {
        let id = self.any_id()?;
        let z = if self.chance.percent(50) {
            OrderKey::above(self.board.top())
        } else {
            OrderKey::below(self.board.bottom())
        };
        let prop = Prop::Z(z);
        Some(Op::Set { id, prop })
    }

    pub(crate) fn erase(&mut self) -> Option<Op> {
        let ids: Vec<ElementId> = (0..1 + self.chance.below(3))
            .filter_map(|_| self.any_id())
            .collect();
        (!ids.is_empty()).then_some(Op::Delete { ids })
    }

    /// Types, deletes or marks somewhere in some text.
    pub(crate) fn write(&mut self) -> Option<Op> {
        let chance = self.chance.below(1_000);
        let texts: Vec<&Element> = self
            .board
            .elements()
            .filter(|element| element.body.has_text())
            .map(AsRef::as_ref)
            .collect();
        let element = *texts.get(chance % texts.len().max(1))?;
        let shown = element.text.chars().count();
        let from = self.chance.below(shown + 1);
        let to = shown.min(from + self.chance.below(4));
        let spans = element.text.spans(from..to);
        let edit = match self.chance.below(5) {
            0 if !spans.is_empty() => TextEdit::Delete(spans),
            1 if !spans.is_empty() => TextEdit::Mark {
                spans,
                marks: Marks::BOLD,
                on: self.chance.percent(60),
            },
            _ => TextEdit::Insert {
                after: element.text.id_before(from),
                from: element.text.next_of(self.me),
                text: ["a", "Zwei ", "日本", "\n• x"][self.chance.below(4)].to_owned(),
                marks: Marks::NONE,
            },
        };
        let id = element.id;
        Some(Op::Text { id, edit })
    }

    /// Erases a part of some stroke.
    pub(crate) fn cut(&mut self) -> Option<Op> {
        let id = self.any_id()?;
        let from = self.chance.below(5) as f32 / 2.0;
        let span: ErasedRange = [from, from + 0.5 + self.chance.below(3) as f32];
        let spans = vec![span];
        Some(Op::Erase { id, spans })
    }
}

pub(crate) fn ink(chance: &mut Chance) -> Ink {
    let points: Vec<InkPoint> = (0..1 + chance.below(6))
        .map(|_| InkPoint {
            x: chance.below(1_000) as f64,
            y: chance.below(1_000) as f64,
            pressure: 0.5,
        })
        .collect();
    Ink::encode(&points, Quantum::for_zoom(1.0)).unwrap()
}
