//! The files in `deploy` fit together.

const NGINX: &str = include_str!("../../../deploy/nginx.conf");
const COMPOSE: &str = include_str!("../../../deploy/compose.redis.yml");

#[test]
fn nginx_passes_requests_to_the_servers_of_the_compose_file() {
    let servers: Vec<&str> = NGINX
        .lines()
        .filter_map(|line| line.trim().strip_prefix("server "))
        .filter_map(|rest| rest.split_once(":3000").map(|(name, _)| name))
        .collect();
    assert_eq!(servers.len(), 2);
    for name in servers {
        let service = format!("\n  {name}: *server\n");
        assert!(COMPOSE.contains(&service), "no service {name}");
    }
    let listen = NGINX.lines().find_map(|line| {
        let port = line.trim().strip_prefix("listen ")?;
        port.strip_suffix(';')
    });
    let published = format!(":{}\n", listen.unwrap());
    assert!(COMPOSE.contains(&published), "{published}");
    assert!(COMPOSE.contains("- ./nginx.conf:/etc/nginx/conf.d/default.conf:ro\n"));
}
