//! Who takes part in a scenario, and on which kind of device.

use anyhow::Result;
use e2e::person::Person;
use e2e::test_env::{TestEnv, scenario};
use testkit::proxy::{FaultProxy, Framing};

use crate::observer::Observer;
use crate::support::places::cell_corner;

/// Ada, who owns a new board, and Ben, who may edit it, on one server.
pub(crate) async fn two_users(env: &mut TestEnv) -> Result<(Person, Person)> {
    let url = env.one_server().await?;
    let board = env.board(&url).await?;
    let ada = env.guest("ada", &board.owner.at(&url)).await?;
    let ben = env.guest("ben", &board.edit.at(&url)).await?;
    Ok((ada, ben))
}

/// Ada, who owns a new board, and Ben, who may edit it, on two servers that share a Redis.
pub(crate) async fn two_users_apart(env: &mut TestEnv) -> Result<(Person, Person)> {
    let [first, second] = env.two_servers().await?;
    let board = env.board(&first).await?;
    let ada = env.guest("ada", &board.owner.at(&first)).await?;
    let ben = env.guest("ben", &board.edit.at(&second)).await?;
    Ok((ada, ben))
}

/// Ada and Ben with the pen as active tool.
pub(crate) async fn two_users_with_pens(env: &mut TestEnv) -> Result<(Person, Person)> {
    let (ada, ben) = two_users(env).await?;
    for person in [&ada, &ben] {
        person.pick_tool("Pen").await?;
    }
    Ok((ada, ben))
}

/// Ada, Ben, and an observer that knows the stored board.
pub(crate) async fn two_users_and_an_observer(
    env: &mut TestEnv,
) -> Result<(Person, Person, Observer)> {
    let url = env.one_server().await?;
    let board = env.board(&url).await?;
    let ada = env.guest("ada", &board.owner.at(&url)).await?;
    let ben = env.guest("ben", &board.edit.at(&url)).await?;
    let observer = Observer::join(&url, &board).await?;
    let observer = observer.shown_on(&[&ada, &ben]);
    Ok((ada, ben, observer))
}

/// Runs a scenario with two people and an observer.
pub(crate) fn two_user_scenario(
    name: &str,
    play: impl AsyncFnOnce(&Person, &Person, &Observer) -> Result<()>,
) {
    scenario(name, async |env| {
        let (ada, ben, observer) = two_users_and_an_observer(env).await?;
        play(&ada, &ben, &observer).await
    });
}

pub(crate) async fn one_user(env: &mut TestEnv) -> Result<Person> {
    let url = env.one_server().await?;
    let board = env.board(&url).await?;
    env.guest("ada", &board.owner.at(&url)).await
}

/// Ada alone on a board with one dash.
pub(crate) async fn one_user_with_a_dash(env: &mut TestEnv) -> Result<Person> {
    let url = env.one_server().await?;
    let board = env.board(&url).await?;
    let ada = env.guest("ada", &board.owner.at(&url)).await?;
    ada.pick_tool("Pen").await?;
    ada.draw_dash(cell_corner(8)).await?;
    ada.wait_until_saved().await?;
    Ok(ada)
}

/// Ada on a tablet with the pen as active tool, and Ben on a desktop.
pub(crate) async fn tablet_and_desktop(env: &mut TestEnv) -> Result<(Person, Person)> {
    let url = env.one_server().await?;
    let board = env.board(&url).await?;
    let ada = env.person("ada").await?;
    ada.page.touch_screen().await?;
    ada.open(&board.owner.at(&url)).await?;
    let ben = env.guest("ben", &board.edit.at(&url)).await?;
    ada.page.click("button", "Pen").await?;
    Ok((ada, ben))
}

/// Width and height of a usual phone and of the smallest one.
pub(crate) const PHONES: [(u32, u32); 2] = [(390, 844), (320, 568)];

/// Ada on a phone of this size, and Ben on a desktop.
pub(crate) async fn phone_and_desktop(
    env: &mut TestEnv,
    size: (u32, u32),
) -> Result<(Person, Person)> {
    let url = env.one_server().await?;
    let board = env.board(&url).await?;
    let ada = env.person("ada").await?;
    ada.page.phone_of_size(size.0, size.1).await?;
    ada.open(&board.owner.at(&url)).await?;
    let ben = env.guest("ben", &board.edit.at(&url)).await?;
    Ok((ada, ben))
}

/// Links to the same board.
pub(crate) struct BoardLinks {
    /// Through the proxy.
    pub(crate) via_proxy: String,
    /// Directly to the server.
    pub(crate) direct: String,
}

/// Ada on a board, connected through a proxy.
pub(crate) async fn user_behind_a_proxy(
    env: &mut TestEnv,
) -> Result<(Person, FaultProxy, BoardLinks)> {
    let url = env.one_server().await?;
    let proxy = FaultProxy::start(Framing::Bytes, vec![env.server(0)?.address()]).await?;
    env.connections_will_break();
    let board = env.board(&url).await?;
    let links = BoardLinks {
        via_proxy: board.edit.at(&proxy.url()),
        direct: board.owner.at(&url),
    };
    let ada = env.guest("ada", &links.via_proxy).await?;
    Ok((ada, proxy, links))
}

pub(crate) async fn one_user_on_a_tablet(env: &mut TestEnv) -> Result<Person> {
    let url = env.one_server().await?;
    let board = env.board(&url).await?;
    let ada = env.person("ada").await?;
    ada.page.touch_screen().await?;
    ada.open(&board.owner.at(&url)).await?;
    ada.page.click("button", "Pen").await?;
    Ok(ada)
}
