//! The table of the server: what it costs, beside relays that are measured in the same run.
//!
//! Servers, relays and Redis run on one core, and the load generator on another one. `target` starts
//! them, `sample` measures one, `drawing` and `quiet` are the groups of rows, `print` prints them, and
//! `accepted` compares `figures` with those that were accepted before.

mod accepted;
mod drawing;
mod figures;
mod print;
mod quiet;
mod sample;
mod target;

use anyhow::Result;

use crate::options::Options;
use crate::output::say;
use figures::Figures;
use sample::{Sample, Spans};
use target::{Kind, Target};

/// How thoroughly the groups are measured.
struct Effort {
    spans: Spans,
    rounds: usize,
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
            spans: Spans::of(0.7, 2.5),
            rounds: 3,
            quiet_boards: 400,
        }
    } else {
        Effort {
            spans: Spans::of(2.0, 8.0),
            rounds: 5,
            quiet_boards: 2_000,
        }
    };
    let wanted = options.filter.as_deref().unwrap_or_default();
    let is_wanted = |name: &str| name.contains(wanted);
    let mut figures = Figures::default();
    let Effort {
        spans,
        rounds,
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
        quiet::run(&Kind::ALL, quiet_boards, spans, rounds.min(3), &mut figures).await?;
    }
    if options.quick || options.accept {
        accepted::check(&figures, options.accept)?;
    }
    Ok(())
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
        ] {
            if count > 0 {
                say(&format!("  {name}: {count} {what} {}", tally.reason));
            }
        }
    }
}
