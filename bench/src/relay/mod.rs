//! Relays that stand beside the server as references. A relay has rooms, named by the path of the
//! WebSocket, and hands each binary message of a client to all others of its room. It stores nothing
//! and keeps no list of people. So its figures show what the delivery alone costs.

mod raw;
mod tungstenite;

use std::io;

use anyhow::{Context as _, Result};
use clap::ValueEnum;
use testkit::process::Process;
use tokio::process::Command;

use crate::output::say;

/// What a relay prints before its address.
const READY: &str = "relay at ";

/// Which relay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Kind {
    /// tokio and tokio-tungstenite, one thread. Messages that wait for a client leave in one write.
    Tokio,
    /// epoll and frames by hand, one thread, one write for each delivery.
    Epoll,
}

/// Runs a relay until the process is ended.
///
/// # Errors
/// It cannot listen.
pub(crate) fn run(kind: Kind) -> Result<()> {
    match kind {
        Kind::Tokio => tungstenite::run(announce),
        Kind::Epoll => raw::run(announce),
    }
}

fn announce(address: io::Result<std::net::SocketAddr>) -> Result<()> {
    say(&format!("{READY}{}", address?));
    Ok(())
}

/// Starts a relay as a process of its own, and returns its address too.
///
/// # Errors
/// It does not start.
pub(crate) async fn start(kind: Kind) -> Result<(Process, std::net::SocketAddr)> {
    let value = kind.to_possible_value().context("a relay without a name")?;
    let mut command = Command::new(std::env::current_exe()?);
    command.args(["--relay", value.get_name()]);
    let process = Process::spawn(value.get_name(), &mut command)?;
    let address = |line: &str| line.strip_prefix(READY)?.parse().ok();
    let address = process.line_with(address).await?;
    Ok((process, address))
}

#[cfg(test)]
mod tests {
    use std::net::SocketAddr;
    use std::sync::mpsc::channel;
    use std::thread;
    use std::time::Duration;

    use super::*;
    use crate::load::{Room, Speech, Swarm};

    #[test]
    fn each_relay_hands_every_message_to_all_others_of_the_room_and_to_no_one_else() {
        for kind in [Kind::Tokio, Kind::Epoll] {
            let (tell, told) = channel();
            let announce = move |address: io::Result<SocketAddr>| Ok(tell.send(address?)?);
            thread::spawn(move || match kind {
                Kind::Tokio => tungstenite::run(announce),
                Kind::Epoll => raw::run(announce),
            });
            let Ok(SocketAddr::V4(address)) = told.recv() else {
                panic!("no relay");
            };
            let mut swarm = Swarm::new(Speech::Relay).unwrap();
            for number in 0..2 {
                let room = Room {
                    nodes: vec![address],
                    link: None,
                    number,
                    people: 4,
                    pens: 2,
                };
                swarm.add(&room).unwrap();
            }
            swarm.connect().unwrap();
            swarm.begin();
            swarm.draw(Duration::from_millis(2));
            swarm.run(Duration::from_millis(300)).unwrap();
            swarm.end();
            let tally = swarm.rest().unwrap();
            assert!(tally.due > 300 && tally.commits_due > 0, "{tally:?}");
            let arrived = (tally.received, tally.live_pieces, tally.commits);
            assert_eq!(arrived, (tally.due, tally.due, tally.commits_due));
        }
    }
}
