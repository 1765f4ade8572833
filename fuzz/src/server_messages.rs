//! Frames of a server, which a whole client takes: its driver, its replica, its presence.

use arbitrary::{Result, Unstructured};
use shared::id::{Millis, Secret};
use shared::limits::MAX_FRAME_BYTES;
use shared::protocol::{Profile, Role, ServerMsg, encode};
use shared::sync::{Driver, Identity, Setup};
use testkit::fixtures::{
    at, authored, client_id, element_id, heartbeat, key, put, snapshot, state, stroke, wave,
    welcome,
};

use crate::{generated, golden, history, round_trip};

/// Steps of one input; more take longer without showing more.
const MAX_STEPS: usize = 64;

/// A client, and its time.
struct Client {
    driver: Driver,
    now: Millis,
}

/// Lets a client live through the steps that the bytes say.
pub fn run(data: &[u8]) {
    let mut bytes = Unstructured::new(data);
    let setup = Setup {
        identity: Identity::fresh(key(1)),
        commits: Vec::new(),
        secret: Secret::from_bytes([1; 16]),
        profile: Profile::default(),
        device: None,
        seed: 1,
    };
    let mut client = Client {
        driver: Driver::new(setup, 0),
        now: 0,
    };
    client.driver.on_connected(0);
    for _ in 0..MAX_STEPS {
        if bytes.is_empty() || client.step(&mut bytes).is_err() {
            break;
        }
        client.settle();
    }
    history::look_at(client.driver.replica().board());
}

impl Client {
    fn step(&mut self, bytes: &mut Unstructured<'_>) -> Result<()> {
        match bytes.arbitrary::<u8>()? {
            FRAME => {
                let len = bytes.arbitrary::<u16>()?;
                let len = usize::from(len).min(bytes.len());
                let frame = bytes.bytes(len)?;
                let _ = round_trip::read::<ServerMsg>(frame, MAX_FRAME_BYTES);
                self.driver.on_frame(frame, self.now);
            }
            WAIT => {
                self.now += u64::from(bytes.arbitrary::<u16>()?);
                self.driver.on_timeout(self.now);
            }
            CHANGE => {
                let (_, commit) = generated::commit(bytes)?;
                if commit.validate().is_ok() {
                    self.driver.submit(commit.ops, commit.guard, self.now);
                }
            }
            LOSE => self.driver.on_disconnected(None, self.now),
            CONNECT => self.driver.on_connected(self.now),
            other => self.take(&usual(other)),
        }
        Ok(())
    }

    fn take(&mut self, message: &ServerMsg) {
        self.driver.on_frame(&encode(message).unwrap(), self.now);
    }

    /// Takes what the client wants to do and to send.
    fn settle(&mut self) {
        while self.driver.poll_event().is_some() {}
        while self.driver.poll_send(0).is_some() {}
        let _ = self.driver.poll_timeout(self.now);
        let _ = self.driver.replica().status(self.now);
    }
}

const FRAME: u8 = 0;
const WAIT: u8 = 1;
const CHANGE: u8 = 2;
const LOSE: u8 = 3;
const CONNECT: u8 = 4;

/// A message that a server sends at the beginning of each connection.
fn usual(choice: u8) -> ServerMsg {
    let board = state(
        at(1),
        &[authored(
            client_id(2),
            1,
            vec![put(stroke(element_id(1), wave(9)))],
        )],
    );
    match choice % 5 {
        0 => welcome(at(1), 0, Role::Edit, false),
        1 => snapshot(&board),
        2 => welcome(at(0), 0, Role::Edit, true),
        3 => heartbeat(choice.into(), 0),
        _ => welcome(at(1), 0, Role::View, false),
    }
}

/// A board that was loaded, and then each golden message of a server.
#[must_use]
pub fn seeds() -> Vec<Vec<u8>> {
    let loaded = [5, 6];
    let messages = golden::samples("server.").into_iter();
    messages
        .map(|frame| {
            let mut input = loaded.to_vec();
            input.push(FRAME);
            input.extend((frame.len() as u16).to_le_bytes());
            input.extend(frame);
            input.extend([WAIT, 100, 0, LOSE, CONNECT]);
            input
        })
        .collect()
}
