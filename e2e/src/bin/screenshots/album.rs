//! Where the pictures go, and how they become small files.

use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::thread::JoinHandle;

use anyhow::{Context as _, Result, anyhow};
use e2e::emulate::Scheme;
use e2e::page::Page;

use crate::squeeze::squeezed;

/// A picture as the browser made it, and the file it becomes.
type Negative = (Vec<u8>, PathBuf);

/// The directory of the pictures, and which of them are asked for.
#[derive(Debug)]
pub(crate) struct Album {
    folder: PathBuf,
    wanted: String,
    /// Squeezing takes as long as the browser takes for the next picture: one thread does it aside.
    darkroom: mpsc::Sender<Negative>,
    at_work: JoinHandle<Result<()>>,
}

impl Album {
    /// An album in `folder`, by default that of the documents; `wanted` is a part of the names.
    pub(crate) fn new(folder: Option<String>, wanted: Option<String>) -> Result<Self> {
        let workspace = Path::new(env!("CARGO_MANIFEST_DIR"))
            .parent()
            .context("no workspace")?;
        let folder = folder.map_or_else(|| workspace.join("docs/screenshots"), PathBuf::from);
        std::fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
        let (darkroom, negatives) = mpsc::channel();
        Ok(Self {
            folder,
            wanted: wanted.unwrap_or_default(),
            darkroom,
            at_work: std::thread::spawn(move || develop(&negatives)),
        })
    }

    /// Whether somebody asked for a picture of this name.
    pub(crate) fn wants(&self, name: &str) -> bool {
        name.contains(&self.wanted)
    }

    /// Takes a picture in each of the two themes, the light one first.
    pub(crate) async fn keep(&self, page: &Page, name: &str) -> Result<()> {
        for (scheme, theme) in [(Scheme::Light, "light"), (Scheme::Dark, "dark")] {
            page.scheme(scheme).await?;
            settle(page).await?;
            let negative = page.screenshot(None).await?;
            self.put(&format!("{name}.{theme}"), negative)?;
        }
        page.scheme(Scheme::Light).await
    }

    fn put(&self, name: &str, negative: Vec<u8>) -> Result<()> {
        let file = self.folder.join(format!("{name}.png"));
        self.darkroom
            .send((negative, file))
            .map_err(|_| anyhow!("a picture before {name} could not be written"))
    }

    /// Waits until every picture is a file.
    pub(crate) fn close(self) -> Result<()> {
        drop(self.darkroom);
        self.at_work
            .join()
            .map_err(|_| anyhow!("the squeezing of pictures broke"))?
    }
}

/// Makes files of pictures until there are no more.
fn develop(negatives: &mpsc::Receiver<Negative>) -> Result<()> {
    for (negative, file) in negatives {
        let picture = squeezed(&negative)?;
        std::fs::write(&file, picture).with_context(|| file.display().to_string())?;
    }
    Ok(())
}

/// Waits until nothing on the page moves any more.
async fn settle(page: &Page) -> Result<()> {
    let still = "document.fonts.ready\
        .then(() => Promise.race([new Promise((r) => setTimeout(r, 1500)), \
            Promise.all(document.getAnimations().filter((a) => \
            a.effect?.getComputedTiming().iterations !== Infinity)\
            .map((a) => a.finished.catch(() => 0)))]))\
        .then(() => new Promise((r) => setTimeout(() => requestAnimationFrame(() => r(true)), 250)))";
    page.eval::<bool>(still).await.map(drop)
}
