//! Ink: packing, unpacking, simplifying, outlining. Rates are points.

#![allow(
    clippy::expect_used,
    missing_docs,
    reason = "a benchmark that cannot go on has failed; its macros document nothing"
)]

use std::hint::black_box;

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use shared::geometry::{Cap, Ink, InkPoint, InkShape, OutlineBuilder, Quantum, outline, simplify};

/// About four seconds of a 120 Hz pen.
const POINTS: u64 = 500;
/// True to a fifth of a pixel at 100 %, as the client paints.
const TOLERANCE: f64 = 0.2;
const SHAPE: InkShape = InkShape {
    width: 4.0,
    thinning: 0.6,
    cap: Cap::Round,
};

/// A line that runs and swings like handwriting.
fn stroke() -> Vec<InkPoint> {
    let point = |at: u64| {
        let t = at as f64 / 120.0;
        let pressure = 0.55 + 0.25 * (2.3 * t).sin();
        InkPoint::new(
            90.0 * t + 30.0 * (9.0 * t).sin(),
            30.0 * (8.1 * t).cos(),
            pressure as f32,
        )
    };
    (0..POINTS).map(point).collect()
}

fn ink(criterion: &mut Criterion) {
    let points = stroke();
    let grid = Quantum::for_zoom(1.0);
    let packed = Ink::encode(&points, grid).expect("points on the board");
    let mut group = criterion.benchmark_group("ink, 500 points");
    group.throughput(Throughput::Elements(POINTS));
    group.bench_function("encode", |b| {
        b.iter(|| Ink::encode(black_box(&points), grid))
    });
    group.bench_function("decode and check", |b| {
        b.iter(|| Ink::from_bytes(black_box(packed.as_bytes())));
    });
    group.bench_function("points", |b| b.iter(|| black_box(&packed).points().count()));
    group.bench_function("simplify", |b| {
        b.iter(|| simplify(black_box(&points), 0.35, SHAPE.width))
    });
    group.bench_function("outline", |b| {
        b.iter(|| outline(black_box(&points), &SHAPE, TOLERANCE));
    });
    group.bench_function("outline of a growing stroke, one frame", |b| {
        b.iter_batched(
            || {
                let mut builder = OutlineBuilder::new(SHAPE, TOLERANCE);
                points.iter().for_each(|point| builder.push(*point));
                while builder.take_frozen().is_some() {}
                builder
            },
            |builder| builder.tail(black_box(&[])),
            BatchSize::SmallInput,
        );
    });
    group.finish();
}

criterion_group!(benches, ink);
criterion_main!(benches);
