//! Selecting, moving, grouping and the context menu, watched by another user.

use anyhow::ensure;
use e2e::input::{Button, Pointer};
use e2e::keys::Modifiers;
use e2e::page::At;
use e2e::person::line;
use e2e::test_env::scenario;

use crate::support::pointer::{
    LEFT_BOX, RIGHT_BOX, clear_selection, drag, draw_two_boxes, mouse_holding, square_around,
    start_drag,
};
use crate::support::users::{two_user_scenario, two_users};
use crate::support::wait::{both_have_elements, wait_for_selected, wait_until_synced};

#[test]
fn marquee_shift_click_and_select_all_select_elements() {
    scenario("select", async |env| {
        let (ada, ben) = two_users(env).await?;
        draw_two_boxes(&ada).await?;
        both_have_elements(&ada, &ben, 2).await?;
        ada.draw(&line(At(330.0, 230.0), At(490.0, 350.0), 6))
            .await?;
        wait_for_selected(&ada, 1).await?;
        let shift = mouse_holding(Modifiers::SHIFT);
        ada.page.stroke(shift, &[At(600.0, 290.0)]).await?;
        wait_for_selected(&ada, 2).await?;
        ada.page.press("Escape").await?;
        wait_for_selected(&ada, 0).await?;
        ada.page.press("Ctrl+a").await?;
        wait_for_selected(&ada, 2).await
    });
}

#[test]
fn a_drag_shows_live_and_undo_reverts_only_ones_own() {
    scenario("move together", async |env| {
        let (ada, ben) = two_users(env).await?;
        draw_two_boxes(&ada).await?;
        both_have_elements(&ada, &ben, 2).await?;
        let (mouse, end) = (Pointer::default(), At(350.0, 450.0));
        start_drag(&ada, At(350.0, 290.0), end).await?;
        // The button is still down, so this is a live update.
        ben.page
            .wait_for_ink(square_around(At(350.0, 450.0)), 8)
            .await?;

        // Meanwhile Ben deletes the other box, which does not disturb the drag.
        ben.pick_tool("Select").await?;
        ben.page.click_at(At(600.0, 290.0)).await?;
        wait_for_selected(&ben, 1).await?;
        ben.page.press("Delete").await?;
        both_have_elements(&ada, &ben, 1).await?;
        ada.page.up(mouse, end).await?;
        ada.page
            .wait_for_blank(square_around(At(350.0, 270.0)))
            .await?;
        ada.wait_until_saved().await?;

        ben.page.press("Ctrl+z").await?;
        both_have_elements(&ada, &ben, 2).await?;
        ada.page.press("Ctrl+z").await?;
        ben.page
            .wait_for_ink(square_around(At(350.0, 290.0)), 8)
            .await?;
        both_have_elements(&ada, &ben, 2).await
    });
}

#[test]
fn duplicates_groups_and_locks_reach_the_other_page() {
    scenario("arrange", async |env| {
        let (ada, ben) = two_users(env).await?;
        draw_two_boxes(&ada).await?;
        ada.page.press("Ctrl+a").await?;
        ada.page.press("Ctrl+g").await?;
        wait_until_synced(&ada, &ben).await?;
        // A click on a member selects the whole group, also for Ben.
        ben.wait_for_elements(2).await?;
        ben.pick_tool("Select").await?;
        ben.page.click_at(At(350.0, 290.0)).await?;
        wait_for_selected(&ben, 2).await?;
        ada.page.press("Ctrl+d").await?;
        both_have_elements(&ada, &ben, 4).await?;
        ada.page.press("Ctrl+z").await?;
        both_have_elements(&ada, &ben, 2).await?;
        // A locked element does not move.
        ada.page.press("Ctrl+a").await?;
        ada.page.press("Ctrl+Shift+L").await?;
        wait_until_synced(&ada, &ben).await?;
        ben.page.press("Delete").await?;
        ben.page.press("Escape").await?;
        wait_until_synced(&ben, &ada).await?;
        both_have_elements(&ada, &ben, 2).await
    });
}

#[test]
fn a_group_moves_as_one_and_its_members_can_be_selected() {
    two_user_scenario("groups", async |ada, ben, observer| {
        draw_two_boxes(ada).await?;
        ada.page.press("Ctrl+a").await?;
        ada.page.press("Ctrl+g").await?;
        both_have_elements(ada, ben, 2).await?;
        clear_selection(ada).await?;
        let lows = async |what: &str, wanted: [f64; 2]| {
            let are = |all: &[f64]| {
                all.iter()
                    .zip(wanted)
                    .all(|(y, low)| (y - low).abs() < 0.01)
            };
            observer
                .wait_for(what, |board| {
                    let mut all: Vec<_> = board.elements().map(|it| it.props.at).collect();
                    all.sort_by(|a, b| a.x.total_cmp(&b.x));
                    are(&all.iter().map(|at| at.y).collect::<Vec<_>>()).then_some(())
                })
                .await
        };
        // A drag of one box by its edge moves the group.
        drag(ada, LEFT_BOX, At(LEFT_BOX.0, LEFT_BOX.1 + 90.0)).await?;
        lows("both lower", [340.0, 340.0]).await?;
        wait_for_selected(ada, 2).await?;
        clear_selection(ada).await?;
        // Ctrl selects one member, which moves alone.
        let right = At(RIGHT_BOX.0, RIGHT_BOX.1 + 90.0);
        ada.page
            .stroke(mouse_holding(Modifiers::CTRL), &[right])
            .await?;
        wait_for_selected(ada, 1).await?;
        drag(
            ada,
            At(720.0, RIGHT_BOX.1 + 90.0),
            At(720.0, RIGHT_BOX.1 + 190.0),
        )
        .await?;
        lows("the right one lower", [340.0, 440.0]).await?;
        clear_selection(ada).await?;
        // Ben selects a member by a double click, and deletes it.
        clear_selection(ben).await?;
        for _ in 0..2 {
            ben.page.click_at(At(LEFT_BOX.0, LEFT_BOX.1 + 90.0)).await?;
        }
        wait_for_selected(ben, 1).await?;
        ben.page.press("Delete").await?;
        both_have_elements(ada, ben, 1).await
    });
}

#[test]
fn the_secondary_button_opens_the_context_menu_of_the_element() {
    two_user_scenario("menu", async |ada, ben, _| {
        draw_two_boxes(ada).await?;
        both_have_elements(ada, ben, 2).await?;
        let right_button = Pointer {
            button: Button::Right,
            ..Pointer::default()
        };
        ada.page.stroke(right_button, &[LEFT_BOX]).await?;
        let entry = |name: &str| {
            format!(
                "[...document.querySelectorAll('[role=menu] [role=menuitem]')].find((it) => \
                 (it.getAttribute('aria-label') ?? it.querySelector('.menu-label')?.textContent) \
                 === {name:?})"
            )
        };
        ada.page
            .wait_for::<bool>(&format!("!!{}", entry("Duplicate")))
            .await?;
        wait_for_selected(ada, 1).await?;
        // A disabled entry is shown with a reason and does nothing.
        let why: String = ada
            .page
            .wait_for(&format!(
                "{0}?.ariaDisabled === 'true' && {0}.title",
                entry("Group")
            ))
            .await?;
        ensure!(why.ends_with('.'), "no text gives the reason: {why:?}");
        ada.page
            .eval::<Option<()>>(&format!("{}.click()", entry("Duplicate")))
            .await?;
        both_have_elements(ada, ben, 3).await?;
        let gone = "document.querySelector('.context-menu') === null";
        ada.page.wait_for::<bool>(gone).await.map(drop)
    });
}
