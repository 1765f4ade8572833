//! What hands do beside drawing: rub out parts, hold still, point with light.

use std::time::Duration;

use anyhow::{Result, ensure};
use e2e::input::Pointer;
use e2e::page::{At, Rect};
use e2e::person::{Person, line};
use e2e::stage::{Stage, scene};
use shared::model::{Body, Head, Outline};

use crate::pair::{
    begins_drag, begins_path, both_see, is_painted, reaches, two_on_one_server, witnessed,
};
use crate::places::BOARD;

#[test]
fn a_laser_is_seen_by_others_and_fades() {
    scene("laser", async |stage| {
        let (ada, ben) = two_on_one_server(stage).await?;
        ada.page.press("k").await?;
        ada.holds("Laser").await?;
        let path = line(At(400.0, 300.0), At(700.0, 340.0), 30);
        let mouse = Pointer::default();
        begins_path(&ada, &path).await?;
        ben.page.wait_for_ink(BOARD, 50).await?;
        ada.page.up(mouse, path[30]).await?;
        for person in [&ada, &ben] {
            person.page.wait_for_blank(BOARD).await?;
            person.sees_elements(0).await?;
        }
        Ok(())
    });
}

/// Longer than a pen must rest for its stroke to become a figure.
const REST: Duration = Duration::from_millis(900);

/// Through the corners, a point every few pixels, without lifting the pen.
fn through(corners: &[At]) -> Vec<At> {
    let ends = corners.iter().zip(corners.iter().skip(1));
    ends.flat_map(|(from, to)| line(*from, *to, 20)).collect()
}

/// An oval drawn by hand: it closes, but not quite.
fn oval() -> Vec<At> {
    (0..=48_u32)
        .map(|step| {
            let angle = f64::from(step) / 48.0 * std::f64::consts::TAU;
            At(520.0 + 120.0 * angle.cos(), 320.0 + 80.0 * angle.sin())
        })
        .collect()
}

/// What hands draw, and what it becomes.
fn figures() -> [(Vec<At>, Body); 5] {
    let crooked_box = [
        At(400.0, 240.0),
        At(640.0, 244.0),
        At(636.0, 400.0),
        At(402.0, 396.0),
        At(399.0, 245.0),
    ];
    let triangle = [
        At(520.0, 240.0),
        At(640.0, 400.0),
        At(402.0, 398.0),
        At(517.0, 243.0),
    ];
    let arrow = [
        At(400.0, 320.0),
        At(640.0, 320.0),
        At(598.0, 290.0),
        At(640.0, 320.0),
        At(598.0, 350.0),
    ];
    [
        (through(&crooked_box), Body::Shape(Outline::Rectangle)),
        (through(&triangle), Body::Shape(Outline::Triangle)),
        (oval(), Body::Shape(Outline::Ellipse)),
        (through(&[At(400.0, 260.0), At(640.0, 400.0)]), Body::Line),
        (through(&arrow), Body::Line),
    ]
}

#[test]
fn a_stroke_held_still_becomes_a_figure_and_one_undo_takes_it_away() {
    witnessed("hold", async |ada, ben, witness| {
        ada.take("Pen").await?;
        let mouse = Pointer::default();
        for (number, (path, body)) in figures().into_iter().enumerate() {
            let end = path.last().copied().unwrap_or(At(400.0, 320.0));
            begins_path(ada, &path).await?;
            tokio::time::sleep(REST).await;
            ada.page.up(mouse, end).await?;
            let made = witness
                .finds(&format!("{body:?}"), |it| it.body == body)
                .await?;
            // The last of them is an arrow: it has a head.
            let has_head = made.props.heads()[1] == Head::Arrow;
            ensure!(has_head == (number == 4), "heads: {:?}", made.props.heads());
            both_see(ada, ben, 1).await?;
            ben.page.wait_for_ink(BOARD, 100).await?;
            ada.page.press("Ctrl+z").await?;
            both_see(ada, ben, 0).await?;
        }
        // Lifted at once, the same way stays ink.
        let [(path, _), ..] = figures();
        ada.draw(&path).await?;
        witness
            .finds("ink", |it| matches!(it.body, Body::Stroke(_)))
            .await?;
        both_see(ada, ben, 1).await
    });
}

/// What is left of a line from (300, 300) to (800, 300) around `x`.
fn around(x: f64) -> Rect {
    Rect::around(At(x, 300.0), 20.0)
}

/// Two people at a line from (300, 300) to (800, 300), with erasers of parts in hand.
async fn two_at_a_line_with_erasers(stage: &mut Stage) -> Result<(Person, Person)> {
    let (ada, ben) = two_on_one_server(stage).await?;
    ada.take("Pen").await?;
    ada.draw(&line(At(300.0, 300.0), At(800.0, 300.0), 40))
        .await?;
    both_see(&ada, &ben, 1).await?;
    for person in [&ada, &ben] {
        person.take("Eraser").await?;
        person.page.click("radio", "Parts of strokes").await?;
    }
    Ok((ada, ben))
}

async fn rubs_out(person: &Person, x: f64) -> Result<()> {
    person.draw(&line(At(x, 270.0), At(x, 330.0), 8)).await
}

#[test]
fn two_people_rub_out_parts_of_one_line_and_each_takes_back_their_own() {
    scene("parts", async |stage| {
        let (ada, ben) = two_at_a_line_with_erasers(stage).await?;
        rubs_out(&ada, 420.0).await?;
        rubs_out(&ben, 640.0).await?;
        for person in [&ada, &ben] {
            person
                .page
                .wait_for_blank(Rect::around(At(420.0, 300.0), 4.0))
                .await?;
            person
                .page
                .wait_for_blank(Rect::around(At(640.0, 300.0), 4.0))
                .await?;
            person.page.wait_for_ink(around(540.0), 20).await?;
            person.sees_elements(1).await?;
        }
        ada.page.press("Ctrl+z").await?;
        for person in [&ada, &ben] {
            person
                .page
                .wait_for_ink(Rect::around(At(420.0, 300.0), 8.0), 8)
                .await?;
            person
                .page
                .wait_for_blank(Rect::around(At(640.0, 300.0), 4.0))
                .await?;
        }
        Ok(())
    });
}

#[test]
fn two_people_rub_out_the_same_part_and_it_is_gone_until_both_take_it_back() {
    scene("same part", async |stage| {
        let (ada, ben) = two_at_a_line_with_erasers(stage).await?;
        // Both are over it before either lifts: neither can know of the other's cut.
        let path = line(At(520.0, 270.0), At(520.0, 330.0), 8);
        for person in [&ada, &ben] {
            begins_path(person, &path).await?;
        }
        for person in [&ada, &ben] {
            person.page.up(Pointer::default(), path[8]).await?;
        }
        reaches(&ada, &ben).await?;
        reaches(&ben, &ada).await?;
        let part = Rect::around(At(520.0, 300.0), 4.0);
        for person in [&ada, &ben] {
            person.page.wait_for_blank(part).await?;
        }
        ada.page.press("Ctrl+z").await?;
        reaches(&ada, &ben).await?;
        for person in [&ada, &ben] {
            person.page.wait_for_ink(around(450.0), 20).await?;
            // What came back would be seen in the next frame.
            is_painted(person).await?;
            let ink = person.page.ink(part).await?;
            ensure!(ink == 0, "what Ben rubbed out came back by Ada's undo");
        }
        ben.page.press("Ctrl+z").await?;
        for person in [&ada, &ben] {
            person.page.wait_for_ink(around(520.0), 20).await?;
            person.page.wait_for_ink(part, 8).await?;
            person.sees_elements(1).await?;
        }
        Ok(())
    });
}

/// Both have the eraser on the same place; the first lifts, and then the other.
async fn rub_together(first: &Person, other: &Person) -> Result<()> {
    let (from, to) = (At(520.0, 270.0), At(520.0, 330.0));
    for person in [first, other] {
        begins_drag(person, from, to).await?;
    }
    first.page.up(Pointer::default(), to).await?;
    reaches(first, other).await?;
    other.page.up(Pointer::default(), to).await?;
    reaches(other, first).await
}

#[test]
fn one_takes_a_line_whole_as_the_other_rubs_out_a_part_and_each_takes_back_their_own() {
    scene("whole and part", async |stage| {
        let (ada, ben) = two_on_one_server(stage).await?;
        let part = Rect::around(At(520.0, 300.0), 4.0);
        ada.take("Pen").await?;
        ada.draw(&line(At(300.0, 300.0), At(800.0, 300.0), 40))
            .await?;
        both_see(&ada, &ben, 1).await?;
        for (person, mode) in [(&ada, "Whole strokes"), (&ben, "Parts of strokes")] {
            person.take("Eraser").await?;
            person.page.click("radio", mode).await?;
        }
        // It goes under Ben's hand: there is nothing left to rub at.
        rub_together(&ada, &ben).await?;
        both_see(&ada, &ben, 0).await?;
        ada.page.press("Ctrl+z").await?;
        both_see(&ada, &ben, 1).await?;
        for person in [&ada, &ben] {
            person.page.wait_for_ink(part, 8).await?;
        }
        // What Ben rubbed out first is not there when the line comes back.
        rub_together(&ben, &ada).await?;
        both_see(&ada, &ben, 0).await?;
        ada.page.press("Ctrl+z").await?;
        both_see(&ada, &ben, 1).await?;
        for person in [&ada, &ben] {
            person.page.wait_for_ink(around(450.0), 20).await?;
            person.page.wait_for_blank(part).await?;
        }
        ben.page.press("Ctrl+z").await?;
        for person in [&ada, &ben] {
            person.page.wait_for_ink(part, 8).await?;
        }
        both_see(&ada, &ben, 1).await
    });
}
