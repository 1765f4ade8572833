//! The fonts of exports.

use std::path::PathBuf;
use std::sync::OnceLock;

use painters::Fonts;

/// The fonts of exports. They are read with the first export that needs them.
#[derive(Debug)]
pub(crate) struct ExportFonts {
    /// Fonts in this folder are asked before those of the system.
    folder: Option<PathBuf>,
    loaded: OnceLock<Fonts>,
}

impl ExportFonts {
    pub(super) const fn new(folder: Option<PathBuf>) -> Self {
        let loaded = OnceLock::new();
        Self { folder, loaded }
    }

    pub(super) fn get(&self) -> &Fonts {
        self.loaded
            .get_or_init(|| Fonts::load(self.folder.as_deref()))
    }
}
