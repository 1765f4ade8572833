//! The canvases show the golden board as the browser renders its SVG export, element for element.

use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use e2e::PATIENCE;
use e2e::emulate::Scheme;
use e2e::page::Rect;
use e2e::person::Person;
use e2e::pixels::Picture;
use e2e::svg_renderer::SvgRenderer;
use e2e::test_env::{TestEnv, scenario};
use shared::geometry::BoardRect;
use shared::model::palette::{Theme, background};
use shared::model::{Board, Body, Element};
use shared::op::Op;

use crate::observer::Observer;
use crate::rendering::picture_comparison::{count_different, different_pixels, ratio};
use crate::rendering::svg_document::{Omit, SvgDocument, pixels};

#[expect(clippy::unwrap_used, reason = "a board that is written down is sound")]
#[path = "../../../../shared/tests/golden_board/mod.rs"]
mod golden;

/// The size of the window. The whole board fits into it at every zoom.
const WINDOW: (u32, u32) = (1800, 1400);

/// Zooms from small to large. Each maps whole pixels to whole pixels.
const ZOOMS: [f64; 3] = [0.5, 1.0, 2.0];

/// The share of an element's own pixels that may differ.
const MAX_ELEMENT_DIFFERENCE: f64 = 0.03;

/// The share of the pixels of its letters that may differ. Documents and canvases place small
/// letters on different fractions of a pixel.
const MAX_LETTER_DIFFERENCE: f64 = 0.12;

/// The share of all pixels that may differ.
const MAX_DIFFERENCE: f64 = 0.002;

/// An element with fewer pixels of its own could be missing without notice.
const MIN_PIXELS: usize = 25;

/// A picture over the background of the board, and the part of the board that it shows.
struct Capture {
    picture: Picture,
    part: BoardRect,
    zoom: f64,
}

impl Capture {
    /// Cuts out the part of the picture that shows a part of the board.
    fn cut(&self, part: BoardRect) -> Picture {
        let left = pixels(part.x0 - self.part.x0, self.zoom);
        let top = pixels(part.y0 - self.part.y0, self.zoom);
        let width = pixels(part.width(), self.zoom);
        let height = pixels(part.height(), self.zoom);
        let rows = self.picture.rgba.chunks_exact(self.picture.width * 4);
        let rgba = rows
            .skip(top)
            .take(height)
            .flat_map(|row| row.iter().skip(left * 4).take(width * 4).copied())
            .collect();
        Picture {
            width,
            height,
            rgba,
        }
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "between two bytes"
)]
fn byte(value: f32) -> u8 {
    value.round() as u8
}

/// Takes a picture of the canvases of a page over the background of the board.
async fn capture(person: &Person, part: BoardRect, zoom: f64, theme: Theme) -> Result<Capture> {
    let (width, height) = (part.width() * zoom, part.height() * zoom);
    let rect = Rect {
        x: f64::from(WINDOW.0) / 2.0 - width / 2.0,
        y: f64::from(WINDOW.1) / 2.0 - height / 2.0,
        width,
        height,
    };
    let mut picture = person.page.board_picture(rect).await?;
    let ground = background(theme);
    let below = [ground.r, ground.g, ground.b].map(f32::from);
    for pixel in picture.rgba.chunks_exact_mut(4) {
        if let [channels @ .., alpha] = pixel {
            let share = f32::from(*alpha) / 255.0;
            for (channel, below) in channels.iter_mut().zip(below) {
                *channel = byte(f32::from(*channel) * share + below * (1.0 - share));
            }
            *alpha = 255;
        }
    }
    Ok(Capture {
        picture,
        part,
        zoom,
    })
}

/// The style sheet of the bundled fonts, with the font files embedded.
pub(crate) fn typefaces() -> Result<String> {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
    let css = std::fs::read_to_string(format!("{root}/style/fonts.css"))?;
    let mut parts = css.split("url(\"fonts/");
    let mut whole = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (name, rest) = part.split_once('"').context("fonts.css has changed")?;
        let file = std::fs::read(format!("{root}/public/fonts/{name}"))?;
        whole += &format!(
            "url(\"data:font/woff2;base64,{}\"{rest}",
            STANDARD.encode(file)
        );
    }
    Ok(whole)
}

/// Compares the page with the document at one zoom in one theme.
async fn compare(
    person: &Person,
    svg_renderer: &SvgRenderer,
    sheet: &SvgDocument<'_>,
) -> Result<()> {
    let whole = sheet.whole()?;
    let wanted = Capture {
        picture: sheet.paint(svg_renderer, whole, Omit::Nothing).await?,
        part: whole,
        zoom: sheet.zoom,
    };
    let end = Instant::now() + PATIENCE;
    // Tiles and fonts load asynchronously.
    let (page, part) = loop {
        let page = capture(person, whole, sheet.zoom, sheet.theme).await?;
        let wrong = different_pixels(&page.picture, &wanted.picture);
        let count = wrong.iter().filter(|wrong| **wrong).count();
        let part = ratio((count, wrong.len()));
        if part <= MAX_DIFFERENCE || Instant::now() > end {
            break (page, part);
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    };
    let mut faults = Vec::new();
    for element in sheet.board.in_order() {
        faults.extend(differences_of(&page, &wanted, svg_renderer, sheet, element).await?);
    }
    ensure!(
        faults.is_empty(),
        "otherwise than as a document:\n{}",
        faults.join("\n")
    );
    ensure!(part <= MAX_DIFFERENCE, "{part} of all pixels differ");
    Ok(())
}

/// Describes where a page shows an element differently. The pixels of an element are those that
/// change in the document when the element is omitted, so a page without it differs in all of them.
async fn differences_of(
    page: &Capture,
    wanted: &Capture,
    svg_renderer: &SvgRenderer,
    sheet: &SvgDocument<'_>,
    element: &Element,
) -> Result<Vec<String>> {
    let part = sheet.about(element.id)?;
    let with = wanted.cut(part);
    let wrong = different_pixels(&page.cut(part), &with);
    let lacks = async |without| -> Result<Vec<bool>> {
        Ok(different_pixels(
            &with,
            &sheet.paint(svg_renderer, part, without).await?,
        ))
    };
    let mut body = lacks(Omit::Element(element.id)).await?;
    let letters = lacks(Omit::Letters(element.id)).await?;
    for (body, letter) in body.iter_mut().zip(&letters) {
        *body &= !letter;
    }
    let mut faults = Vec::new();
    for (what, own, bound) in [
        ("itself", body, MAX_ELEMENT_DIFFERENCE),
        ("its letters", letters, MAX_LETTER_DIFFERENCE),
    ] {
        let found = count_different(&own, &wrong);
        let is_part = match what {
            "itself" => element.body != Body::Text,
            _ => !element.text.is_empty(),
        };
        let what = format!("{}, {what}", name(element));
        ensure!(
            !is_part || found.1 >= MIN_PIXELS,
            "{what}: {} pixels",
            found.1
        );
        if is_part && ratio(found) > bound {
            faults.push(format!("  {what}: {} pixels of {}", found.0, found.1));
        }
    }
    Ok(faults)
}

fn name(element: &Element) -> String {
    let body = format!("{:?}", element.body);
    let kind: String = body
        .chars()
        .take_while(char::is_ascii_alphanumeric)
        .collect();
    format!(
        "{kind} of {:?} at {:?}",
        element.props.color, element.props.at
    )
}

/// A person with the golden board in a window that is large enough for all of it.
async fn open_golden_board(env: &mut TestEnv) -> Result<(Person, String)> {
    let url = env.one_server().await?;
    let board = env.board(&url).await?;
    // The note of the golden board is signed so.
    let observer = Observer::join_as("Ada", &url, &board).await?;
    let elements = golden::elements();
    let count = elements.len();
    observer.submit(
        elements
            .into_iter()
            .map(|new| Op::Put(Box::new(new)))
            .collect(),
    )?;
    let all = |board: &Board| (board.elements().count() == count).then_some(());
    observer.wait_for("the golden board", all).await?;
    let ada = env.person("ada").await?;
    ada.page.viewport(WINDOW.0, WINDOW.1).await?;
    Ok((ada, board.view.at(&url)))
}

/// The parameter of a link for the centre of a part of the board and a zoom.
fn view_parameter(part: BoardRect, zoom: f64) -> String {
    let middle = part.center();
    format!("&at={:.1},{:.1},{zoom:.3}", middle.x, middle.y)
}

/// Compares the page with the document at every zoom in one theme.
async fn check_theme(env: &mut TestEnv, scheme: Scheme, theme: Theme) -> Result<()> {
    let (ada, link) = open_golden_board(env).await?;
    let svg_renderer = SvgRenderer::new(&ada.context, &typefaces()?).await?;
    ada.page.scheme(scheme).await?;
    let board = golden::board();
    for zoom in ZOOMS {
        let sheet = SvgDocument {
            board: &board,
            theme,
            zoom,
        };
        let link = format!("{link}{}", view_parameter(sheet.whole()?, zoom));
        // The page reads the view from the link only when it is loaded.
        ada.page.goto("about:blank").await?;
        ada.open(&link).await?;
        ada.wait_for_zoom(&format!("zoom === {}", zoom * 100.0))
            .await?;
        let compared = compare(&ada, &svg_renderer, &sheet).await;
        compared.with_context(|| format!("{theme:?} at {zoom}"))?;
    }
    Ok(())
}

#[test]
fn the_golden_board_renders_like_its_svg_in_the_light_theme() {
    scenario("golden light", async |env| {
        check_theme(env, Scheme::Light, Theme::Light).await?;
        // The files of its pictures are not on the server, which the browser reports.
        env.connections_will_break();
        Ok(())
    });
}

#[test]
fn the_golden_board_renders_like_its_svg_in_the_dark_theme() {
    scenario("golden dark", async |env| {
        check_theme(env, Scheme::Dark, Theme::Dark).await?;
        // The files of its pictures are not on the server, which the browser reports.
        env.connections_will_break();
        Ok(())
    });
}
