//! The Lua scripts of the Redis store, each in a file of its own. Redis runs a script as one atomic step.

use std::sync::LazyLock;

use redis::Script;

pub(super) static CREATE: LazyLock<Script> =
    LazyLock::new(|| Script::new(include_str!("scripts/create.lua")));
pub(super) static PUT_RECORD: LazyLock<Script> =
    LazyLock::new(|| Script::new(include_str!("scripts/put_record.lua")));
pub(super) static COMMIT: LazyLock<Script> =
    LazyLock::new(|| Script::new(include_str!("scripts/commit.lua")));
pub(super) static LOAD: LazyLock<Script> =
    LazyLock::new(|| Script::new(include_str!("scripts/load.lua")));
pub(super) static READ_AFTER: LazyLock<Script> =
    LazyLock::new(|| Script::new(include_str!("scripts/read_after.lua")));
pub(super) static PROBE: LazyLock<Script> =
    LazyLock::new(|| Script::new(include_str!("scripts/probe.lua")));
pub(super) static COMPACT: LazyLock<Script> =
    LazyLock::new(|| Script::new(include_str!("scripts/compact.lua")));
pub(super) static RESTORE: LazyLock<Script> =
    LazyLock::new(|| Script::new(include_str!("scripts/restore.lua")));
