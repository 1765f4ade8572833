//! Bold and italic, as the style panel shows them.

use super::active_tool::drawn;
use super::rig::Rig;
use super::writer::{CTRL, NO_KEYS, TEXT, Writer};
use crate::{Command, Shown, ToolKind};

#[test]
fn the_panel_shows_bold_of_the_selection_and_of_the_next_letter() {
    let mut writer = Writer::on("one");
    let shown = |writer: &Writer| writer.rig.editor.style_view(&writer.rig.board).bold;
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
    writer.rig.select(&[TEXT]);
    assert_eq!(shown(&writer), Shown::Mixed);
    writer.rig.run(Command::BOLD);
    assert_eq!(shown(&writer), Shown::Same(true));
}

#[test]
fn without_text_the_panel_shows_no_bold_or_italic() {
    let shape = drawn();
    assert_eq!(shape.editor.style_view(&shape.board).bold, Shown::Absent);
    let mut picked = Rig::new();
    picked.pick(ToolKind::Text);
    assert_eq!(
        picked.editor.style_view(&picked.board).italic,
        Shown::Absent
    );
}
