//! The help dialog.

use std::collections::BTreeSet;

use anyhow::{Result, ensure};
use e2e::person::Person;
use e2e::test_env::scenario;

use crate::support::users::one_user;

/// Names and keys of all lines of a list.
async fn read_lines(person: &Person, script: &str) -> Result<BTreeSet<(String, String)>> {
    let lines: Vec<(String, String)> = person.page.eval(script).await?;
    Ok(lines.into_iter().collect())
}

#[test]
fn the_help_lists_every_shortcut() {
    scenario("help", async |env| {
        let ada = one_user(env).await?;
        ada.page.press("Ctrl+k").await?;
        ada.page.find("combobox", "Search commands").await?;
        let plain = |text: &str| format!("{text}.replace(/[+\\s]/g, '')");
        let commands = format!(
            "[...document.querySelectorAll('.command')].map((it) => \
                [it.querySelector('.command-label').textContent, {}]).filter(([, keys]) => keys)",
            plain("it.querySelector('kbd').textContent")
        );
        let commands = read_lines(&ada, &commands).await?;
        ensure!(
            commands.len() > 40,
            "only {} commands have keys",
            commands.len()
        );
        ada.page.press("Escape").await?;
        ada.page
            .wait_for::<bool>("document.querySelector('[role=combobox]') === null")
            .await?;
        ada.page.press("?").await?;
        ada.page
            .wait_for::<bool>("document.querySelectorAll('dialog[open] .help-line').length > 40")
            .await?;
        let help = format!(
            "[...document.querySelectorAll('.help-line')].map((it) => \
                [it.querySelector('dt').textContent, {}])",
            plain("it.querySelector('dd').textContent")
        );
        let help = read_lines(&ada, &help).await?;
        let missing: Vec<_> = commands.difference(&help).collect();
        ensure!(missing.is_empty(), "not in the help: {missing:?}");
        for gesture in ["Two-fingertap", "Three-fingertap", "Longpress"] {
            let told = help.iter().any(|(_, keys)| keys == gesture);
            ensure!(told, "the help does not list {gesture}");
        }
        Ok(())
    });
}
