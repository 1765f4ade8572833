use e2e::stage::scene;
use crate::places::*;
#[test]
fn debug_phone() {
    scene("debug", async |stage| {
        let url = stage.one_server().await?;
        let board = stage.board(&url).await?;
        let ada = stage.guest("ada", &board.links.owner.at(&url)).await?;
        ada.take("Pen").await?;
        for i in 0..7 { ada.dash(place(i)).await?; }
        ada.saved().await?;
        let cleo = stage.person("cleo").await?;
        ada.page.click("button", "Share").await?;
        cleo.page.phone().await?;
        cleo.page.scheme(e2e::emulate::Scheme::Light).await?;
        cleo.open(&board.links.edit.at(&url)).await?;
        println!("at Saved: elements {:?}", cleo.elements().await);
        for step in ["key", "click"] {
            if step == "key" { cleo.page.press("Shift+!").await?; } else { cleo.page.eval::<Option<()>>("document.querySelector('[aria-label=\"Zoom to fit\"]').click()").await?; }
            cleo.page.eval::<bool>("new Promise((r) => setTimeout(() => r(true), 1000))").await?;
            println!("{step}: {:?} {:?}", cleo.zoom().await, cleo.page.eval::<String>("document.activeElement.outerHTML.slice(0,100)").await?);
        }
        std::fs::write("/tmp/e2e-work-private/phone.png", cleo.page.screenshot(None).await?)?;
        Ok(())
    });
}
