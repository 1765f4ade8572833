//! Starts and stops a headless Chromium. Each person has a browser context of their own.

use std::path::Path;

use anyhow::{Result, anyhow};
use serde_json::json;
use tempfile::TempDir;
use testkit::process::Process;
use tokio::process::Command;

use crate::cdp::Cdp;
use crate::page::Page;

/// Chromium when `CHROMIUM` names no other.
const DEFAULT_PROGRAM: &str = "/usr/bin/chromium";

/// Chromium runs as root, without a GPU, and connects to nothing outside loopback.
const FLAGS: &[&str] = &[
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-default-apps",
    "--disable-extensions",
    "--mute-audio",
    "--hide-scrollbars",
    // One browser draws the pages of several people, and none of them may be throttled.
    "--disable-background-timer-throttling",
    "--disable-backgrounding-occluded-windows",
    "--disable-renderer-backgrounding",
    "--remote-debugging-port=0",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
    // Proxies of tests have certificates of an authority that no browser knows.
    "--ignore-certificate-errors",
    "--force-color-profile=srgb",
    "--lang=en-GB",
];

/// Times that a browser is started. Chromium crashes at about one start in a thousand, before it has
/// shown anything.
const LAUNCHES: u32 = 3;

/// What the browser's settings allow sites to keep.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SiteData {
    /// Everything, as by default.
    Allowed,
    /// Nothing, as with the setting "Block all site data": storage throws, and databases and locks
    /// reject.
    Blocked,
}

/// The preferences of a profile that blocks all site data.
const BLOCKED_PREFERENCES: &str = r#"{"profile":{"default_content_setting_values":{"cookies":2}}}"#;

/// A running Chromium. When it is dropped, it is killed and its files are removed.
#[derive(Debug)]
pub struct Browser {
    cdp: Cdp,
    process: Process,
    _profile: TempDir,
}

impl Browser {
    /// Starts `CHROMIUM` (default `/usr/bin/chromium`) with an empty profile, and starts it again
    /// if it ends before it opens its DevTools port.
    ///
    /// # Errors
    /// If it does not start or does not open its DevTools port.
    pub async fn launch(site_data: SiteData) -> Result<Self> {
        let mut launches = 1;
        loop {
            match Self::launch_once(site_data).await {
                Err(error) if launches < LAUNCHES => {
                    eprintln!("Chromium is started again: {error:#}");
                    launches += 1;
                }
                outcome => return outcome,
            }
        }
    }

    async fn launch_once(site_data: SiteData) -> Result<Self> {
        let program = std::env::var("CHROMIUM").unwrap_or_else(|_| DEFAULT_PROGRAM.to_owned());
        let profile = tempfile::Builder::new().prefix("e2e-chromium-").tempdir()?;
        if site_data == SiteData::Blocked {
            let folder = profile.path().join("Default");
            tokio::fs::create_dir(&folder).await?;
            tokio::fs::write(folder.join("Preferences"), BLOCKED_PREFERENCES).await?;
        }
        let mut command = Command::new(program);
        command
            .args(FLAGS)
            .arg(format!("--user-data-dir={}", profile.path().display()))
            .arg("about:blank");
        let process = Process::spawn("chromium", &mut command)?;
        // Chromium prints the endpoint when the port is open. The file DevToolsActivePort has it
        // too, but would have to be polled.
        let url = process
            .line_with(|line| {
                line.split_once("DevTools listening on ")
                    .map(|(_, url)| url.to_owned())
            })
            .await?;
        let cdp = Cdp::connect(url.trim()).await?;
        Ok(Self {
            cdp,
            process,
            _profile: profile,
        })
    }

    /// The DevTools connection.
    pub(crate) const fn cdp(&self) -> &Cdp {
        &self.cdp
    }

    /// Makes a context for a new person, with storage, cache and permissions of its own.
    ///
    /// # Errors
    /// If Chromium refuses.
    pub async fn context(&self) -> Result<Context> {
        let made = self
            .cdp
            .call("Target.createBrowserContext", json!({}))
            .await?;
        let id = made["browserContextId"]
            .as_str()
            .ok_or_else(|| anyhow!("no context id"))?;
        Ok(Context {
            cdp: self.cdp.clone(),
            id: id.to_owned(),
        })
    }

    /// Asks the browser to close, so that its profile can be removed at once.
    ///
    /// # Errors
    /// If it cannot even be killed.
    pub async fn close(mut self) -> Result<()> {
        // It may disconnect before it answers; it is killed afterwards in any case.
        drop(self.cdp.call("Browser.close", json!({})).await);
        self.process.kill().await
    }
}

/// An isolated profile inside the browser, for one person with one or more tabs.
#[derive(Debug, Clone)]
pub struct Context {
    cdp: Cdp,
    id: String,
}

impl Context {
    /// Opens an empty tab in a window of its own.
    ///
    /// # Errors
    /// If Chromium refuses.
    pub async fn page(&self) -> Result<Page> {
        let params =
            json!({ "url": "about:blank", "browserContextId": self.id, "newWindow": true });
        let made = self.cdp.call("Target.createTarget", params).await?;
        let target = made["targetId"]
            .as_str()
            .ok_or_else(|| anyhow!("no target id"))?;
        Page::attach(&self.cdp, target).await
    }

    /// Saves all downloads in a folder, without asking.
    ///
    /// # Errors
    /// If Chromium refuses.
    pub async fn save_downloads_in(&self, folder: &Path) -> Result<()> {
        let params = json!({
            "behavior": "allow", "browserContextId": self.id, "downloadPath": folder,
        });
        self.cdp.call("Browser.setDownloadBehavior", params).await?;
        Ok(())
    }

    /// Lets pages of `origin` read and write the clipboard.
    ///
    /// # Errors
    /// If Chromium refuses.
    pub async fn allow_clipboard(&self, origin: &str) -> Result<()> {
        let permissions = json!(["clipboardReadWrite", "clipboardSanitizedWrite"]);
        let params = json!({
            "origin": origin, "permissions": permissions, "browserContextId": self.id,
        });
        self.cdp.call("Browser.grantPermissions", params).await?;
        Ok(())
    }
}
