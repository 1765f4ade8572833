//! Menus, commands, sliders and the clipboard.

use anyhow::Result;
use e2e::input::{Button, Pointer};
use e2e::page::At;
use e2e::person::Person;

/// Opens the context menu there and chooses an entry.
pub(crate) async fn choose_from_context_menu(person: &Person, at: At, name: &str) -> Result<()> {
    let other_button = Pointer {
        button: Button::Right,
        ..Pointer::default()
    };
    person.page.stroke(other_button, &[at]).await?;
    let entry = format!(
        "[...document.querySelectorAll('[role=menu] [role=menuitem]')].find((it) => \
         (it.getAttribute('aria-label') ?? it.querySelector('.menu-label')?.textContent) \
         === {name:?})"
    );
    let there = format!("!!{entry}");
    person.page.wait_for::<bool>(&there).await?;
    person
        .page
        .eval::<Option<()>>(&format!("{entry}.click()"))
        .await
        .map(drop)
}

/// Opens the minimap unless it is open.
pub(crate) async fn open_minimap(person: &Person) -> Result<()> {
    let shown = "document.querySelector('.minimap') !== null";
    if !person.page.eval::<bool>(shown).await? {
        person.page.click("button", "Minimap").await?;
    }
    Ok(())
}

/// Runs a command from the command palette.
pub(crate) async fn run_command(person: &Person, command: &str) -> Result<()> {
    person.page.press("Ctrl+k").await?;
    person.page.find("combobox", "Search commands").await?;
    person.page.type_text(command).await?;
    let first = format!(
        "document.querySelector('.command[aria-selected=true] .command-label')?.textContent === {command:?}"
    );
    person.page.wait_for::<bool>(&first).await?;
    person.page.press("Enter").await?;
    let gone = "document.querySelector('[role=combobox]') === null";
    person.page.wait_for::<bool>(gone).await.map(drop)
}

/// Moves a slider.
pub(crate) async fn set_slider(person: &Person, name: &str, to: u32) -> Result<()> {
    let script = format!(
        "(() => {{ const it = document.querySelector('input[type=range][aria-label={name:?}]'); \
         it.value = '{to}'; return it.dispatchEvent(new InputEvent('input', {{ bubbles: true }})) }})()"
    );
    person.page.eval::<bool>(&script).await.map(drop)
}

/// Picks a custom colour, as `#rrggbb`. The browser's own picker sends this event.
pub(crate) async fn pick_custom_colour(person: &Person, color: &str) -> Result<()> {
    let script = format!(
        "(() => {{ const it = document.querySelector('.swatch-input'); it.value = {color:?}; \
         return it.dispatchEvent(new InputEvent('input', {{ bubbles: true }})) }})()"
    );
    person.page.eval::<bool>(&script).await.map(drop)
}

/// Copies the selection.
pub(crate) async fn copy_selection(person: &Person) -> Result<()> {
    person.page.press_for("Ctrl+c", "copy").await
}

/// Cuts the selection.
pub(crate) async fn cut_selection(person: &Person) -> Result<()> {
    person.page.press_for("Ctrl+x", "cut").await
}

/// Pastes from the clipboard.
pub(crate) async fn paste(person: &Person) -> Result<()> {
    person.page.press_for("Ctrl+v", "paste").await
}
