//! The real program as a process of its own.

use std::net::SocketAddr;
use std::process::Stdio;

use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, BufReader, Lines};
use tokio::process::{Child, ChildStderr, Command};
use tokio::time::timeout;

use crate::site::{Keys, PATIENCE};

/// A running program.
#[derive(Debug)]
pub(crate) struct Program {
    pub(crate) address: SocketAddr,
    child: Child,
    stderr: Lines<BufReader<ChildStderr>>,
    /// What it has logged and we have read.
    log: String,
    /// Where it runs, so that its defaults leave nothing behind.
    _dir: TempDir,
}

fn command(args: &[&str], dir: &TempDir) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_commonslate"));
    command
        .args(args)
        .env_remove("RUST_LOG")
        .env_remove("REDIS_URL")
        .current_dir(dir.path())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true);
    command
}

/// Runs the program with options that it refuses; answers its exit code and
/// the one line that it says.
pub(crate) async fn refused(args: &[&str]) -> (i32, String) {
    let dir = tempfile::tempdir().unwrap();
    let output = timeout(PATIENCE, command(args, &dir).output())
        .await
        .expect("program ends");
    let output = output.unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(said.lines().count(), 1, "{said}");
    assert!(
        output.stdout.is_empty() && !said.contains("panicked"),
        "{said}"
    );
    (output.status.code().unwrap(), said)
}

impl Program {
    /// Starts it on a free port and waits until it says where it is.
    pub(crate) async fn start(args: &[&str]) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let args = [args, &["--listen", "127.0.0.1:0"]].concat();
        let mut child = command(&args, &dir).spawn().unwrap();
        let mut stdout = BufReader::new(child.stdout.take().unwrap()).lines();
        let stderr = BufReader::new(child.stderr.take().unwrap()).lines();
        let line = timeout(PATIENCE, stdout.next_line())
            .await
            .expect("program starts");
        let line = line.unwrap().expect("program starts");
        let place = line.strip_prefix("Commonslate is at http://").unwrap();
        let address = place.trim_end_matches('/').parse().unwrap();
        Self {
            address,
            child,
            stderr,
            log: String::new(),
            _dir: dir,
        }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    pub(crate) async fn board(&self) -> Keys {
        self.board_called("").await
    }

    pub(crate) async fn board_called(&self, title: &str) -> Keys {
        let asked = reqwest::Client::new()
            .post(self.url("/api/v1/boards"))
            .json(&serde_json::json!({ "title": title }));
        Keys::read(&asked.send().await.unwrap().json().await.unwrap())
    }

    /// Waits for a line of its log.
    pub(crate) async fn says(&mut self, words: &str) {
        let search = async {
            loop {
                let line = self
                    .stderr
                    .next_line()
                    .await
                    .unwrap()
                    .expect("program runs");
                self.log.push_str(&line);
                self.log.push('\n');
                if line.contains(words) {
                    return;
                }
            }
        };
        timeout(PATIENCE, search).await.expect("the line comes");
    }

    /// SIGTERM; answers all that it logged once it has ended well.
    pub(crate) async fn terminate(mut self) -> String {
        let pid = self.child.id().expect("program runs").to_string();
        let sent = Command::new("kill")
            .args(["-TERM", &pid])
            .status()
            .await
            .unwrap();
        assert!(sent.success());
        let mut rest = String::new();
        timeout(PATIENCE, self.stderr.get_mut().read_to_string(&mut rest))
            .await
            .unwrap()
            .unwrap();
        let ended = timeout(PATIENCE, self.child.wait())
            .await
            .expect("program ends")
            .unwrap();
        assert!(ended.success(), "{ended}: {}{rest}", self.log);
        self.log + &rest
    }

    /// SIGKILL.
    pub(crate) async fn kill(mut self) {
        self.child.kill().await.unwrap();
    }
}
