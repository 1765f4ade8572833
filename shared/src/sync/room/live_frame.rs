//! Live updates, encoded once for all sessions, and in other forms for those that get less.

use bytes::Bytes;

use crate::protocol::{CodecError, LiveUpdate, PeerNo, ServerMsg, encode};

/// Which live updates a session gets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Audience {
    /// It is not shown the cursors of others.
    pub(super) lacks_cursors: bool,
}

impl Audience {
    /// Whether it gets an update.
    pub(super) fn gets(self, update: &LiveUpdate) -> bool {
        let is_cursor = matches!(update, LiveUpdate::Cursor(_) | LiveUpdate::Say(_));
        !(self.lacks_cursors && is_cursor)
    }
}

/// A frame of live updates.
#[derive(Clone, Debug)]
pub(super) struct LiveFrame {
    whole: Bytes,
    /// The frame for sessions that are not shown cursors, if it differs: none if nothing is left.
    without_cursors: Option<Option<Bytes>>,
}

impl LiveFrame {
    /// A message that all sessions get.
    ///
    /// # Errors
    /// Never for the types of this crate; serde requires the result type.
    pub(super) fn of_message(message: &ServerMsg) -> Result<Self, CodecError> {
        Ok(Self {
            whole: encode(message)?,
            without_cursors: None,
        })
    }

    /// Live updates. `hides_cursors` tells whether any session must not be shown cursors.
    ///
    /// # Errors
    /// As [`Self::of_message`].
    pub(super) fn of_updates(
        updates: Vec<(PeerNo, LiveUpdate)>,
        hides_cursors: bool,
    ) -> Result<Self, CodecError> {
        let audience = Audience {
            lacks_cursors: true,
        };
        let has_cursors = updates.iter().any(|(_, update)| !audience.gets(update));
        let without_cursors = (hides_cursors && has_cursors).then(|| {
            let left = updates.iter().filter(|(_, update)| audience.gets(update));
            let left: Vec<(PeerNo, LiveUpdate)> = left.cloned().collect();
            let frame = (!left.is_empty()).then(|| encode(&ServerMsg::Live(left)));
            frame.transpose()
        });
        Ok(Self {
            whole: encode(&ServerMsg::Live(updates))?,
            without_cursors: without_cursors.transpose()?,
        })
    }

    /// The frame that a session gets; `None` if it gets none.
    pub(super) fn for_audience(&self, audience: Audience) -> Option<&Bytes> {
        match &self.without_cursors {
            Some(frame) if audience.lacks_cursors => frame.as_ref(),
            _ => Some(&self.whole),
        }
    }
}
