//! Pointers get a tool, pinch, tap, pan or open the menu.

use shared::geometry::ScreenPoint;

use super::rig::pointer;
use crate::input::gesture::{Gestures, Intent, LongPress, SpaceBar};
use crate::input::{Button, PointerId, PointerKind};
use crate::view::screen::ScreenSize;

/// Plays a script, a step a line: `<pointer> <what> <x>,<y> @<time>`, where pointers
/// are `m` (mouse), `p` (pen) and `t1`, `t2`, … (fingers); or `wait <time>`; or a word.
fn check(script: &str, expected: &str) {
    let mut gestures = Gestures::default();
    let mut intents = Vec::new();
    for step in script
        .lines()
        .map(str::trim)
        .filter(|step| !step.is_empty())
    {
        play(step, &mut gestures, &mut intents);
    }
    let words: Vec<String> = intents.iter().map(word).collect();
    assert_eq!(words.join(" "), expected, "{script}");
}

fn play(step: &str, gestures: &mut Gestures, out: &mut Vec<Intent>) {
    let words: Vec<&str> = step.split_whitespace().collect();
    if let ["wait", time] = words[..] {
        return gestures.time_passed(time.parse().unwrap(), out);
    }
    let [who, what, place, time] = words[..] else {
        return match step {
            "space" => gestures.set_space(SpaceBar::Held),
            "escape" => out.extend(gestures.cancel_active().map(Intent::Abort)),
            "left" => gestures.window_left(),
            "hold" => gestures.set_long_press(LongPress::OpensMenu),
            _ => unreachable!("{step}"),
        };
    };
    let (x, y) = place.split_once(',').unwrap();
    let time = time.trim_start_matches('@').parse().unwrap();
    let (kind, id) = match who.split_at(1) {
        ("m", _) => (PointerKind::Mouse, 1),
        ("p", _) => (PointerKind::Pen, 2),
        (_, finger) => (PointerKind::Touch, 10 + finger.parse::<i32>().unwrap()),
    };
    let mut pointer = pointer(kind, id, x.parse().unwrap(), y.parse().unwrap(), time);
    match what {
        "middle" => pointer.button = Button::Middle,
        "right" => pointer.button = Button::Secondary,
        "eraser" => pointer.button = Button::Eraser,
        "palm" => pointer.contact = ScreenSize::new(90.0, 70.0),
        _ => {}
    }
    match what {
        "down" | "middle" | "right" | "eraser" | "palm" => gestures.down(&pointer, out),
        "move" => gestures.moved(&pointer, vec![pointer.sample()], Vec::new(), out),
        "up" => gestures.up(&pointer, out),
        "cancel" => gestures.cancel(PointerId(id), out),
        _ => unreachable!("{what}"),
    }
}

fn word(intent: &Intent) -> String {
    match intent {
        Intent::Begin(down) if down.presses == 2 => format!("{:?}*2", down.tool),
        Intent::Begin(down) => format!("{:?}", down.tool),
        Intent::Continue { .. } => "go".to_owned(),
        Intent::Finish(_) => "end".to_owned(),
        Intent::Abort(abort) => format!("{abort:?}"),
        Intent::Pinch(_) => "pinch".to_owned(),
        Intent::Hover(..) => "hover".to_owned(),
        Intent::Menu(_) => "menu".to_owned(),
        Intent::Undo => "undo".to_owned(),
        Intent::Redo => "redo".to_owned(),
    }
}

#[test]
fn a_mouse_gesture_lasts_from_down_to_up() {
    check(
        "m move 0,0 @0\n m down 0,0 @1\n m move 5,5 @2\n m up 5,5 @3",
        "hover Active go end",
    );
}

#[test]
fn middle_button_and_space_bar_pan() {
    check(
        "m middle 0,0 @0\n m move 9,9 @1\n m up 9,9 @2",
        "Hand go end",
    );
    check("space\n m down 0,0 @0\n m up 9,9 @2", "Hand end");
    check("space\n t1 down 0,0 @0\n t1 up 9,9 @2", "Hand end");
}

#[test]
fn leaving_the_window_lifts_the_space_bar() {
    check("space\n left\n m down 0,0 @0", "Active");
}

#[test]
fn the_right_button_and_the_barrel_button_open_the_menu() {
    check("m right 0,0 @0\n m up 0,0 @9", "menu");
    check("p right 0,0 @0\n p up 0,0 @9", "menu");
    // Not during a gesture.
    check(
        "m down 0,0 @0\n m right 5,5 @5\n m up 5,5 @9",
        "Active Interrupted menu",
    );
    check(
        "t1 down 0,0 @0\n m right 5,5 @5\n t1 up 0,0 @9",
        "Active end",
    );
}

#[test]
fn a_long_press_opens_the_menu_if_the_tool_allows_it() {
    let rest = "t1 move 3,3 @100\n wait 499\n wait 500\n t1 move 50,50 @600\n t1 up 50,50 @700";
    check(
        &format!("t1 down 0,0 @0\n hold\n {rest}"),
        "Active go Interrupted menu",
    );
    check(&format!("t1 down 0,0 @0\n {rest}"), "Active go go end");
    // The finger is lifted before the next animation frame.
    check(
        "t1 down 0,0 @0\n hold\n t1 up 0,0 @800",
        "Active Interrupted menu",
    );
    // It moved, or is a mouse.
    check(
        "t1 down 0,0 @0\n hold\n t1 move 20,0 @100\n wait 900\n t1 up 20,0 @950",
        "Active go end",
    );
    check(
        "m down 0,0 @0\n hold\n wait 900\n m up 0,0 @950",
        "Active end",
    );
}

#[test]
fn two_quick_presses_in_one_place_are_a_double_press() {
    let twice = |second: &str| format!("m down 0,0 @0\n m up 0,0 @50\n {second}");
    for (second, expected) in [
        ("m down 5,0 @400", "Active end Active*2"),
        ("m down 7,0 @400", "Active end Active"),
        ("m down 0,0 @401", "Active end Active"),
        ("t1 down 0,0 @100", "Active end Active"),
        // Three are a double press and another one.
        (
            "m down 0,0 @100\n m up 0,0 @150\n m down 0,0 @200",
            "Active end Active*2 end Active",
        ),
    ] {
        check(&twice(second), expected);
    }
    // Fingers aim less well.
    check(
        "t1 down 0,0 @0\n t1 up 0,0 @50\n t1 down 20,0 @300",
        "Active end Active*2",
    );
    // A drag and a cancelled press are no presses.
    check(
        "m down 0,0 @0\n m move 20,0 @10\n m move 0,0 @20\n m up 0,0 @50\n m down 0,0 @100",
        "Active go go end Active",
    );
    check(
        "m down 0,0 @0\n escape\n m up 0,0 @50\n m down 0,0 @100",
        "Active Interrupted Active",
    );
}

#[test]
fn a_young_stroke_gives_way_to_a_pinch() {
    check(
        "t1 down 0,0 @0\n t1 move 40,0 @200\n t2 down 100,0 @250\n t2 move 130,0 @300",
        "Active go Retracted pinch",
    );
}

#[test]
fn an_old_short_stroke_gives_way_to_a_pinch() {
    check(
        "t1 down 0,0 @0\n t1 move 5,0 @900\n t2 down 100,0 @2000\n t2 move 130,0 @2010",
        "Active go Retracted pinch",
    );
}

#[test]
fn an_old_long_stroke_goes_on_under_a_second_finger() {
    check(
        "t1 down 0,0 @0\n t1 move 60,0 @400\n t2 down 100,0 @500\n t2 move 90,0 @510
         t2 up 90,0 @515\n t1 move 70,0 @520\n t1 up 70,0 @530",
        "Active go go end",
    );
}

#[test]
fn fingers_left_over_from_a_pinch_do_nothing() {
    check(
        "t1 down 0,0 @0\n t2 down 100,0 @10\n t2 move 200,0 @20\n t2 up 200,0 @30
         t1 move 50,50 @40\n t1 up 50,50 @900\n t1 down 0,0 @1000",
        "Active Retracted pinch Active",
    );
}

#[test]
fn a_finger_that_comes_back_pinches_again() {
    check(
        "t1 down 0,0 @0\n t2 down 100,0 @10\n t2 up 100,0 @400\n t3 down 100,0 @500
         t3 move 140,0 @510",
        "Active Retracted pinch",
    );
}

#[test]
fn taps_of_two_and_three_fingers_undo_and_redo() {
    check(
        "t1 down 0,0 @0\n t2 down 90,0 @20\n t1 move 2,0 @30\n t1 up 2,0 @100\n t2 up 90,0 @120",
        "Active Retracted undo",
    );
    check(
        "t1 down 0,0 @0\n t2 down 90,0 @20\n t3 down 180,0 @30
         t2 up 90,0 @90\n t1 up 0,0 @100\n t3 up 180,0 @120",
        "Active Retracted redo",
    );
}

#[test]
fn slow_or_moving_fingers_do_not_tap() {
    check(
        "t1 down 0,0 @0\n t2 down 90,0 @20\n t1 up 0,0 @500\n t2 up 90,0 @510",
        "Active Retracted",
    );
    check(
        "t1 down 0,0 @0\n t2 down 90,0 @20\n t1 move 0,30 @40\n t2 move 90,30 @50
         t1 up 0,30 @100\n t2 up 90,30 @110",
        "Active Retracted pinch pinch",
    );
    check(
        "t1 down 0,0 @0\n t2 down 90,0 @20\n t1 cancel 0,0 @90\n t2 up 90,0 @100",
        "Active Retracted",
    );
}

#[test]
fn one_finger_taps_nothing() {
    check("t1 down 0,0 @0\n t1 up 0,0 @50", "Active end");
}

#[test]
fn after_a_pen_fingers_pan_and_pens_draw() {
    check(
        "p down 0,0 @0\n p up 5,5 @100\n t1 down 50,50 @2000\n t1 move 60,60 @2010
         t1 up 60,60 @2020\n p down 0,0 @3000",
        "Active end Hand go end Active",
    );
}

#[test]
fn a_palm_is_ignored_while_a_pen_draws() {
    check(
        "p down 0,0 @0\n t1 down 50,50 @10\n p move 5,5 @20\n t1 move 55,55 @30\n p up 5,5 @40
         t1 up 50,50 @60\n t2 down 50,50 @500\n t2 up 50,50 @520\n t3 down 50,50 @541",
        "Active go end Hand",
    );
}

#[test]
fn a_palm_is_ignored_while_a_pen_hovers() {
    check(
        "p move 0,0 @100\n t1 down 50,50 @550\n t1 up 50,50 @560\n t2 down 9,9 @700",
        "hover Active",
    );
}

#[test]
fn large_contacts_are_palms_once_a_pen_was_seen() {
    check("t1 palm 0,0 @0", "Active");
    check(
        "p down 0,0 @0\n p up 0,0 @10\n t1 palm 0,0 @5000",
        "Active end",
    );
}

#[test]
fn a_pen_takes_over_from_the_palm_that_came_first() {
    check(
        "t1 down 50,50 @0\n p down 0,0 @100\n t1 move 52,52 @110\n p move 3,3 @120\n t1 up 52,52 @130
         p up 3,3 @140",
        "Active Retracted Active go end",
    );
    check(
        "t1 down 50,50 @0\n t1 move 90,90 @100\n p down 0,0 @900\n p up 3,3 @940",
        "Active go Interrupted Active end",
    );
}

#[test]
fn a_palm_that_lifts_late_disturbs_no_pinch() {
    check(
        "t1 down 50,50 @0\n p down 0,0 @100\n p up 3,3 @140\n t2 down 100,100 @900
         t3 down 200,100 @910\n t1 up 50,50 @920\n t3 move 300,100 @930",
        "Active Retracted Active end Hand Retracted pinch",
    );
}

#[test]
fn the_end_of_a_pen_erases() {
    check(
        "p eraser 0,0 @0\n p move 5,5 @10\n p up 5,5 @20",
        "Eraser go end",
    );
}

#[test]
fn only_one_pointer_works_at_a_time() {
    check(
        "m down 0,0 @0\n t1 down 9,9 @1\n p down 5,5 @2\n m move 1,1 @3\n m up 1,1 @4",
        "Active go end",
    );
}

#[test]
fn a_cancelled_pointer_is_interrupted() {
    check(
        "m down 0,0 @0\n m cancel 0,0 @1\n m move 1,1 @2",
        "Active Interrupted hover",
    );
}

#[test]
fn after_cancelling_the_pointer_is_ignored_until_it_is_lifted() {
    check(
        "m down 0,0 @0\n escape\n m move 1,1 @2\n m up 1,1 @3\n m down 2,2 @4",
        "Active Interrupted Active",
    );
}

#[test]
fn a_pointer_that_goes_down_twice_was_lifted_unseen() {
    check(
        "m down 0,0 @0\n m down 5,5 @900",
        "Active Interrupted Active",
    );
}

#[test]
fn a_pinch_moves_and_zooms_about_its_centre() {
    let mut gestures = Gestures::default();
    let mut out = Vec::new();
    for step in ["t1 down 0,0 @0", "t2 down 100,0 @10", "t2 move 300,0 @20"] {
        play(step, &mut gestures, &mut out);
    }
    let Some(Intent::Pinch(step)) = out.last() else {
        unreachable!("{out:?}")
    };
    assert_eq!(
        (step.about, step.by.x, step.scale),
        (ScreenPoint::new(150.0, 0.0), 100.0, 3.0)
    );
}
