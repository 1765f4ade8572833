//! Commands by keys and buttons, and when they are available.

use shared::geometry::{BoardPoint, BoardRect};
use shared::model::{
    Anchor, Body, Color, Marks, NewElement, Outline, Prop, RichText, text::StyledRun,
};
use shared::op::{Guard, Op};

use super::rig::{ME, OTHER, Rig, boxed, element_id, line, shape};
use crate::commands::MenuPart;
use crate::{AssistantTask, Availability, Command, Output, ToolKind, UiCommand};

pub(super) fn rect(x: f64, y: f64, width: f64, height: f64) -> BoardRect {
    BoardRect::new(x, y, x + width, y + height)
}

pub(super) fn rectangle(number: u64, place: BoardRect) -> NewElement {
    shape(number, Outline::Rectangle, place)
}

/// Numbers of the selection.
pub(super) fn selected(rig: &Rig) -> Vec<u64> {
    let number =
        |id: &shared::id::ElementId| u64::from_be_bytes(id.as_bytes()[8..].try_into().unwrap());
    rig.editor.selection().ids.iter().map(number).collect()
}

/// Two rows: 2 and 1 above, 3 below.
pub(super) fn rows() -> Rig {
    let mut rig = Rig::new();
    rig.put(ME, rectangle(1, rect(300.0, 95.0, 50.0, 50.0)));
    rig.put(ME, rectangle(2, rect(100.0, 100.0, 50.0, 50.0)));
    rig.put(ME, rectangle(3, rect(90.0, 300.0, 50.0, 50.0)));
    rig
}

#[test]
fn select_all_leaves_out_locked_elements() {
    let mut rig = rows();
    let locked = Op::Set {
        id: element_id(2),
        prop: Prop::Locked(true),
    };
    rig.apply(OTHER, vec![locked], Guard::Any);
    rig.run(Command::SELECT_ALL);
    assert_eq!(selected(&rig), [1, 3]);
    assert_eq!(rig.editor.tool(), ToolKind::Select);
}

#[test]
fn same_colour_selects_the_unlocked_elements_of_the_colours_of_the_selection() {
    let mut rig = rows();
    let set = |number, prop| Op::Set {
        id: element_id(number),
        prop,
    };
    rig.put(ME, rectangle(4, rect(500.0, 95.0, 50.0, 50.0)));
    rig.put(ME, rectangle(5, rect(500.0, 300.0, 50.0, 50.0)));
    let ops = vec![
        set(2, Prop::Color(Color::Red)),
        set(3, Prop::Color(Color::Red)),
        set(4, Prop::Color(Color::Red)),
        set(4, Prop::Locked(true)),
        set(5, Prop::Color(Color::Blue)),
    ];
    rig.apply(OTHER, ops, Guard::Any);
    rig.select(&[2]);
    rig.run(Command::SELECT_SAME_COLOR);
    assert_eq!(selected(&rig), [2, 3]);
    rig.select(&[3, 5]);
    rig.run(Command::SELECT_SAME_COLOR);
    assert_eq!(selected(&rig), [2, 3, 5]);
}

#[test]
fn same_colour_selects_groups_as_a_whole_and_inside_an_open_group_only_its_members() {
    let mut rig = rows();
    let red = |number| Op::Set {
        id: element_id(number),
        prop: Prop::Color(Color::Red),
    };
    rig.apply(OTHER, vec![red(2), red(3)], Guard::Any);
    rig.select(&[1, 2]);
    rig.run(Command::GROUP);
    rig.select(&[3]);
    rig.run(Command::SELECT_SAME_COLOR);
    assert_eq!(selected(&rig), [1, 2, 3], "1 is in the group of 2");
    rig.select(&[1]);
    rig.run(Command::ENTER);
    assert_eq!(selected(&rig), [2], "inside the group");
    rig.run(Command::SELECT_SAME_COLOR);
    assert_eq!(selected(&rig), [2], "3 is outside the group");
}

#[test]
fn escape_cancels_step_by_step() {
    let mut rig = rows();
    rig.select(&[1, 2]);
    rig.run(Command::GROUP);
    rig.run(Command::ENTER);
    assert_eq!(selected(&rig), [2], "inside of the group, in reading order");
    rig.run(Command::CANCEL);
    assert_eq!(selected(&rig), [1, 2]);
    rig.run(Command::CANCEL);
    assert!(selected(&rig).is_empty());
    rig.pick(ToolKind::Pen);
    rig.run(Command::CANCEL);
    assert_eq!(rig.editor.tool(), ToolKind::Select);
}

#[test]
fn escape_in_the_middle_of_a_gesture_ends_only_that() {
    let mut rig = rows();
    rig.pick(ToolKind::Rectangle);
    rig.down(400.0, 400.0);
    rig.drag(&[(450.0, 450.0)]);
    rig.key("Escape");
    assert_eq!(rig.board.len(), 3);
    assert_eq!(rig.editor.tool(), ToolKind::Rectangle);
}

#[test]
fn copies_are_new_and_bound_to_copies() {
    let mut rig = rows();
    let mut arrow = line(4, (0.0, 0.0), (0.0, 0.0));
    arrow.body = Body::Line;
    arrow
        .props
        .set(Prop::Points(vec![[0.0, 0.0], [200.0, 0.0]]));
    let anchor = |number| Anchor {
        to: element_id(number),
        at: [0.5, 0.5],
    };
    arrow.props.set(Prop::Start(Some(anchor(2))));
    arrow.props.set(Prop::End(Some(anchor(3))));
    rig.put(ME, arrow);
    rig.select(&[1, 2, 4]);
    rig.run(Command::GROUP);
    rig.run(Command::DUPLICATE);
    assert_eq!(rig.board.len(), 7);
    assert_eq!(rig.editor.selection().ids.len(), 3);
    let copies: Vec<_> = rig
        .board
        .elements()
        .filter(|element| rig.editor.selection().has(element.id))
        .collect();
    let groups = copies[0].props.groups();
    assert_eq!(groups.len(), 1);
    assert_ne!(groups, rig.element(1).props.groups());
    assert!(copies.iter().all(|copy| copy.props.groups() == groups));
    let copied = copies
        .iter()
        .find(|copy| matches!(copy.body, Body::Line))
        .unwrap();
    let start = copied.props.start().unwrap().to;
    assert!(rig.editor.selection().has(start), "it holds on to the copy");
    assert_eq!(copied.props.end(), None, "that was not copied");
    let at = rig.board.get(start).unwrap().props.at;
    assert_eq!((at.x, at.y), (120.0, 120.0));
    rig.run(Command::UNDO);
    assert_eq!(rig.board.len(), 4);
}

#[test]
fn copies_of_elements_of_others_can_be_undone() {
    let mut rig = Rig::new();
    let mut note = boxed(
        1,
        Body::Sticky {
            signed: String::new(),
        },
        rect(0.0, 0.0, 90.0, 90.0),
    );
    let written = StyledRun {
        text: "theirs",
        marks: Marks::NONE,
    };
    note.text = RichText::typed(OTHER, [written]);
    rig.put(OTHER, note);
    rig.select(&[1]);
    rig.run(Command::DUPLICATE);
    assert_eq!(rig.newest().text.plain(), "theirs");
    rig.run(Command::UNDO);
    assert_eq!(rig.board.len(), 1);
}

#[test]
fn a_frame_is_copied_with_its_contents() {
    let mut rig = Rig::new();
    rig.put(ME, boxed(1, Body::Frame, rect(0.0, 0.0, 200.0, 200.0)));
    let mut member = rectangle(2, rect(10.0, 10.0, 20.0, 20.0));
    member.props.set(Prop::Frame(Some(element_id(1))));
    rig.put(ME, member);
    rig.select(&[1]);
    rig.run(Command::DUPLICATE);
    assert_eq!(rig.board.len(), 4);
    let frame = rig
        .board
        .elements()
        .filter(|element| matches!(element.body, Body::Frame))
        .last()
        .unwrap()
        .id;
    assert_eq!(rig.board.dependents(frame).count(), 1);
    rig.select(&[2]);
    rig.run(Command::DUPLICATE);
    assert_eq!(
        rig.newest().props.frame(),
        Some(frame),
        "the topmost one that it lies in"
    );
}

#[test]
fn copies_of_frames_get_the_next_free_number() {
    let mut rig = Rig::new();
    let names = ["Frame 1", "Frame 3", "Plan", "2026"];
    for (name, number) in names.into_iter().zip(1..) {
        let mut frame = boxed(number, Body::Frame, rect(0.0, 0.0, 90.0, 90.0));
        frame.props.set(Prop::Name(name.to_owned()));
        rig.put(ME, frame);
    }
    for (number, expected) in [
        (1, "Frame 2"),
        (1, "Frame 4"),
        (2, "Frame 5"),
        (3, "Plan"),
        (4, "2027"),
    ] {
        rig.select(&[number]);
        rig.run(Command::DUPLICATE);
        assert_eq!(rig.newest().props.name(), expected);
    }
    let longest = format!("{}9", "n".repeat(119));
    for (number, name, expected) in [
        (
            5,
            format!("{}9", "m".repeat(63)),
            format!("{}10", "m".repeat(63)),
        ),
        // No room for another digit.
        (6, longest.clone(), longest),
    ] {
        let mut frame = boxed(number, Body::Frame, rect(0.0, 0.0, 90.0, 90.0));
        frame.props.set(Prop::Name(name));
        rig.put(ME, frame);
        rig.select(&[number]);
        rig.run(Command::DUPLICATE);
        assert_eq!(rig.newest().props.name(), expected);
    }
}

#[test]
fn an_unavailable_command_says_why() {
    let mut rig = Rig::new();
    let why = |rig: &Rig, action| match rig.editor.availability(action, &rig.board) {
        Availability::Ready => "",
        Availability::Not(why) => why,
    };
    assert_eq!(
        why(&rig, Command::UNDO),
        "You have done nothing that could be undone."
    );
    assert_eq!(
        why(&rig, Command::ZOOM_TO_FIT),
        "There is nothing on the board yet."
    );
    assert_eq!(
        why(&rig, Command::GROUP),
        "Select at least two elements first."
    );
    rig.put(ME, rectangle(1, rect(0.0, 0.0, 50.0, 50.0)));
    rig.select(&[1]);
    assert_eq!(why(&rig, Command::DELETE), "");
    assert_eq!(
        why(&rig, Command::GROUP),
        "Select at least two elements first."
    );
    assert_eq!(why(&rig, Command::UNGROUP), "Select a group first.");
    rig.run(Command::TOGGLE_LOCK);
    assert_eq!(why(&rig, Command::DELETE), "The selection is locked.");
    assert_eq!(why(&rig, Command::TOGGLE_LOCK), "");
    rig.become_viewer();
    assert_eq!(
        why(&rig, Command::TOGGLE_LOCK),
        "You can look at this board, but not change it."
    );
    assert_eq!(why(&rig, Command::ZOOM_TO_SELECTION), "");
}

#[test]
fn the_assistant_is_asked_about_a_selection_by_people_who_may_use_the_answer() {
    let mut rig = Rig::new();
    let ready = |rig: &Rig| {
        let of_selection = crate::commands::context_menu(1);
        let (_, commands) = of_selection
            .into_iter()
            .find(|(part, _)| *part == MenuPart::Assistant)
            .unwrap();
        let mut ready = commands;
        ready.retain(|it| rig.editor.availability(it, &rig.board) == Availability::Ready);
        ready.iter().map(|it| it.label).collect::<Vec<_>>()
    };
    assert!(ready(&rig).is_empty());
    rig.put(ME, rectangle(1, rect(0.0, 0.0, 50.0, 50.0)));
    rig.put(ME, rectangle(2, rect(90.0, 0.0, 50.0, 50.0)));
    rig.select(&[1]);
    let of_one = ready(&rig);
    assert!(of_one.contains(&"Tidy up") && !of_one.contains(&"Cluster by words"));
    rig.select(&[1, 2]);
    assert_eq!(ready(&rig).len(), 8);
    rig.log.clear();
    rig.run(Command::CLUSTER);
    let asked = Output::Ui(UiCommand::Assistant(AssistantTask::Cluster));
    assert!(rig.log.contains(&asked), "{:?}", rig.log);
    rig.become_viewer();
    assert_eq!(ready(&rig), ["Explain", "Summarise"]);
}

#[test]
fn an_unavailable_command_does_nothing() {
    for command in Command::listed() {
        let mut rig = Rig::new();
        rig.editor.set_prefs(crate::Prefs::default());
        if rig.editor.availability(command, &rig.board) != Availability::Ready {
            rig.run(command);
            assert!(rig.log.is_empty(), "{command:?}: {:?}", rig.log);
        }
    }
}

#[test]
fn back_to_content_shows_the_nearest_element() {
    let mut rig = rows();
    let lost = rig.editor.camera().centred_on(BoardPoint::new(-8e4, 200.0));
    rig.editor.set_camera(lost);
    rig.run(Command::BACK_TO_CONTENT);
    let seen = rig.editor.camera().visible();
    assert!(seen.contains(kurbo::Point::from(BoardPoint::new(100.0, 310.0))));
    assert_eq!(rig.editor.camera().zoom(), 1.0);
}

#[test]
fn zoom_to_selection_shows_the_whole_selection() {
    let mut rig = rows();
    rig.put(ME, rectangle(4, rect(5_000.0, 0.0, 50.0, 50.0)));
    rig.select(&[1, 4]);
    rig.run(Command::ZOOM_TO_SELECTION);
    let seen = rig.editor.camera().visible();
    let whole = rect(300.0, 0.0, 4_750.0, 145.0);
    assert_eq!(seen.union(whole), seen);
}

#[test]
fn commands_toggle_preferences() {
    let mut rig = Rig::new();
    rig.key("q");
    rig.run(Command::TOGGLE_GRID);
    let prefs = *rig.editor.prefs();
    assert!(prefs.tool_lock && prefs.grid);
    rig.pick(ToolKind::Rectangle);
    rig.draw(&[(10.0, 10.0), (90.0, 90.0)]);
    assert_eq!(
        rig.editor.tool(),
        ToolKind::Rectangle,
        "the tool stays in the hand"
    );
}

#[test]
fn the_menu_key_opens_the_menu_at_the_selection() {
    let mut rig = rows();
    rig.select(&[1]);
    rig.key("ContextMenu");
    assert_eq!(
        rig.said(),
        "ui:ContextMenu(ScreenPoint { x: 325.0, y: 120.0 })"
    );
}
