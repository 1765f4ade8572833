//! Steps of tests in which one client watches another one draw.

use shared::geometry::ink::Ink;
use shared::protocol::{ClientMsg, LiveUpdate, PeerNo, ServerMsg};
use testkit::client::Client;
use testkit::fixtures::{begin, client_id};

/// Waits until a client is told that another one is on the board; returns the number of its person.
pub(crate) async fn sees_person(client: &mut Client, other: u8) -> PeerNo {
    let number = client.until("the other person", |message| match message {
        ServerMsg::People(people) => people
            .iter()
            .find(|person| person.client == client_id(other))
            .map(|person| person.peer),
        _ => None,
    });
    number.await
}

/// Begins a stroke of client 1 and sends its points as live updates.
pub(crate) async fn draw_live(client: &mut Client, ink: Ink) {
    client.send(&ClientMsg::Live(begin(1, 1))).await;
    let points = LiveUpdate::Ink { from: 0, ink };
    client.send(&ClientMsg::Live(points)).await;
}

/// Waits for the first live points of a person.
pub(crate) async fn sees_live_ink(client: &mut Client, person: PeerNo) -> Ink {
    let ink = client.until("live ink", |message| match message {
        ServerMsg::Live(items) => items.into_iter().find_map(|(peer, item)| match item {
            LiveUpdate::Ink { from: 0, ink } if peer == person => Some(ink),
            _ => None,
        }),
        _ => None,
    });
    ink.await
}
