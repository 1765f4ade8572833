//! Reading options.

use super::values::{parse_origin, parse_redis};
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
        ("--redis-url", "http://127.0.0.1"),
        ("--redis-url", "not a url"),
        ("--public-url", "https://host/path"),
        ("--allow-origin", "ftp://host"),
        ("--boards-per-hour", "0"),
        ("--log", "a=b=c"),
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
        "--data-dir",
        "--redis-url",
        "REDIS_URL",
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
