//! Progress of a tool, for clients that asked to be told.

use rmcp::RoleServer;
use rmcp::model::ProgressNotificationParam;
use rmcp::service::RequestContext;
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};

use crate::guest::Step;

/// Where the steps of a request go: to its client, if it asked for them.
pub(super) fn tell_progress(context: &RequestContext<RoleServer>) -> UnboundedSender<Step> {
    let (sender, mut steps) = unbounded_channel();
    let Some(token) = context.meta.get_progress_token() else {
        return sender;
    };
    let peer = context.peer.clone();
    // It ends with the request, which drops the sender.
    tokio::spawn(async move {
        while let Some(Step { done, all }) = steps.recv().await {
            let [done, all] = [done, all].map(|count| count as f64);
            let progress = ProgressNotificationParam::new(token.clone(), done).with_total(all);
            if peer.notify_progress(progress).await.is_err() {
                return;
            }
        }
    });
    sender
}
