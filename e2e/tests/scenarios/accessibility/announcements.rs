//! Screen readers announce what other users do.

use anyhow::{Result, ensure};
use e2e::page::At;
use e2e::person::Person;

use crate::support::pointer::draw_box;
use crate::support::users::two_user_scenario;

#[test]
fn only_changes_by_other_users_are_announced() {
    two_user_scenario("announcements", async |ada, ben, _| {
        ada.set_name("Ada").await?;
        ben.wait_for_people(&["Ada", "Observer", &own_name(ben).await?])
            .await?;
        draw_box(ada, At(400.0, 250.0), At(520.0, 330.0)).await?;
        let said = |words: &str| {
            format!(
                "document.querySelector('[role=log][aria-label=Announcements]')\
                 .textContent.includes({words:?})"
            )
        };
        ben.page
            .wait_for::<bool>(&said("Ada added a rectangle"))
            .await?;
        ada.page.press("Ctrl+a").await?;
        ada.page.press("Delete").await?;
        ben.page
            .wait_for::<bool>(&said("Ada removed a rectangle"))
            .await?;
        let own: bool = ada.page.eval(&said("added a rectangle")).await?;
        ensure!(!own, "one's own changes are announced");
        Ok(())
    });
}

/// The name of this person in the list.
async fn own_name(person: &Person) -> Result<String> {
    let own = "[...document.querySelectorAll('[aria-label=\"People\"] > li .visually-hidden')]\
        .map((name) => name.textContent.trim()).find((name) => name.endsWith('(you)'))";
    person.page.wait_for(own).await
}
