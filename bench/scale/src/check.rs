//! Compares what the model predicts with what the simulation counted.

use anyhow::{Result, bail};
use shared::id::Millis;

use crate::model::rates::rates;
use crate::people::{Placement, Rooms};
use crate::simulation::World;
use crate::tally::{Counts, Kind, Rates};

/// How far a count may be from the prediction, in percent.
const TOLERANCE_PERCENT: f64 = 5.0;
/// The tolerance where the moments matter at which pens are down, in percent.
const LOOSE_PERCENT: f64 = 10.0;

/// Nodes and people of a run.
#[derive(Debug, Clone)]
pub(crate) struct Setting {
    pub(crate) rooms: Vec<Rooms>,
    pub(crate) nodes: u32,
    pub(crate) placement: Placement,
    pub(crate) seed: u64,
    /// How long messages are counted, in milliseconds.
    pub(crate) span: Millis,
}

/// A kind of message, as predicted and as counted.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Compared {
    pub(crate) kind: Kind,
    pub(crate) predicted: f64,
    pub(crate) counted: u64,
}

impl Compared {
    /// How far the count is from the prediction, in percent.
    pub(crate) fn off_percent(&self) -> f64 {
        let off = self.counted as f64 - self.predicted;
        100.0 * off / self.predicted.max(1.0)
    }

    fn is_within(&self) -> bool {
        self.off_percent().abs() <= tolerance_percent(self.kind)
    }
}

/// The tolerance of bytes: numbers of people and positions take more bytes where there are more of them.
const BYTES_PERCENT: f64 = 15.0;

/// How far a count of a kind may be from the prediction, in percent.
pub(crate) const fn tolerance_percent(kind: Kind) -> f64 {
    match kind {
        Kind::LiveFrame | Kind::PublishedLive | Kind::ReceivedLive | Kind::Heartbeat => {
            LOOSE_PERCENT
        }
        Kind::BytesDown => BYTES_PERCENT,
        _ => TOLERANCE_PERCENT,
    }
}

/// The messages of all classes of boards in a second.
pub(crate) fn predicted(setting: &Setting) -> Rates {
    let mut all = Rates::default();
    for rooms in &setting.rooms {
        all += &rates(rooms, setting.nodes, setting.placement);
    }
    all
}

/// Compares the kinds that the model predicts.
pub(crate) fn compare(setting: &Setting, counted: &Counts) -> Vec<Compared> {
    let rates = predicted(setting);
    let seconds = setting.span as f64 / 1_000.0;
    let compared = Kind::ALL.map(|kind| Compared {
        kind,
        predicted: rates[kind] * seconds,
        counted: counted[kind],
    });
    let is_predicted = |one: &Compared| one.predicted > 0.0;
    compared.into_iter().filter(is_predicted).collect()
}

/// Fails if a count is outside its tolerance.
///
/// # Errors
/// It names the counts.
pub(crate) fn require_all_within(compared: &[Compared]) -> Result<()> {
    let outside = compared.iter().filter(|one| !one.is_within());
    let named: Vec<String> = outside
        .map(|one| {
            let Compared {
                kind,
                predicted,
                counted,
            } = one;
            format!(
                "{}: {counted} counted, {predicted:.0} predicted",
                kind.name()
            )
        })
        .collect();
    if !named.is_empty() {
        bail!("the model is wrong: {}", named.join("; "));
    }
    Ok(())
}

/// A run without faults, counted from a time at which all have arrived. `advance` lets the world run until a
/// time.
///
/// # Errors
/// The sample data is not sound.
pub(crate) fn steady(
    setting: &Setting,
    from: Millis,
    advance: impl Fn(&mut World, Millis),
) -> Result<(World, Counts)> {
    let nodes = usize::try_from(setting.nodes)?;
    let mut world = World::new(&setting.rooms, nodes, setting.placement, setting.seed)?;
    advance(&mut world, from);
    let before = world.counts().clone();
    advance(&mut world, from + setting.span);
    let counted = world.counts().since(&before);
    Ok((world, counted))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people::mixed;
    use crate::simulation::ARRIVAL_MS;

    fn small(placement: Placement) -> Setting {
        Setting {
            rooms: mixed(600),
            nodes: 5,
            placement,
            seed: 1,
            span: 8_000,
        }
    }

    fn check(placement: Placement) {
        let setting = small(placement);
        let (mut world, counted) = steady(&setting, ARRIVAL_MS + 8_000, World::run_until).unwrap();
        let compared = compare(&setting, &counted);
        require_all_within(&compared).unwrap();
        world.kill(0);
        world.run_until(ARRIVAL_MS + 21_000);
        world.stop_drawing();
        world.run_until(ARRIVAL_MS + 25_000);
        assert_eq!(world.lost(), 0, "all see the board of the store");
    }

    #[test]
    fn the_model_predicts_the_messages_of_some_hundred_people() {
        check(Placement::Random);
    }

    #[test]
    fn the_model_predicts_the_messages_of_people_who_are_sent_to_the_node_of_their_board() {
        check(Placement::ByBoard);
    }
}
