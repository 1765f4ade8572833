//! Network use of an open board.

use std::time::Duration;

use anyhow::ensure;
use e2e::log::Direction;
use e2e::test_env::scenario;

use crate::support::places::cell_corner;

/// Long enough for any timer of a polling client to fire.
const WATCH: Duration = Duration::from_secs(15);

#[test]
fn an_open_board_uses_one_websocket_and_makes_no_requests() {
    scenario("network trace", async |env| {
        let url = env.one_server().await?;
        let board = env.board(&url).await?;
        let ada = env.guest("ada", &board.owner.at(&url)).await?;
        let log = ada.page.log();
        let (loaded, frames) = (log.requests().len(), log.frames().len());
        let end = tokio::time::Instant::now() + WATCH;
        ada.pick_tool("Pen").await?;
        for index in 0..8 {
            ada.draw_dash(cell_corner(index)).await?;
        }
        ada.wait_until_saved().await?;
        // The recording includes a time without any input.
        tokio::time::sleep_until(end).await;

        let requests = log.requests();
        ensure!(
            requests.len() == loaded,
            "requests after loading: {:?}",
            &requests[loaded..]
        );
        ensure!(log.sockets().len() == 1, "WebSockets: {:?}", log.sockets());
        let frames = log.frames().split_off(frames);
        ensure!(
            frames.iter().any(|frame| frame.way == Direction::Sent),
            "nothing was sent"
        );
        ensure!(
            frames.iter().any(|frame| frame.way == Direction::Received),
            "nothing was received"
        );
        let secrets = board.links().map(|link| link.secret.reveal());
        let url_with_secret = |request: &&String| secrets.iter().any(|s| request.contains(s));
        let leaked: Vec<_> = requests.iter().filter(url_with_secret).collect();
        ensure!(
            leaked.is_empty(),
            "a secret went into a request: {leaked:?}"
        );
        Ok(())
    });
}
