//! The export dialog: by menu, by context menu and by keys alone; its options and its preview.

use anyhow::{Result, ensure};
use e2e::files::Downloads;
use e2e::page::At;
use e2e::person::Person;
use e2e::pixels::Picture;
use e2e::test_env::scenario;

use super::support::{draw_plan, open_dialog, wait_for_note};
use crate::support::axe::check_axe_in_both_themes;
use crate::support::controls::choose_from_context_menu;
use crate::support::pointer::{LEFT_BOX, draw_box};
use crate::support::users::{PHONES, one_user, phone_and_desktop};
use crate::support::wait::{wait_for_focus, wait_for_selected, wait_until_visible};

const DIALOG: &str = "dialog[open][data-kind=export]";

async fn wait_until_closed(person: &Person) -> Result<()> {
    let closed = format!("document.querySelector({DIALOG:?}) === null");
    person.page.wait_for::<bool>(&closed).await.map(drop)
}

/// Types a width.
async fn fill_width(person: &Person, width: &str) -> Result<()> {
    person.page.click("spinbutton", "Width in pixels").await?;
    person
        .page
        .eval::<Option<()>>("document.activeElement.select()")
        .await?;
    person.page.type_text(width).await?;
    person.page.press("Tab").await
}

/// The words below the options.
async fn note(person: &Person) -> Result<String> {
    let note = "document.querySelector('.export-note').textContent";
    person.page.eval(note).await
}

/// Presses Tab until the focused element matches a selector.
async fn tab_to(person: &Person, selector: &str) -> Result<()> {
    for _ in 0..30 {
        person.page.press("Tab").await?;
        let within = format!("document.activeElement?.closest({DIALOG:?}) !== null");
        ensure!(
            person.page.eval::<bool>(&within).await?,
            "the focus left the dialog"
        );
        let there = format!("document.activeElement?.matches({selector:?})");
        if person.page.eval::<bool>(&there).await? {
            return Ok(());
        }
    }
    anyhow::bail!("Tab never reaches {selector}")
}

#[test]
fn the_dialog_works_with_keys_alone_and_gives_the_focus_back() {
    scenario("export by keys", async |env| {
        let ada = one_user(env).await?;
        let downloads = Downloads::of(&ada.context).await?;
        draw_plan(&ada).await?;
        ada.page
            .eval::<Option<()>>("document.querySelector('main').focus()")
            .await?;
        open_dialog(&ada).await?;
        tab_to(&ada, "[role=radio][aria-label=PNG]").await?;
        ada.page.press("Right").await?;
        wait_for_focus(&ada, "[aria-label=SVG][aria-checked=true]").await?;
        tab_to(&ada, "[role=radio][aria-label='Light inks']").await?;
        ada.page.press("Right").await?;
        tab_to(&ada, "[role=switch]").await?;
        ada.page.press("Space").await?;
        tab_to(&ada, "[aria-label='File name']").await?;
        ada.page.press("Ctrl+a").await?;
        ada.page.type_text("by keys").await?;
        ada.page.press("Enter").await?;
        wait_for_note(&ada, "Downloaded.").await?;
        let svg = String::from_utf8(downloads.take("by keys.svg").await?)?;
        ensure!(!svg.contains("<rect x="), "the background is there");
        ensure!(svg.contains("Plan B"), "the words are missing");
        ada.page.press("Escape").await?;
        wait_until_closed(&ada).await?;
        wait_for_focus(&ada, "main").await
    });
}

#[test]
fn the_selection_or_a_frame_is_exported_alone() {
    scenario("export a part", async |env| {
        let ada = one_user(env).await?;
        let downloads = Downloads::of(&ada.context).await?;
        draw_plan(&ada).await?;
        ada.page.click_at(LEFT_BOX).await?;
        wait_for_selected(&ada, 1).await?;
        choose_from_context_menu(&ada, LEFT_BOX, "Export").await?;
        wait_until_visible(&ada, DIALOG).await?;
        let what = "document.querySelector('.export select').selectedOptions[0].textContent";
        let what: String = ada.page.eval(what).await?;
        ensure!(what == "Selection (1 element)", "{what}");
        ada.page.click("radio", "Scale 1").await?;
        ada.page.click("button", "Download").await?;
        let picture = Picture::decode(&downloads.take("Untitled board.png").await?)?;
        // A box of 120 by 80 with half a line and some space on each side.
        ensure!(
            (150..170).contains(&picture.width) && (110..130).contains(&picture.height),
            "{} × {}",
            picture.width,
            picture.height
        );
        ada.page.press("Escape").await?;
        wait_until_closed(&ada).await
    });
}

#[test]
fn the_size_follows_the_scale_and_the_width() {
    scenario("export sizes", async |env| {
        let ada = one_user(env).await?;
        let downloads = Downloads::of(&ada.context).await?;
        draw_plan(&ada).await?;
        open_dialog(&ada).await?;
        fill_width(&ada, "500").await?;
        ensure!(
            note(&ada).await?.starts_with("500 × "),
            "{}",
            note(&ada).await?
        );
        ada.page.click("switch", "Background").await?;
        ada.page.click("button", "Download").await?;
        let picture = Picture::decode(&downloads.take("Untitled board.png").await?)?;
        ensure!(picture.width == 500, "{}", picture.width);
        ensure!(
            picture.rgba.get(..4) == Some(&[0, 0, 0, 0]),
            "the corner is not transparent"
        );
        // What the server makes is named before it is asked for.
        fill_width(&ada, "16384").await?;
        ensure!(
            note(&ada).await?.contains("The server makes this file."),
            "{}",
            note(&ada).await?
        );
        Ok(())
    });
}

#[test]
fn the_preview_follows_the_options_and_the_board() {
    scenario("export preview", async |env| {
        let url = env.one_server().await?;
        let board = env.board(&url).await?;
        let ada = env.guest("ada", &board.owner.at(&url)).await?;
        let ben = env.guest("ben", &board.edit.at(&url)).await?;
        draw_plan(&ada).await?;
        open_dialog(&ada).await?;
        let corner = "(() => { const it = document.querySelector('.export-picture');\
            globalThis.__corner ??= new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });\
            __corner.clearRect(0, 0, 1, 1); __corner.drawImage(it, 0, 0);\
            return [...__corner.getImageData(0, 0, 1, 1).data] })()";
        let light = format!("{corner}.slice(0, 3).every((it) => it > 240)");
        ada.page.wait_for::<bool>(&light).await?;
        ada.page.click("radio", "Dark inks").await?;
        let dark = format!("{corner}.slice(0, 3).every((it) => it < 60) && {corner}[3] === 255");
        ada.page.wait_for::<bool>(&dark).await?;
        ada.page.click("switch", "Background").await?;
        ada.page
            .wait_for::<bool>(&format!("{corner}[3] === 0"))
            .await?;
        // Another person draws far to the right, so the preview becomes flat.
        let shape = "(() => { const it = document.querySelector('.export-picture');\
            return it.width / it.height })()";
        let before: f64 = ada.page.eval(shape).await?;
        draw_box(&ben, At(900.0, 260.0), At(1000.0, 300.0)).await?;
        ada.page
            .wait_for::<bool>(&format!("{shape} > {before} * 1.2"))
            .await
            .map(drop)
    });
}

#[test]
fn the_dialog_has_no_axe_violations_and_fits_phones() {
    scenario("export dialog", async |env| {
        let ada = one_user(env).await?;
        draw_plan(&ada).await?;
        open_dialog(&ada).await?;
        check_axe_in_both_themes(&ada, "the export dialog").await
    });
    for size in PHONES {
        scenario("export dialog on a phone", async |env| {
            let (ada, ben) = phone_and_desktop(env, size).await?;
            draw_plan(&ben).await?;
            ada.wait_for_elements(3).await?;
            ada.page.click("button", "Menu").await?;
            ada.page.click("menuitem", "Export").await?;
            wait_until_visible(&ada, DIALOG).await?;
            let fits = format!(
                "(() => {{ const it = document.querySelector({DIALOG:?});\
                 return it.scrollWidth <= it.clientWidth && it.clientWidth <= innerWidth }})()"
            );
            ensure!(ada.page.eval::<bool>(&fits).await?, "wider than {size:?}");
            check_axe_in_both_themes(&ada, "the export dialog on a phone").await
        });
    }
}
