//! Runs cases and prints the table of their results.

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use chaos::case::Case;
use chaos::cases::{ALL, named};
use chaos::settings::Settings;
use chaos::table::{head, rows};
use clap::Parser;
use std::io::Write as _;
use testkit::redis::Version;

/// Makes servers, Redis and networks fail under load, and checks what was promised.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask chaos --")]
struct Options {
    /// The seed of everything random; printed if it is not given.
    #[arg(long)]
    seed: Option<u64>,
    /// How long all cases may take together; without it each takes a few seconds.
    #[arg(long)]
    minutes: Option<f64>,
    /// Use the Redis in REDIS8_SERVER, which can tell what is on its disk.
    #[arg(long)]
    redis8: bool,
    /// Pages in Chromium on the board, in the cases behind proxies; they need `cargo xtask build`.
    #[arg(long, default_value_t = 0)]
    pages: usize,
    /// Protections to switch off, as in the tests; then the cases should break.
    #[arg(long, value_delimiter = ',')]
    without: Vec<String>,
    /// The cases to run, by name; all of them but `kills` if none is given.
    cases: Vec<String>,
}

#[tokio::main]
async fn main() -> ExitCode {
    let outcome = run(Options::parse()).await;
    if let Err(error) = &outcome {
        eprintln!("error: {error:#}");
    }
    ExitCode::from(u8::from(outcome.is_err()))
}

async fn run(options: Options) -> Result<()> {
    let seed = options.seed.unwrap_or_else(rand::random);
    let cases: Vec<&Case> = match options.cases.as_slice() {
        [] => ALL.iter().filter(|case| case.name != "kills").collect(),
        names => names
            .iter()
            .map(|name| {
                named(name).with_context(|| format!("no case is called {name}: {}", list()))
            })
            .collect::<Result<_>>()?,
    };
    let share = |minutes: f64| Duration::from_secs_f64(minutes * 60.0 / cases.len() as f64);
    let settings = Settings {
        length: options.minutes.map(share),
        redis: if options.redis8 {
            Version::Eight
        } else {
            Version::Seven
        },
        pages: options.pages,
        without: options.without.into_iter().map(|it| &*it.leak()).collect(),
        ..Settings::short(&program()?, seed)
    };
    say(&format!(
        "seed {seed}, servers: {}\n\n{}",
        settings.program.display(),
        head()
    ));
    let mut broken = 0;
    for case in cases {
        let outcome = case
            .run(&settings)
            .await
            .map_err(|error| format!("{error:#}"));
        let held = outcome.as_ref().is_ok_and(|it| it.broken().is_empty());
        broken += u32::from(!held);
        say(rows(case, &outcome).trim_end());
    }
    ensure!(broken == 0, "{broken} cases broke with the seed {seed}");
    Ok(())
}

/// The server: `COMMONSLATE_BIN`, else the one beside this program, which has switches.
fn program() -> Result<PathBuf> {
    let beside = std::env::current_exe()?.with_file_name("server-with-switches");
    let program = std::env::var_os("COMMONSLATE_BIN").map_or(beside, PathBuf::from);
    ensure!(program.exists(), "{} is not built", program.display());
    Ok(program)
}

fn list() -> String {
    let names: Vec<&str> = ALL.iter().map(|case| case.name).collect();
    names.join(", ")
}

fn say(text: &str) {
    let mut out = std::io::stdout().lock();
    // A closed pipe is no error.
    writeln!(out, "{text}").and_then(|()| out.flush()).ok();
}
