//! Complete configurations, each with the example in it.
//!
//! Of an example only addresses, files and timeouts are replaced.

use std::path::Path;

use anyhow::Result;

use super::document::{COMPOSE_NGINX, below_a_path, between, code, example, replaced};
use super::{Kind, Setup, Treatment};

/// The configuration of a proxy that listens on a port and has its files in a directory.
pub(super) fn of(kind: Kind, setup: &Setup, dir: &Path, port: u16) -> Result<String> {
    let dir = dir.display().to_string();
    match kind {
        Kind::Nginx => nginx(setup, &dir, port),
        Kind::Haproxy => haproxy(setup, &dir, port),
        Kind::Caddy => caddy(setup, &dir, port),
        Kind::ComposeNginx => compose_nginx(setup, &dir, port),
    }
}

fn nginx(setup: &Setup, dir: &str, port: u16) -> Result<String> {
    let mut text = with_servers(example("nginx")?, setup)?;
    let listen = format!("listen 127.0.0.1:{port} ssl");
    text = replaced(&text, "listen 443 ssl", &listen)?;
    text = replaced(&text, "/etc/ssl", dir)?;
    let lines = between(&text, "    location / {\n", "    }\n")?;
    let location = format!("location / {{\n{lines}    }}");
    let passing = "proxy_pass http://commonslate;";
    if let Some(cell) = cell("nginx", setup.treatment)? {
        let others = replaced(lines, passing, "")?;
        let below = replaced(code(cell)?, "…", &format!("\n{others}"))?;
        text = replaced(&text, &location, &below)?;
    }
    Ok(in_nginx(&with_timeout(&text, setup)?, dir))
}

fn compose_nginx(setup: &Setup, dir: &str, port: u16) -> Result<String> {
    let [one, two] = setup.servers;
    // nginx before 1.27.3, as Debian has it, does not know `resolve`. Addresses need no resolver.
    let mut text = replaced(COMPOSE_NGINX, "server-1:3000 resolve", &one.to_string())?;
    text = replaced(&text, "server-2:3000 resolve", &two.to_string())?;
    text = replaced(&text, "listen 8080", &format!("listen 127.0.0.1:{port}"))?;
    Ok(in_nginx(&text, dir))
}

/// The smallest configuration of nginx around what belongs into `http`.
fn in_nginx(http: &str, dir: &str) -> String {
    let paths: String = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        .iter()
        .map(|name| format!("    {name}_temp_path {dir}/{name};\n"))
        .collect();
    // Workers of root run as root: no other user may read the directory.
    format!(
        "daemon off;\nuser root;\nworker_processes 1;\npid {dir}/pid;\nerror_log stderr;\n\
         events {{ worker_connections 4096; }}\n\
         http {{\n    access_log off;\n{paths}{http}\n}}\n"
    )
}

fn haproxy(setup: &Setup, dir: &str, port: u16) -> Result<String> {
    let mut text = with_servers(example("haproxy")?, setup)?;
    text = replaced(&text, "bind :443", &format!("bind 127.0.0.1:{port}"))?;
    text = replaced(&text, "/etc/ssl", dir)?;
    let [kept, removed] = below_a_path("HAProxy")?;
    let chosen = match setup.treatment {
        Treatment::Root => None,
        Treatment::Kept | Treatment::Removed => Some(code(kept)?),
    };
    if let Some(rule) = chosen {
        text = replaced(&text, "default_backend commonslate", rule)?;
    }
    if setup.treatment == Treatment::Removed {
        // The backend is the last section.
        text = format!("{text}    {}\n", code(removed)?);
    }
    with_timeout(&text, setup)
}

fn caddy(setup: &Setup, dir: &str, port: u16) -> Result<String> {
    let mut text = with_servers(example("caddy")?, setup)?;
    // Caddy would ask a public authority for a certificate, and listen on port 80.
    let head = format!(
        "{{\n    admin off\n    auto_https disable_redirects\n}}\n\
         https://127.0.0.1:{port} {{\n    tls {dir}/board.pem {dir}/board.key"
    );
    text = replaced(&text, "board.example.org {", &head)?;
    if let Some(cell) = cell("Caddy", setup.treatment)? {
        let begin = text.find("    reverse_proxy").unwrap_or_default();
        let end = text.trim_end().len() - 1;
        let passing = text.get(begin..end).unwrap_or_default().to_owned();
        let below = replaced(code(cell)?, "reverse_proxy …", &format!("\n{passing}"))?;
        text = replaced(&text, &passing, &format!("    {below}\n"))?;
    }
    Ok(text)
}

/// The cell of the table "Below a path" that is followed, if the servers have a path.
fn cell(proxy: &str, treatment: Treatment) -> Result<Option<&'static str>> {
    let [kept, removed] = below_a_path(proxy)?;
    Ok(match treatment {
        Treatment::Root => None,
        Treatment::Kept => Some(kept),
        Treatment::Removed => Some(removed),
    })
}

fn with_servers(text: &str, setup: &Setup) -> Result<String> {
    let [one, two] = setup.servers;
    // In two steps: the address of one server may begin with the address in the example.
    let text = replaced(text, "127.0.0.1:3001", "{one}")?;
    let text = replaced(&text, "127.0.0.1:3002", "{two}")?;
    let text = replaced(&text, "{one}", &one.to_string())?;
    replaced(&text, "{two}", &two.to_string())
}

fn with_timeout(text: &str, setup: &Setup) -> Result<String> {
    match setup.timeout {
        None => Ok(text.to_owned()),
        Some(seconds) => replaced(text, "60s", &format!("{seconds}s")),
    }
}
