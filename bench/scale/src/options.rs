//! The command line.

use std::path::PathBuf;

use clap::Parser;

use crate::people::Placement;

/// Prints how many nodes and shards many people need, and checks the model by a simulation.
///
/// Without an option it prints the tables of the model.
#[derive(Debug, Parser)]
#[command(name = "scale")]
pub(crate) struct Options {
    /// Instead, run the real rooms and drivers of so many people in virtual time, count all messages,
    /// let a node die, and fail if the counts are not as predicted.
    #[arg(long)]
    pub(crate) simulate: bool,
    /// Write the tables into this document, in place of those that it has.
    #[arg(long, value_name = "FILE", conflicts_with = "simulate")]
    pub(crate) write: Option<PathBuf>,
    /// The people of the simulation.
    #[arg(long, default_value_t = 100_000, value_parser = clap::value_parser!(u32).range(100..=1_000_000))]
    pub(crate) people: u32,
    /// The nodes of the simulation.
    #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u32).range(2..=1_000))]
    pub(crate) nodes: u32,
    /// The seconds of the simulation in which messages are counted. Heartbeats come every 4 s and leases
    /// every 3 s, so a multiple of 12 has the same number of each whenever people arrived.
    #[arg(long, default_value_t = 12, value_parser = clap::value_parser!(u64).range(2..=600))]
    pub(crate) seconds: u64,
    /// The node to which the load balancer of the simulation sends a connection.
    #[arg(long, value_enum, default_value_t = Placement::Random)]
    pub(crate) placement: Placement,
    /// The seed of all chance.
    #[arg(long, default_value_t = 1)]
    pub(crate) seed: u64,
}
