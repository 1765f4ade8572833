//! Takes pictures and saves them.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use e2e::emulate::Scheme;
use e2e::page::Page;

/// The directories of the pictures, and the filter of their names.
#[derive(Debug)]
pub(crate) struct Album {
    /// The directory of the other pictures; git ignores it.
    folder: PathBuf,
    /// The directory of the pictures that the documents show. Only existing ones are replaced.
    documents: PathBuf,
    wanted: String,
}

impl Album {
    /// An album of this workspace that takes pictures whose names contain `wanted`.
    pub(crate) fn new(wanted: Option<String>) -> Result<Self> {
        let workspace = Path::new(env!("CARGO_MANIFEST_DIR"))
            .parent()
            .context("no workspace")?;
        let folder = workspace.join("target/screenshots");
        std::fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
        Ok(Self {
            folder,
            documents: workspace.join("docs/screenshots"),
            wanted: wanted.unwrap_or_default(),
        })
    }

    /// Whether a picture of this name is taken.
    pub(crate) fn wants(&self, name: &str) -> bool {
        name.contains(&self.wanted)
    }

    /// Whether any picture is taken whose name begins with `group`.
    pub(crate) fn wants_any_of(&self, group: &str) -> bool {
        self.wants(group) || self.wanted.starts_with(group)
    }

    /// Takes a picture in each of the two themes, the light one first.
    pub(crate) async fn keep(&self, page: &Page, name: &str) -> Result<()> {
        for (scheme, theme) in [(Scheme::Light, "light"), (Scheme::Dark, "dark")] {
            page.scheme(scheme).await?;
            settle(page).await?;
            let picture = page.screenshot(None).await?;
            let file = format!("{name}.{theme}.png");
            let in_documents = self.documents.join(&file);
            let path = if in_documents.exists() {
                in_documents
            } else {
                self.folder.join(file)
            };
            std::fs::write(&path, picture).with_context(|| path.display().to_string())?;
        }
        page.scheme(Scheme::Light).await
    }
}

/// Waits until fonts are loaded and animations have ended.
async fn settle(page: &Page) -> Result<()> {
    let still = "document.fonts.ready\
        .then(() => Promise.race([new Promise((r) => setTimeout(r, 1500)), \
            Promise.all(document.getAnimations().filter((a) => \
            a.effect?.getComputedTiming().iterations !== Infinity)\
            .map((a) => a.finished.catch(() => 0)))]))\
        .then(() => new Promise((r) => setTimeout(() => requestAnimationFrame(() => r(true)), 250)))";
    page.eval::<bool>(still).await.map(drop)
}
