//! Fingers and pens on a glass: what is taken away leaves nothing, what hovers draws
//! nothing, and handles are large enough for a finger.

use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use e2e::input::{Button, Pointer, Tool};
use e2e::page::{At, Rect};
use e2e::person::{Person, line};
use e2e::stage::scene;
use shared::model::Element;

use crate::fingers::tablet_and_desk;
use crate::pair::{
    around, both_see, has_selected, is_painted, lets_go, makes_box, reaches, witnessed,
};
use crate::places::BOARD;

/// Tools by their keys, and what a finger begins with them.
const BEGUN: [(&str, &str); 4] = [
    ("r", "Rectangle"),
    ("a", "Arrow"),
    ("f", "Frame"),
    ("n", "Sticky note"),
];

/// A stroke that lasts longer is kept in parts while it is drawn; a part that is kept stays.
const YOUNG: Duration = Duration::from_millis(800);

/// Puts a finger down and moves it; it stays on the glass.
async fn begins_with_finger(person: &Person, path: &[At]) -> Result<()> {
    for (number, at) in path.iter().enumerate() {
        if number == 0 {
            person.page.fingers_down(&[*at]).await?;
        } else {
            person.page.fingers_move(&[*at]).await?;
        }
    }
    Ok(())
}

/// Both see an empty board, and there is nothing to take back.
async fn nothing_is_left(ada: &Person, ben: &Person) -> Result<()> {
    for person in [ada, ben] {
        person.page.wait_for_blank(BOARD).await?;
    }
    both_see(ada, ben, 0).await?;
    let undo = "document.querySelector('button[aria-label=Undo]').disabled";
    let none = ada.page.eval::<bool>(undo).await?;
    ensure!(none, "there is something to take back");
    Ok(())
}

#[test]
fn a_finger_that_the_system_takes_away_leaves_nothing() {
    scene("touchcancel", async |stage| {
        let (ada, ben) = tablet_and_desk(stage).await?;
        let path = line(At(400.0, 260.0), At(560.0, 380.0), 8);
        for (key, tool) in BEGUN {
            ada.page.press(key).await?;
            ada.holds(tool).await?;
            begins_with_finger(&ada, &path).await?;
            // Seen by both while it lasts.
            for person in [&ada, &ben] {
                person.page.wait_for_ink(BOARD, 40).await?;
            }
            ada.page.fingers_cancel().await?;
            nothing_is_left(&ada, &ben).await?;
        }
        // And the next finger makes one as ever.
        begins_with_finger(&ada, &path).await?;
        ada.page.fingers_up().await?;
        both_see(&ada, &ben, 1).await
    });
}

#[test]
fn a_young_stroke_of_a_finger_that_the_system_takes_away_leaves_nothing() {
    scene("touchcancel of a stroke", async |stage| {
        let (ada, ben) = tablet_and_desk(stage).await?;
        let path = line(At(400.0, 260.0), At(560.0, 380.0), 4);
        let mut is_young = false;
        // A busy machine may be too slow for one.
        for _ in 0..5 {
            let began = Instant::now();
            begins_with_finger(&ada, &path).await?;
            ada.page.fingers_cancel().await?;
            is_young = began.elapsed() < YOUNG;
            if is_young {
                break;
            }
            begins_anew(&ada, &ben).await?;
        }
        ensure!(is_young, "the machine is too slow for a young stroke");
        nothing_is_left(&ada, &ben).await?;
        begins_with_finger(&ada, &path).await?;
        ada.page.fingers_up().await?;
        both_see(&ada, &ben, 1).await
    });
}

/// Takes back what was kept of a stroke that was too old, if anything was.
async fn begins_anew(ada: &Person, ben: &Person) -> Result<()> {
    reaches(ada, ben).await?;
    if ada.elements().await? > 0 {
        ada.page.press("Ctrl+z").await?;
    }
    both_see(ada, ben, 0).await
}

#[test]
fn a_drag_of_a_finger_that_the_system_takes_away_moves_nothing() {
    scene("touchcancel of a drag", async |stage| {
        let (ada, ben) = tablet_and_desk(stage).await?;
        makes_box(&ada, At(350.0, 250.0), At(470.0, 330.0)).await?;
        both_see(&ada, &ben, 1).await?;
        let (from, to) = (At(350.0, 290.0), At(550.0, 440.0));
        begins_with_finger(&ada, &line(from, to, 8)).await?;
        ben.page.wait_for_ink(around(to), 8).await?;
        ada.page.fingers_cancel().await?;
        ben.page.wait_for_blank(around(to)).await?;
        lets_go(&ada).await?;
        for person in [&ada, &ben] {
            person.page.wait_for_ink(around(from), 8).await?;
            person.page.wait_for_blank(around(to)).await?;
        }
        Ok(())
    });
}

/// A pen that is near the glass, pressed so hard.
fn pen(force: f64) -> Pointer {
    Pointer {
        tool: Tool::Pen(force),
        ..Pointer::default()
    }
}

#[test]
fn a_pen_that_hovers_draws_nothing_and_its_barrel_button_opens_the_menu() {
    scene("hover and barrel", async |stage| {
        let (ada, ben) = tablet_and_desk(stage).await?;
        ada.call_oneself("Ada").await?;
        for at in line(At(400.0, 300.0), At(700.0, 400.0), 20) {
            ada.page.hover_with(pen(0.0), at).await?;
        }
        // Where it hovers is seen, as with a mouse.
        ben.sees_cursor_of("Ada").await?;
        is_painted(&ada).await?;
        ensure!(ada.page.ink(BOARD).await? == 0, "the hovering pen drew");
        let path = line(At(400.0, 300.0), At(600.0, 300.0), 8);
        ada.page.stroke(pen(0.5), &path).await?;
        both_see(&ada, &ben, 1).await?;
        ben.page.wait_for_ink(around(At(500.0, 300.0)), 8).await?;
        // The barrel button asks what can be done, and draws nothing either.
        let barrel = Pointer {
            button: Button::Right,
            ..pen(0.5)
        };
        let aside = line(At(500.0, 400.0), At(560.0, 400.0), 4);
        ada.page.stroke(barrel, &aside).await?;
        ada.page.find("menuitem", "Select all").await?;
        ada.page.press("Escape").await?;
        let gone = "document.querySelector('.context-menu') === null";
        ada.page.wait_for::<bool>(gone).await?;
        reaches(&ada, &ben).await?;
        both_see(&ada, &ben, 1).await?;
        ben.page
            .wait_for_blank(Rect::around(At(530.0, 400.0), 40.0))
            .await?;
        ada.holds("Pen").await
    });
}

/// Whether the box is as large as that.
fn is_sized(width: f32, height: f32) -> impl Fn(&Element) -> bool {
    move |it| {
        let [x, y] = it.props.size();
        (x - width).abs() < 2.0 && (y - height).abs() < 2.0
    }
}

#[test]
fn a_finger_stretches_and_turns_by_handles_that_it_only_nearly_hits() {
    witnessed("handles by finger", async |ada, ben, witness| {
        ada.page.touch_screen().await?;
        makes_box(ada, At(350.0, 250.0), At(550.0, 390.0)).await?;
        begins_with_finger(ada, &[At(350.0, 320.0)]).await?;
        ada.page.fingers_up().await?;
        has_selected(ada, 1).await?;
        // A finger beside the corner; what it misses it by stays between them.
        let (from, to) = (At(560.0, 398.0), At(620.0, 448.0));
        begins_with_finger(ada, &line(from, to, 8)).await?;
        ben.page.wait_for_ink(around(At(610.0, 400.0)), 8).await?;
        ada.page.fingers_up().await?;
        witness.finds("stretched", is_sized(260.0, 190.0)).await?;
        ada.page.press("Ctrl+z").await?;
        witness.finds("as it was", is_sized(200.0, 140.0)).await?;
        let turn = line(At(458.0, 220.0), At(550.0, 320.0), 8);
        begins_with_finger(ada, &turn).await?;
        ada.page.fingers_up().await?;
        witness
            .finds("turned", |it| f64::from(it.props.angle()) > 1.3)
            .await?;
        ada.page.press("Ctrl+z").await?;
        witness
            .finds("upright", |it| it.props.angle() == 0.0)
            .await?;
        both_see(ada, ben, 1).await
    });
}
