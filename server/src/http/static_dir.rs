//! The static directory: files are served from inside it only.
//!
//! A symbolic link may lead to another file inside the directory, as when a directory is replaced
//! as a whole. A link that leads outside is treated like a file that does not exist: a person who may
//! write into the directory must not be able to publish other files of this machine.

use std::io;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::Arc;

use tower_http::services::fs::{Backend, TokioBackend, TokioFile};

use crate::warning_limit::WarningLimit;

/// The directory with the built client.
#[derive(Debug, Clone)]
pub(super) struct StaticDir {
    path: Arc<Path>,
    warning: Arc<WarningLimit>,
}

impl StaticDir {
    pub(super) fn new(path: &Path) -> Self {
        Self {
            path: path.into(),
            warning: Arc::default(),
        }
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// The text of a file in the directory.
    ///
    /// # Errors
    /// If it is missing, outside, or no text.
    pub(super) async fn read(&self, name: &str) -> io::Result<String> {
        let file = self.path.join(name);
        self.check(&file).await?;
        tokio::fs::read_to_string(file).await
    }

    /// Checks that a path leads to something inside the directory, which itself may be a link.
    async fn check(&self, path: &Path) -> io::Result<()> {
        let target = tokio::fs::canonicalize(path).await?;
        let root = tokio::fs::canonicalize(&self.path).await?;
        if target.starts_with(root) {
            return Ok(());
        }
        self.warning.warn(|suppressed| {
            tracing::warn!(
                path = %path.display(),
                suppressed,
                "a symbolic link leads outside of the static directory and is not served \
                 (--static-dir)"
            );
        });
        Err(io::ErrorKind::NotFound.into())
    }
}

type Answer<T> = Pin<Box<dyn Future<Output = io::Result<T>> + Send>>;

impl Backend for StaticDir {
    type File = TokioFile;
    type Metadata = std::fs::Metadata;
    type OpenFuture = Answer<TokioFile>;
    type MetadataFuture = Answer<std::fs::Metadata>;

    fn open(&self, path: PathBuf) -> Self::OpenFuture {
        let dir = self.clone();
        Box::pin(async move {
            dir.check(&path).await?;
            TokioBackend.open(path).await
        })
    }

    fn metadata(&self, path: PathBuf) -> Self::MetadataFuture {
        let dir = self.clone();
        Box::pin(async move {
            dir.check(&path).await?;
            TokioBackend.metadata(path).await
        })
    }
}
