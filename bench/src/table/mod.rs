//! The table of the server: what it costs, beside relays that are measured in the same run.
//!
//! Servers, relays and Redis run on one core, and the load generator on another one. `target` starts
//! them, `sample` measures one, `drawing` and `quiet` are the groups of rows,
//! `filling` finds how many rooms fill the core, `print` prints them, and
//! `accepted` compares `figures` with those that were accepted before.

mod accepted;
mod drawing;
mod figures;
mod filling;
mod print;
mod quiet;
mod sample;
mod target;

use anyhow::Result;

use crate::options::Options;
use crate::output::say;
use crate::servers::connections_each;
use figures::Figures;
use sample::Sample;

pub(crate) use sample::{Spans, measure};
pub(crate) use target::{Kind, Target, Usage};

/// People of one board that a server takes: `shared::limits::MAX_PEOPLE`, with some to spare.
const PEOPLE_EACH: u32 = 280;

/// How thoroughly the groups are measured.
struct Effort {
    spans: Spans,
    rounds: usize,
    quiet_rounds: usize,
    quiet_boards: u32,
}

/// Measures all groups. With `--quick` it takes less than five minutes and compares the figures with
/// those that were accepted.
///
/// # Errors
/// A target fails, or a figure is worse than it was.
pub(crate) async fn run(options: &Options) -> Result<()> {
    let effort = if options.quick {
        Effort {
            // A pen has begun a new stroke before, so that it is known which stroke a piece belongs to.
            spans: Spans::of(1.2, 2.0),
            rounds: 3,
            quiet_rounds: 3,
            quiet_boards: 400,
        }
    } else {
        Effort {
            spans: Spans::of(2.0, 8.0),
            rounds: 5,
            quiet_rounds: 3,
            quiet_boards: 2_000,
        }
    };
    let wanted = options.filter.as_deref().unwrap_or_default();
    let is_wanted = |name: &str| name.contains(wanted);
    let mut figures = Figures::default();
    let Effort {
        spans,
        rounds,
        quiet_rounds,
        quiet_boards,
    } = effort;
    if ["fixed", "latency", "full"].into_iter().any(is_wanted) {
        let mut targets = Vec::new();
        for kind in Kind::ALL {
            targets.push(Target::start(kind).await?);
        }
        if is_wanted("fixed") {
            drawing::fixed(&mut targets, spans, rounds, &mut figures).await?;
        }
        if is_wanted("latency") {
            drawing::latency(&mut targets, spans, rounds, &mut figures).await?;
        }
        if is_wanted("full") {
            drawing::full(&mut targets, spans, rounds, &mut figures).await?;
        }
    }
    if is_wanted("quiet") {
        let boards = quiet_boards.min(connections_each().await? / quiet::PEOPLE);
        quiet::run(&Kind::ALL, boards, spans, quiet_rounds, &mut figures).await?;
    }
    if options.quick || options.accept {
        accepted::check(&figures, options.accept)?;
    }
    Ok(())
}

/// Measures one room of so many viewers. A server takes few people of one board, so there are as many
/// servers as it needs.
///
/// # Errors
/// A target fails.
pub(crate) async fn viewers(count: u32) -> Result<()> {
    let nodes = usize::try_from((count + 1).div_ceil(PEOPLE_EACH))?;
    say(&format!(
        "a server takes {PEOPLE_EACH} people of a board here, so there are {nodes}"
    ));
    let kinds = [Kind::Many(nodes)].into_iter().chain(
        Kind::ALL
            .into_iter()
            .filter(|it| matches!(it, Kind::Relay(_))),
    );
    let mut targets = Vec::new();
    for kind in kinds {
        targets.push(Target::start(kind).await?);
    }
    drawing::viewers(&mut targets, count, Spans::of(2.0, 6.0)).await
}

/// Says what makes figures doubtful.
fn warn<'a>(samples: impl Iterator<Item = (Kind, &'a Sample)>) {
    for (kind, sample) in samples {
        let (name, tally) = (kind.name(), &sample.tally);
        if sample.generator_cores() > 0.95 {
            say(&format!(
                "  {name}: the generator was busy, so it was the limit"
            ));
        }
        for (count, what) in [
            (tally.closed, "connections ended"),
            (tally.downs, "times a client was told that storing is down"),
            (tally.refused, "commits were refused"),
            (
                tally.orphans,
                "pieces arrived without the beginning of their stroke, so a client cannot show them",
            ),
        ] {
            if count > 0 {
                say(&format!("  {name}: {count} {what} {}", tally.reason));
            }
        }
    }
}
