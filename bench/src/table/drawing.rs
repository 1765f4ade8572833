//! Rooms in which pens draw at 60 Hz: a full core, a fixed rate, and latency.

use std::time::Duration;

use anyhow::Result;

use super::figures::Figures;
use super::filling::fill;
use super::print::Table;
use super::sample::{Sample, Series, Spans, measure};
use super::target::{Kind, Target};
use crate::load::Swarm;

/// The time between two pieces of a pen.
pub(super) const FRAME: Duration = Duration::from_nanos(16_666_667);
/// People and pens of a usual room.
pub(super) const ROOM: (u32, u32) = (10, 2);
/// People and pens of the room in which latency is measured: 20 only read.
const READERS: (u32, u32) = (25, 5);
/// Rooms of the fixed rate: 2,400 pieces a second.
const FIXED: u32 = 20;
/// How often a room of many viewers is measured.
const VIEWER_ROUNDS: usize = 3;
/// A target with its samples.
struct Row {
    kind: Kind,
    rooms: u32,
    samples: Vec<Sample>,
}

/// Measures rooms of ten in so great a number that the core is full.
///
/// # Errors
/// A target fails.
pub(super) async fn full(
    targets: &mut [Target],
    spans: Spans,
    rounds: usize,
    figures: &mut Figures,
) -> Result<()> {
    let mut rows = Vec::new();
    for target in targets.iter_mut() {
        rows.push(Row {
            kind: target.kind,
            rooms: fill(target).await?,
            samples: Vec::new(),
        });
    }
    for _ in 0..rounds {
        for (row, target) in rows.iter_mut().zip(targets.iter_mut()) {
            row.samples
                .push(once(target, row.rooms, ROOM, spans).await?);
        }
    }
    print("Rooms of 10, two pens in each at 60 Hz, core full", &rows);
    figures.compare("full", &costs(&rows));
    Ok(())
}

/// Measures 20 rooms of ten.
///
/// # Errors
/// A target fails.
pub(super) async fn fixed(
    targets: &mut [Target],
    spans: Spans,
    rounds: usize,
    figures: &mut Figures,
) -> Result<()> {
    let rows = interleaved(targets, FIXED, ROOM, spans, rounds).await?;
    print(
        "Rooms of 10, two pens in each at 60 Hz, 2,400 pieces a second",
        &rows,
    );
    figures.compare("fixed", &costs(&rows));
    for row in &rows {
        if !matches!(row.kind, Kind::Relay(_)) {
            let bytes = Series::of(&row.samples, Sample::piece_bytes).median();
            figures.add(&format!("bytes of a piece, {}", row.kind.name()), bytes);
        }
    }
    Ok(())
}

/// Measures one room in which one draws for so many others.
///
/// # Errors
/// A target fails.
pub(super) async fn viewers(targets: &mut [Target], count: u32, spans: Spans) -> Result<()> {
    let rows = interleaved(targets, 1, (count + 1, 1), spans, VIEWER_ROUNDS).await?;
    print(
        &format!("One room, one pen at 60 Hz, {count} viewers"),
        &rows,
    );
    Ok(())
}

/// Measures the latency in a room with five pens and twenty readers.
///
/// # Errors
/// A target fails.
pub(super) async fn latency(
    targets: &mut [Target],
    spans: Spans,
    rounds: usize,
    figures: &mut Figures,
) -> Result<()> {
    let rows = interleaved(targets, 1, READERS, spans, rounds).await?;
    let columns = [
        "",
        "p50 ms",
        "p99 ms",
        "other node p50",
        "other node p99",
        "× tokio relay",
        "pieces lost",
        "commits lost",
    ];
    let mut table = Table::new(&columns);
    let reference = median(&rows, |it| it.tally.latency.percentile_ms(50.0));
    for row in &rows {
        let of = |figure: &dyn Fn(&Sample) -> f64| Series::of(&row.samples, figure);
        let p50 = of(&|it| it.tally.latency.percentile_ms(50.0));
        let across = |percent: f64| match row.kind {
            Kind::Two => of(&|it| it.tally.across.percentile_ms(percent)).text(2),
            _ => String::new(),
        };
        table.add(vec![
            row.kind.name().to_owned(),
            p50.text(2),
            of(&|it| it.tally.latency.percentile_ms(99.0)).text(2),
            across(50.0),
            across(99.0),
            format!("{:.2}", p50.median() / reference),
            lost_pieces(&row.samples),
            lost_commits(&row.samples),
        ]);
    }
    table.print("Latency of a piece: one room, five pens, twenty readers");
    let times = rows.iter().map(|row| {
        let p50 = Series::of(&row.samples, |it| it.tally.latency.percentile_ms(50.0));
        (row.kind, p50.median())
    });
    figures.compare("latency", &times.collect::<Vec<_>>());
    Ok(())
}

/// Measures all targets in turn, several times.
async fn interleaved(
    targets: &mut [Target],
    rooms: u32,
    room: (u32, u32),
    spans: Spans,
    rounds: usize,
) -> Result<Vec<Row>> {
    let row = |target: &Target| Row {
        kind: target.kind,
        rooms,
        samples: Vec::new(),
    };
    let mut rows: Vec<Row> = targets.iter().map(row).collect();
    for _ in 0..rounds {
        for (row, target) in rows.iter_mut().zip(targets.iter_mut()) {
            row.samples.push(once(target, rooms, room, spans).await?);
        }
    }
    Ok(rows)
}

async fn once(
    target: &mut Target,
    rooms: u32,
    (people, pens): (u32, u32),
    spans: Spans,
) -> Result<Sample> {
    let rooms = target.rooms(rooms, people, pens).await?;
    let mut swarm = Swarm::new(target.speech())?;
    for room in &rooms {
        swarm.add(room)?;
    }
    swarm.connect()?;
    measure(target, &mut swarm, Some(FRAME), spans)
}

fn print(title: &str, rows: &[Row]) {
    let columns = [
        "",
        "rooms",
        "deliveries/s",
        "CPU-s a million",
        "× tokio relay",
        "Redis CPU-s a million",
        "cores",
        "p50 ms",
        "p99 ms",
        "reads a delivery",
        "bytes a piece",
        "with headers",
        "pieces lost",
        "commits lost",
        "generator",
    ];
    let mut table = Table::new(&columns);
    let reference = median(rows, Sample::per_million);
    for row in rows {
        let of = |figure: fn(&Sample) -> f64| Series::of(&row.samples, figure);
        let cost = of(Sample::per_million);
        let redis = match row.kind {
            Kind::Two => of(Sample::redis_per_million).text(2),
            _ => String::new(),
        };
        table.add(vec![
            row.kind.name().to_owned(),
            row.rooms.to_string(),
            format!("{:.0}", of(Sample::rate).median()),
            cost.text(2),
            format!("{:.2}", cost.median() / reference),
            redis,
            format!("{:.2}", of(Sample::cores).median()),
            format!(
                "{:.2}",
                of(|it| it.tally.latency.percentile_ms(50.0)).median()
            ),
            format!(
                "{:.2}",
                of(|it| it.tally.latency.percentile_ms(99.0)).median()
            ),
            format!("{:.2}", of(Sample::reads).median()),
            format!("{:.1}", of(Sample::piece_bytes).median()),
            format!("{:.1}", of(Sample::piece_wire_bytes).median()),
            lost_pieces(&row.samples),
            lost_commits(&row.samples),
            format!("{:.2}", of(Sample::generator_cores).median()),
        ]);
    }
    table.print(title);
    super::warn(
        rows.iter()
            .flat_map(|row| row.samples.iter().map(|it| (row.kind, it))),
    );
}

/// The median of the tokio relay.
fn median(rows: &[Row], figure: impl Fn(&Sample) -> f64) -> f64 {
    let reference = rows.iter().find(|row| row.kind == Kind::REFERENCE);
    reference.map_or(f64::NAN, |row| Series::of(&row.samples, figure).median())
}

fn costs(rows: &[Row]) -> Vec<(Kind, f64)> {
    let cost = |row: &Row| Series::of(&row.samples, Sample::per_million).median();
    rows.iter().map(|row| (row.kind, cost(row))).collect()
}

/// Pieces that got lost, of those that were due.
pub(super) fn lost_pieces(samples: &[Sample]) -> String {
    let due: u64 = samples.iter().map(|it| it.tally.due).sum();
    let received: u64 = samples.iter().map(|it| it.tally.received).sum();
    format!("{} of {due}", due.saturating_sub(received))
}

/// Commits that did not arrive at one of the room, of all deliveries of commits.
pub(super) fn lost_commits(samples: &[Sample]) -> String {
    let due: u64 = samples.iter().map(|it| it.tally.commits_due).sum();
    let received: u64 = samples.iter().map(|it| it.tally.commits).sum();
    format!("{} of {due}", due.saturating_sub(received))
}
