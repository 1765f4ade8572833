//! Many small boards: a piece a second on each, and silence.

use std::time::Duration;

use anyhow::Result;

use super::drawing::{lost_commits, lost_pieces};
use super::figures::Figures;
use super::print::Table;
use super::sample::{Sample, Series, Spans, measure};
use super::target::{Kind, Target};
use crate::load::Swarm;
use crate::output::say;

/// People of a board; one of them draws.
pub(super) const PEOPLE: u32 = 5;
/// The time between two pieces of a pen.
const SECOND: Duration = Duration::from_secs(1);
/// After the last one joined, so that lists of people have been sent and logs are quiet.
const CALM: Duration = Duration::from_secs(3);

struct Row {
    kind: Kind,
    /// Bytes for each connection.
    memory: f64,
    silent: Vec<Sample>,
    active: Vec<Sample>,
}

/// Measures so many boards.
///
/// # Errors
/// A target fails.
pub(super) async fn run(
    kinds: &[Kind],
    boards: u32,
    spans: Spans,
    rounds: usize,
    figures: &mut Figures,
) -> Result<()> {
    let mut rows = Vec::new();
    for kind in kinds {
        rows.push(row(*kind, boards, spans, rounds).await?);
    }
    print(&rows, boards);
    let active = rows
        .iter()
        .map(|it| (it.kind, median(&it.active, Sample::per_million)));
    let active: Vec<_> = active.collect();
    figures.compare("quiet", &active);
    for row in rows.iter().filter(|it| !matches!(it.kind, Kind::Relay(_))) {
        let name = row.kind.name();
        let connections = f64::from(boards * PEOPLE);
        let frames = median(&row.silent, Sample::frames) / connections;
        figures.add(
            &format!("frames a second to a silent person, {name}"),
            frames,
        );
        figures.add(&format!("memory of a connection, {name}"), row.memory);
    }
    Ok(())
}

/// Targets are started one after another: the silence of one would cost the others something.
async fn row(kind: Kind, boards: u32, spans: Spans, rounds: usize) -> Result<Row> {
    let mut target = Target::start(kind).await?;
    let rooms = target.rooms(boards, PEOPLE, 1).await?;
    let mut swarm = Swarm::new(target.speech())?;
    for room in &rooms {
        swarm.add(room)?;
    }
    let before = target.usage()?.memory;
    swarm.connect()?;
    swarm.run(CALM)?;
    let grown = target.usage()?.memory.saturating_sub(before);
    let mut row = Row {
        kind,
        memory: grown as f64 / f64::from(boards * PEOPLE),
        silent: Vec::new(),
        active: Vec::new(),
    };
    for _ in 0..rounds {
        row.silent.push(measure(&target, &mut swarm, None, spans)?);
        row.active
            .push(measure(&target, &mut swarm, Some(SECOND), spans)?);
    }
    say(&format!(
        "  {}: {} connections are open",
        kind.name(),
        swarm.open()
    ));
    Ok(row)
}

fn print(rows: &[Row], boards: u32) {
    let columns = [
        "",
        "CPU-s a million",
        "× tokio relay",
        "Redis CPU-s a million",
        "p50 ms",
        "p99 ms",
        "reads a delivery",
        "pieces lost",
        "commits lost",
        "silent: cores",
        "Redis cores",
        "frames/s",
        "KiB a connection",
    ];
    let mut table = Table::new(&columns);
    let reference = rows.iter().find(|row| row.kind == Kind::REFERENCE);
    let reference = reference.map_or(f64::NAN, |row| median(&row.active, Sample::per_million));
    for row in rows {
        let active = |figure: fn(&Sample) -> f64| Series::of(&row.active, figure);
        let silent = |figure: fn(&Sample) -> f64| Series::of(&row.silent, figure);
        let cost = active(Sample::per_million);
        let redis = |text: String| {
            if row.kind == Kind::Two {
                text
            } else {
                String::new()
            }
        };
        table.add(vec![
            row.kind.name().to_owned(),
            cost.text(1),
            format!("{:.2}", cost.median() / reference),
            redis(active(Sample::redis_per_million).text(1)),
            format!(
                "{:.2}",
                median(&row.active, |it| it.tally.latency.percentile_ms(50.0))
            ),
            format!(
                "{:.2}",
                median(&row.active, |it| it.tally.latency.percentile_ms(99.0))
            ),
            format!("{:.2}", active(Sample::reads).median()),
            lost_pieces(&row.active),
            lost_commits(&row.active),
            silent(Sample::cores).text(3),
            redis(silent(Sample::redis_cores).text(3)),
            format!("{:.0}", silent(Sample::frames).median()),
            format!("{:.1}", row.memory / 1024.0),
        ]);
    }
    table.print(&format!(
        "{boards} boards of {PEOPLE} people, one piece a second on each; then the same people in silence"
    ));
    super::warn(
        rows.iter()
            .flat_map(|row| row.active.iter().map(|it| (row.kind, it))),
    );
}

fn median(samples: &[Sample], figure: impl Fn(&Sample) -> f64) -> f64 {
    Series::of(samples, figure).median()
}
