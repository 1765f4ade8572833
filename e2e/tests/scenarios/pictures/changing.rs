//! Cropping, mirroring, replacing and describing an image.

use anyhow::{Result, ensure};
use e2e::page::At;
use e2e::person::Person;
use e2e::test_env::scenario;
use shared::model::{Body, Crop, Element};

use super::{Kind, Way, bring, picture_scenario, wait_until_equal};
use crate::observer::Observer;
use crate::support::controls::{copy_selection, paste, run_command};
use crate::support::pointer::drag;
use crate::support::wait::wait_for_selected;

async fn image(observer: &Observer, what: &str, is: impl Fn(&Element) -> bool) -> Result<Element> {
    let is_it = |element: &Element| matches!(element.body, Body::Image) && is(element);
    observer.wait_for_element(what, is_it).await
}

/// A picture of 300 × 200 in the middle of the view, selected.
async fn picture_in_the_middle(ada: &Person, observer: &Observer) -> Result<Element> {
    bring(ada, Way::Drop, Kind::Drawing, &[(300, 200)]).await?;
    let made = image(observer, "the picture", |_| true).await?;
    wait_for_selected(ada, 1).await?;
    Ok(made)
}

#[test]
fn a_crop_shows_on_the_other_page_and_is_undone() {
    picture_scenario("crop", async |ada, ben, observer| {
        let made = picture_in_the_middle(ada, observer).await?;
        ensure!(made.props.size() == [300.0, 200.0], "{:?}", made.props);
        ada.page.press("Enter").await?;
        // The middle of the right edge goes to the left.
        drag(ada, At(790.0, 400.0), At(690.0, 400.0)).await?;
        let cropped = image(observer, "a crop", |it| it.props.crop() != Crop::WHOLE).await?;
        ensure!(
            (cropped.props.crop().right - 2.0 / 3.0).abs() < 0.02,
            "{:?}",
            cropped.props
        );
        ensure!(
            (cropped.props.size()[0] - 200.0).abs() < 5.0,
            "{:?}",
            cropped.props
        );
        drag(ada, At(590.0, 400.0), At(560.0, 400.0)).await?;
        image(observer, "a moved picture", |it| {
            it.props.crop().left > 0.05
        })
        .await?;
        ada.page.press("Escape").await?;
        wait_for_selected(ada, 1).await?;
        wait_until_equal(ada, ben).await?;
        ada.page.press("Ctrl+z").await?;
        ada.page.press("Ctrl+z").await?;
        image(observer, "the whole picture", |it| {
            it.props.crop() == Crop::WHOLE
        })
        .await?;
        Ok(())
    });
}

#[test]
fn an_image_is_mirrored_replaced_and_described() {
    picture_scenario("change an image", async |ada, ben, observer| {
        let made = picture_in_the_middle(ada, observer).await?;
        ada.page.press("Shift+h").await?;
        image(observer, "a mirror image", |it| {
            it.props.scale() == [-1.0, 1.0]
        })
        .await?;
        wait_until_equal(ada, ben).await?;

        ada.page.click_at(At(640.0, 400.0)).await?;
        wait_for_selected(ada, 1).await?;
        run_command(ada, "Replace picture").await?;
        bring(ada, Way::Choose, Kind::Drawing, &[(100, 100)]).await?;
        let replaced = image(observer, "another picture", |it| {
            it.props.picture() != made.props.picture()
        })
        .await?;
        ensure!(
            replaced.props.size() == [300.0, 300.0],
            "{:?}",
            replaced.props
        );

        run_command(ada, "Alternative text").await?;
        ada.page.find("textbox", "Alternative text").await?;
        ada.page
            .has_no_axe_violations("the dialog for alternative text")
            .await?;
        ada.page.type_text("Three fields").await?;
        ada.page.click("button", "Save").await?;
        image(observer, "a description", |it| {
            it.props.alternative_text() == "Three fields"
        })
        .await?;
        ada.page.press("Ctrl+z").await?;
        ada.page.press("Ctrl+z").await?;
        image(observer, "the first picture", |it| {
            it.props.picture() == made.props.picture() && it.props.alternative_text().is_empty()
        })
        .await?;
        wait_until_equal(ada, ben).await
    });
}

#[test]
fn an_image_pasted_on_another_board_takes_its_picture_along() {
    scenario("copy to another board", async |env| {
        let url = env.one_server().await?;
        let [board, other] = [env.board(&url).await?, env.board(&url).await?];
        let ada = env.guest("ada", &board.owner.at(&url)).await?;
        env.connections_will_break();
        ada.context.allow_clipboard(&url).await?;
        bring(&ada, Way::Drop, Kind::Drawing, &[(300, 200)]).await?;
        wait_for_selected(&ada, 1).await?;
        ada.wait_until_saved().await?;
        copy_selection(&ada).await?;
        ada.open(&other.owner.at(&url)).await?;
        paste(&ada).await?;
        ada.wait_for_elements(1).await?;
        let ben = env.guest("ben", &other.edit.at(&url)).await?;
        ben.wait_for_elements(1).await?;
        wait_until_equal(&ada, &ben).await?;
        ensure!(
            ben.page.ink(super::MIDDLE).await? > 10_000,
            "the picture is painted"
        );
        Ok(())
    });
}
