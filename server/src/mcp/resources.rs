//! Resources: the board of the link that a client sends as its bearer token.

use std::time::Duration;

use rmcp::model::{
    ListResourceTemplatesResult, ListResourcesResult, ReadResourceResponse, ReadResourceResult,
    Resource, ResourceContents, ResourceTemplate, SubscriptionFilter,
};
use rmcp::service::{RequestContext, SubscriptionContext};
use rmcp::{ErrorData, RoleServer};
use shared::id::BoardId;
use tokio::time::sleep;

use super::error::ToolError;
use super::server::{McpServer, agent_of};
use crate::export::Format;
use crate::guest::{Follower, GuestEvent, GuestVisit};

/// The beginning of the addresses of boards.
const BOARD: &str = "commonslate://board/";
/// The media type of a board as text.
const TEXT: &str = "text/plain";
/// The end of the address of a picture.
const PREVIEW: &str = "/preview.svg";
/// A client is told of changes at most so often.
const TELL_EVERY: Duration = Duration::from_millis(500);
/// Addresses that one client can subscribe to.
const MAX_SUBSCRIBED: usize = 8;

impl McpServer {
    /// The resources of the board of the bearer; none without a link.
    pub(super) async fn resources(
        &self,
        context: &RequestContext<RoleServer>,
    ) -> Result<ListResourcesResult, ErrorData> {
        if agent_of(context)?.link.is_err() {
            return Ok(ListResourcesResult::default());
        }
        let visit = self.visit(None, context).await?;
        let address = format!("{BOARD}{}", visit.board);
        let text = Resource::new(&*address, "board")
            .with_title("The board as text")
            .with_description("What is on the board, element by element, in reading order.")
            .with_mime_type(TEXT);
        let preview = Resource::new(format!("{address}{PREVIEW}"), "preview")
            .with_title("Picture of the board")
            .with_description("The whole board as SVG, with previews of pictures.")
            .with_mime_type(Format::Svg.media_type());
        Ok(ListResourcesResult::with_all_items(vec![text, preview]))
    }

    /// The forms of the addresses.
    pub(super) fn resource_templates() -> ListResourceTemplatesResult {
        let about = "The board with this id, which must be that of the bearer's link.";
        let text = ResourceTemplate::new(format!("{BOARD}{{board}}"), "board")
            .with_title("A board as text")
            .with_description(about)
            .with_mime_type(TEXT);
        let preview = ResourceTemplate::new(format!("{BOARD}{{board}}{PREVIEW}"), "preview")
            .with_title("Picture of a board")
            .with_description(about)
            .with_mime_type(Format::Svg.media_type());
        ListResourceTemplatesResult::with_all_items(vec![text, preview])
    }

    /// Reads a resource.
    pub(super) async fn resource(
        &self,
        uri: &str,
        context: &RequestContext<RoleServer>,
    ) -> Result<ReadResourceResponse, ErrorData> {
        let unknown = || ErrorData::resource_not_found("there is no such resource", None);
        let board = board_in(uri).ok_or_else(unknown)?;
        let visit = self.visit(None, context).await?;
        if visit.board != board {
            return Err(unknown());
        }
        let (text, media_type) = if uri.ends_with(PREVIEW) {
            let picture = self.preview(&visit).await?;
            let svg = String::from_utf8_lossy(&picture.bytes).into_owned();
            (svg, Format::Svg.media_type())
        } else {
            (self.text_of_board(&visit, None, None).await?, TEXT)
        };
        let contents = ResourceContents::text(text, uri).with_mime_type(media_type);
        Ok(ReadResourceResult::new(vec![contents]).into())
    }

    /// What of a wanted subscription the server can tell: changes of boards.
    pub(super) fn subscriptions(requested: &SubscriptionFilter) -> SubscriptionFilter {
        let wanted = requested.resource_subscriptions.iter().flatten();
        let known = wanted.filter(|uri| board_in(uri).is_some());
        let known: Vec<_> = known.take(MAX_SUBSCRIBED).cloned().collect();
        SubscriptionFilter::builder()
            .resource_subscriptions(known)
            .build()
    }

    /// Tells a client of all changes of the board that it subscribed to, until it goes, its link ends
    /// or the server shuts down.
    pub(super) async fn tell_changes(
        &self,
        context: &SubscriptionContext,
    ) -> Result<(), ErrorData> {
        let visit = self.visit(None, context.request_context()).await?;
        let accepted = context.accepted().resource_subscriptions.iter().flatten();
        let uris: Vec<&String> = accepted
            .filter(|uri| board_in(uri) == Some(visit.board))
            .collect();
        let telling = self.tell(&visit, &uris, context);
        tokio::select! {
            ended = telling => Ok(ended?),
            () = context.cancelled() => Ok(()),
        }
    }

    async fn tell(
        &self,
        visit: &GuestVisit,
        uris: &[&String],
        context: &SubscriptionContext,
    ) -> Result<(), ToolError> {
        let mut follower = self.guests.follow(visit, None).await?;
        while next_change(&mut follower).await? {
            for uri in uris {
                if context.sink().notify_resource_updated(*uri).await.is_err() {
                    return Ok(());
                }
            }
            sleep(TELL_EVERY).await;
        }
        Ok(())
    }
}

/// Waits for a change; false at the end.
async fn next_change(follower: &mut Follower) -> Result<bool, ToolError> {
    loop {
        match follower.next().await {
            Some(GuestEvent::Commit(_)) => return Ok(true),
            Some(GuestEvent::Start(start)) if start.is_gap => return Ok(true),
            Some(GuestEvent::Start(_) | GuestEvent::People(_)) => {}
            Some(GuestEvent::End(error)) => return Err(error.into()),
            None => return Ok(false),
        }
    }
}

/// The board in the address of a resource.
fn board_in(uri: &str) -> Option<BoardId> {
    let board = uri.strip_prefix(BOARD)?;
    board.strip_suffix(PREVIEW).unwrap_or(board).parse().ok()
}
