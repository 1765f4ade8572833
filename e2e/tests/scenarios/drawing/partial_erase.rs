//! Two users erase parts of the same stroke.

use anyhow::{Result, ensure};
use e2e::input::Pointer;
use e2e::page::{At, Rect};
use e2e::person::{Person, line};
use e2e::test_env::{TestEnv, scenario};

use crate::support::pointer::{start_drag, start_path};
use crate::support::users::two_users;
use crate::support::wait::{both_have_elements, wait_until_painted, wait_until_synced};

/// A square around `x` on a line from (300, 300) to (800, 300).
fn around(x: f64) -> Rect {
    Rect::around(At(x, 300.0), 20.0)
}

/// Two people with a line from (300, 300) to (800, 300) and the partial eraser.
async fn two_users_with_a_line_and_erasers(env: &mut TestEnv) -> Result<(Person, Person)> {
    let (ada, ben) = two_users(env).await?;
    ada.pick_tool("Pen").await?;
    ada.draw(&line(At(300.0, 300.0), At(800.0, 300.0), 40))
        .await?;
    both_have_elements(&ada, &ben, 1).await?;
    for person in [&ada, &ben] {
        person.pick_tool("Eraser").await?;
        person.page.click("radio", "Parts of strokes").await?;
    }
    Ok((ada, ben))
}

async fn erase_at(person: &Person, x: f64) -> Result<()> {
    person.draw(&line(At(x, 270.0), At(x, 330.0), 8)).await
}

#[test]
fn two_users_erase_parts_of_one_stroke_and_each_undoes_their_own() {
    scenario("parts", async |env| {
        let (ada, ben) = two_users_with_a_line_and_erasers(env).await?;
        erase_at(&ada, 420.0).await?;
        erase_at(&ben, 640.0).await?;
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
            person.wait_for_elements(1).await?;
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
    scenario("same part", async |env| {
        let (ada, ben) = two_users_with_a_line_and_erasers(env).await?;
        // Both drag over it before either lifts, so neither knows of the other's change.
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
            // A restored part would show in the next frame.
            wait_until_painted(person).await?;
            let ink = person.page.ink(part).await?;
            ensure!(ink == 0, "Ada's undo restored the part that Ben erased");
        }
        ben.page.press("Ctrl+z").await?;
        for person in [&ada, &ben] {
            person.page.wait_for_ink(around(520.0), 20).await?;
            person.page.wait_for_ink(part, 8).await?;
            person.wait_for_elements(1).await?;
        }
        Ok(())
    });
}

/// Both drag the eraser over the same part; the first lifts, and then the other.
async fn erase_same_part(first: &Person, other: &Person) -> Result<()> {
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
    scenario("whole and part", async |env| {
        let (ada, ben) = two_users(env).await?;
        let part = Rect::around(At(520.0, 300.0), 4.0);
        ada.pick_tool("Pen").await?;
        ada.draw(&line(At(300.0, 300.0), At(800.0, 300.0), 40))
            .await?;
        both_have_elements(&ada, &ben, 1).await?;
        for (person, mode) in [(&ada, "Whole strokes"), (&ben, "Parts of strokes")] {
            person.pick_tool("Eraser").await?;
            person.page.click("radio", mode).await?;
        }
        // The line disappears while Ben erases, and nothing is left to erase.
        erase_same_part(&ada, &ben).await?;
        both_have_elements(&ada, &ben, 0).await?;
        ada.page.press("Ctrl+z").await?;
        both_have_elements(&ada, &ben, 1).await?;
        for person in [&ada, &ben] {
            person.page.wait_for_ink(part, 8).await?;
        }
        // The part that Ben erased first is still erased when the line returns.
        erase_same_part(&ben, &ada).await?;
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
