//! Where programs, inputs and logs are.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use cargo_metadata::{Metadata, MetadataCommand};

/// Targets whose inputs are messages of the protocol or parts of them.
const WIRE_TARGETS: [&str; 4] = ["client_messages", "commits", "server_messages", "snapshots"];

/// The folders of the repository and of the build.
#[derive(Debug)]
pub(crate) struct Folders {
    pub(crate) metadata: Metadata,
    fuzz: PathBuf,
}

impl Folders {
    pub(crate) fn of_repository() -> Result<Self> {
        let runner = Path::new(env!("CARGO_MANIFEST_DIR"));
        let metadata = MetadataCommand::new()
            .current_dir(runner)
            .no_deps()
            .exec()?;
        let fuzz = runner
            .parent()
            .context("the runner is in the folder of the targets")?;
        Ok(Self {
            fuzz: fuzz.to_owned(),
            metadata,
        })
    }

    /// The root of the repository.
    pub(crate) fn root(&self) -> &Path {
        self.metadata.workspace_root.as_std_path()
    }

    /// The sources of the programs.
    pub(crate) fn targets(&self) -> PathBuf {
        self.fuzz.join("targets")
    }

    /// Stands between cargo and rustc.
    pub(crate) fn instrument(&self) -> PathBuf {
        self.fuzz.join("instrument.sh")
    }

    /// The program of a target.
    pub(crate) fn program(&self, target: &str) -> PathBuf {
        self.build("debug").join(target)
    }

    /// The kept inputs of a target.
    pub(crate) fn corpus(&self, target: &str) -> PathBuf {
        self.fuzz.join("corpus").join(target)
    }

    /// Words that mean something to a target, if it has any.
    pub(crate) fn dictionary(&self, target: &str) -> Option<PathBuf> {
        let name = if WIRE_TARGETS.contains(&target) {
            "wire"
        } else {
            target
        };
        let file = self.fuzz.join("dictionaries").join(format!("{name}.txt"));
        file.is_file().then_some(file)
    }

    /// What runs of a target leave behind.
    pub(crate) fn results(&self, target: &str) -> PathBuf {
        self.build("fuzz").join(target)
    }

    fn build(&self, folder: &str) -> PathBuf {
        self.metadata.target_directory.as_std_path().join(folder)
    }
}
