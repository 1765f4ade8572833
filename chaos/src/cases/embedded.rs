//! The embedded store: killed at any moment, and with a damaged file.

use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context as _, Result};
use rand::RngExt as _;
use tokio::time::Instant;

use crate::case::{Case, LOG, Twin};
use crate::deployment::Storage;
use crate::invariant::Invariant;
use crate::run::Run;
use crate::settings::Settings;

pub(super) const KILL_EMBEDDED: Case = Case {
    row: "15",
    name: "kill-embedded",
    fault: "SIGKILL of the only server while its embedded store writes",
    checks: LOG,
    twins: &[Twin {
        without: &["fsync"],
        breaks: &[Invariant::Durability, Invariant::Once, Invariant::Agreement],
    }],
    run: |settings| Box::pin(kill_embedded(settings)),
};

async fn kill_embedded(settings: Settings) -> Result<Run> {
    let mut run = Run::start(&settings, Storage::Embedded, 4).await?;
    run.draw(Duration::from_millis(40));
    let length = settings.length_or(Duration::from_secs(4));
    let mut recovery = Duration::ZERO;
    while run.elapsed() < length {
        run.pause(500..1_200).await;
        let down = Duration::from_millis(run.chance.random_range(0..200));
        let began = Instant::now();
        run.kill_server(0, down).await?;
        recovery = recovery.max(began.elapsed().saturating_sub(down));
    }
    let text = crate::checker::millis(recovery);
    run.figures.push(("longest kill and start", text));
    Ok(run)
}

pub(super) const DAMAGE: Case = Case {
    row: "15",
    name: "damaged-file",
    fault: "the file of the embedded store is cut short, or bytes of it are flipped",
    checks: LOG,
    twins: &[],
    run: |settings| Box::pin(damage(settings)),
};

/// Damages copies of the file. Each time the server starts or says why not; it never panics. With
/// the file as it was everything is there.
async fn damage(settings: Settings) -> Result<Run> {
    let mut run = Run::start(&settings, Storage::Embedded, 3).await?;
    run.draw(Duration::from_millis(50));
    run.pause(1_000..1_500).await;
    run.deployment.servers[0].kill().await?;
    let from = Instant::now();
    let file = store_file(&run)?;
    let intact = std::fs::read(&file)?;
    let rounds = if settings.is_short() { 6 } else { 60 };
    let (mut started, mut refused) = (0, 0);
    for round in 0..rounds {
        let mut bytes = intact.clone();
        let place = run.chance.random_range(0..bytes.len());
        match round % 2 {
            0 => bytes.truncate(place),
            _ => bytes[place] ^= 1 << run.chance.random_range(0..8),
        }
        std::fs::write(&file, bytes)?;
        let outcome = run.deployment.servers[0].restart().await;
        let said = match &outcome {
            Ok(()) => run.deployment.servers[0].output().join("\n"),
            Err(error) => format!("{error:#}"),
        };
        match outcome {
            Ok(()) => started += 1,
            Err(_) => refused += 1,
        }
        if said.contains("panicked") {
            let at = said.find("panicked").unwrap_or(0);
            let text = format!(
                "round {round}, byte {place}: {}",
                &said[at..].replace('\n', " ")
            );
            run.findings.push((Invariant::Durability, text));
        }
        run.deployment.servers[0].kill().await.ok();
    }
    std::fs::write(&file, intact)?;
    run.deployment.servers[0].restart().await?;
    run.fault_ended("file damaged", from);
    let text = format!("{started} started, {refused} refused");
    run.figures.push(("damaged files", text));
    Ok(run)
}

fn store_file(run: &Run) -> Result<PathBuf> {
    let dir = run.deployment.data.path().join("boards");
    let mut files: Vec<PathBuf> = std::fs::read_dir(dir)?
        .flatten()
        .map(|it| it.path())
        .collect();
    files.retain(|file| file.is_file());
    files.sort_by_key(|file| file.metadata().map_or(0, |it| it.len()));
    files.pop().context("the data directory has no file")
}
