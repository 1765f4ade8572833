//! Live updates, encoded once for all sessions, and in other forms for those that get less.

use bytes::Bytes;

use crate::protocol::{CodecError, LiveUpdate, PeerNo, ServerMsg, encode};

/// Which form of the live updates a session gets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Audience {
    /// Its client knows only the kinds of version 4.
    pub(super) is_version_4: bool,
    /// It is not shown the cursors of others.
    pub(super) lacks_cursors: bool,
}

impl Audience {
    /// Those that do not get all updates.
    const LIMITED: [Self; 3] = [
        Self::new(true, false),
        Self::new(false, true),
        Self::new(true, true),
    ];

    const fn new(is_version_4: bool, lacks_cursors: bool) -> Self {
        Self {
            is_version_4,
            lacks_cursors,
        }
    }

    /// Whether it gets an update.
    pub(super) fn gets(self, update: &LiveUpdate) -> bool {
        let is_hidden =
            self.lacks_cursors && matches!(update, LiveUpdate::Cursor(_) | LiveUpdate::Say(_));
        let is_unknown = self.is_version_4 && !update.is_known_to(4);
        !is_hidden && !is_unknown
    }
}

/// A frame of live updates.
#[derive(Clone, Debug)]
pub(super) struct LiveFrame {
    whole: Bytes,
    /// The forms that differ; `None` if nothing is left.
    forms: Vec<(Audience, Option<Bytes>)>,
}

impl LiveFrame {
    /// A message that all sessions get.
    ///
    /// # Errors
    /// Never for the types of this crate; serde requires the result type.
    pub(super) fn of_message(message: &ServerMsg) -> Result<Self, CodecError> {
        Ok(Self {
            whole: encode(message)?,
            forms: Vec::new(),
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
        let mut forms = Vec::new();
        for audience in Audience::LIMITED {
            let is_needed = hides_cursors || !audience.lacks_cursors;
            if !is_needed || updates.iter().all(|(_, update)| audience.gets(update)) {
                continue;
            }
            let left = updates.iter().filter(|(_, update)| audience.gets(update));
            let left: Vec<(PeerNo, LiveUpdate)> = left.cloned().collect();
            let frame = match left.is_empty() {
                true => None,
                false => Some(encode(&ServerMsg::Live(left))?),
            };
            forms.push((audience, frame));
        }
        let whole = encode(&ServerMsg::Live(updates))?;
        Ok(Self { whole, forms })
    }

    /// The frame that a session gets; `None` if it gets none.
    pub(super) fn for_audience(&self, audience: Audience) -> Option<&Bytes> {
        let form = self.forms.iter().find(|(other, _)| *other == audience);
        form.map_or(Some(&self.whole), |(_, frame)| frame.as_ref())
    }
}
