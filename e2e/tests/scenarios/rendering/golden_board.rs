//! The canvases show the golden board as the browser renders its SVG export, element for element.

use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use e2e::PATIENCE;
use e2e::easel::Easel;
use e2e::emulate::Scheme;
use e2e::page::Rect;
use e2e::person::Person;
use e2e::pixels::Picture;
use e2e::stage::{Stage, scene};
use shared::geometry::BoardRect;
use shared::model::palette::{Theme, background};
use shared::model::{Board, Body, Element};
use shared::op::Op;

use crate::rendering::picture_comparison::{count_different, different_pixels, ratio};
use crate::rendering::svg_document::{Omit, SvgDocument, pixels};
use crate::witness::Witness;

#[expect(clippy::unwrap_used, reason = "a board that is written down is sound")]
#[path = "../../../../shared/tests/golden_board/mod.rs"]
mod golden_board;

/// The window: all of the board fits at the largest of the zooms.
const WINDOW: (u32, u32) = (1800, 1400);

/// From where all is small to where every edge shows; each keeps whole pixels whole.
const ZOOMS: [f64; 3] = [0.5, 1.0, 2.0];

/// Of the pixels that an element is to be thanked for, so many may look otherwise.
const OTHERWISE: f64 = 0.03;

/// Of those of its letters, so many may: documents and canvases set small type on other
/// fractions of a pixel.
const LETTERS: f64 = 0.12;

/// Of all pixels, so many may.
const OTHERWISE_AT_ALL: f64 = 0.002;

/// An element that covers fewer pixels would not be missed.
const LEAST: usize = 25;

/// A picture that lies on the ground of the board, and where it begins on the board.
struct Seen {
    picture: Picture,
    part: BoardRect,
    zoom: f64,
}

impl Seen {
    /// The part of it that shows a part of the board.
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

/// The canvases of a page over the ground of the board.
async fn seen(person: &Person, part: BoardRect, zoom: f64, theme: Theme) -> Result<Seen> {
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
    Ok(Seen {
        picture,
        part,
        zoom,
    })
}

/// The bundled typefaces, each with its letters in it.
fn typefaces() -> Result<String> {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
    let css = std::fs::read_to_string(format!("{root}/style/fonts.css"))?;
    let mut parts = css.split("url(\"/fonts/");
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

/// Everything that is held against the page at one zoom in one theme.
async fn compare(person: &Person, easel: &Easel, sheet: &SvgDocument<'_>) -> Result<()> {
    let whole = sheet.whole()?;
    let wanted = Seen {
        picture: sheet.paint(easel, whole, Omit::Nothing).await?,
        part: whole,
        zoom: sheet.zoom,
    };
    let end = Instant::now() + PATIENCE;
    // Tiles and letters come when they are ready.
    let (page, part) = loop {
        let page = seen(person, whole, sheet.zoom, sheet.theme).await?;
        let wrong = different_pixels(&page.picture, &wanted.picture);
        let count = wrong.iter().filter(|wrong| **wrong).count();
        let part = ratio((count, wrong.len()));
        if part <= OTHERWISE_AT_ALL || Instant::now() > end {
            break (page, part);
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    };
    let mut faults = Vec::new();
    for element in sheet.board.in_order() {
        faults.extend(faults_of(&page, &wanted, easel, sheet, element).await?);
    }
    ensure!(
        faults.is_empty(),
        "otherwise than as a document:\n{}",
        faults.join("\n")
    );
    ensure!(part <= OTHERWISE_AT_ALL, "{part} of all pixels differ");
    Ok(())
}

/// Where a page shows an element otherwise than it is wanted. An element's own pixels
/// are those that its document would lack without it: a page that lacks it is wrong in
/// all of them.
async fn faults_of(
    page: &Seen,
    wanted: &Seen,
    easel: &Easel,
    sheet: &SvgDocument<'_>,
    element: &Element,
) -> Result<Vec<String>> {
    let part = sheet.about(element.id)?;
    let with = wanted.cut(part);
    let wrong = different_pixels(&page.cut(part), &with);
    let lacks = async |without| -> Result<Vec<bool>> {
        Ok(different_pixels(
            &with,
            &sheet.paint(easel, part, without).await?,
        ))
    };
    let mut body = lacks(Omit::Element(element.id)).await?;
    let letters = lacks(Omit::Letters(element.id)).await?;
    for (body, letter) in body.iter_mut().zip(&letters) {
        *body &= !letter;
    }
    let mut faults = Vec::new();
    for (what, own, bound) in [
        ("itself", body, OTHERWISE),
        ("its letters", letters, LETTERS),
    ] {
        let found = count_different(&own, &wrong);
        let is_part = match what {
            "itself" => element.body != Body::Text,
            _ => !element.text.is_empty(),
        };
        let what = format!("{}, {what}", name(element));
        ensure!(!is_part || found.1 >= LEAST, "{what}: {} pixels", found.1);
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

/// Somebody who sees the golden board on a page, large enough for all of it.
async fn visitor(stage: &mut Stage) -> Result<(Person, String)> {
    let url = stage.one_server().await?;
    let board = stage.board(&url).await?;
    let witness = Witness::join(&url, &board).await?;
    let elements = golden_board::elements();
    let count = elements.len();
    witness.does(
        elements
            .into_iter()
            .map(|new| Op::Put(Box::new(new)))
            .collect(),
    )?;
    let all = |board: &Board| (board.elements().count() == count).then_some(());
    witness.sees("the golden board", all).await?;
    let ada = stage.person("ada").await?;
    ada.page.viewport(WINDOW.0, WINDOW.1).await?;
    Ok((ada, board.view.at(&url)))
}

/// The middle of a part of the board at a zoom, as links name it.
fn view_parameter(part: BoardRect, zoom: f64) -> String {
    let middle = part.center();
    format!("&at={:.1},{:.1},{zoom:.3}", middle.x, middle.y)
}

/// Holds every zoom in one theme against the document.
async fn is_as_its_document(stage: &mut Stage, scheme: Scheme, theme: Theme) -> Result<()> {
    let (ada, link) = visitor(stage).await?;
    let easel = Easel::new(&ada.context, &typefaces()?).await?;
    ada.page.scheme(scheme).await?;
    let board = golden_board::board();
    for zoom in ZOOMS {
        let sheet = SvgDocument {
            board: &board,
            theme,
            zoom,
        };
        let link = format!("{link}{}", view_parameter(sheet.whole()?, zoom));
        // Only another document is opened at another place.
        ada.page.goto("about:blank").await?;
        ada.open(&link).await?;
        ada.zoom_becomes(&format!("zoom === {}", zoom * 100.0))
            .await?;
        let compared = compare(&ada, &easel, &sheet).await;
        compared.with_context(|| format!("{theme:?} at {zoom}"))?;
    }
    Ok(())
}

#[test]
fn the_golden_board_renders_like_its_svg_in_the_light_theme() {
    scene("golden light", async |stage| {
        is_as_its_document(stage, Scheme::Light, Theme::Light).await
    });
}

#[test]
fn the_golden_board_renders_like_its_svg_in_the_dark_theme() {
    scene("golden dark", async |stage| {
        is_as_its_document(stage, Scheme::Dark, Theme::Dark).await
    });
}
