//! Two servers on a Redis behind nginx, HAProxy and Caddy, each configured by its example in
//! `docs/hosting.md`, and behind the nginx of `deploy/compose.redis.yml`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on has failed"
)]

#[path = "proxies/compose.rs"]
mod compose;
#[path = "support/large_board.rs"]
mod large_board;
#[path = "support/pictures.rs"]
#[allow(dead_code, reason = "each suite uses a part of it")]
mod pictures;
#[path = "support/program.rs"]
#[allow(dead_code, reason = "each suite uses a part of it")]
mod program;
#[path = "proxies/requests.rs"]
mod requests;
#[path = "proxies/site.rs"]
mod site;
#[path = "proxies/sockets.rs"]
mod sockets;
#[path = "proxies/timeouts.rs"]
mod timeouts;

use testkit::reverse_proxy::Kind;

/// Tests on a kind of proxy.
macro_rules! suite {
    ($name:ident, $kind:expr; $($area:ident { $($fact:ident)* })*) => {
        mod $name {
            use super::*;
            $($(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $fact() {
                    if !$kind.is_skipped() {
                        $area::$fact($kind).await;
                    }
                }
            )*)*
        }
    };
}

/// What holds behind every proxy, by every example.
macro_rules! every_proxy {
    ($($facts:tt)*) => {
        suite! { nginx, Kind::Nginx; $($facts)* }
        suite! { haproxy, Kind::Haproxy; $($facts)* }
        suite! { caddy, Kind::Caddy; $($facts)* }
        suite! { compose_nginx, Kind::ComposeNginx; $($facts)* }
    };
}

every_proxy! {
    requests {
        pages_and_files_pass_as_the_server_sends_them
        each_client_has_a_quota_of_its_own_whatever_it_claims
        only_pages_of_the_own_origin_change_anything
        a_picture_larger_than_a_megabyte_passes_and_its_refusal_too
    }
    sockets {
        commits_reach_everybody_on_both_servers
        the_largest_hello_and_the_largest_frames_pass
    }
}

/// What `docs/hosting.md` says beyond the example itself.
macro_rules! documented_proxies {
    ($($facts:tt)*) => {
        suite! { below_nginx, Kind::Nginx; $($facts)* }
        suite! { below_haproxy, Kind::Haproxy; $($facts)* }
        suite! { below_caddy, Kind::Caddy; $($facts)* }
    };
}

documented_proxies! {
    requests {
        servers_below_a_path_that_the_proxy_keeps_are_reached
        servers_below_a_path_that_the_proxy_removes_are_reached
    }
    timeouts {
        a_quiet_connection_outlives_the_timeouts_of_the_proxy
        a_large_board_loads_over_a_slow_link_to_the_proxy
    }
}
