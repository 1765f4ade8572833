//! Reading options.

use super::redis::{parse_redis, parse_sentinels};
use super::values::{parse_origin, parse_public};
use super::*;

fn read(args: &[&str]) -> Result<Config, Exit> {
    Config::read(
        std::iter::once("commonslate")
            .chain(args.iter().copied())
            .map(OsString::from),
    )
}

fn wrong(args: &[&str]) -> String {
    match read(args) {
        Err(Exit::Usage(line)) => line,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_wrong_value_is_one_line_that_names_its_option() {
    for (option, value) in [
        ("--listen", "nonsense"),
        ("--listen", "127.0.0.1:99999"),
        ("--metrics-listen", "nonsense"),
        ("--redis-url", "http://127.0.0.1"),
        ("--redis-url", "not a url"),
        ("--font-dir", "/no/such/directory"),
        ("--public-url", "https://host/a b"),
        ("--public-url", "https://host/path?x"),
        ("--public-url", "https://host/b"),
        ("--public-url", "https://host/a//b"),
        ("--allow-origin", "ftp://host"),
        ("--allow-origin", "https://*.host"),
        ("--blob-store", "/srv/pictures"),
        ("--blob-store", "https://bucket/pictures"),
        ("--blob-store", "s3:///pictures"),
        ("--blob-store", "s3://key:secret@bucket/pictures"),
        ("--blob-store", "s3://bucket/a//b"),
        ("--blob-store", "s3://bucket/a%20b"),
        ("--blob-store", "s3://bucket?region=x"),
        ("--blob-store-endpoint", "minio:9000"),
        ("--blob-store-endpoint", "http://minio:9000"),
        ("--assistant-url", "api.openai.com"),
        ("--assistant-url", "ftp://host/v1"),
        ("--assistant-url", "https://key@host/v1"),
        ("--assistant-url", "https://host/v1"),
        ("--assistant-model", "m"),
        ("--assistant-image-model", "m"),
        ("--assistant-key-file", "/no/such/file"),
        ("--assistant-questions-per-hour", "0"),
        ("--boards-per-hour", "0"),
        ("--boards-per-hour", "-1"),
        ("--log", "a=b=c"),
        ("--log", "inof"),
        ("--log", "info,server"),
        ("--no-such-option", "x"),
    ] {
        let line = wrong(&[option, value]);
        assert!(line.contains(option) && !line.contains('\n'), "{line}");
    }
}

#[test]
fn help_names_every_option_and_its_variable() {
    let Err(Exit::Help(help)) = read(&["--help"]) else {
        panic!("no help")
    };
    for word in [
        "--listen",
        "--metrics-listen",
        "COMMONSLATE_METRICS_LISTEN",
        "--data-dir",
        "--blob-store",
        "COMMONSLATE_BLOB_STORE",
        "--blob-store-endpoint",
        "COMMONSLATE_BLOB_STORE_ENDPOINT",
        "--font-dir",
        "COMMONSLATE_FONT_DIR",
        "--redis-url",
        "REDIS_URL",
        "--redis-sentinels",
        "--redis-prefix",
        "--redis-ca-file",
        "--redis-cert-file",
        "--redis-key-file",
        "--static-dir",
        "--public-url",
        "--allow-origin",
        "--trust-proxy",
        "--boards-per-hour",
        "--log",
        "RUST_LOG",
        "COMMONSLATE_LISTEN",
    ] {
        assert!(help.contains(word), "{word} is not in the help");
    }
}

#[test]
fn a_password_of_redis_is_never_shown() {
    let url = parse_redis("redis://user:hunter2@127.0.0.1:6379/3").unwrap();
    assert!(!format!("{url} {url:?}").contains("hunter2"));
    assert!(url.to_string().contains("127.0.0.1:6379"));
    for socket in [
        "redis+unix:///run/redis?pass=hunter2",
        "unix:///a?user=u&pass=hunter2",
    ] {
        let url = parse_redis(socket).unwrap();
        assert!(!format!("{url} {url:?}").contains("hunter2"));
    }
}

#[test]
fn a_malformed_address_of_redis_is_refused_without_its_password() {
    for args in [
        &["--redis-url", "redis://:hunter2@127.0.0.1:port"][..],
        &["--redis-url=redis://user:hunter2@"],
        &["--redis-url", "redis:/user:hunter2@host"],
        &["--redis-url", "user:hunter2@host:6379"],
        &["--redis-url", "http://user:hunter2@host"],
        &["--redis-url", "rediss://user:hunter2@host#insecure"],
        &[
            "--redis-url",
            "redis://user:hunter2@host/0",
            "--redis-ca-file",
            "ca.pem",
        ],
        &["redis://user:hunter2@host"],
        &["--listen", "redis://user:hunter2@host/0"],
        &["--public-url", "rediss://user:hunt@er2:hunter2@host/0"],
        &["--redis", "redis://user:hunter2@host"],
    ] {
        let line = wrong(args);
        assert!(!line.contains("hunter2"), "{line}");
    }
    let line = wrong(&["--redis-url", "redis://:hunter2@127.0.0.1:port"]);
    assert!(line.contains("--redis-url"), "{line}");
}

#[test]
fn hosts_of_redis_share_user_password_and_database() {
    let url = parse_redis("rediss://user:hun,ter2@a:7000,b,[::1]:7002/3").unwrap();
    let expected = [
        "rediss://user:hun,ter2@a:7000/3",
        "rediss://user:hun,ter2@b/3",
        "rediss://user:hun,ter2@[::1]:7002/3",
    ];
    assert_eq!(url.reveal(), expected);
    assert!(!format!("{url} {url:?}").contains("ter2"));
    for bad in [
        "redis://a,",
        "redis://,a",
        "redis://a,b:port",
        "redis://a,b#c",
    ] {
        assert!(parse_redis(bad).is_err(), "{bad}");
    }
}

#[test]
fn sentinels_have_a_port_of_their_own() {
    let url = parse_sentinels("redis://:hunter2@a,b:5000").unwrap();
    let expected = ["redis://:hunter2@a:26379", "redis://:hunter2@b:5000"];
    assert_eq!(url.reveal(), expected);
    assert!(parse_sentinels("unix:///run/redis").is_err());
}

#[test]
fn sentinels_know_one_master() {
    for url in ["redis://a,b", "unix:///run/redis"] {
        let line = wrong(&["--redis-url", url, "--redis-sentinels", "redis://s"]);
        assert!(line.contains("mymaster"), "{line}");
    }
    let line = wrong(&["--redis-url", "redis://a", "--redis-sentinels", "hunter2@s"]);
    assert!(
        line.contains("--redis-sentinels") && !line.contains("hunter2"),
        "{line}"
    );
    let line = wrong(&["--redis-sentinels", "redis://:hunter2@s"]);
    assert!(
        line.contains("--redis-url") && !line.contains("hunter2"),
        "{line}"
    );
}

#[test]
fn a_prefix_of_redis_has_no_braces_and_no_space() {
    for bad in ["", "a b", "{a}", "a@1", "ä", &"a".repeat(33)] {
        let line = wrong(&["--redis-url", "redis://host", "--redis-prefix", bad]);
        assert!(line.contains("--redis-prefix"), "{line}");
    }
}

#[test]
fn a_client_certificate_needs_its_key() {
    let line = wrong(&["--redis-url", "rediss://host", "--redis-cert-file", "c.pem"]);
    assert!(line.contains("required arguments"), "{line}");
}

#[test]
fn origins_are_written_as_browsers_do() {
    assert_eq!(
        parse_origin("https://Board.Example:443/").unwrap().as_str(),
        "https://board.example"
    );
    assert_eq!(
        parse_origin("http://[::1]:3000").unwrap().as_str(),
        "http://[::1]:3000"
    );
}

#[test]
fn a_public_address_may_have_a_path() {
    let read = |text: &str| {
        let url = parse_public(text).unwrap();
        (
            url.to_string(),
            url.origin().as_str().to_owned(),
            url.path().to_owned(),
        )
    };
    let of = |text: &str, origin: &str, path: &str| {
        (text.to_owned(), origin.to_owned(), path.to_owned())
    };
    let host = "https://example.org";
    assert_eq!(read("https://Example.org:443/"), of(host, host, ""));
    for text in [
        "https://example.org/white/board",
        "https://example.org/white/board/",
    ] {
        assert_eq!(
            read(text),
            of("https://example.org/white/board", host, "/white/board")
        );
    }
    assert_eq!(
        parse_public("http://example.org:8080/x").unwrap().host(),
        "example.org:8080"
    );
}

#[test]
fn a_value_that_is_not_unicode_is_named_by_its_option() {
    use std::os::unix::ffi::OsStringExt as _;
    let bad = |prefix: &str| OsString::from_vec([prefix.as_bytes(), &[0xff]].concat());
    let read = |args: Vec<OsString>| {
        let program = std::iter::once(OsString::from("commonslate"));
        Config::read(program.chain(args))
    };
    for args in [vec!["--listen".into(), bad("x")], vec![bad("--listen=x")]] {
        match read(args) {
            Err(Exit::Usage(line)) => assert!(line.contains("--listen"), "{line}"),
            other => panic!("{other:?}"),
        }
    }
    assert!(read(vec!["--static-dir".into(), bad("dist")]).is_ok());
}

#[test]
fn a_line_about_a_long_value_is_short() {
    let line = wrong(&["--listen", &"x".repeat(100_000)]);
    assert!(
        line.contains("--listen") && line.len() < 1_000,
        "{}",
        line.len()
    );
}

#[test]
fn filters_of_logs_are_levels_or_name_one() {
    for filter in [
        "info",
        "WARN",
        "server=debug",
        "warn,server=trace,redis=off",
    ] {
        assert_eq!(read(&["--log", filter]).unwrap().log.as_str(), filter);
    }
}

#[test]
fn a_wrong_value_of_several_lines_makes_one_line() {
    for value in ["two\nlines", "\n\nUsage: mine\n", "\r\n\u{1b}[31mred"] {
        let line = wrong(&["--listen", value]);
        assert!(line.contains("'--listen <ADDRESS:PORT>'"), "{line}");
        assert!(!line.contains(char::is_control), "{line:?}");
    }
}

#[test]
fn filters_of_logs_with_other_letters_are_refused() {
    for filter in [
        " s\u{e9}\u{e9}=",
        "gr\u{fc}n=info",
        "server\n\u{1f58c}=debug",
    ] {
        let line = wrong(&["--log", filter]);
        assert!(line.contains("--log"), "{line}");
    }
}

#[test]
fn pictures_are_in_a_directory_or_in_a_bucket() {
    let place = |args: &[&str]| read(args).unwrap().blob_place;
    assert_eq!(place(&[]), None);
    let dir = place(&["--blob-store", "file:///srv/pictures"]);
    assert_eq!(dir, Some(BlobPlace::Dir("/srv/pictures".into())));
    for (url, bucket, prefix) in [
        ("s3://drawings", "drawings", ""),
        ("s3://my.bucket/", "my.bucket", ""),
        ("s3://b-2/team_a/boards/", "b-2", "team_a/boards"),
    ] {
        let s3 = S3Place {
            bucket: bucket.to_owned(),
            prefix: prefix.to_owned(),
            endpoint: None,
        };
        assert_eq!(
            place(&["--blob-store", url]),
            Some(BlobPlace::S3(s3.clone()))
        );
        let endpoint = "https://minio.example:9000/";
        let args = ["--blob-store", url, "--blob-store-endpoint", endpoint];
        let endpoint = Some(endpoint.parse().unwrap());
        assert_eq!(
            place(&args),
            Some(BlobPlace::S3(S3Place { endpoint, ..s3 }))
        );
    }
}
