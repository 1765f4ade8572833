//! nginx, HAProxy and Caddy in front of two servers, by the examples of `docs/hosting.md`.

use std::collections::HashSet;
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use rand::RngExt as _;
use shared::geometry::BoardRect;
use shared::id::{ClientKey, ElementId};
use shared::protocol::{ClientMsg, Profile};
use shared::sync::Identity;
use testkit::client::{Client, Habits, Note, RoamingClient};
use testkit::fixtures::{commit, element_of, ink, put, scattered_points, stroke};
use testkit::reverse_proxy::Kind;
use tokio::time::{Instant, sleep};

use crate::case::{Case, LOG};
use crate::checker::millis;
use crate::deployment::{Entry, Storage};
use crate::invariant::Invariant;
use crate::pages::Pages;
use crate::run::Run;
use crate::settings::Settings;

/// A case behind a proxy.
const fn behind(name: &'static str, run: RunFn) -> Case {
    Case {
        row: "9",
        name,
        fault: "all people pause for a while behind a proxy; then both servers are restarted in \
                turn while people draw",
        checks: LOG,
        twins: &[],
        run,
    }
}

const fn slow(name: &'static str, run: RunFn) -> Case {
    Case {
        row: "11",
        name,
        fault: "a large board is loaded over a slow link to a proxy, which takes all that servers send",
        checks: LOG,
        twins: &[],
        run,
    }
}

/// The proxy that a case needs.
#[must_use]
pub fn proxy_of(case: &str) -> Option<Kind> {
    let (_, proxy) = case.split_once('-')?;
    match proxy {
        "nginx" => Some(Kind::Nginx),
        "haproxy" => Some(Kind::Haproxy),
        "caddy" => Some(Kind::Caddy),
        _ => None,
    }
}

type RunFn = fn(Settings) -> futures::future::LocalBoxFuture<'static, Result<Run>>;

pub(super) const BEHIND_NGINX: Case = behind("behind-nginx", |settings| {
    Box::pin(rolling_restart(settings, Kind::Nginx))
});
pub(super) const BEHIND_HAPROXY: Case = behind("behind-haproxy", |settings| {
    Box::pin(rolling_restart(settings, Kind::Haproxy))
});
pub(super) const BEHIND_CADDY: Case = behind("behind-caddy", |settings| {
    Box::pin(rolling_restart(settings, Kind::Caddy))
});
pub(super) const SLOW_NGINX: Case = slow("slow-nginx", |settings| {
    Box::pin(slow_link(settings, Kind::Nginx))
});
pub(super) const SLOW_HAPROXY: Case = slow("slow-haproxy", |settings| {
    Box::pin(slow_link(settings, Kind::Haproxy))
});
pub(super) const SLOW_CADDY: Case = slow("slow-caddy", |settings| {
    Box::pin(slow_link(settings, Kind::Caddy))
});

/// How long a client may show that something is wrong.
const LONGEST_NOTICE: Duration = Duration::from_millis(300);
/// How long a server is down.
const DOWN: Duration = Duration::from_secs(1);
/// How long a proxy takes to find a server that is ready again.
const FOUND: Duration = Duration::from_secs(2);

async fn rolling_restart(settings: Settings, kind: Kind) -> Result<Run> {
    let (people, period) = match settings.is_short() {
        true => (12, Duration::from_millis(500)),
        false => (100, Duration::from_secs(5)),
    };
    let mut run = Run::start_on(&settings, Storage::Redis(2), Entry::Behind(kind), people).await?;
    stay_quiet(&mut run).await?;
    run.longest_notice = Some(LONGEST_NOTICE);
    let (count, url) = (settings.pages, run.deployment.front()?.page_url());
    let pages = match count {
        0 => None,
        _ => Some(Pages::open(count, &url, &run.deployment.board).await?),
    };
    run.draw(period);
    for server in 0..run.deployment.servers.len() {
        sleep(FOUND).await;
        let from = Instant::now();
        run.deployment.servers[server].terminate().await?;
        let ended = millis(from.elapsed());
        sleep(DOWN).await;
        run.deployment.servers[server].restart().await?;
        run.deployment.servers[server].ready().await?;
        run.fault_ended("server restarted", from);
        run.figures.push(("ended in", ended));
    }
    sleep(FOUND).await;
    if let Some(pages) = pages {
        for shown in pages.close().await? {
            run.figures.push(("a page showed", shown));
        }
    }
    Ok(run)
}

/// All people pause; no connection may end.
async fn stay_quiet(run: &mut Run) -> Result<()> {
    let length = run.settings.length_or(Duration::from_secs(2));
    let before = run.connections();
    sleep(length).await;
    let again = run.connections() - before;
    let text = format!("{again} connections in {}", millis(length));
    if again > 0 {
        run.findings.push((Invariant::Delivery, text.clone()));
    }
    run.figures.push(("new while quiet", text));
    Ok(())
}

/// Strokes of each commit of the large board.
const STROKES_EACH: u64 = 300;
/// Points of each stroke, in a square of so many board units.
const POINTS: u64 = 110;
const SIDE: f64 = 240.0;
/// Squares beside each other.
const COLUMNS: u64 = 36;
/// The window of the person who loads the board, in board units.
const WINDOW: [f64; 2] = [1_280.0, 720.0];
/// The longest time that loading may take at the lowest rate.
const LOADED_WITHIN: Duration = Duration::from_secs(120);

async fn slow_link(settings: Settings, kind: Kind) -> Result<Run> {
    let (commits, rates): (u64, &[u32]) = match settings.is_short() {
        true => (6, &[100]),
        false => (54, &[100, 200, 400]),
    };
    let mut run = Run::start_on(&settings, Storage::Redis(2), Entry::Behind(kind), 2).await?;
    let visible = draw_much(&run, commits).await;
    for kilobytes in rates {
        let front = run.deployment.front()?;
        let way = front.slow_way(kilobytes * 1_000).await?;
        let loading = load(&mut run, way.way.url(), &visible).await;
        let (in_view, whole, connections) = loading.with_context(|| format!("{kilobytes} kB/s"))?;
        let text = format!("{} / {}", millis(in_view), millis(whole));
        let text = format!("{kilobytes} kB/s: {text}");
        if connections != 1 {
            let text = format!("{text} with {connections} connections");
            run.findings.push((Invariant::Delivery, text));
        }
        run.figures.push(("in view/whole at", text));
    }
    let strokes = commits * STROKES_EACH;
    run.figures.push(("strokes", strokes.to_string()));
    Ok(run)
}

/// Puts strokes on the board; returns those in the window.
async fn draw_much(run: &Run, commits: u64) -> HashSet<ElementId> {
    let server = run.deployment.servers[0].address();
    let (mut ann, welcome) = Client::join(server, run.deployment.board.edit, 1).await;
    let mut visible = HashSet::new();
    for cno in 1..=commits {
        let mut ops = Vec::new();
        for number in (cno - 1) * STROKES_EACH..cno * STROKES_EACH {
            let left = (number % COLUMNS) as f64 * SIDE;
            let top = (number / COLUMNS) as f64 * SIDE;
            let points = scattered_points(number, POINTS, SIDE);
            let points = points.map(|(x, y)| (left + x, top + y));
            ops.push(put(stroke(element_of(1, number), ink(points))));
            if left < WINDOW[0] && top < WINDOW[1] {
                visible.insert(element_of(1, number));
            }
        }
        ann.send(&ClientMsg::Commit(commit(cno, ops))).await;
        ann.receives_seq(welcome.at.seq + cno).await;
    }
    visible
}

/// Opens the board; returns the times until all that is visible, and until everything was there,
/// and the number of connections that it took.
async fn load(
    run: &mut Run,
    url: String,
    visible: &HashSet<ElementId>,
) -> Result<(Duration, Duration, usize)> {
    let identity = Identity::fresh(ClientKey::from_bytes(run.chance.random()));
    let (link, profile) = (run.deployment.board.view, Profile::default());
    let mut client = RoamingClient::new(vec![url], link, identity, profile, 1, Habits::default());
    client.look_at(BoardRect::new(0.0, 0.0, WINDOW[0], WINDOW[1]));
    let (began, mut in_view, mut connections) = (Instant::now(), None, 0);
    loop {
        ensure!(began.elapsed() < LOADED_WITHIN, "not loaded");
        client
            .wait(Instant::now() + Duration::from_millis(20))
            .await;
        let board = client.replica().board();
        if in_view.is_none() && visible.iter().all(|id| board.get(*id).is_some()) {
            in_view = Some(began.elapsed());
        }
        for noted in client.take_notes() {
            match noted.note {
                Note::Connected => connections += 1,
                Note::Loaded(_) => {
                    let whole = began.elapsed();
                    return Ok((in_view.unwrap_or(whole), whole, connections));
                }
                _ => {}
            }
        }
    }
}
