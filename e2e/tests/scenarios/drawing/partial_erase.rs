//! Two users erase parts of the same stroke.

use anyhow::{Result, ensure};
use e2e::input::Pointer;
use e2e::page::{At, Rect};
use e2e::person::{Person, line};
use e2e::stage::{Stage, scene};

use crate::support::pointer::{start_drag, start_path};
use crate::support::users::two_users;
use crate::support::wait::{both_have_elements, wait_until_painted, wait_until_synced};

/// What is left of a line from (300, 300) to (800, 300) around `x`.
fn around(x: f64) -> Rect {
    Rect::around(At(x, 300.0), 20.0)
}

/// Two people at a line from (300, 300) to (800, 300), with erasers of parts in hand.
async fn two_at_a_line_with_erasers(stage: &mut Stage) -> Result<(Person, Person)> {
    let (ada, ben) = two_users(stage).await?;
    ada.take("Pen").await?;
    ada.draw(&line(At(300.0, 300.0), At(800.0, 300.0), 40))
        .await?;
    both_have_elements(&ada, &ben, 1).await?;
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
fn two_users_erase_parts_of_one_stroke_and_each_undoes_their_own() {
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
fn a_part_erased_by_two_users_stays_erased_until_both_undo() {
    scene("same part", async |stage| {
        let (ada, ben) = two_at_a_line_with_erasers(stage).await?;
        // Both are over it before either lifts: neither can know of the other's cut.
        let path = line(At(520.0, 270.0), At(520.0, 330.0), 8);
        for person in [&ada, &ben] {
            start_path(person, &path).await?;
        }
        for person in [&ada, &ben] {
            person.page.up(Pointer::default(), path[8]).await?;
        }
        wait_until_synced(&ada, &ben).await?;
        wait_until_synced(&ben, &ada).await?;
        let part = Rect::around(At(520.0, 300.0), 4.0);
        for person in [&ada, &ben] {
            person.page.wait_for_blank(part).await?;
        }
        ada.page.press("Ctrl+z").await?;
        wait_until_synced(&ada, &ben).await?;
        for person in [&ada, &ben] {
            person.page.wait_for_ink(around(450.0), 20).await?;
            // What came back would be seen in the next frame.
            wait_until_painted(person).await?;
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
        start_drag(person, from, to).await?;
    }
    first.page.up(Pointer::default(), to).await?;
    wait_until_synced(first, other).await?;
    other.page.up(Pointer::default(), to).await?;
    wait_until_synced(other, first).await
}

#[test]
fn a_whole_erase_and_a_partial_erase_are_undone_separately() {
    scene("whole and part", async |stage| {
        let (ada, ben) = two_users(stage).await?;
        let part = Rect::around(At(520.0, 300.0), 4.0);
        ada.take("Pen").await?;
        ada.draw(&line(At(300.0, 300.0), At(800.0, 300.0), 40))
            .await?;
        both_have_elements(&ada, &ben, 1).await?;
        for (person, mode) in [(&ada, "Whole strokes"), (&ben, "Parts of strokes")] {
            person.take("Eraser").await?;
            person.page.click("radio", mode).await?;
        }
        // It goes under Ben's hand: there is nothing left to rub at.
        rub_together(&ada, &ben).await?;
        both_have_elements(&ada, &ben, 0).await?;
        ada.page.press("Ctrl+z").await?;
        both_have_elements(&ada, &ben, 1).await?;
        for person in [&ada, &ben] {
            person.page.wait_for_ink(part, 8).await?;
        }
        // What Ben rubbed out first is not there when the line comes back.
        rub_together(&ben, &ada).await?;
        both_have_elements(&ada, &ben, 0).await?;
        ada.page.press("Ctrl+z").await?;
        both_have_elements(&ada, &ben, 1).await?;
        for person in [&ada, &ben] {
            person.page.wait_for_ink(around(450.0), 20).await?;
            person.page.wait_for_blank(part).await?;
        }
        ben.page.press("Ctrl+z").await?;
        for person in [&ada, &ben] {
            person.page.wait_for_ink(part, 8).await?;
        }
        both_have_elements(&ada, &ben, 1).await
    });
}
