//! Owners manage a board: its links, its settings, and people who are muted or removed.

mod change;

use std::collections::BTreeSet;

use shared::api::{ApiError, BoardManagement, LinkInfo, ManageRequest};
use shared::id::{BoardId, LinkId, Secret, Seq};

use super::boards::{Boards, Opened};
use super::secrets::{RootSecret, random, url};
use crate::caller_rate_limit::Caller;
use crate::clock::unix_ms;
use crate::room::PeopleByLink;
use crate::store::{BoardRecord, Bytes16, LinkRecord};
use change::{Means, change};

/// A request of an owner, and how the answer is written.
#[derive(Debug, Clone, Copy)]
pub(super) struct Managing<'a> {
    pub(super) board: BoardId,
    pub(super) secret: &'a Secret,
    pub(super) request: &'a ManageRequest,
    /// The beginning of URLs.
    pub(super) base: &'a str,
    pub(super) caller: Caller,
}

impl Boards {
    /// Answers an owner's request.
    pub(super) async fn manage(&self, managing: Managing<'_>) -> Result<BoardManagement, ApiError> {
        let Managing {
            board,
            secret,
            request,
            base,
            caller,
        } = managing;
        let people = self.people_by_link(board).await;
        let (record, (root, own)) = if *request == ManageRequest::List {
            let Opened { record, link, .. } = self.open(board, secret, caller).await?;
            let root = root_of(&link, secret)?;
            (record, (root, BTreeSet::from([link.id])))
        } else {
            let nonce = Bytes16(random()?);
            let last_commit = self.last_commit_for(board, request).await?;
            let apply = |record: &mut BoardRecord, link: &LinkRecord| {
                let means = Means {
                    root: root_of(link, secret)?,
                    nonce,
                    now_ms: unix_ms(),
                    link_of_removed: link_of_removed(request, &people),
                    last_commit,
                };
                let made = change(record, request, means)?;
                record.revision += 1;
                let takes_over =
                    matches!(request, ManageRequest::RotateLink { id } if *id == link.id);
                let own = made.filter(|_| takes_over).into_iter().chain([link.id]);
                Ok((means.root, own.collect()))
            };
            let changed = self.change_record(board, secret, caller, apply).await?;
            if takes_away(request) {
                // A store that crashes would forget a change that is not on its disk.
                self.wait_durable(board).await?;
            }
            changed
        };
        let view = View {
            root,
            own: &own,
            people: &people,
            base,
            board,
        };
        Ok(view.of(record))
    }
}

impl Boards {
    /// The last commit of a board that is about to be cleared; 0 for other requests.
    async fn last_commit_for(
        &self,
        board: BoardId,
        request: &ManageRequest,
    ) -> Result<Seq, ApiError> {
        if !matches!(request, ManageRequest::Clear { .. }) {
            return Ok(0);
        }
        let head = self
            .ask_store(board, self.context.store.head(board))
            .await?;
        Ok(head.ok_or(ApiError::NoAccess)?.at.seq)
    }
}

/// The root secret, if the link of the request is an owner's.
fn root_of(link: &LinkRecord, secret: &Secret) -> Result<RootSecret, ApiError> {
    if !link.role.may_manage() {
        return Err(ApiError::Forbidden);
    }
    RootSecret::of(link, secret).ok_or(ApiError::Unavailable)
}

/// Whether people lose what they had. An owner relies on that.
const fn takes_away(request: &ManageRequest) -> bool {
    match request {
        ManageRequest::RevokeLink { .. }
        | ManageRequest::RotateLink { .. }
        | ManageRequest::Remove { .. }
        | ManageRequest::ChangeLink {
            programs: false, ..
        } => true,
        ManageRequest::List
        | ManageRequest::MakeLink { .. }
        | ManageRequest::ChangeLink { .. }
        | ManageRequest::Settings(_)
        | ManageRequest::Freeze(_)
        | ManageRequest::Mute { .. }
        | ManageRequest::Clear { .. }
        | ManageRequest::Allow { .. } => false,
    }
}

/// The link by which a person is here whom the request removes.
fn link_of_removed(request: &ManageRequest, people: &PeopleByLink) -> Option<LinkId> {
    match request {
        ManageRequest::Remove { person, .. } => people.link_of(*person),
        _ => None,
    }
}

/// How an owner is shown a record.
struct View<'a> {
    root: RootSecret,
    /// The links of the request.
    own: &'a BTreeSet<LinkId>,
    people: &'a PeopleByLink,
    base: &'a str,
    board: BoardId,
}

impl View<'_> {
    fn of(&self, record: BoardRecord) -> BoardManagement {
        let now = unix_ms();
        BoardManagement {
            links: record
                .links
                .iter()
                .map(|link| self.link(link, now))
                .collect(),
            settings: record.settings,
            muted: record.muted,
            removed: record.removed,
            cleared: record.cleared,
        }
    }

    fn link(&self, link: &LinkRecord, now_ms: u64) -> LinkInfo {
        let ended = link.end(now_ms);
        let secret = self.root.secret_of(link).filter(|_| ended.is_none());
        LinkInfo {
            id: link.id,
            role: link.role,
            label: link.label.clone(),
            url: secret.map(|secret| url(self.base, self.board, &secret)),
            created_ms: link.created_ms,
            expires_ms: link.expires_ms,
            max_people: link.max_people,
            programs: link.programs,
            people: self.people.count(link.id),
            is_own: self.own.contains(&link.id),
            ended,
        }
    }
}
