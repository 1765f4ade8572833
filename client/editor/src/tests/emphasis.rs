//! Bold and italic, as the style panel shows them.

use super::desk::Desk;
use super::in_hand::drawn;
use super::writer::{CTRL, NO_KEYS, TEXT, Writer};
use crate::{Command, Shown, ToolKind};

#[test]
fn the_panel_says_whether_letters_are_bold_and_what_is_typed_next() {
    let mut writer = Writer::on("one");
    let shown = |writer: &Writer| writer.desk.editor.style_view(&writer.desk.board).bold;
    assert_eq!(shown(&writer), Shown::Same(false));
    writer.key("b", CTRL);
    assert_eq!(shown(&writer), Shown::Same(true));
    writer.type_("two");
    assert_eq!(shown(&writer), Shown::Same(true));
    writer.mark(2, 5);
    assert_eq!(shown(&writer), Shown::Same(false), "not all that is marked");
    writer.mark(4, 6);
    assert_eq!(shown(&writer), Shown::Same(true));
    writer.key("Escape", NO_KEYS);
    writer.desk.select(&[TEXT]);
    assert_eq!(shown(&writer), Shown::Mixed);
    writer.desk.run(Command::BOLD);
    assert_eq!(shown(&writer), Shown::Same(true));
}

#[test]
fn where_nothing_is_written_the_panel_says_nothing_of_letters() {
    let shape = drawn();
    assert_eq!(shape.editor.style_view(&shape.board).bold, Shown::Absent);
    let mut picked = Desk::new();
    picked.pick(ToolKind::Text);
    assert_eq!(
        picked.editor.style_view(&picked.board).italic,
        Shown::Absent
    );
}
