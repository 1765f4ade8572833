//! Boards full of handwriting, and people who write on them, for measurements of large boards.

use std::time::Duration;

use anyhow::Result;
use shared::geometry::{BoardRect, Ink, InkPoint, Quantum};
use shared::id::ElementId;
use shared::model::{Brush, Color, NewElement, OrderKey};
use shared::op::Op;
use shared::protocol::{LiveUpdate, Profile, StrokeStyle};
use tokio::time::{Instant, interval};

use crate::board::Link;
use crate::client::BoardClient;
use crate::fixtures::{element_of, key, put, stroke};

/// Points of a stroke, after it was simplified: a short word in one line.
const POINTS: u32 = 24;
/// The distance between two words and between two lines, in board units.
const PITCH: (f64, f64) = (80.0, 50.0);
/// Width of the board by its height, about that of a screen.
const ASPECT: f64 = 1.6;
/// Strokes of one commit.
const STROKES_EACH: usize = 500;
/// The client that fills the board.
const FILLER: u8 = 200;
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
    let row = row_of(count);
    let numbers: Vec<u64> = (0..count as u64).collect();
    for some in numbers.chunks(STROKES_EACH) {
        let ops: Result<Vec<Op>> = some.iter().map(|number| word(*number, row)).collect();
        client.submit(ops?);
        client.until(|replica| replica.pending() == 0).await?;
    }
    Ok(())
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
        let style = style(who);
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
        client.submit(vec![put(coloured(id, &all, who)?)]);
        client.until(|replica| replica.pending() == 0).await?;
        number += 1;
    }
    Ok(())
}

async fn join(server: &str, link: Link, who: u8) -> Result<BoardClient> {
    let profile = Profile {
        name: format!("writer {who}"),
        color: colour(u64::from(who)),
    };
    BoardClient::join(server, link, key(who), profile).await
}

fn row_of(count: usize) -> u64 {
    let row = (count as f64 * ASPECT * PITCH.1 / PITCH.0).sqrt().ceil();
    (row as u64).max(1)
}

/// The stroke of a number, at its place in the lines.
fn word(number: u64, row: u64) -> Result<Op> {
    let corner = (
        (number % row) as f64 * PITCH.0,
        (number / row) as f64 * PITCH.1,
    );
    let points: Vec<InkPoint> = (0..POINTS)
        .map(|point| written(number, f64::from(point) * 0.8, corner, PITCH.0 / 24.0))
        .collect();
    Ok(put(coloured(
        element_of(FILLER, number),
        &points,
        number as u8 / 7,
    )?))
}

/// A point of a line that advances and swings like handwriting, after a time.
fn written(number: u64, time: f64, corner: (f64, f64), pace: f64) -> InkPoint {
    let (wide, phase) = scattered(number);
    let swing = pace * (1.5 + 2.0 * wide);
    let x = corner.0 + 4.0 * pace + pace * time * 0.9 + swing * (time + 6.3 * phase).sin();
    let y = corner.1 + 6.0 * pace + 2.0 * swing * (0.9 * time).cos();
    let pressure = 0.55 + 0.25 * (0.3 * time + 6.3 * phase).sin();
    InkPoint::new(x, y, pressure as f32)
}

fn coloured(id: ElementId, points: &[InkPoint], who: u8) -> Result<NewElement> {
    let mut new = stroke(id, Ink::encode(points, Quantum::for_zoom(1.0))?);
    new.props.color = colour(u64::from(who));
    Ok(new)
}

fn style(who: u8) -> StrokeStyle {
    StrokeStyle {
        brush: Brush::Pen,
        color: colour(u64::from(who)),
        width: 4.0,
        opacity: 255,
        z: OrderKey::first(),
    }
}

fn colour(number: u64) -> Color {
    let all = Color::ALL.len() as u64;
    Color::ALL
        .get((number % all) as usize)
        .copied()
        .unwrap_or_default()
}

/// Two numbers from 0 to 1 that look random.
fn scattered(number: u64) -> (f64, f64) {
    let mixed = (number + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let mixed = (mixed ^ (mixed >> 29)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let part = |bits: u64| (bits & 0xFFFF) as f64 / 65_535.0;
    (part(mixed >> 16), part(mixed >> 40))
}
