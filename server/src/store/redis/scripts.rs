//! The Lua scripts of the Redis store, each in a file of its own. Redis runs a script as one atomic step.

use std::sync::LazyLock;

use redis::Script;

use crate::protection::{self, Protection};

pub(super) static CREATE: LazyLock<Script> =
    LazyLock::new(|| Script::new(include_str!("scripts/create.lua")));
pub(super) static PUT_RECORD: LazyLock<Script> =
    LazyLock::new(|| Script::new(include_str!("scripts/put_record.lua")));
pub(super) static COMMIT: LazyLock<Script> =
    LazyLock::new(|| Script::new(&weakened(include_str!("scripts/commit.lua"))));
pub(super) static LOAD: LazyLock<Script> =
    LazyLock::new(|| Script::new(include_str!("scripts/load.lua")));
pub(super) static READ_AFTER: LazyLock<Script> =
    LazyLock::new(|| Script::new(include_str!("scripts/read_after.lua")));
pub(super) static PROBE: LazyLock<Script> =
    LazyLock::new(|| Script::new(include_str!("scripts/probe.lua")));
pub(super) static COMPACT: LazyLock<Script> =
    LazyLock::new(|| Script::new(&weakened(include_str!("scripts/compact.lua"))));
pub(super) static PUT_CHAT_PAGE: LazyLock<Script> =
    LazyLock::new(|| Script::new(include_str!("scripts/put_chat_page.lua")));
pub(super) static PUT_AUTHOR: LazyLock<Script> =
    LazyLock::new(|| Script::new(include_str!("scripts/put_author.lua")));
pub(super) static DELETE: LazyLock<Script> =
    LazyLock::new(|| Script::new(include_str!("scripts/delete.lua")));
pub(super) static RESTORE: LazyLock<Script> =
    LazyLock::new(|| Script::new(include_str!("scripts/restore.lua")));

/// Words of scripts, each with the protection that they are, and what stands there without.
const PROTECTIONS: [(Protection, &str, &str); 4] = [
    (
        Protection::EpochCheck,
        "if seq < known or (run ~= '' and meta[4] ~= run) then",
        "if false then",
    ),
    (
        Protection::Dedupe,
        "if cno <= last[author] then",
        "if false then",
    ),
    (
        Protection::Dedupe,
        "elseif cno ~= last[author] + 1 then",
        "elseif cno > last[author] + 1 then",
    ),
    (
        Protection::CompactionFloor,
        "string.format('%.0f-0', floor + 1)",
        "string.format('%.0f-0', tonumber(meta[2]) + 1)",
    ),
];

/// The script without the protections that are switched off.
fn weakened(script: &str) -> String {
    PROTECTIONS
        .iter()
        .filter(|(protection, ..)| !protection::is_on(*protection))
        .fold(script.to_owned(), |script, (_, with, without)| {
            script.replace(with, without)
        })
}

#[test]
fn protections_of_scripts_can_be_switched_off() {
    let scripts = [
        include_str!("scripts/commit.lua"),
        include_str!("scripts/compact.lua"),
    ]
    .concat();
    for (protection, with, _) in PROTECTIONS {
        assert_eq!(scripts.matches(with).count(), 1, "{protection:?}: {with}");
    }
}
