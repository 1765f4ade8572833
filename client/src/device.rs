//! The key of this browser profile, which its tabs share. Others see by it that two tabs belong to
//! one person.

use shared::id::{BoardId, DeviceKey};

use crate::random;
use crate::storage::Area;

/// The storage key.
const KEY: &str = "device";

/// The key of this browser profile for a board; `None` if the browser keeps nothing, because
/// another tab could not have the same one then.
#[must_use]
pub(crate) fn key_for(board: BoardId) -> Option<DeviceKey> {
    if Area::Browser.get::<DeviceKey>(KEY).is_none() {
        Area::Browser.set(KEY, &random::device_key());
    }
    // Of two tabs that open at once, the later one has replaced the key of the other.
    let key = Area::Browser.get::<DeviceKey>(KEY)?;
    Some(key.for_board(board))
}
