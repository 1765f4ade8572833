//! A room with its store, honest clients and a hostile one, which live through what the bytes say. In the
//! end all have the board that the log makes.

mod store;
mod traffic;
mod world;

use arbitrary::{Result, Unstructured};

use crate::{generated, golden};
use world::World;

/// Steps of one input; more take longer without showing more.
const MAX_STEPS: usize = 48;

/// Carries out the steps, and lets everybody come to rest.
pub fn run(data: &[u8]) {
    let mut bytes = Unstructured::new(data);
    let mut world = World::new();
    for _ in 0..MAX_STEPS {
        if bytes.is_empty() || step(&mut world, &mut bytes).is_err() {
            break;
        }
    }
    world.come_to_rest();
}

const SUBMIT: u8 = 0;
const HOSTILE: u8 = 1;
const RELAY: u8 = 2;
const WAIT: u8 = 3;
const LOSE: u8 = 4;
const ELSEWHERE: u8 = 5;
const STORE: u8 = 6;
const COMPACT: u8 = 7;

fn step(world: &mut World, bytes: &mut Unstructured<'_>) -> Result<()> {
    let who = usize::from(bytes.arbitrary::<u8>()?);
    match bytes.arbitrary::<u8>()? % 8 {
        SUBMIT => {
            let (_, commit) = generated::commit(bytes)?;
            world.submit(who, commit);
        }
        HOSTILE => {
            let frame = frame(bytes)?;
            world.receive_hostile(frame);
        }
        RELAY => {
            let frame = frame(bytes)?;
            world.receive_relay(frame);
        }
        WAIT => world.wait(u64::from(bytes.arbitrary::<u8>()?) * 16),
        LOSE => world.cut(who),
        ELSEWHERE => {
            let (_, commit) = generated::commit(bytes)?;
            world.commit_elsewhere(&commit, who % 2 == 0);
        }
        STORE => world.toggle_store(),
        COMPACT => world.compact(),
        _ => {}
    }
    world.wait(5);
    Ok(())
}

fn frame<'a>(bytes: &mut Unstructured<'a>) -> Result<&'a [u8]> {
    let len = usize::from(bytes.arbitrary::<u16>()?).min(bytes.len());
    bytes.bytes(len)
}

/// Changes by several people, and each golden message of a client and of another server.
#[must_use]
pub fn seeds() -> Vec<Vec<u8>> {
    let framed = |kind: u8, bytes: Vec<u8>| {
        let len = (bytes.len() as u16).to_le_bytes();
        [&[3, kind][..], &len, &bytes].concat()
    };
    let clients = golden::samples("client.").into_iter();
    let servers = golden::samples("relay.").into_iter();
    let messages = clients
        .map(|bytes| framed(HOSTILE, bytes))
        .chain(servers.map(|bytes| framed(RELAY, bytes)));
    let events = [
        vec![0, SUBMIT, 0, 1, 1, 0, 2],
        vec![
            1, LOSE, 0, STORE, 0, SUBMIT, 1, 0, 1, 0, 3, 0, WAIT, 200, 0, STORE,
        ],
        vec![
            0, ELSEWHERE, 2, 0, 1, 2, 3, 1, ELSEWHERE, 2, 0, 1, 2, 9, 0, COMPACT,
        ],
    ];
    messages.chain(events).collect()
}
