//! Emulates what a page runs on: screen, colour scheme, touch, network, processor.

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

/// Whether the system asks for reduced motion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Motion {
    /// It does not ask for it.
    Normal,
    /// It asks for it.
    Reduced,
}

/// Whether the page reaches the network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Network {
    /// Connections work.
    Online,
    /// `navigator.onLine` is false and new connections fail.
    Offline,
}

/// Bandwidth in bytes per second. [`crate::proxy`] adds latency, because Chromium would delay
/// requests but no frame of a WebSocket.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Speed {
    /// From the server to the page.
    pub down: f64,
    /// From the page to the server.
    pub up: f64,
}

impl Page {
    /// Draws text that the page has no font for in this font of the machine.
    ///
    /// # Errors
    /// If the page is gone.
    pub async fn use_system_font(&self, family: &str) -> Result<()> {
        let families = json!({ "standard": family, "sansSerif": family });
        let params = json!({ "fontFamilies": families });
        self.session.call("Page.setFontFamilies", params).await?;
        Ok(())
    }

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
        self.phone_of_size(390, 844).await
    }

    /// A phone of this size in CSS pixels, with a touch screen.
    ///
    /// # Errors
    /// If the page is gone.
    pub async fn phone_of_size(&self, width: u32, height: u32) -> Result<()> {
        let params = json!({
            "width": width, "height": height, "deviceScaleFactor": 2, "mobile": true,
        });
        self.session
            .call("Emulation.setDeviceMetricsOverride", params)
            .await?;
        self.touch_screen().await
    }

    /// Emulates a touch screen with five touch points.
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

    /// Sets whether the system asks for reduced motion.
    ///
    /// # Errors
    /// If the page is gone.
    pub async fn motion(&self, motion: Motion) -> Result<()> {
        let value = match motion {
            Motion::Normal => "no-preference",
            Motion::Reduced => "reduce",
        };
        self.media("prefers-reduced-motion", value).await
    }

    /// Sets one media feature and resets all others.
    async fn media(&self, name: &str, value: &str) -> Result<()> {
        let features = json!([{ "name": name, "value": value }]);
        let call = "Emulation.setEmulatedMedia";
        self.session
            .call(call, json!({ "features": features }))
            .await
            .map(drop)
    }

    /// Switches the network off or on.
    ///
    /// # Errors
    /// If the page is gone.
    pub async fn set_network(&self, network: Network) -> Result<()> {
        let params = json!({
            "offline": network == Network::Offline, "latency": 0,
            "downloadThroughput": -1, "uploadThroughput": -1,
        });
        self.session
            .call("Network.emulateNetworkConditions", params)
            .await?;
        Ok(())
    }

    /// Limits the bandwidth.
    ///
    /// # Errors
    /// If the page is gone.
    pub async fn throttle_network(&self, speed: Speed) -> Result<()> {
        let params = json!({
            "offline": false, "latency": 0,
            "downloadThroughput": speed.down, "uploadThroughput": speed.up,
        });
        self.session
            .call("Network.emulateNetworkConditions", params)
            .await?;
        Ok(())
    }

    /// Stops recording requests and frames, which the page itself would have to report.
    ///
    /// # Errors
    /// If the page is gone.
    pub async fn ignore_network(&self) -> Result<()> {
        self.session.call("Network.disable", json!({})).await?;
        Ok(())
    }

    /// Lets requests for these addresses fail; `*` stands for any text.
    ///
    /// # Errors
    /// If the page is gone.
    pub async fn block_requests(&self, addresses: &[&str]) -> Result<()> {
        self.session
            .call("Network.setBlockedURLs", json!({ "urls": addresses }))
            .await?;
        Ok(())
    }

    /// Loads pages as if their server sent no Content-Security-Policy.
    ///
    /// # Errors
    /// If the page is gone.
    pub async fn bypass_csp(&self) -> Result<()> {
        self.session
            .call("Page.setBypassCSP", json!({ "enabled": true }))
            .await?;
        Ok(())
    }

    /// Makes the page's main thread this many times slower; 1 is full speed. Other threads of the
    /// browser keep their speed.
    ///
    /// # Errors
    /// If the page is gone.
    pub async fn throttle_cpu(&self, times: f64) -> Result<()> {
        self.session
            .call("Emulation.setCPUThrottlingRate", json!({ "rate": times }))
            .await?;
        Ok(())
    }
}
