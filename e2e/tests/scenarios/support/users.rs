//! Who takes part in a scenario, and on which kind of device.

use anyhow::Result;
use e2e::person::Person;
use e2e::proxy::Proxy;
use e2e::stage::{Stage, scene};

use crate::support::places::cell_corner;
use crate::witness::Witness;

/// Ada, who owns a new board, and Ben, who may draw on it, on one server.
pub(crate) async fn two_users(stage: &mut Stage) -> Result<(Person, Person)> {
    let url = stage.one_server().await?;
    let board = stage.board(&url).await?;
    let ada = stage.guest("ada", &board.owner.at(&url)).await?;
    let ben = stage.guest("ben", &board.edit.at(&url)).await?;
    Ok((ada, ben))
}

/// The same two, with pens in their hands.
pub(crate) async fn two_users_with_pens(stage: &mut Stage) -> Result<(Person, Person)> {
    let (ada, ben) = two_users(stage).await?;
    for person in [&ada, &ben] {
        person.take("Pen").await?;
    }
    Ok((ada, ben))
}

/// The same two, and somebody who knows what is written down.
pub(crate) async fn two_users_and_a_witness(
    stage: &mut Stage,
) -> Result<(Person, Person, Witness)> {
    let url = stage.one_server().await?;
    let board = stage.board(&url).await?;
    let ada = stage.guest("ada", &board.owner.at(&url)).await?;
    let ben = stage.guest("ben", &board.edit.at(&url)).await?;
    let witness = Witness::join(&url, &board).await?;
    let witness = witness.waits_for(&[&ada, &ben]);
    Ok((ada, ben, witness))
}

/// Plays a scene of two people and a witness.
pub(crate) fn two_user_scenario(
    name: &str,
    play: impl AsyncFnOnce(&Person, &Person, &Witness) -> Result<()>,
) {
    scene(name, async |stage| {
        let (ada, ben, witness) = two_users_and_a_witness(stage).await?;
        play(&ada, &ben, &witness).await
    });
}

pub(crate) async fn one_user(stage: &mut Stage) -> Result<Person> {
    let url = stage.one_server().await?;
    let board = stage.board(&url).await?;
    stage.guest("ada", &board.owner.at(&url)).await
}

/// Somebody alone on a board with four dashes by two pens, far from one another.
pub(crate) async fn one_user_with_a_dash(stage: &mut Stage) -> Result<Person> {
    let url = stage.one_server().await?;
    let board = stage.board(&url).await?;
    let ada = stage.guest("ada", &board.owner.at(&url)).await?;
    ada.take("Pen").await?;
    ada.dash(cell_corner(8)).await?;
    ada.saved().await?;
    Ok(ada)
}

/// Ada with a touch screen and a pen in hand, Ben at a desk.
pub(crate) async fn tablet_and_desktop(stage: &mut Stage) -> Result<(Person, Person)> {
    let url = stage.one_server().await?;
    let board = stage.board(&url).await?;
    let ada = stage.person("ada").await?;
    ada.page.touch_screen().await?;
    ada.open(&board.owner.at(&url)).await?;
    let ben = stage.guest("ben", &board.edit.at(&url)).await?;
    ada.page.click("button", "Pen").await?;
    Ok((ada, ben))
}

/// Width and height of a phone of a usual size and of the smallest.
pub(crate) const PHONES: [(u32, u32); 2] = [(390, 844), (320, 568)];

/// Ada with a phone of a size, Ben at a desk.
pub(crate) async fn phone_and_desktop(
    stage: &mut Stage,
    size: (u32, u32),
) -> Result<(Person, Person)> {
    let url = stage.one_server().await?;
    let board = stage.board(&url).await?;
    let ada = stage.person("ada").await?;
    ada.page.phone_of(size.0, size.1).await?;
    ada.open(&board.owner.at(&url)).await?;
    let ben = stage.guest("ben", &board.edit.at(&url)).await?;
    Ok((ada, ben))
}

/// Links to the same board.
pub(crate) struct BoardLinks {
    /// Through the proxy.
    pub(crate) via_proxy: String,
    /// Past it.
    pub(crate) direct: String,
}

/// Ada on a board, behind a proxy that has weather.
pub(crate) async fn user_behind_a_proxy(stage: &mut Stage) -> Result<(Person, Proxy, BoardLinks)> {
    let url = stage.one_server().await?;
    let proxy = Proxy::start(vec![stage.server(0)?.address()]).await?;
    stage.connections_will_break();
    let board = stage.board(&url).await?;
    let links = BoardLinks {
        via_proxy: board.edit.at(&proxy.url()),
        direct: board.owner.at(&url),
    };
    let ada = stage.guest("ada", &links.via_proxy).await?;
    Ok((ada, proxy, links))
}

pub(crate) async fn one_user_on_a_tablet(stage: &mut Stage) -> Result<Person> {
    let url = stage.one_server().await?;
    let board = stage.board(&url).await?;
    let ada = stage.person("ada").await?;
    ada.page.touch_screen().await?;
    ada.open(&board.owner.at(&url)).await?;
    ada.page.click("button", "Pen").await?;
    Ok(ada)
}
