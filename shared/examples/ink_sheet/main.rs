//! Draws a sheet of all kinds of strokes as SVG, to look at when tuning ink.
//!
//! `cargo run -p shared --example ink_sheet > sheet.svg`, then open it in a browser.
//! Bytes per point and points kept by simplification go to standard error.

use std::f64::consts::{PI, TAU};
use std::io::{self, Write};

use shared::geometry::{Cap, InkPoint, InkShape, OutlineBuilder, outline, simplify};

#[path = "../../src/geometry/tests/handwriting.rs"]
mod handwriting;
mod report;
mod strokes;

use handwriting::word;
use strokes::{DOT, Points, Pressure, corners, curve, drawn, hand, waves, zigzag_by_hand};

const PEN: InkShape = InkShape {
    width: 5.0,
    thinning: 0.6,
    cap: Cap::Round,
};
const TOLERANCE: f64 = 0.1;
const KEEP: f64 = 0.35;

fn main() -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(
        out,
        r##"<svg xmlns="http://www.w3.org/2000/svg" width="1400" height="1000" viewBox="0 0 1400 1000">"##
    )?;
    writeln!(
        out,
        r##"<rect width="1400" height="1000" fill="#fdfcf9"/>"##
    )?;
    write_words(&mut out)?;
    write_shapes(&mut out)?;
    write_ramps(&mut out)?;
    write_simplified(&mut out)?;
    write_growing(&mut out)?;
    writeln!(out, "</svg>")?;
    report::write()
}

fn moved(points: &[InkPoint], x: f64, y: f64) -> Points {
    points
        .iter()
        .map(|p| InkPoint::new(p.x + x, p.y + y, p.pressure))
        .collect()
}

fn scaled(points: &[InkPoint], by: f64) -> Points {
    points
        .iter()
        .map(|p| InkPoint::new(p.x * by, p.y * by, p.pressure))
        .collect()
}

fn fill(
    out: &mut impl Write,
    points: &[InkPoint],
    shape: &InkShape,
    colour: &str,
) -> io::Result<()> {
    let path = outline(points, shape, TOLERANCE);
    writeln!(out, r##"<path d="{}" fill="{colour}"/>"##, path.to_svg())
}

fn label(out: &mut impl Write, x: f64, y: f64, text: &str) -> io::Result<()> {
    writeln!(
        out,
        r##"<text x="{x}" y="{y}" font-family="sans-serif" font-size="11" fill="#777">{text}</text>"##
    )
}

fn write_words(out: &mut impl Write) -> io::Result<()> {
    let rows = [
        (
            "pen 240 Hz, width 5",
            hand(26.0, 4.0, 240.0, 0.1),
            Pressure::Real,
            5.0,
        ),
        (
            "pen 120 Hz, width 2.5",
            hand(20.0, 5.0, 120.0, 0.1),
            Pressure::Real,
            2.5,
        ),
        (
            "mouse 125 Hz, width 4",
            hand(30.0, 3.5, 125.0, 1.0),
            Pressure::FromSpeed,
            4.0,
        ),
        (
            "mouse 60 Hz fast, width 4",
            hand(34.0, 5.0, 60.0, 1.0),
            Pressure::FromSpeed,
            4.0,
        ),
        (
            "finger 60 Hz, width 9",
            hand(44.0, 2.6, 60.0, 0.5),
            Pressure::FromSpeed,
            9.0,
        ),
    ];
    for (row, (name, hand, pressure, width)) in rows.into_iter().enumerate() {
        let y = 60.0 + 78.0 * row as f64;
        label(out, 20.0, y - 38.0, name)?;
        let points = moved(&drawn(&word(hand), pressure, width), 30.0, y);
        fill(out, &points, &InkShape { width, ..PEN }, "#1d2433")?;
    }
    Ok(())
}

fn write_shapes(out: &mut impl Write) -> io::Result<()> {
    let wide = InkShape { width: 14.0, ..PEN };
    for (name, points, x, y) in waves().into_iter().chain(corners()) {
        fill(out, &moved(&points, x, y), &wide, "#27518f")?;
        label(out, x, y - 10.0, name)?;
    }
    let marker = InkShape {
        width: 18.0,
        thinning: 0.0,
        cap: Cap::Flat,
    };
    let wave = curve(60, 0.5, |t| (t * 240.0, 10.0 * (t * 2.0 * TAU).sin()));
    fill(out, &moved(&wave, 1110.0, 160.0), &marker, "#ffd84d99")?;
    fill(out, &moved(&[DOT], 1375.0, 160.0), &marker, "#ffd84d99")?;
    label(out, 1110.0, 140.0, "highlighter and its dot")
}

fn write_ramps(out: &mut impl Write) -> io::Result<()> {
    let wide = InkShape { width: 16.0, ..PEN };
    let pressed = |points: &[InkPoint], pressure: &dyn Fn(f64) -> f64| -> Points {
        let count = points.len().max(2) - 1;
        let press = |i: usize| pressure(i as f64 / count as f64) as f32;
        points
            .iter()
            .enumerate()
            .map(|(i, p)| InkPoint {
                pressure: press(i),
                ..*p
            })
            .collect()
    };
    let wave = curve(80, 0.5, |t| (t * 220.0, 14.0 * (t * 1.5 * TAU).sin()));
    let short = curve(14, 0.5, |t| (t * 26.0, -10.0 * t));
    type Ramp = (&'static str, fn(f64) -> f64);
    let ramps: [Ramp; 5] = [
        ("0 to 1", |t| t),
        ("swell", |t| (t * PI).sin()),
        (
            "sudden",
            |t| if (0.3..0.6).contains(&t) { 1.0 } else { 0.1 },
        ),
        ("lift", |t| if t > 0.95 { 0.0 } else { 0.7 }),
        ("beats", |t| 0.5 + 0.5 * (t * 40.0).sin()),
    ];
    for (index, (name, pressure)) in ramps.into_iter().enumerate() {
        let y = 240.0 + 44.0 * index as f64;
        fill(
            out,
            &moved(&pressed(&wave, &pressure), 640.0, y),
            &wide,
            "#7a2f5a",
        )?;
        fill(
            out,
            &moved(&pressed(&short, &pressure), 890.0, y),
            &wide,
            "#7a2f5a",
        )?;
        label(out, 640.0, y - 18.0, name)?;
    }
    Ok(())
}

/// Enlarged four times: red before, blue after, on top of each other.
fn write_simplified(out: &mut impl Write) -> io::Result<()> {
    let zigzag = zigzag_by_hand();
    let samples = [
        (
            "before (red), after (blue), 4 times",
            drawn(&word(hand(26.0, 4.0, 240.0, 0.1)), Pressure::Real, 5.0),
            40.0,
            590.0,
            70,
        ),
        (
            "mouse",
            drawn(&word(hand(30.0, 3.5, 125.0, 1.0)), Pressure::FromSpeed, 5.0),
            40.0,
            840.0,
            60,
        ),
        (
            "zigzag by hand",
            drawn(&zigzag, Pressure::FromSpeed, 5.0),
            640.0,
            580.0,
            400,
        ),
    ];
    for (name, points, x, y, count) in samples {
        let points: Points = points.into_iter().take(count).collect();
        let kept = simplify(&points, KEEP, 5.0);
        let shape = InkShape { width: 20.0, ..PEN };
        label(
            out,
            x,
            y - 70.0,
            &format!("{name}: {} points, then {}", points.len(), kept.len()),
        )?;
        fill(
            out,
            &moved(&scaled(&points, 4.0), x, y),
            &shape,
            "#e0302088",
        )?;
        fill(out, &moved(&scaled(&kept, 4.0), x, y), &shape, "#2050e088")?;
        for knot in moved(&scaled(&kept, 4.0), x, y) {
            writeln!(
                out,
                r##"<circle cx="{:.1}" cy="{:.1}" r="2.5" fill="#fff"/>"##,
                knot.x, knot.y
            )?;
        }
    }
    Ok(())
}

/// A stroke as a builder hands it out: frozen parts in turn dark and bright, then the tail.
fn write_growing(out: &mut impl Write) -> io::Result<()> {
    let points = moved(
        &drawn(&word(hand(60.0, 2.5, 120.0, 0.2)), Pressure::Real, 10.0),
        640.0,
        880.0,
    );
    let mut builder = OutlineBuilder::new(InkShape { width: 10.0, ..PEN }, TOLERANCE);
    let mut parts = 0;
    for &point in &points {
        builder.push(point);
        if let Some(frozen) = builder.take_frozen() {
            let colour = if parts % 2 == 0 { "#14532d" } else { "#3fa266" };
            parts += 1;
            writeln!(out, r##"<path d="{}" fill="{colour}"/>"##, frozen.to_svg())?;
        }
    }
    writeln!(
        out,
        r##"<path d="{}" fill="#d97706"/>"##,
        builder.tail(&[]).to_svg()
    )?;
    label(
        out,
        640.0,
        820.0,
        &format!("frozen parts while drawing ({parts}), tail in orange"),
    )
}
