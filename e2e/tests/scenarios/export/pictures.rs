//! Pictures of the board: downloads, the clipboard and the printer.

use anyhow::{Result, ensure};
use e2e::files::Downloads;
use e2e::page::{At, Rect};
use e2e::person::Person;
use e2e::pixels::Picture;
use e2e::svg_renderer::SvgRenderer;
use e2e::test_env::scenario;

use super::support::{draw_plan, open_dialog, size_of, wait_for_note};
use crate::pictures::{Kind, Way, bring, picture_scenario};
use crate::rendering::golden_board::typefaces;
use crate::support::pointer::draw_with_key;
use crate::support::users::{one_user, two_user_scenario};
use crate::support::wait::both_have_elements;

/// The share of pixels that may differ: letters and edges lie on other fractions of a pixel.
const MAX_DIFFERENCE: f64 = 0.01;

/// The share of pixels in which two pictures differ.
#[expect(clippy::cast_precision_loss, reason = "numbers of pixels")]
fn difference(one: &Picture, two: &Picture) -> Result<f64> {
    Ok(one.difference(two)? as f64 / (one.width * one.height) as f64)
}

#[test]
fn a_downloaded_png_looks_like_the_canvas_and_an_svg_like_the_png() {
    two_user_scenario("export pictures", async |ada, ben, observer| {
        let downloads = Downloads::of(&ada.context).await?;
        draw_plan(ada).await?;
        both_have_elements(ada, ben, 3).await?;
        ada.page.hover(At(640.0, 640.0)).await?;
        let board = observer.board();
        let (width, height) = size_of(&board);
        open_dialog(ada).await?;
        ada.page.click("radio", "Scale 1").await?;
        ada.page.click("button", "Download").await?;
        let png = Picture::decode(&downloads.take("Untitled board.png").await?)?;
        ada.page.click("radio", "SVG").await?;
        ada.page.click("button", "Download").await?;
        let svg = String::from_utf8(downloads.take("Untitled board.svg").await?)?;
        ada.page.press("Escape").await?;
        // The left box is the upper left corner of everything: its line and the space around it.
        let (left, top) = (
            350.0 - (width_of_line(&board) / 2.0 + 16.0),
            250.0 - (width_of_line(&board) / 2.0 + 16.0),
        );
        let rect = Rect {
            x: left,
            y: top,
            width: width.round(),
            height: height.round(),
        };
        let canvas = ada.page.board_picture(rect).await?;
        let from_canvas = difference(&flat(&canvas), &png)?;
        ensure!(
            from_canvas < MAX_DIFFERENCE,
            "PNG and canvas: {from_canvas}"
        );
        ensure!(
            png.rgba
                .chunks_exact(4)
                .any(|it| it.first().is_some_and(|red| *red < 80)),
            "there is no ink"
        );
        let renderer = SvgRenderer::new(&ada.context, &typefaces()?).await?;
        let drawn = renderer.paint(&svg, png.width, png.height).await?;
        let from_svg = difference(&drawn, &png)?;
        ensure!(from_svg < 3.0 * MAX_DIFFERENCE, "PNG and SVG: {from_svg}");
        Ok(())
    });
}

/// The width of the line of the first element.
fn width_of_line(board: &shared::model::Board) -> f64 {
    board
        .in_order()
        .next()
        .map_or(0.0, |it| f64::from(it.props.width))
}

/// A picture of the canvases over the background of the board.
fn flat(picture: &Picture) -> Picture {
    const BELOW: [u16; 3] = [0xfd, 0xfd, 0xfc];
    let mut flat = picture.clone();
    for pixel in flat.rgba.chunks_exact_mut(4) {
        let [red, green, blue, alpha] = pixel else {
            continue;
        };
        let share = u16::from(*alpha);
        for (channel, below) in [red, green, blue].into_iter().zip(BELOW) {
            let mixed = (u16::from(*channel) * share + below * (255 - share)) / 255;
            *channel = u8::try_from(mixed).unwrap_or(u8::MAX);
        }
        *alpha = u8::MAX;
    }
    flat
}

/// Runs a command and reads what it put on the clipboard.
async fn copied(ada: &Person, chord: &str, kind: &str) -> Result<Vec<u8>> {
    ada.page.press(chord).await?;
    let said =
        "[...document.querySelectorAll('.toast')].some((it) => it.textContent.includes('Copied.'))";
    ada.page.wait_for::<bool>(said).await?;
    ada.page.clipboard(kind).await
}

#[test]
fn the_board_is_copied_as_png_and_as_svg() {
    two_user_scenario("copy as", async |ada, ben, observer| {
        let origin: String = ada.page.eval("location.origin").await?;
        ada.context.allow_clipboard(&origin).await?;
        draw_plan(ada).await?;
        both_have_elements(ada, ben, 3).await?;
        let png = Picture::decode(&copied(ada, "Alt+Shift+C", "image/png").await?)?;
        let (width, height) = size_of(&observer.board());
        ensure!(
            (png.width, png.height)
                == (
                    (width * 2.0).round() as usize,
                    (height * 2.0).round() as usize
                ),
            "{} × {}",
            png.width,
            png.height
        );
        open_dialog(ada).await?;
        ada.page.click("radio", "SVG").await?;
        ada.page.click("button", "Copy").await?;
        wait_for_note(ada, "Copied.").await?;
        let svg = String::from_utf8(ada.page.clipboard("text/plain").await?)?;
        ensure!(svg.starts_with("<svg") && svg.contains("Plan B"), "{svg}");
        Ok(())
    });
}

/// The number of pages of a PDF of Chromium.
fn pages(pdf: &[u8]) -> usize {
    let text = String::from_utf8_lossy(pdf);
    text.matches("/Type /Page").count() - text.matches("/Type /Pages").count()
}

#[test]
fn a_board_prints_on_one_page_and_each_frame_on_its_own() {
    scenario("print", async |env| {
        let ada = one_user(env).await?;
        draw_plan(&ada).await?;
        let whole = ada.page.print_to_pdf().await?;
        ensure!(pages(&whole) == 1, "{} pages of a board", pages(&whole));
        for x in [320.0, 570.0, 800.0] {
            draw_with_key(&ada, "f", At(x, 230.0), At(x + 180.0, 350.0)).await?;
        }
        let frames = ada.page.print_to_pdf().await?;
        ensure!(
            pages(&frames) == 3,
            "{} pages of three frames",
            pages(&frames)
        );
        // The pages are gone afterwards.
        let gone = "document.querySelector('.print-pages') === null";
        ada.page.wait_for::<bool>(gone).await.map(drop)
    });
}

/// How many pixels have exactly this colour.
fn count(picture: &Picture, colour: [u8; 3]) -> usize {
    let pixels = picture.rgba.chunks_exact(4);
    pixels.filter(|pixel| pixel.starts_with(&colour)).count()
}

#[test]
fn a_png_and_an_svg_show_the_pixels_of_pictures() {
    picture_scenario("pictures in exports", async |ada, ben, _| {
        let downloads = Downloads::of(&ada.context).await?;
        bring(ada, Way::Paste, Kind::Drawing, &[(300, 200)]).await?;
        both_have_elements(ada, ben, 1).await?;
        ada.wait_until_saved().await?;
        open_dialog(ada).await?;
        ada.page.click("radio", "Scale 1").await?;
        ada.page.click("button", "Download").await?;
        let png = Picture::decode(&downloads.take("Untitled board.png").await?)?;
        // A quarter of the picture is red, and a preview has hardly a pixel of exactly this colour.
        let red = count(&png, [0xd6, 0x28, 0x28]);
        ensure!(red > png.width * png.height / 10, "{red} red pixels");
        ada.page.click("radio", "SVG").await?;
        ada.page.click("button", "Download").await?;
        let svg = String::from_utf8(downloads.take("Untitled board.svg").await?)?;
        ensure!(svg.matches("data:image/png;base64,").count() == 1, "{svg}");
        Ok(())
    });
}

#[test]
fn a_picture_that_cannot_be_loaded_is_named_by_the_export() {
    picture_scenario("a picture is missing", async |ada, ben, _| {
        ben.page.block_requests(&["*/files/*"]).await?;
        bring(ada, Way::Paste, Kind::Drawing, &[(300, 200)]).await?;
        both_have_elements(ada, ben, 1).await?;
        open_dialog(ben).await?;
        ben.page.click("radio", "SVG").await?;
        ben.page.click("button", "Download").await?;
        wait_for_note(ben, "One picture could not be loaded").await
    });
}

#[test]
fn pictures_are_printed() {
    picture_scenario("print a picture", async |ada, ben, _| {
        bring(ada, Way::Paste, Kind::Drawing, &[(300, 200)]).await?;
        both_have_elements(ada, ben, 1).await?;
        ada.wait_until_saved().await?;
        let pdf = ada.page.print_to_pdf().await?;
        let text = String::from_utf8_lossy(&pdf);
        ensure!(text.contains("/Subtype /Image"), "no picture on the page");
        Ok(())
    });
}
