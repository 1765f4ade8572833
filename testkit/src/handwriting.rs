//! Boards full of handwriting, and people who write on them, for measurements of large boards.

use std::time::Duration;

use anyhow::Result;
use shared::geometry::{BoardRect, Ink, InkPoint, Quantum};
use shared::model::palette::{Rgb, Theme, swatch};
use shared::model::{Body, Brush, NewElement, OrderKey};
use shared::protocol::{LiveUpdate, Profile, StrokeStyle};
use tokio::time::{Instant, interval};

use crate::board::Link;
use crate::client::BoardClient;
use crate::fixtures::writing::{PITCH, colour, coloured, scattered, word, written};
use crate::fixtures::{element_of, key, put};

/// Width of the board by its height, about that of a screen.
const ASPECT: f64 = 1.6;
/// Strokes of one commit.
const STROKES_EACH: usize = 500;
/// The client that fills the board.
const FILLER: u8 = 200;
/// The client that only reads it.
const READER: u8 = 201;
/// The time between two pieces of live ink.
const FRAME: Duration = Duration::from_micros(16_667);
/// Pieces of live ink in a stroke, and points in a piece.
const PIECES: u32 = 60;
const POINTS_EACH: u32 = 2;

/// Puts strokes on a board, in lines from its origin.
///
/// # Errors
/// The server does not let the client in, or refuses a commit.
pub async fn fill(server: &str, link: Link, count: usize) -> Result<()> {
    let mut client = join(server, link, FILLER).await?;
    let mut all = words(count);
    loop {
        let some: Vec<_> = all.by_ref().take(STROKES_EACH).map(put).collect();
        if some.is_empty() {
            return Ok(());
        }
        client.submit(some);
        client.until(|replica| replica.pending() == 0).await?;
    }
}

/// Opens a board as a client that knows nothing of it; returns the bytes of the messages that bring
/// it, and its number of elements.
///
/// # Errors
/// The server does not let the client in.
pub async fn read(server: &str, link: Link) -> Result<(usize, usize)> {
    let mut client = BoardClient::connect(server, link, key(READER), profile(READER)).await?;
    let bytes = client.load().await?;
    Ok((bytes, client.replica().board().len()))
}

/// The strokes that [`fill`] puts on a board, as numbers of four bytes in little-endian order, for
/// pages that draw them without a board. Each stroke has its colour on the light board (`0xRRGGBB`,
/// an integer), its width in board units, its number of points (an integer), and for each point `x`
/// and `y` in board units and the pressure. All but the integers are `f32`.
#[must_use]
pub fn numbers(count: usize) -> Vec<u8> {
    words(count).flat_map(|new| numbers_of(&new)).collect()
}

fn numbers_of(new: &NewElement) -> Vec<u8> {
    let Body::Stroke(stroke) = &new.body else {
        return Vec::new();
    };
    let Rgb { r, g, b } = swatch(new.props.color).ink(Theme::Light);
    let mut bytes = u32::from_be_bytes([0, r, g, b]).to_le_bytes().to_vec();
    bytes.extend(new.props.width.to_le_bytes());
    bytes.extend((stroke.len() as u32).to_le_bytes());
    for InkPoint { x, y, pressure } in stroke.parts.iter().flat_map(Ink::points) {
        for number in [x as f32, y as f32, pressure] {
            bytes.extend(number.to_le_bytes());
        }
    }
    bytes
}

/// The strokes of [`fill`].
fn words(count: usize) -> impl Iterator<Item = NewElement> {
    let row = row_of(count);
    (0..count as u64).map(move |number| word(element_of(FILLER, number), number, row))
}

/// The part of the board that [`fill`] covers with so many strokes, in board units.
#[must_use]
pub fn extent(count: usize) -> BoardRect {
    let row = row_of(count);
    let rows = (count as u64).div_ceil(row);
    BoardRect::new(0.0, 0.0, row as f64 * PITCH.0, rows as f64 * PITCH.1)
}

/// Draws one stroke after another within an area, live and then durable, for some time.
///
/// # Errors
/// The server does not let the client in, or the connection ends.
pub async fn draw(
    server: &str,
    link: Link,
    who: u8,
    area: BoardRect,
    time: Duration,
) -> Result<()> {
    let mut client = join(server, link, who).await?;
    let end = Instant::now() + time;
    let mut frames = interval(FRAME);
    let mut number = 0;
    while Instant::now() < end {
        let id = element_of(who, number);
        let at = scattered(u64::from(who) << 32 | number);
        let corner = (
            area.x0 + at.0 * area.width(),
            area.y0 + at.1 * area.height(),
        );
        // As clients do it, each stroke begins above all that is there.
        let z = OrderKey::above(client.replica().board().top());
        let style = style(who, z.clone());
        let long = area.width() / 8.0;
        let all: Vec<InkPoint> = (0..PIECES * POINTS_EACH)
            .map(|point| written(number, f64::from(point) / 5.0, corner, long / 4.0))
            .collect();
        client.send_live(LiveUpdate::Begin { id, style });
        for (from, piece) in (0..).step_by(POINTS_EACH as usize).zip(all.chunks(2)) {
            let ink = Ink::encode(piece, Quantum::for_zoom(1.0))?;
            client.send_live(LiveUpdate::Ink { from, ink });
            client.flush(|_, _| ()).await?;
            frames.tick().await;
        }
        client.send_live(LiveUpdate::End { kept: true });
        let mut new = coloured(id, &all, u64::from(who));
        new.props.z = z;
        client.submit(vec![put(new)]);
        client.until(|replica| replica.pending() == 0).await?;
        number += 1;
    }
    Ok(())
}

async fn join(server: &str, link: Link, who: u8) -> Result<BoardClient> {
    BoardClient::join(server, link, key(who), profile(who)).await
}

fn profile(who: u8) -> Profile {
    Profile {
        name: format!("writer {who}"),
        color: colour(u64::from(who)),
    }
}

fn row_of(count: usize) -> u64 {
    let row = (count as f64 * ASPECT * PITCH.1 / PITCH.0).sqrt().ceil();
    (row as u64).max(1)
}

fn style(who: u8, z: OrderKey) -> StrokeStyle {
    StrokeStyle {
        brush: Brush::Pen,
        color: colour(u64::from(who)),
        width: 4.0,
        opacity: 255,
        z,
    }
}
