//! Commands that copy and paste styles, and changes of the style panel.

use shared::id::ElementId;
use shared::model::{Board, Element, Prop};
use shared::op::Op;

use super::availability::Availability;
use super::availability::{has_selection, has_unlocked};
use super::command::Section;
use super::menu_part::MenuPart;
use crate::document::history::{RepeatableChange, UndoStep};
use crate::editor::Editor;
use crate::local_user::Access;
use crate::output::Changed;
use crate::style::StyleChange;
use crate::style::property_table::{StyleKind, property_of, tool_for};
use crate::style::style_view::width_px;
use crate::tool_kind::ToolKind;
use crate::tools::make;
use crate::update::Update;

commands! { Section::Edit;
    /// Copies the style of the topmost selected element.
    COPY_STYLE {
        label: "Copy style",
        keys: &["Ctrl+Alt+C"],
        menu: &[MenuPart::Style],
        when: has_selection,
        run: copy_style,
    }
    /// Gives the selection the copied style.
    PASTE_STYLE {
        label: "Paste style",
        keys: &["Ctrl+Alt+V"],
        menu: &[MenuPart::Style],
        access: Access::Edit,
        when: can_paste_style,
        run: paste_style,
    }
}

fn can_paste_style(editor: &Editor, board: &Board) -> Availability {
    if editor.styles.has_copied() {
        has_unlocked(editor, board)
    } else {
        Availability::Not("Copy the style of something first.")
    }
}

fn copy_style(editor: &mut Editor, update: &mut Update<'_>) {
    let selected = editor.document.selection().elements(update.board);
    let topmost = selected.max_by_key(|element| element.stacking());
    if let Some(element) = topmost {
        editor.styles.copy(element);
        update.notify("Style copied.");
    }
}

fn paste_style(editor: &mut Editor, update: &mut Update<'_>) {
    let mut ops = Vec::new();
    for element in editor.selection().unlocked(update.board) {
        let props = editor.styles.pasted_on(element);
        ops.extend(props.into_iter().map(|prop| set(element.id, prop)));
    }
    editor.history.submit(ops, UndoStep::New, update);
    update.changed(Changed::Selection);
}

/// Changes the style of the selected elements, or of the one whose text is edited, and of the tools
/// that make such elements. If the active tool makes elements of such a style, its style changes
/// too.
pub(crate) fn restyle(change: StyleChange, editor: &mut Editor, update: &mut Update<'_>) {
    if !update.may_edit() {
        return;
    }
    let zoom = editor.camera().zoom();
    let mut ops = Vec::new();
    let mut makers: Vec<ToolKind> = Vec::new();
    for element in editor.styled(update.board) {
        let wanted = StyleKind::of(element).has(property_of(change));
        makers.extend(tool_for(element).filter(|_| wanted));
        let prop = prop_for(element, change, zoom).filter(|_| wanted);
        let prop = prop.filter(|prop| element.props.get(prop.key()) != *prop);
        ops.extend(prop.map(|prop| set(element.id, prop)));
    }
    let made = StyleKind::made_by(editor.tool());
    if made.is_some_and(|kind| kind.has(property_of(change))) || makers.is_empty() {
        makers.push(editor.tool());
    }
    for tool in makers {
        editor.styles.tools_mut().of_mut(tool).apply(change);
    }
    let repeated = RepeatableChange::Style(std::mem::discriminant(&change));
    let selection = editor.document.selection();
    editor.history.repeat(repeated, selection, ops, update);
    update.changed(Changed::Selection);
}

pub(super) const fn set(id: ElementId, prop: Prop) -> Op {
    Op::Set { id, prop }
}

/// The property that a change of style sets on an element; `None` for rounding an element that has
/// round corners already.
fn prop_for(element: &Element, change: StyleChange, zoom: f64) -> Option<Prop> {
    let [start, end] = element.props.heads();
    Some(match change {
        StyleChange::Color(color) => Prop::Color(color),
        StyleChange::Opacity(opacity) => Prop::Opacity(opacity),
        StyleChange::Width(step) => {
            let px = f64::from(width_px(StyleKind::of(element), step));
            Prop::Width(make::width(px, zoom))
        }
        StyleChange::Dash(dash) => Prop::Dash(dash),
        StyleChange::Filling(filling) => Prop::Filling(filling),
        StyleChange::Fill(fill) => Prop::Fill(fill),
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
