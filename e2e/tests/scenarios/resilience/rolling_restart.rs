//! Two servers behind a real proxy are restarted in turn, and the pages do not show it.

use std::time::Duration;

use anyhow::{Result, ensure};
use e2e::person::Person;
use e2e::status_record;
use e2e::test_env::scenario;
use testkit::reverse_proxy::{Kind, ReverseProxy, Setup};

use crate::support::places::{BOARD, cell_corner};

/// A second more than docs/hosting.md says to wait after a restart: a proxy has asked `/readyz` again.
const PROXY_SEES_IT: Duration = Duration::from_secs(3);

fn run_scenario(name: &str, kind: Kind) {
    if kind.is_skipped() {
        return;
    }
    scenario(name, async |env| {
        let [first, _] = env.two_servers_with(&["--trust-proxy"]).await?;
        for server in &env.servers {
            server.ready().await?;
        }
        let proxy = ReverseProxy::start(kind, &Setup::of(env.addresses()?)).await?;
        let url = proxy.url();
        let board = env.board(&first).await?;
        let ada = env.guest("ada", &board.owner.at(&url)).await?;
        let ben = env.guest("ben", &board.edit.at(&url)).await?;
        for person in [&ada, &ben] {
            person.pick_tool("Pen").await?;
            status_record::begin(&person.page).await?;
        }
        let mut drawn = 0;
        for server in 0..2 {
            draw(&ada, &mut drawn).await?;
            env.server(server)?.terminate().await?;
            draw(&ben, &mut drawn).await?;
            env.server(server)?.restart().await?;
            env.server(server)?.ready().await?;
            tokio::time::sleep(PROXY_SEES_IT).await;
            draw(&ada, &mut drawn).await?;
            for person in [&ada, &ben] {
                person.wait_for_elements(drawn).await?;
                person.wait_until_saved().await?;
            }
        }
        ben.wait_for_same_picture_as(&ada, BOARD).await?;
        for person in [&ada, &ben] {
            let shown = status_record::read(&person.page).await?;
            ensure!(shown.iter().all(|it| it.is_calm()), "{shown:?}");
        }
        Ok(())
    });
}

async fn draw(person: &Person, drawn: &mut u64) -> Result<()> {
    for _ in 0..2 {
        let index = u32::try_from(*drawn)?;
        person.draw_dash(cell_corner(index)).await?;
        *drawn += 1;
    }
    Ok(())
}

#[test]
fn pages_behind_nginx_do_not_show_that_servers_are_restarted() {
    run_scenario("rolling restart behind nginx", Kind::Nginx);
}

#[test]
fn pages_behind_haproxy_do_not_show_that_servers_are_restarted() {
    run_scenario("rolling restart behind HAProxy", Kind::Haproxy);
}

#[test]
fn pages_behind_caddy_do_not_show_that_servers_are_restarted() {
    run_scenario("rolling restart behind Caddy", Kind::Caddy);
}
