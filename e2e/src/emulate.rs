//! The world as the page sees it: screen, colour scheme, touch, network.

use anyhow::Result;
use serde_json::json;

use crate::page::Page;

/// The colour scheme that the system asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheme {
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

/// Whether the system asks for little movement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Motion {
    /// It does not.
    AsUsual,
    /// It does.
    Reduced,
}

/// Whether the page reaches the network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    /// As usual.
    Online,
    /// `navigator.onLine` is false and new connections fail.
    Offline,
}

/// How many bytes a network carries in a second. How long they are on their way is up to
/// [`crate::proxy`], because Chromium would delay requests but no frame of a WebSocket.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Speed {
    /// From the server to the page.
    pub down: f64,
    /// From the page to the server.
    pub up: f64,
}

impl Page {
    /// A desktop window of this size in CSS pixels.
    ///
    /// # Errors
    /// If the page is gone.
    pub async fn viewport(&self, width: u32, height: u32) -> Result<()> {
        let params = json!({
            "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false,
        });
        self.session
            .call("Emulation.setDeviceMetricsOverride", params)
            .await?;
        Ok(())
    }

    /// A phone of 390 × 844 CSS pixels with a touch screen.
    ///
    /// # Errors
    /// If the page is gone.
    pub async fn phone(&self) -> Result<()> {
        self.phone_of(390, 844).await
    }

    /// A phone of this size in CSS pixels, with a touch screen.
    ///
    /// # Errors
    /// If the page is gone.
    pub async fn phone_of(&self, width: u32, height: u32) -> Result<()> {
        let params = json!({
            "width": width, "height": height, "deviceScaleFactor": 2, "mobile": true,
        });
        self.session
            .call("Emulation.setDeviceMetricsOverride", params)
            .await?;
        self.touch_screen().await
    }

    /// Gives the page a touch screen for five fingers.
    ///
    /// # Errors
    /// If the page is gone.
    pub async fn touch_screen(&self) -> Result<()> {
        let params = json!({ "enabled": true, "maxTouchPoints": 5 });
        self.session
            .call("Emulation.setTouchEmulationEnabled", params)
            .await?;
        Ok(())
    }

    /// Sets the system's colour scheme.
    ///
    /// # Errors
    /// If the page is gone.
    pub async fn scheme(&self, scheme: Scheme) -> Result<()> {
        let value = match scheme {
            Scheme::Light => "light",
            Scheme::Dark => "dark",
        };
        self.media("prefers-color-scheme", value).await
    }

    /// Sets whether the system asks for little movement.
    ///
    /// # Errors
    /// If the page is gone.
    pub async fn motion(&self, motion: Motion) -> Result<()> {
        let value = match motion {
            Motion::AsUsual => "no-preference",
            Motion::Reduced => "reduce",
        };
        self.media("prefers-reduced-motion", value).await
    }

    /// What the system asks for; everything else is as usual again.
    async fn media(&self, name: &str, value: &str) -> Result<()> {
        let features = json!([{ "name": name, "value": value }]);
        let call = "Emulation.setEmulatedMedia";
        self.session
            .call(call, json!({ "features": features }))
            .await
            .map(drop)
    }

    /// Takes the network away or gives it back.
    ///
    /// # Errors
    /// If the page is gone.
    pub async fn line(&self, line: Line) -> Result<()> {
        let params = json!({
            "offline": line == Line::Offline, "latency": 0,
            "downloadThroughput": -1, "uploadThroughput": -1,
        });
        self.session
            .call("Network.emulateNetworkConditions", params)
            .await?;
        Ok(())
    }

    /// Makes the network as slow as this.
    ///
    /// # Errors
    /// If the page is gone.
    pub async fn slow_network(&self, speed: Speed) -> Result<()> {
        let params = json!({
            "offline": false, "latency": 0,
            "downloadThroughput": speed.down, "uploadThroughput": speed.up,
        });
        self.session
            .call("Network.emulateNetworkConditions", params)
            .await?;
        Ok(())
    }

    /// Loads pages as if their server sent no Content-Security-Policy.
    ///
    /// # Errors
    /// If the page is gone.
    pub async fn ignore_policy(&self) -> Result<()> {
        self.session
            .call("Page.setBypassCSP", json!({ "enabled": true }))
            .await?;
        Ok(())
    }

    /// Makes the page's main thread this many times slower; 1 is its own speed. The other
    /// threads of the browser keep theirs.
    ///
    /// # Errors
    /// If the page is gone.
    pub async fn slow_processor(&self, times: f64) -> Result<()> {
        self.session
            .call("Emulation.setCPUThrottlingRate", json!({ "rate": times }))
            .await?;
        Ok(())
    }
}
