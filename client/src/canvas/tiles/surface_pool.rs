//! The canvases of dropped tiles, which new tiles use again.

use editor::tiles::TILE_PX;

use crate::canvas::surface::Surface;

/// Canvases kept for new tiles. More of them would only occupy memory.
const MAX_FREE: usize = 12;

/// Canvases without a tile.
#[derive(Debug)]
pub(super) struct SurfacePool {
    free: Vec<Surface>,
}

impl SurfacePool {
    pub(super) const fn new() -> Self {
        Self { free: Vec::new() }
    }

    /// A canvas of the size of a tile; `None` if the browser gives none.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a small positive constant"
    )]
    pub(super) fn take(&mut self) -> Option<Surface> {
        self.free
            .pop()
            .or_else(|| Surface::detached(TILE_PX as u32, TILE_PX as u32))
    }

    /// Takes canvases back.
    pub(super) fn give_back(&mut self, surfaces: impl IntoIterator<Item = Surface>) {
        self.free.extend(surfaces);
        self.free.truncate(MAX_FREE);
    }
}
