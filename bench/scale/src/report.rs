//! Runs what the command line asks for, and prints it.

use anyhow::{Result, ensure};
use shared::id::Millis;

use crate::check::{self, Compared, Setting};
use crate::options::Options;
use crate::output::{progress, say};
use crate::people::mixed;
use crate::simulation::{ARRIVAL_MS, HELLOS_MS, NodeLoad, World};
use crate::tables;
use crate::tally::{Counts, Kind};

/// From the last arrival to the first message that is counted, in milliseconds: until lists of people
/// and snapshots have been sent, and boards without pens are silent for their servers.
const SETTLE_MS: Millis = 8_000;
/// How long the time after the death of a node is followed, in milliseconds: leases have expired.
const AFTER_DEATH_MS: Millis = 8_000;
/// Until all messages have arrived after the last stroke, in milliseconds.
const REST_MS: Millis = 2_000;

/// Runs what the options ask for.
///
/// # Errors
/// The simulation counts other numbers than the model predicts.
pub(crate) fn run(options: &Options) -> Result<()> {
    if options.simulate {
        return simulate(options);
    }
    let tables = tables::text();
    match &options.write {
        Some(path) => {
            let document = std::fs::read_to_string(path)?;
            std::fs::write(path, tables::with_tables(&document, &tables)?)?;
        }
        None => say(&tables),
    }
    Ok(())
}

fn simulate(options: &Options) -> Result<()> {
    let setting = Setting {
        rooms: mixed(options.people),
        nodes: options.nodes,
        placement: options.placement,
        seed: options.seed,
        span: options.seconds * 1_000,
    };
    describe(&setting);
    let (mut world, counted) = check::steady(&setting, ARRIVAL_MS + SETTLE_MS, advance)?;
    let compared = check::compare(&setting, &counted);
    print_compared(&setting, &compared, &counted);
    print_loads(&world.nodes());
    death(&mut world, &setting);
    world.stop_drawing();
    let end = ARRIVAL_MS + SETTLE_MS + setting.span + AFTER_DEATH_MS + REST_MS;
    advance(&mut world, end);
    let lost = world.lost();
    say(&format!(
        "\nAt the end {lost} people do not see the board that the store has."
    ));
    ensure!(lost == 0, "people lost their boards");
    check::require_all_within(&compared)
}

/// Lets the world run until a time, and tells each second how far it is.
fn advance(world: &mut World, end: Millis) {
    for second in world.now() / 1_000 + 1..=end / 1_000 {
        world.run_until(second * 1_000);
        progress(&format!("{second} seconds are simulated"));
    }
    world.run_until(end);
}

fn describe(setting: &Setting) {
    let people: u32 = setting.rooms.iter().map(|rooms| rooms.people()).sum();
    say(&format!(
        "{people} people on {} nodes, placement {:?}, seed {}",
        setting.nodes, setting.placement, setting.seed
    ));
    say("\n| people a board | boards | of these active | pens on each |\n|---:|---:|---:|---:|");
    for rooms in &setting.rooms {
        say(&format!(
            "| {} | {} | {} | {} |",
            rooms.size, rooms.boards, rooms.active, rooms.pens
        ));
    }
}

fn print_compared(setting: &Setting, compared: &[Compared], counted: &Counts) {
    let seconds = setting.span as f64 / 1_000.0;
    say(&format!(
        "\n| in {seconds:.0} s | predicted | counted | off by | allowed |\n|---|---:|---:|---:|---:|"
    ));
    for one in compared {
        say(&format!(
            "| {} | {:.0} | {} | {:+.1} % | {:.0} % |",
            one.kind.name(),
            one.predicted,
            one.counted,
            one.off_percent(),
            check::tolerance_percent(one.kind),
        ));
    }
    let is_predicted = |kind: &Kind| compared.iter().any(|one| one.kind == *kind);
    for kind in Kind::ALL.into_iter().filter(|kind| !is_predicted(kind)) {
        if counted[kind] > 0 {
            say(&format!("| {} | | {} | | |", kind.name(), counted[kind]));
        }
    }
}

fn print_loads(nodes: &[NodeLoad]) {
    say("\n| on a node | least | average | most |\n|---|---:|---:|---:|");
    let row = |name: &str, of: fn(&NodeLoad) -> u64| {
        let least = nodes.iter().map(of).min().unwrap_or(0);
        let most = nodes.iter().map(of).max().unwrap_or(0);
        let average = nodes.iter().map(of).sum::<u64>() as f64 / nodes.len().max(1) as f64;
        say(&format!("| {name} | {least} | {average:.0} | {most} |"));
    };
    row("people", |node| node.sessions as u64);
    row("open boards", |node| node.boards as u64);
    row("frames sent until now", |node| node.frames);
}

/// Lets a node die, and prints what follows.
fn death(world: &mut World, setting: &Setting) {
    let (at, before) = (
        ARRIVAL_MS + SETTLE_MS + setting.span,
        world.counts().clone(),
    );
    world.kill(0);
    advance(world, at + AFTER_DEATH_MS);
    let after = world.counts().since(&before);
    say(&format!(
        "\n| in {} s after the death of a node | counted |\n|---|---:|",
        AFTER_DEATH_MS / 1_000
    ));
    for kind in Kind::ALL.into_iter().filter(|kind| after[*kind] > 0) {
        say(&format!("| {} | {} |", kind.name(), after[kind]));
    }
    let first = usize::try_from(at / HELLOS_MS).unwrap_or(0);
    let hellos = world.hellos().get(first..).unwrap_or_default();
    let shown: Vec<String> = hellos.iter().take(15).map(u64::to_string).collect();
    say(&format!(
        "\nHellos in each tenth of a second: {}",
        shown.join(" ")
    ));
}
