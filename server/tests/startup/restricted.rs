//! The program with the restrictions of `deploy`: a user without rights, a read-only root, limits,
//! and a `/proc` that shows only processes.

use std::os::unix::fs::{PermissionsExt as _, chown};
use std::path::PathBuf;

use tempfile::TempDir;

use super::*;
use crate::program::draws;

/// The user id that Linux systems keep for programs without rights of their own.
const USER: u32 = 65_534;

/// Starts the program `$0.program` with a data directory beside it. Only root may do all of this; the
/// program itself has no rights any more.
const SCRIPT: &str = r#"#!/bin/sh
exec unshare --mount --propagation private sh -ec '
here=$1
shift
mount --bind "$here/data" "$here/data"
mount -o remount,bind,ro /
mount -t proc -o subset=pid proc /proc
if touch "$here/probe" 2>/dev/null; then echo "the root can be written" >&2; exit 1; fi
ulimit -n 16384
exec setpriv --reuid 65534 --regid 65534 --clear-groups --no-new-privs \
    --inh-caps=-all --bounding-set=-all "$here/program" "$@"
' sh "$(dirname "$0")" "$@"
"#;

struct Restricted {
    dir: TempDir,
}

impl Restricted {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let this = Self { dir };
        std::fs::copy(PROGRAM, this.path("program")).unwrap();
        std::fs::write(this.path("start"), SCRIPT).unwrap();
        std::fs::create_dir(this.path("data")).unwrap();
        chown(this.path("data"), Some(USER), Some(USER)).unwrap();
        for name in ["", "start", "program"] {
            let all_may_run = std::fs::Permissions::from_mode(0o755);
            std::fs::set_permissions(this.path(name), all_may_run).unwrap();
        }
        this
    }

    fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }
}

fn assert_is_restricted(process: u32) {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap();
    for line in [
        "Uid:\t65534\t",
        "NoNewPrivs:\t1",
        "CapBnd:\t0000000000000000",
    ] {
        assert!(status.contains(line), "{line:?} is missing in {status}");
    }
}

#[tokio::test]
async fn the_restrictions_of_deploy_leave_all_that_a_server_needs() {
    if !rustix::process::getuid().is_root() {
        eprintln!("skipped: only root can restrict a program");
        return;
    }
    let restricted = Restricted::new();
    let data = restricted.path("data");
    let free = TcpListener::bind("127.0.0.1:0").unwrap();
    let metrics = free.local_addr().unwrap().to_string();
    drop(free);
    let options = [
        "--data-dir",
        data.to_str().unwrap(),
        "--metrics-listen",
        &metrics,
    ];
    let mut server = Server::start(&restricted.path("start"), &options)
        .await
        .unwrap();
    assert_is_restricted(server.id().unwrap());
    draws(&server).await;
    let scraped = reqwest::get(format!("http://{metrics}/metrics"))
        .await
        .unwrap();
    let scraped = scraped.text().await.unwrap();
    for name in [
        "process_cpu_seconds_total",
        "process_start_time_seconds",
        "process_open_fds",
    ] {
        assert!(scraped.contains(&format!("\n{name} ")), "{name} is missing");
    }
    server.terminate().await.unwrap();
    server.restart().await.unwrap();
    draws(&server).await;
    server.terminate().await.unwrap();
}
