//! What is locked, and unlocked again.

use anyhow::ensure;
use e2e::page::At;
use shared::model::Element;

use crate::pair::{
    LEFT, around, both_see, chooses_from_menu, drags, has_selected, lets_go, makes_box, reaches,
    witnessed,
};

#[test]
fn what_is_locked_stays_until_it_is_unlocked() {
    witnessed("unlock", async |ada, ben, witness| {
        makes_box(ada, At(350.0, 250.0), At(470.0, 330.0)).await?;
        both_see(ada, ben, 1).await?;
        ada.page.click_at(LEFT).await?;
        has_selected(ada, 1).await?;
        ada.page.press("Ctrl+Shift+L").await?;
        let locked = witness
            .finds("a locked box", |it| it.props.locked())
            .await?;
        lets_go(ada).await?;
        reaches(ada, ben).await?;
        // Ben pulls at it in vain.
        lets_go(ben).await?;
        let below = At(LEFT.0, LEFT.1 + 150.0);
        drags(ben, LEFT, below).await?;
        lets_go(ben).await?;
        reaches(ben, ada).await?;
        let same = witness.finds("the box", |_| true).await?;
        ensure!(same.props == locked.props, "Ben changed what is locked");
        ben.page.wait_for_ink(around(At(350.0, 290.0)), 8).await?;
        // Unlocked it gives way.
        chooses_from_menu(ada, LEFT, "Lock or unlock").await?;
        witness
            .finds("an unlocked box", |it| !it.props.locked())
            .await?;
        lets_go(ada).await?;
        reaches(ada, ben).await?;
        drags(ben, LEFT, below).await?;
        let low = |it: &Element| (it.props.at.y - 400.0).abs() < 1.0;
        witness.finds("the box below", low).await?;
        reaches(ben, ada).await?;
        // Ada takes back the unlocking alone.
        ada.page.press("Ctrl+z").await?;
        witness
            .finds("locked, where Ben put it", |it| {
                it.props.locked() && low(it)
            })
            .await?;
        both_see(ada, ben, 1).await
    });
}
