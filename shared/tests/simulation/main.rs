//! Several clients, two servers and many faults, from one seed.
//!
//! Real drivers and rooms exchange messages over a network that is slow and cuts connections, a
//! broker that loses and repeats, and a store that is slow, goes down, answers late and sometimes
//! loses the end of its log. After every step the promises are checked. At the end the faults
//! stop, and everything that was drawn must be there once, on the same board for all.
//!
//! A failing seed is printed; put it into `KEPT_SEEDS` so that it stays a test.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::cast_precision_loss,
    reason = "a test fails by panicking"
)]

mod chance;
mod counts;
mod network;
mod person;
mod promises;
mod server;
mod store;
mod work;
mod world;

use store::Dedupe;
use world::{Faults, World};

/// Steps of each run before the faults stop.
const STEPS: u32 = 220;
/// Seeds of the main test.
const SEEDS: u64 = 1_000;
/// Seeds that once failed.
const KEPT_SEEDS: [u64; 1] = [816];

fn run(seed: u64, faults: Faults, dedupe: Dedupe) -> Result<World, String> {
    let mut world = World::new(seed, faults, dedupe);
    for _ in 0..STEPS {
        world.step();
        world
            .check()
            .map_err(|broken| format!("seed {seed}: {broken}"))?;
    }
    world
        .recover()
        .map_err(|broken| format!("seed {seed}: {broken}"))?;
    Ok(world)
}

fn run_all(seeds: impl Iterator<Item = u64>, faults: Faults) {
    for seed in seeds {
        if let Err(broken) = run(seed, faults, Dedupe::On) {
            panic!("{broken}");
        }
    }
}

#[test]
fn simulation_promises_hold_under_faults_first_half() {
    run_all(0..SEEDS / 2, Faults::All);
}

#[test]
fn simulation_promises_hold_under_faults_second_half() {
    run_all(SEEDS / 2..SEEDS, Faults::All);
}

#[test]
fn simulation_promises_hold_when_the_store_loses_its_end() {
    run_all(10_000..10_000 + SEEDS / 2, Faults::AllAndLostTails);
}

#[test]
fn simulation_promises_hold_on_a_kind_network() {
    run_all(20_000..20_100, Faults::None);
}

#[test]
fn simulation_kept_seeds_stay_mended() {
    run_all(KEPT_SEEDS.into_iter(), Faults::All);
}

#[test]
fn simulation_fails_without_dedupe() {
    let broken = (0..200)
        .filter(|seed| run(*seed, Faults::All, Dedupe::Off).is_err())
        .count();
    assert!(
        broken > 0,
        "a store without dedupe must break a promise in some of 200 runs"
    );
}

#[test]
fn simulation_faults_really_happen() {
    let mut totals = counts::Counts::default();
    for seed in 0..200 {
        let world = run(seed, Faults::AllAndLostTails, Dedupe::On).unwrap();
        totals.add(&world.counts);
    }
    for (name, count) in totals.named() {
        assert!(count > 0, "{name} never happened in 200 runs: {totals:?}");
    }
}
