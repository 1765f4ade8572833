//! Where the pictures go, and how they become small files.

use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::thread::JoinHandle;

use anyhow::{Context as _, Result, anyhow};
use e2e::emulate::Scheme;
use e2e::page::Page;

use crate::squeeze::squeezed;

/// The pictures that the documents show, and what they are called there.
const SHOWN: [(&str, &str); 5] = [
    ("board.desk.light", "board-light"),
    ("board.desk.dark", "board-dark"),
    ("board.phone.light", "phone"),
    ("share.desk.light", "share"),
    ("start.desk.light", "start"),
];

/// A picture as the browser made it, and the files it becomes.
type Negative = (Vec<u8>, Vec<PathBuf>);

/// The directory of the pictures, and which of them are asked for.
#[derive(Debug)]
pub(crate) struct Album {
    folder: PathBuf,
    /// Where the documents have theirs, unless the pictures are for somebody else.
    documents: Option<PathBuf>,
    wanted: String,
    /// Squeezing takes as long as the browser takes for the next picture: one thread does it aside.
    darkroom: mpsc::Sender<Negative>,
    at_work: JoinHandle<Result<()>>,
}

impl Album {
    /// An album in `folder`, by default one that is thrown away, with those of the documents
    /// where they belong; `wanted` is a part of the names.
    pub(crate) fn new(folder: Option<String>, wanted: Option<String>) -> Result<Self> {
        let workspace = Path::new(env!("CARGO_MANIFEST_DIR"))
            .parent()
            .context("no workspace")?;
        let documents = folder.is_none().then(|| workspace.join("docs/screenshots"));
        let folder = folder.map_or_else(|| workspace.join("target/screenshots"), PathBuf::from);
        std::fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
        let (darkroom, negatives) = mpsc::channel();
        Ok(Self {
            folder,
            documents,
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
        let mut files = vec![self.folder.join(format!("{name}.png"))];
        let shown = SHOWN.iter().find(|(state, _)| *state == name);
        if let (Some(folder), Some((_, shown))) = (&self.documents, shown) {
            files.push(folder.join(format!("{shown}.png")));
        }
        self.darkroom
            .send((negative, files))
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
    for (negative, files) in negatives {
        let picture = squeezed(&negative)?;
        for file in files {
            std::fs::write(&file, &picture).with_context(|| file.display().to_string())?;
        }
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
