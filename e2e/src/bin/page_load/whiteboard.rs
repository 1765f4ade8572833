//! The compared whiteboards: their pages, and scripts that tell when each can be used.

use anyhow::{Result, ensure};
use testkit::board::Board;
use testkit::server::dist;

/// A whiteboard in a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Whiteboard {
    /// A new board at our own server.
    Commonslate,
    /// A page with only the React component of Excalidraw.
    Excalidraw,
}

/// The page with Excalidraw, in the folder that the server serves.
const EXCALIDRAW_PAGE: &str = "excalidraw/index.html";

impl Whiteboard {
    /// Both of them.
    pub(crate) const BOTH: [Self; 2] = [Self::Commonslate, Self::Excalidraw];

    /// Its name in the table.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Commonslate => "Commonslate",
            Self::Excalidraw => "Excalidraw",
        }
    }

    /// The address of an empty board of this server, below the URL `way`.
    ///
    /// # Errors
    /// The server makes no board, or it does not have the page.
    pub(crate) async fn empty(self, server: &str, way: &str) -> Result<String> {
        match self {
            Self::Commonslate => Ok(Board::create(server).await?.edit.at(way)),
            Self::Excalidraw => {
                let page = dist()?.join(EXCALIDRAW_PAGE);
                ensure!(
                    page.is_file(),
                    "{} is missing: `cargo xtask bench --page-load` makes it",
                    page.display()
                );
                Ok(format!("{way}/{EXCALIDRAW_PAGE}"))
            }
        }
    }

    /// The selector of its canvases.
    pub(crate) const fn canvases(self) -> &'static str {
        match self {
            Self::Commonslate => "main[aria-label=\"Board\"] canvas",
            Self::Excalidraw => ".excalidraw canvas",
        }
    }

    /// A script that tells whether canvas and toolbar are there and the whiteboard is ready.
    /// Commonslate is when its status is `Saved`, after the server has answered; Excalidraw when
    /// its API says so.
    pub(crate) const fn ready(self) -> &'static str {
        match self {
            Self::Commonslate => {
                "document.querySelector('[role=\"toolbar\"][aria-label=\"Tools\"] button') \
                 && document.querySelector('main[aria-label=\"Board\"] canvas') \
                 && __e2e.status().startsWith('Saved')"
            }
            Self::Excalidraw => {
                "document.querySelector('[data-testid=\"toolbar-freedraw\"]') \
                 && document.querySelector('.excalidraw canvas') \
                 && globalThis.excalidraw && !excalidraw.getAppState().isLoading"
            }
        }
    }

    /// A script that tells how many strokes are on its board.
    pub(crate) const fn strokes(self) -> &'static str {
        match self {
            Self::Commonslate => "__e2e.data('elements')",
            Self::Excalidraw => {
                "excalidraw.getSceneElements().filter((it) => it.type === 'freedraw').length"
            }
        }
    }
}
