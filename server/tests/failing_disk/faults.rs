//! The program with a library that lets calls on its file fail.

use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;
use testkit::server::Server;

use crate::program::PROGRAM;

/// The program, started by a script that loads the library first.
pub(crate) struct FaultyProgram {
    dir: TempDir,
    data: PathBuf,
}

impl FaultyProgram {
    /// Compiles the library, which only a C compiler can make: it replaces functions of libc.
    pub(crate) fn build() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let (library, control) = (dir.path().join("faults.so"), dir.path().join("faults"));
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/failing_disk/faults.c");
        let compiled = Command::new("gcc")
            .args(["-shared", "-fPIC", "-o"])
            .args([&library, &source])
            .output()
            .expect("gcc is installed");
        let said = String::from_utf8_lossy(&compiled.stderr);
        assert!(compiled.status.success(), "{said}");
        let script = format!(
            "#!/bin/sh\nexport LD_PRELOAD={} COMMONSLATE_FAULTS={}\nexec {PROGRAM} \"$@\"\n",
            library.display(),
            control.display(),
        );
        let program = dir.path().join("program");
        std::fs::write(&program, script).unwrap();
        std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o700)).unwrap();
        let data = dir.path().join("data");
        Self { dir, data }
    }

    pub(crate) async fn start(&self) -> Server {
        let options = ["--data-dir", self.data.to_str().unwrap()];
        Server::start(&self.dir.path().join("program"), &options)
            .await
            .unwrap()
    }

    pub(crate) fn data(&self) -> &Path {
        &self.data
    }

    /// Lets calls fail from now on, such as `fdatasync=5`.
    pub(crate) fn fail(&self, faults: &str) {
        // A file that is written in one go is never read half.
        let fresh = self.dir.path().join("fresh");
        std::fs::write(&fresh, faults).unwrap();
        std::fs::rename(&fresh, self.dir.path().join("faults")).unwrap();
    }

    /// Lets no call fail any more.
    pub(crate) fn mend(&self) {
        std::fs::remove_file(self.dir.path().join("faults")).unwrap();
    }
}
