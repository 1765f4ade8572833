//! Exported files open again as elements, for all people on the board.

use anyhow::{Result, ensure};
use e2e::files::Downloads;
use e2e::person::Person;
use e2e::test_env::scenario;

use super::support::{draw_plan, essence, open_dialog};
use crate::pictures::{Kind, Way, bring};
use crate::support::users::two_user_scenario;
use crate::support::wait::{both_have_elements, wait_until_visible};

/// Exports the board in a format, and returns the file.
async fn export(ada: &Person, downloads: &Downloads, format: &str) -> Result<Vec<u8>> {
    open_dialog(ada).await?;
    ada.page.click("radio", format).await?;
    ada.page.click("button", "Download").await?;
    let ending = format.to_lowercase();
    let file = downloads.take(&format!("Untitled board.{ending}")).await?;
    ada.page.press("Escape").await?;
    Ok(file)
}

#[test]
fn pictures_with_the_elements_and_own_files_open_as_equal_elements() {
    two_user_scenario("export and drop", async |ada, ben, observer| {
        let downloads = Downloads::of(&ada.context).await?;
        draw_plan(ada).await?;
        both_have_elements(ada, ben, 3).await?;
        let before = essence(&observer.board());
        for format in ["PNG", "SVG", "JSON"] {
            let file = export(ada, &downloads, format).await?;
            ada.page.press("Ctrl+a").await?;
            ada.page.press("Delete").await?;
            both_have_elements(ada, ben, 0).await?;
            let name = format!("plan.{}", format.to_lowercase());
            ada.page.drop_file(&name, &file).await?;
            both_have_elements(ada, ben, 3).await?;
            let after = observer
                .wait_for("the elements", |board| {
                    (board.len() == 3).then(|| essence(board))
                })
                .await?;
            ensure!(
                after == before,
                "{format}: {after:#?} instead of {before:#?}"
            );
            // It is one undo step.
            ada.page.press("Ctrl+z").await?;
            both_have_elements(ada, ben, 0).await?;
            ada.page.press("Ctrl+Shift+Z").await?;
            both_have_elements(ada, ben, 3).await?;
        }
        Ok(())
    });
}

#[test]
fn a_scene_of_excalidraw_opens_again() {
    two_user_scenario("export for Excalidraw", async |ada, ben, _| {
        let downloads = Downloads::of(&ada.context).await?;
        draw_plan(ada).await?;
        both_have_elements(ada, ben, 3).await?;
        let file = export(ada, &downloads, "Excalidraw").await?;
        let scene: serde_json::Value = serde_json::from_slice(&file)?;
        ensure!(scene["type"] == "excalidraw", "{scene}");
        ada.page.drop_file("plan.excalidraw", &file).await?;
        both_have_elements(ada, ben, 6).await
    });
}

#[test]
fn an_unknown_file_and_a_damaged_file_are_named() {
    two_user_scenario("files that do not open", async |ada, ben, _| {
        draw_plan(ada).await?;
        both_have_elements(ada, ben, 3).await?;
        let damaged =
            br#"{"type":"commonslate","version":1,"title":"","elements":[{"kind":"blob"}]}"#;
        for (name, content, reason) in [
            ("film.mp4", &b"\0\0\0\x18ftyp"[..], "film.mp4"),
            ("broken.json", damaged, "cannot be read"),
        ] {
            ada.page.drop_file(name, content).await?;
            wait_until_visible(ada, ".toast").await?;
            let named = format!(
                "[...document.querySelectorAll('.toast')].some((it) => it.textContent.includes({reason:?}))"
            );
            ada.page.wait_for::<bool>(&named).await?;
        }
        both_have_elements(ada, ben, 3).await
    });
}

/// A file of our own with many boxes in a square.
fn many_boxes(count: usize) -> String {
    let lines: Vec<String> = (0..count)
        .map(|number| {
            let (x, y) = (number % 100 * 20, number / 100 * 20);
            format!(
                "{{\"kind\":\"rectangle\",\"id\":\"{number}\",\"x\":{x},\"y\":{y},\"size\":[12,12]}}"
            )
        })
        .collect();
    let elements = lines.join(",\n");
    format!("{{\"type\":\"commonslate\",\"version\":1,\"title\":\"\",\"elements\":[{elements}]}}")
}

#[test]
fn many_elements_of_a_file_come_to_everybody_and_are_one_undo_step() {
    const COUNT: u64 = 5_000;
    two_user_scenario("a large file", async |ada, ben, _| {
        let count = usize::try_from(COUNT)?;
        ada.page
            .drop_file("many.json", many_boxes(count).as_bytes())
            .await?;
        both_have_elements(ada, ben, COUNT).await?;
        let gone = "![...document.querySelectorAll('.toast')].some((it) => it.textContent.includes('Putting'))";
        ada.page.wait_for::<bool>(gone).await?;
        ada.page.press("Ctrl+z").await?;
        both_have_elements(ada, ben, 0).await
    });
}

#[test]
fn images_open_on_another_board_with_their_pictures() {
    scenario("pictures in files", async |env| {
        let url = env.one_server().await?;
        let (first, second) = (env.board(&url).await?, env.board(&url).await?);
        let ada = env.guest("ada", &first.owner.at(&url)).await?;
        let downloads = Downloads::of(&ada.context).await?;
        bring(&ada, Way::Paste, Kind::Drawing, &[(300, 200)]).await?;
        ada.wait_for_elements(1).await?;
        ada.wait_until_saved().await?;
        let ben = env.guest("ben", &second.owner.at(&url)).await?;
        for (number, format) in (1..).zip(["PNG", "SVG", "JSON", "Excalidraw"]) {
            let file = export(&ada, &downloads, format).await?;
            let name = format!("plan.{}", format.to_lowercase());
            ben.page.drop_file(&name, &file).await?;
            ben.wait_for_elements(number).await?;
            ben.wait_until_saved().await?;
        }
        // A third page has them all from the server of the second board.
        let eve = env.guest("eve", &second.owner.at(&url)).await?;
        eve.wait_for_elements(4).await?;
        let downloads = Downloads::of(&eve.context).await?;
        let json: serde_json::Value =
            serde_json::from_slice(&export(&eve, &downloads, "JSON").await?)?;
        let files = json["files"].as_object().map_or(0, serde_json::Map::len);
        let shown: std::collections::BTreeSet<&str> = json["elements"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|element| element["picture"]["sha256"].as_str())
            .collect();
        ensure!(
            !shown.is_empty() && shown.len() == files,
            "{shown:?}, {files} files"
        );
        Ok(())
    });
}
