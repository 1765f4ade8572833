//! How things look: of the tool in hand and of what is selected.
//!
//! Turns the names of the style panel into properties at the zoom of the view, and
//! back. It must not know how the panel looks.

use crate::tool_kind::ToolKind;
use std::sync::Arc;

use shared::id::{ElementId, Millis};
use shared::model::{Board, Element, Marks, Prop, PropKey, Props, TextEdit};
use shared::op::Op;

use super::arrange::Repeated;
use super::group::set;
use super::route::World;
use super::{Access, Editor};
use crate::output::{Effect, UiCommand};
use crate::style::property_table::{Kind, key, maker};
use crate::style::style_view::{self, merged, of_element, of_style};
use crate::style::{Shown, StyleChange, StyleView};
use crate::tools::{Entry, make};

/// How something looked that was copied.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct CopiedStyle {
    kind: Kind,
    props: Props,
}

impl Editor {
    /// What the style panel shows.
    #[must_use]
    pub fn style_view(&self, board: &Board) -> StyleView {
        let zoom = self.camera.zoom();
        let views = || {
            let views = self.styled(board).map(|element| of_element(element, zoom));
            views.reduce(merged)
        };
        let view = if self.selection.is_empty() {
            views()
        } else {
            self.survey.look(zoom, views)
        };
        let tool = || {
            let kind = Kind::made_by(self.kind).filter(|_| self.access == Access::Edit)?;
            Some(of_style(self.styles.of(self.kind), kind))
        };
        let mut view = view.or_else(tool).unwrap_or(StyleView::NOTHING);
        if let Some(marks) = self.marks_at_caret(board) {
            view.bold = Shown::Same(marks.has(Marks::BOLD));
            view.italic = Shown::Same(marks.has(Marks::ITALIC));
        }
        view
    }

    /// Makes what is selected look otherwise, and what the tool in hand will make.
    pub fn restyle(
        &mut self,
        change: StyleChange,
        now: Millis,
        ids: &mut dyn FnMut() -> ElementId,
        board: &Board,
    ) -> Vec<Effect> {
        let mut world = World::new(now, ids, board);
        if self.access == Access::Edit {
            let zoom = self.camera.zoom();
            let mut ops = Vec::new();
            let mut makers: Vec<ToolKind> = Vec::new();
            for element in self.styled(board) {
                let wanted = Kind::of(element).has(key(change));
                makers.extend(maker(element).filter(|_| wanted));
                let prop = restyled(element, change, zoom).filter(|_| wanted);
                let prop = prop.filter(|prop| element.props.get(prop.key()) != *prop);
                ops.extend(prop.map(|prop| set(element.id, prop)));
            }
            let makes_such = Kind::made_by(self.kind).is_some_and(|kind| kind.has(key(change)));
            if makes_such || makers.is_empty() {
                makers.push(self.kind);
            }
            for tool in makers {
                self.styles.of_mut(tool).apply(change);
            }
            let what = Repeated::Style(std::mem::discriminant(&change));
            self.repeat(what, ops, &mut world);
            world.effects.push(Effect::Selection);
        }
        world.effects
    }

    /// What the style panel is about: what is selected and not locked, or what is
    /// written on.
    fn styled<'a>(&'a self, board: &'a Board) -> impl Iterator<Item = &'a Arc<Element>> {
        let typed = self.typing.as_ref().map(|typing| typing.id);
        let alone = typed.filter(|_| self.selection.is_empty());
        let written = alone.and_then(|id| board.get(id));
        self.free(board).chain(written)
    }

    /// Remembers how the topmost of what is selected looks.
    pub(super) fn copy_style(&mut self, world: &mut World<'_>) {
        let selected = self.selection.ids.iter();
        let topmost = selected
            .filter_map(|id| world.board.get(*id))
            .max_by_key(|element| element.stacking());
        if let Some(element) = topmost {
            self.memory.style = Some(CopiedStyle {
                kind: Kind::of(element),
                props: element.props.clone(),
            });
            let said = UiCommand::Say("Style copied.");
            world.effects.push(Effect::Ui(said));
        }
    }

    /// Makes what is selected look as what was remembered, as far as both have it.
    pub(super) fn paste_style(&mut self, world: &mut World<'_>) {
        let Some(CopiedStyle { kind, props }) = self.memory.style.clone() else {
            return;
        };
        let mut ops = Vec::new();
        for element in self.free(world.board) {
            let target = Kind::of(element);
            let both = PropKey::ALL.iter();
            let both = both.filter(|key| kind.has(**key) && target.has(**key));
            let looks = both.map(|key| props.get(*key));
            let new = looks.filter(|prop| element.props.get(prop.key()) != *prop);
            ops.extend(new.map(|prop| set(element.id, prop)));
        }
        self.submit(ops, Entry::New, world);
        world.effects.push(Effect::Selection);
    }

    /// Sets all text of what is selected bold or italic, or no longer if all of it is.
    pub(super) fn mark(&mut self, marks: Marks, world: &mut World<'_>) {
        if self.typing.is_some() {
            return self.mark_typing(marks, world);
        }
        let written: Vec<&Arc<Element>> = self
            .free(world.board)
            .filter(|element| element.body.has_text() && !element.text.is_empty())
            .collect();
        let has_all = |element: &&Arc<Element>| {
            let mut stretches = element.text.stretches();
            stretches.all(|stretch| stretch.marks.has(marks))
        };
        let on = !written.iter().all(has_all);
        let ops = written.into_iter().map(|element| Op::Text {
            id: element.id,
            edit: TextEdit::Mark {
                spans: element.text.spans(0..element.text.len()),
                marks,
                on,
            },
        });
        let ops = ops.collect();
        self.submit(ops, Entry::New, world);
    }
}

/// The property that a wish comes to for an element.
fn restyled(element: &Element, change: StyleChange, zoom: f64) -> Option<Prop> {
    let [start, end] = element.props.heads();
    Some(match change {
        StyleChange::Color(color) => Prop::Color(color),
        StyleChange::Opacity(opacity) => Prop::Opacity(opacity),
        StyleChange::Width(step) => Prop::Width(make::width(
            f64::from(style_view::width_px(Kind::of(element), step)),
            zoom,
        )),
        StyleChange::Dash(dash) => Prop::Dash(dash),
        StyleChange::Filling(filling) => Prop::Filling(filling),
        StyleChange::Round(true) if element.props.corner() > 0.0 => return None,
        StyleChange::Round(true) => {
            let [width, height] = element.props.size().map(f64::from);
            Prop::Corner(make::corner(width.min(height), zoom))
        }
        StyleChange::Round(false) => Prop::Corner(0.0),
        StyleChange::Font(font) => Prop::Font(font),
        StyleChange::Text(step) => Prop::TextSize(make::text_size(step, zoom)),
        StyleChange::Align(align) => Prop::Align(align),
        StyleChange::Route(route) => Prop::Route(route),
        StyleChange::Start(head) => Prop::Heads([head, end]),
        StyleChange::End(head) => Prop::Heads([start, head]),
    })
}
