//! Locked elements.

use anyhow::ensure;
use e2e::page::At;
use shared::model::Element;

use crate::support::controls::choose_from_context_menu;
use crate::support::pointer::{LEFT_BOX, clear_selection, drag, draw_box, square_around};
use crate::support::users::two_user_scenario;
use crate::support::wait::{both_have_elements, wait_for_selected, wait_until_synced};

#[test]
fn a_locked_element_cannot_move_until_it_is_unlocked() {
    two_user_scenario("unlock", async |ada, ben, observer| {
        draw_box(ada, At(350.0, 250.0), At(470.0, 330.0)).await?;
        both_have_elements(ada, ben, 1).await?;
        ada.page.click_at(LEFT_BOX).await?;
        wait_for_selected(ada, 1).await?;
        ada.page.press("Ctrl+Shift+L").await?;
        let locked = observer
            .wait_for_element("a locked box", |it| it.props.locked())
            .await?;
        clear_selection(ada).await?;
        wait_until_synced(ada, ben).await?;
        // Ben cannot drag it.
        clear_selection(ben).await?;
        let below = At(LEFT_BOX.0, LEFT_BOX.1 + 150.0);
        drag(ben, LEFT_BOX, below).await?;
        clear_selection(ben).await?;
        wait_until_synced(ben, ada).await?;
        let same = observer.wait_for_element("the box", |_| true).await?;
        ensure!(same.props == locked.props, "Ben changed a locked element");
        ben.page
            .wait_for_ink(square_around(At(350.0, 290.0)), 8)
            .await?;
        // After unlocking, it can be dragged.
        choose_from_context_menu(ada, LEFT_BOX, "Lock or unlock").await?;
        observer
            .wait_for_element("an unlocked box", |it| !it.props.locked())
            .await?;
        clear_selection(ada).await?;
        wait_until_synced(ada, ben).await?;
        drag(ben, LEFT_BOX, below).await?;
        let low = |it: &Element| (it.props.at.y - 400.0).abs() < 1.0;
        observer.wait_for_element("the box below", low).await?;
        wait_until_synced(ben, ada).await?;
        // Ada's undo reverts only the unlocking.
        ada.page.press("Ctrl+z").await?;
        observer
            .wait_for_element("a locked box where Ben moved it", |it| {
                it.props.locked() && low(it)
            })
            .await?;
        both_have_elements(ada, ben, 1).await
    });
}
