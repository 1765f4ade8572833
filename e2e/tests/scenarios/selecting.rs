//! Selecting, moving, arranging, copying, in front of somebody else.

use anyhow::Result;
use e2e::input::Pointer;
use e2e::page::{At, Rect};
use e2e::person::{Person, line};
use e2e::stage::{Stage, scene};

async fn two_on_one_server(stage: &mut Stage) -> Result<(Person, Person)> {
    let url = stage.one_server().await?;
    let board = stage.board(&url).await?;
    let ada = stage.guest("ada", &board.links.owner.at(&url)).await?;
    let ben = stage.guest("ben", &board.links.edit.at(&url)).await?;
    Ok((ada, ben))
}

async fn both_see(ada: &Person, ben: &Person, elements: u64) -> Result<()> {
    for person in [ada, ben] {
        person.sees_elements(elements).await?;
    }
    Ok(())
}

async fn has_selected(person: &Person, count: u32) -> Result<()> {
    let selected = format!("__e2e.data('selected') === {count}");
    person.page.wait_for::<bool>(&selected).await.map(drop)
}

/// Waits until the other has all that this person has done.
async fn reaches(person: &Person, other: &Person) -> Result<()> {
    person.saved().await?;
    let seq: u64 = person.page.eval("__e2e.data('seq')").await?;
    let there = format!("__e2e.data('seq') >= {seq}");
    other.page.wait_for::<bool>(&there).await.map(drop)
}

/// Two rectangles side by side, with Select in hand and nothing selected.
async fn two_boxes(person: &Person) -> Result<()> {
    for x in [350.0, 600.0] {
        person.page.press("r").await?;
        person.holds("Rectangle").await?;
        person
            .draw(&line(At(x, 250.0), At(x + 120.0, 330.0), 6))
            .await?;
    }
    person.page.press("Escape").await?;
    person.take("Select").await?;
    person.page.click_at(At(500.0, 480.0)).await?;
    has_selected(person, 0).await
}

fn around(at: At) -> Rect {
    Rect::around(at, 12.0)
}

#[test]
fn a_marquee_a_shift_click_and_select_all_select() {
    scene("select", async |stage| {
        let (ada, ben) = two_on_one_server(stage).await?;
        two_boxes(&ada).await?;
        both_see(&ada, &ben, 2).await?;
        ada.draw(&line(At(330.0, 230.0), At(490.0, 350.0), 6))
            .await?;
        has_selected(&ada, 1).await?;
        let shift = Pointer {
            held: e2e::keys::Modifiers::SHIFT,
            ..Pointer::default()
        };
        ada.page.stroke(shift, &[At(600.0, 290.0)]).await?;
        has_selected(&ada, 2).await?;
        ada.page.press("Escape").await?;
        has_selected(&ada, 0).await?;
        ada.page.press("Ctrl+a").await?;
        has_selected(&ada, 2).await
    });
}

#[test]
fn a_drag_shows_live_and_ones_undo_takes_back_only_ones_own() {
    scene("move together", async |stage| {
        let (ada, ben) = two_on_one_server(stage).await?;
        two_boxes(&ada).await?;
        both_see(&ada, &ben, 2).await?;
        let mouse = Pointer::default();
        let path = line(At(350.0, 290.0), At(350.0, 450.0), 8);
        ada.page.down(mouse, path[0]).await?;
        for at in &path[1..] {
            ada.page.drag(mouse, *at).await?;
        }
        // Not lifted yet: only the live lane can tell.
        ben.page.wait_for_ink(around(At(350.0, 450.0)), 8).await?;

        // Ben deletes the other one meanwhile; it disturbs nothing.
        ben.take("Select").await?;
        ben.page.click_at(At(600.0, 290.0)).await?;
        has_selected(&ben, 1).await?;
        ben.page.press("Delete").await?;
        both_see(&ada, &ben, 1).await?;
        ada.page.up(mouse, path[8]).await?;
        ada.page.wait_for_blank(around(At(350.0, 270.0))).await?;
        ada.saved().await?;

        ben.page.press("Ctrl+z").await?;
        both_see(&ada, &ben, 2).await?;
        ada.page.press("Ctrl+z").await?;
        ben.page.wait_for_ink(around(At(350.0, 290.0)), 8).await?;
        both_see(&ada, &ben, 2).await
    });
}

#[test]
fn duplicates_groups_and_locks_reach_the_other_page() {
    scene("arrange", async |stage| {
        let (ada, ben) = two_on_one_server(stage).await?;
        two_boxes(&ada).await?;
        ada.page.press("Ctrl+a").await?;
        ada.page.press("Ctrl+g").await?;
        reaches(&ada, &ben).await?;
        // In a group, a click on one takes both; Ben's click too.
        ben.sees_elements(2).await?;
        ben.take("Select").await?;
        ben.page.click_at(At(350.0, 290.0)).await?;
        has_selected(&ben, 2).await?;
        ada.page.press("Ctrl+d").await?;
        both_see(&ada, &ben, 4).await?;
        ada.page.press("Ctrl+z").await?;
        both_see(&ada, &ben, 2).await?;
        // What is locked stays.
        ada.page.press("Ctrl+a").await?;
        ada.page.press("Ctrl+Shift+L").await?;
        reaches(&ada, &ben).await?;
        ben.page.press("Delete").await?;
        ben.page.press("Escape").await?;
        reaches(&ben, &ada).await?;
        both_see(&ada, &ben, 2).await
    });
}
