//! One measurement of one target.

use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use testkit::usage::cpu_seconds;

use super::target::{Target, Usage};
use crate::load::{Swarm, Tally};

/// How long something is measured.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Spans {
    /// Drawing before that.
    pub(crate) settle: Duration,
    /// The measured time.
    pub(crate) measured: Duration,
}

impl Spans {
    /// Seconds before and while it is measured.
    pub(crate) fn of(settle: f64, measured: f64) -> Self {
        Self {
            settle: Duration::from_secs_f64(settle),
            measured: Duration::from_secs_f64(measured),
        }
    }
}

/// What was measured.
#[derive(Debug)]
pub(crate) struct Sample {
    seconds: f64,
    used: Usage,
    /// Processor seconds of this process.
    generator: f64,
    pub(crate) tally: Tally,
}

/// Lets the pens of a swarm draw a piece in each period, if there is one, and measures.
///
/// # Errors
/// The target ends, or sends what cannot be understood.
pub(crate) fn measure(
    target: &Target,
    swarm: &mut Swarm,
    period: Option<Duration>,
    spans: Spans,
) -> Result<Sample> {
    if let Some(period) = period {
        swarm.draw(period);
    }
    swarm.run(spans.settle)?;
    let (before, own, began) = (target.usage()?, own_cpu()?, Instant::now());
    swarm.begin();
    swarm.run(spans.measured)?;
    swarm.end();
    let (after, seconds) = (target.usage()?, began.elapsed().as_secs_f64());
    let generator = own_cpu()? - own;
    let tally = swarm.rest()?;
    let used = Usage {
        cpu: after.cpu - before.cpu,
        redis: after.redis - before.redis,
        memory: after.memory,
    };
    Ok(Sample {
        seconds,
        used,
        generator,
        tally,
    })
}

fn own_cpu() -> Result<f64> {
    cpu_seconds(std::process::id()).context("there is no /proc")
}

impl Sample {
    /// Processor seconds of servers or relay for a million deliveries.
    pub(crate) fn per_million(&self) -> f64 {
        self.used.cpu / self.millions()
    }

    /// Processor seconds of Redis for a million deliveries.
    pub(crate) fn redis_per_million(&self) -> f64 {
        self.used.redis / self.millions()
    }

    fn millions(&self) -> f64 {
        self.tally.arrived.max(1) as f64 / 1e6
    }

    /// Cores that servers or relay used.
    pub(crate) fn cores(&self) -> f64 {
        self.used.cpu / self.seconds
    }

    /// Cores that Redis used.
    pub(crate) fn redis_cores(&self) -> f64 {
        self.used.redis / self.seconds
    }

    /// The part of its core that the generator used.
    pub(crate) fn generator_cores(&self) -> f64 {
        self.generator / self.seconds
    }

    /// Deliveries a second.
    pub(crate) fn rate(&self) -> f64 {
        self.tally.arrived as f64 / self.seconds
    }

    /// Frames a second that the servers sent.
    pub(crate) fn frames(&self) -> f64 {
        self.tally.frames as f64 / self.seconds
    }

    /// Reads of the generator for each delivery: a little less than the writes of the servers.
    pub(crate) fn reads(&self) -> f64 {
        self.tally.reads as f64 / self.tally.arrived.max(1) as f64
    }

    /// Bytes of the messages with live updates for each piece in them.
    pub(crate) fn piece_bytes(&self) -> f64 {
        self.tally.live_bytes as f64 / self.tally.live_pieces.max(1) as f64
    }

    /// The same with the headers of the frames.
    pub(crate) fn piece_wire_bytes(&self) -> f64 {
        self.tally.live_wire_bytes as f64 / self.tally.live_pieces.max(1) as f64
    }
}

/// The same figure of several samples.
#[derive(Debug, Clone)]
pub(crate) struct Series(Vec<f64>);

impl Series {
    /// A figure of each sample.
    pub(crate) fn of<'a>(
        samples: impl IntoIterator<Item = &'a Sample>,
        figure: impl Fn(&Sample) -> f64,
    ) -> Self {
        let mut values: Vec<f64> = samples.into_iter().map(figure).collect();
        values.sort_by(f64::total_cmp);
        Self(values)
    }

    /// The middle one.
    pub(crate) fn median(&self) -> f64 {
        let middle = self.0.len() / 2;
        let upper = self.0.get(middle).copied().unwrap_or(f64::NAN);
        if self.0.len().is_multiple_of(2) {
            let lower = middle.checked_sub(1).and_then(|at| self.0.get(at));
            return f64::midpoint(lower.copied().unwrap_or(upper), upper);
        }
        upper
    }

    /// The middle one, with the least and the greatest.
    pub(crate) fn text(&self, digits: usize) -> String {
        let [least, most] = [self.0.first(), self.0.last()].map(|it| it.copied().unwrap_or(0.0));
        format!(
            "{:.digits$} ({least:.digits$}–{most:.digits$})",
            self.median()
        )
    }
}

#[cfg(test)]
mod tests {
    use super::Series;

    #[test]
    fn the_median_is_in_the_middle() {
        assert!((Series(vec![1.0, 2.0, 9.0]).median() - 2.0).abs() < 1e-9);
        assert!((Series(vec![1.0, 2.0, 4.0, 9.0]).median() - 3.0).abs() < 1e-9);
    }
}
