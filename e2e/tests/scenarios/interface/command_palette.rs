//! The command palette.

use anyhow::{Result, ensure};
use e2e::person::Person;

use crate::support::controls::run_command;
use crate::support::pointer::draw_two_boxes;
use crate::support::users::two_user_scenario;
use crate::support::wait::{both_have_elements, wait_for_selected};

/// The selected command: its label, whether it is disabled, and why.
const SELECTED_COMMAND: &str = "(() => { const it = document.querySelector('.command[aria-selected=true]'); \
    return it && [it.querySelector('.command-label').textContent, \
        it.getAttribute('aria-disabled') === 'true', \
        it.querySelector('.command-why').textContent] })()";

async fn open_palette(person: &Person, query: &str) -> Result<()> {
    person.page.press("Ctrl+k").await?;
    person.page.find("combobox", "Search commands").await?;
    person.page.type_text(query).await
}

#[test]
fn the_palette_explains_disabled_commands_and_runs_enabled_ones() {
    two_user_scenario("palette", async |ada, ben, observer| {
        draw_two_boxes(ada).await?;
        open_palette(ada, "Ungroup").await?;
        ada.page
            .wait_for::<bool>(&format!("{SELECTED_COMMAND}?.[0] === 'Ungroup'"))
            .await?;
        let (_, disabled, why): (String, bool, String) = ada.page.eval(SELECTED_COMMAND).await?;
        ensure!(disabled, "Ungroup is enabled without a group");
        ensure!(why.ends_with('.'), "no text gives the reason: {why:?}");
        // Enter does nothing, and the palette stays open.
        ada.page.press("Enter").await?;
        ada.page.find("combobox", "Search commands").await?;
        ada.page.press("Escape").await?;
        ada.page.press("Ctrl+a").await?;
        wait_for_selected(ada, 2).await?;
        run_command(ada, "Group").await?;
        observer
            .wait_for("a group of two", |board| {
                let mut all = board.elements();
                all.all(|it| !it.props.groups().is_empty()).then_some(())
            })
            .await?;
        open_palette(ada, "Ungroup").await?;
        ada.page
            .wait_for::<bool>(&format!(
                "{SELECTED_COMMAND}?.[0] === 'Ungroup' && !{SELECTED_COMMAND}[1]"
            ))
            .await?;
        ada.page.press("Enter").await?;
        observer
            .wait_for("no group", |board| {
                let mut all = board.elements();
                all.all(|it| it.props.groups().is_empty()).then_some(())
            })
            .await?;
        both_have_elements(ada, ben, 2).await
    });
}
