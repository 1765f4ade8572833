//! Clocks of the day that jump, and one that runs too fast.

use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use anyhow::{Context as _, Result, ensure};
use rand::RngExt as _;
use testkit::server::Server;

use crate::case::{Case, LOG_AND_PRESENCE};
use crate::deployment::Storage;
use crate::invariant::Invariant;
use crate::run::Run;
use crate::settings::Settings;

/// How often each person draws.
const PERIOD: Duration = Duration::from_millis(250);
/// The library that changes the clocks of a process; Debian has it in a folder for the machine.
const LIBRARY: &str = "faketime/libfaketimeMT.so.1";
/// The file with the offset of a server's clock, in the directory of the server.
const OFFSET: &str = "clock-offset";
/// Where the clock jumps.
const JUMPS: [&str; 6] = ["+1h", "-1h", "+1d", "-1d", "+0", "+1d"];
/// How much faster all clocks of one server run, the steady one included.
const FAST: &str = "+0 x1.25";

pub(super) const CLOCK: Case = Case {
    row: "17",
    name: "clock",
    fault: "the clocks of the day of two servers jump by an hour and a day, forwards and back; all \
            clocks of a third server run a quarter faster",
    checks: LOG_AND_PRESENCE,
    twins: &[],
    run: |settings| Box::pin(clock(settings)),
};

async fn clock(settings: Settings) -> Result<Run> {
    let library = library()?.to_string_lossy().into_owned();
    let jumping = variables(&[
        ("LD_PRELOAD", &library),
        ("FAKETIME_TIMESTAMP_FILE", OFFSET),
        ("FAKETIME_NO_CACHE", "1"),
        ("FAKETIME_DONT_FAKE_MONOTONIC", "1"),
    ]);
    let fast = variables(&[("LD_PRELOAD", &library), ("FAKETIME", FAST)]);
    let settings = Settings {
        environments: vec![jumping.clone(), jumping, fast],
        ..settings
    };
    let mut run = Run::start(&settings, Storage::Redis(3), 6).await?;
    run.draw(PERIOD);
    let connections = run.connections();
    let pause = settings.length_or(Duration::from_secs(6)) / JUMPS.len() as u32;
    for jump in JUMPS {
        let jumping = run.chance.random_range(0..2);
        let server = &run.deployment.servers[jumping];
        std::fs::write(server.dir().join(OFFSET), jump)?;
        tokio::time::sleep(pause).await;
        if jump == "+1h" {
            let ahead = ahead(server).await?;
            ensure!(ahead > Duration::from_secs(3_000), "the clock did not jump");
        }
    }
    let again = run.connections() - connections;
    if again > 0 {
        let text = format!("{again} connections ended");
        run.findings.push((Invariant::Delivery, text));
    }
    run.figures
        .push(("connections that ended", again.to_string()));
    Ok(run)
}

fn variables(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
    pairs.iter().map(owned).collect()
}

fn library() -> Result<PathBuf> {
    if let Some(library) = std::env::var_os("LIBFAKETIME") {
        return Ok(library.into());
    }
    let folders = ["/usr/lib", "/usr/local/lib"].map(std::fs::read_dir);
    let folders = folders.into_iter().flatten().flatten().flatten();
    let mut places = folders.map(|folder| folder.path().join(LIBRARY));
    places.find(|it| it.is_file()).context(
        "libfaketime is missing: `cargo xtask chaos` and `apt install faketime` install it, and \
         LIBFAKETIME names another one",
    )
}

/// How far the clock of a server is ahead of ours.
async fn ahead(server: &Server) -> Result<Duration> {
    let date = server.date().await?;
    Ok(date.duration_since(SystemTime::now()).unwrap_or_default())
}
