//! Real nginx, HAProxy and Caddy in front of two servers, configured as our documents say.
//!
//! Layout: `document` takes the examples from `docs/hosting.md` and `deploy/nginx.conf`, and
//! `configuration` makes each of them a complete configuration for a test.

mod configuration;
mod document;

use std::env;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use tempfile::TempDir;
use tokio::net::TcpStream;
use tokio::process::Command;
use tokio::time::sleep;

use crate::authority::{Authority, Validity};
use crate::port::on_free_port;
use crate::process::Process;
use crate::tunnel::{Security, Tunnel};

/// The path of [`Treatment::Kept`] and [`Treatment::Removed`], without a slash at the end.
pub const PATH: &str = "/whiteboard";

/// How often the proxy is tried until it accepts connections.
const LOOK: Duration = Duration::from_millis(20);
/// Where Debian has servers; only root has it on the path.
const SYSTEM_PROGRAMS: &str = "/usr/sbin";

/// Which proxy, by which example.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// nginx, by `docs/hosting.md`.
    Nginx,
    /// HAProxy, by `docs/hosting.md`.
    Haproxy,
    /// Caddy, by `docs/hosting.md`.
    Caddy,
    /// nginx without TLS, by `deploy/nginx.conf`.
    ComposeNginx,
}

/// What the proxy does with the path of the servers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Treatment {
    /// The servers have no path.
    Root,
    /// Requests below [`PATH`] are passed on as they are.
    Kept,
    /// Requests below [`PATH`] are passed on without it.
    Removed,
}

/// How the example is changed for a test.
#[derive(Debug, Clone, Copy)]
pub struct Setup {
    /// The two servers.
    pub servers: [SocketAddr; 2],
    /// Where they are.
    pub treatment: Treatment,
    /// Seconds in place of the timeouts of 60 s.
    pub timeout: Option<u32>,
}

impl Setup {
    /// Two servers without a path, and the timeouts of the example.
    #[must_use]
    pub const fn of(servers: [SocketAddr; 2]) -> Self {
        Self {
            servers,
            treatment: Treatment::Root,
            timeout: None,
        }
    }
}

impl Kind {
    /// Whether tests on it are to be left out: `COMMONSLATE_SKIP_PROXIES=1` says so, if the proxy
    /// is missing.
    #[must_use]
    pub fn is_skipped(self) -> bool {
        self.program().is_err()
            && env::var_os("COMMONSLATE_SKIP_PROXIES").is_some_and(|it| it == "1")
    }

    /// The variable that names its program, and the program's name.
    const fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Nginx | Self::ComposeNginx => ("NGINX", "nginx"),
            Self::Haproxy => ("HAPROXY", "haproxy"),
            Self::Caddy => ("CADDY", "caddy"),
        }
    }

    fn program(self) -> Result<PathBuf> {
        let (variable, name) = self.names();
        if let Some(program) = env::var_os(variable) {
            return Ok(program.into());
        }
        let path = env::var_os("PATH").unwrap_or_default();
        let folders = env::split_paths(&path).chain([PathBuf::from(SYSTEM_PROGRAMS)]);
        let mut programs = folders.map(|folder| folder.join(name));
        programs.find(|it| it.is_file()).with_context(|| {
            format!(
                "{name} is missing: `cargo xtask test` and `apt install {name}` install it, \
                 {variable} names another one, and COMMONSLATE_SKIP_PROXIES=1 skips these tests"
            )
        })
    }

    fn command(self, program: &Path, dir: &Path) -> Command {
        let mut command = Command::new(program);
        let file = dir.join("configuration");
        match self {
            Self::Nginx | Self::ComposeNginx => command.args(["-e", "stderr", "-c"]).arg(file),
            Self::Haproxy => command.args(["-db", "-f"]).arg(file),
            Self::Caddy => command
                .args(["run", "--adapter", "caddyfile", "--config"])
                .arg(file),
        };
        // Caddy keeps files below these.
        for variable in ["HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"] {
            command.env(variable, dir);
        }
        command
    }
}

/// A running proxy on a loopback port. When it is dropped, it is killed.
#[derive(Debug)]
pub struct ReverseProxy {
    kind: Kind,
    address: SocketAddr,
    authority: Authority,
    process: Process,
    _dir: TempDir,
}

impl ReverseProxy {
    /// Starts a proxy and waits until it accepts connections.
    ///
    /// # Errors
    /// If its program is missing, or its example is not as expected, or it does not start; the
    /// message has its output.
    pub async fn start(kind: Kind, setup: &Setup) -> Result<Self> {
        let (program, dir) = (kind.program()?, tempfile::tempdir()?);
        let authority = Authority::generate();
        let identity = authority.identity(&Ipv4Addr::LOCALHOST.to_string(), Validity::Now);
        let (certificate, key) = (identity.certificate_pem(), identity.key_pem());
        // HAProxy reads the key from the file of the certificate.
        std::fs::write(dir.path().join("board.pem"), format!("{certificate}{key}"))?;
        std::fs::write(dir.path().join("board.key"), key)?;
        let (address, process) = on_free_port(async |port| {
            let text = configuration::of(kind, setup, dir.path(), port)?;
            std::fs::write(dir.path().join("configuration"), text)?;
            let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
            let mut command = kind.command(&program, dir.path());
            let mut process = Process::spawn(kind.names().1, &mut command)?;
            until_it_accepts(&mut process, address).await?;
            Ok((address, process))
        })
        .await?;
        Ok(Self {
            kind,
            address,
            authority,
            process,
            _dir: dir,
        })
    }

    /// Where it listens.
    #[must_use]
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// Its address for browsers, without a slash at the end and without the path of the servers.
    #[must_use]
    pub fn url(&self) -> String {
        let scheme = match self.security() {
            Security::Plain => "http",
            Security::Tls(_) => "https",
        };
        format!("{scheme}://{}", self.address)
    }

    /// How it is reached.
    #[must_use]
    pub const fn security(&self) -> Security<'_> {
        match self.kind {
            Kind::Nginx | Kind::Haproxy | Kind::Caddy => Security::Tls(&self.authority),
            Kind::ComposeNginx => Security::Plain,
        }
    }

    /// A way to it for clients without TLS, from one of the addresses 127.0.0.0/8.
    ///
    /// # Errors
    /// If no port is free.
    pub async fn tunnel(&self, from: Ipv4Addr) -> Result<Tunnel> {
        Tunnel::start(self.address, from, self.security()).await
    }

    /// All lines that it has printed.
    #[must_use]
    pub fn output(&self) -> Vec<String> {
        self.process.output()
    }
}

async fn until_it_accepts(process: &mut Process, address: SocketAddr) -> Result<()> {
    let accepts = async {
        while TcpStream::connect(address).await.is_err() {
            sleep(LOOK).await;
        }
    };
    let ended = tokio::select! {
        () = accepts => return Ok(()),
        ended = process.ended() => ended,
    };
    let output = process.output().join("\n");
    bail!("the proxy does not accept connections ({ended:?}):\n{output}")
}
