//! Feeds a folder of pictures to a server, and tells which it takes, why it refuses the others, and how
//! much memory that took. Each picture is posted whole, as programs do.
//!
//! `cargo run --release -p bench --example pictures -- <folder>…`; `COMMONSLATE_BIN` names the server.

#![expect(clippy::print_stdout, reason = "the result is printed")]

use std::collections::BTreeMap;
use std::net::Ipv4Addr;
use std::path::PathBuf;

use anyhow::{Context as _, Result};
use reqwest::{Client, Response};
use serde::Deserialize;
use testkit::board::Board;
use testkit::server::{Server, program};
use testkit::usage::peak_resident;
use walkdir::WalkDir;

/// Pictures that come from one address and lie on one board: a server limits both.
const BATCH: usize = 100;

/// The names by which files with pictures end.
const EXTENSIONS: [&str; 15] = [
    "png", "apng", "jpg", "jpeg", "jfif", "gif", "webp", "avif", "heic", "bmp", "tif", "tiff",
    "ico", "svg", "jxl",
];

#[tokio::main]
async fn main() -> Result<()> {
    let files = files();
    let data = tempfile::tempdir()?;
    let dir = data.path().to_string_lossy();
    let options = ["--data-dir", &dir, "--log", "warn"];
    let server = Server::start(&program()?, &options).await?;
    let process = server.id().context("the server has ended")?;
    println!(
        "{} files; memory before: {} MiB",
        files.len(),
        peak(process)
    );
    let mut reasons: BTreeMap<String, usize> = BTreeMap::new();
    for (number, batch) in files.chunks(BATCH).enumerate() {
        let from = Ipv4Addr::new(127, 0, 7, u8::try_from(number % 250 + 1)?);
        let client = Client::builder().local_address(Some(from.into())).build()?;
        let board = Board::create(&server.url()).await?;
        for path in batch {
            let url = format!("{}/files/{}", server.url(), board.id);
            let request = client.post(url).bearer_auth(board.edit.secret.reveal());
            let answer = request.body(std::fs::read(path)?).send().await?;
            let (word, said) = said(answer).await?;
            println!("{word}\t{}\t{said}", path.display());
            *reasons.entry(word).or_default() += 1;
        }
    }
    for (word, count) in reasons {
        println!("{count} {word}");
    }
    println!("peak memory of the server: {} MiB", peak(process));
    Ok(())
}

/// The pictures in the folders that the command line names.
fn files() -> Vec<PathBuf> {
    let folders = std::env::args_os().skip(1);
    let entries = folders.flat_map(WalkDir::new).filter_map(Result::ok);
    let mut files: Vec<PathBuf> = entries
        .map(walkdir::DirEntry::into_path)
        .filter(|path| {
            let extension = path.extension().and_then(|it| it.to_str());
            extension.is_some_and(|it| EXTENSIONS.contains(&it.to_lowercase().as_str()))
        })
        .collect();
    files.sort();
    files
}

/// What a server says about a picture.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum About {
    Taken {
        width: u32,
        height: u32,
        media_type: String,
    },
    Refused {
        detail: String,
    },
}

/// Whether a picture was taken, and what the server says about it.
async fn said(answer: Response) -> Result<(String, String)> {
    let status = answer.status();
    Ok(match answer.json().await? {
        About::Taken {
            width,
            height,
            media_type,
        } => (
            "taken".to_owned(),
            format!("{width} × {height} {media_type}"),
        ),
        About::Refused { detail } => (format!("refused-{}", status.as_u16()), detail),
    })
}

fn peak(process: u32) -> u64 {
    peak_resident(process).unwrap_or_default() >> 20
}
