//! Files that the server makes for the dialog: pages, and large pictures.

use anyhow::{Result, ensure};
use e2e::files::Downloads;
use e2e::page::At;
use e2e::person::Person;
use e2e::pixels::Picture;

use super::support::{draw_plan, open_dialog, wait_for_note};
use crate::support::pointer::draw_with_key;
use crate::support::users::two_user_scenario;
use crate::support::wait::both_have_elements;

async fn choose_width(ada: &Person, width: &str) -> Result<()> {
    ada.page.click("spinbutton", "Width in pixels").await?;
    ada.page
        .eval::<Option<()>>("document.activeElement.select()")
        .await?;
    ada.page.type_text(width).await?;
    ada.page.press("Tab").await
}

#[test]
fn the_server_makes_pages_and_large_pictures_of_everything_that_was_drawn() {
    two_user_scenario("export by the server", async |ada, ben, _| {
        let downloads = Downloads::of(&ada.context).await?;
        draw_plan(ada).await?;
        for x in [320.0, 570.0] {
            draw_with_key(ada, "f", At(x, 230.0), At(x + 180.0, 350.0)).await?;
        }
        both_have_elements(ada, ben, 5).await?;
        open_dialog(ada).await?;
        ada.page.click("radio", "PDF").await?;
        ada.page.click("button", "Download").await?;
        wait_for_note(ada, "Downloaded.").await?;
        let pdf = downloads.take("Untitled board.pdf").await?;
        ensure!(pdf.starts_with(b"%PDF-"), "no PDF");
        ada.page.click("radio", "PNG").await?;
        choose_width(ada, "7000").await?;
        ada.page.click("button", "Download").await?;
        wait_for_note(ada, "Downloaded.").await?;
        let file = downloads.take("Untitled board.png").await?;
        let picture = Picture::decode(&file)?;
        ensure!(picture.width == 7_000, "{} wide", picture.width);
        ensure!(picture.has([0x1d, 0x20, 0x26]), "there is no ink");
        // It contains the elements, as a small one does.
        ada.page.press("Escape").await?;
        ada.page.press("Ctrl+a").await?;
        ada.page.press("Delete").await?;
        both_have_elements(ada, ben, 0).await?;
        ada.page.drop_file("plan.png", &file).await?;
        both_have_elements(ada, ben, 5).await
    });
}
