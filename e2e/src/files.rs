//! Files that leave a page: downloads, pages for a printer, and the content of the clipboard.

use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;
use tempfile::TempDir;

use crate::PATIENCE;
use crate::browser::Context;
use crate::page::Page;

/// How long to wait before looking again whether a download has ended.
const PAUSE: Duration = Duration::from_millis(25);

/// The folder in which the downloads of one person arrive.
#[derive(Debug)]
pub struct Downloads {
    folder: TempDir,
}

impl Downloads {
    /// Lets the browser save all downloads of a person without asking.
    ///
    /// # Errors
    /// If Chromium refuses, or there is no room for a folder.
    pub async fn of(context: &Context) -> Result<Self> {
        let folder = tempfile::Builder::new()
            .prefix("e2e-downloads-")
            .tempdir()?;
        context.save_downloads_in(folder.path()).await?;
        Ok(Self { folder })
    }

    /// The content of the download of this name. It can be downloaded again afterwards.
    ///
    /// # Errors
    /// If it does not arrive within [`PATIENCE`]. The error names the files that did.
    pub async fn take(&self, name: &str) -> Result<Vec<u8>> {
        let path = self.folder.path().join(name);
        let end = Instant::now() + PATIENCE;
        // Chromium gives a file its name when all of it has arrived.
        while !path.exists() {
            let there = std::fs::read_dir(self.folder.path())?
                .filter_map(|entry| Some(entry.ok()?.file_name()))
                .collect::<Vec<_>>();
            ensure!(Instant::now() < end, "no download {name:?}, only {there:?}");
            tokio::time::sleep(PAUSE).await;
        }
        let content = std::fs::read(&path).with_context(|| path.display().to_string())?;
        std::fs::remove_file(&path)?;
        Ok(content)
    }
}

impl Page {
    /// Prints the page to a PDF, as a printer driver does.
    ///
    /// # Errors
    /// If the page is gone.
    pub async fn print_to_pdf(&self) -> Result<Vec<u8>> {
        let printed = self.session.call("Page.printToPDF", json!({})).await?;
        let data = printed["data"].as_str().context("no PDF")?;
        Ok(STANDARD.decode(data)?)
    }

    /// The content of one type on the clipboard.
    ///
    /// # Errors
    /// If the clipboard has none of this type.
    pub async fn clipboard(&self, kind: &str) -> Result<Vec<u8>> {
        let script = format!(
            "(async () => {{ const [item] = await navigator.clipboard.read();\
             const blob = await item.getType({kind:?});\
             const bytes = new Uint8Array(await blob.arrayBuffer());\
             let binary = ''; for (const byte of bytes) binary += String.fromCharCode(byte);\
             return btoa(binary) }})()"
        );
        let data: String = self.eval(&script).await?;
        Ok(STANDARD.decode(data)?)
    }

    /// Drops a file on the middle of the page.
    ///
    /// # Errors
    /// If the page is gone.
    pub async fn drop_file(&self, name: &str, content: &[u8]) -> Result<()> {
        let data = STANDARD.encode(content);
        let script = format!(
            "(() => {{ const data = new DataTransfer();\
             const bytes = Uint8Array.from(atob({data:?}), (letter) => letter.charCodeAt(0));\
             data.items.add(new File([bytes], {name:?}));\
             const [x, y] = [innerWidth / 2, innerHeight / 2];\
             const init = {{ bubbles: true, cancelable: true, clientX: x, clientY: y, dataTransfer: data }};\
             return document.elementFromPoint(x, y).dispatchEvent(new DragEvent('drop', init)) === false }})()"
        );
        ensure!(self.eval::<bool>(&script).await?, "the page takes no drop");
        Ok(())
    }
}
