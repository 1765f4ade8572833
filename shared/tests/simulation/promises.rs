//! What must be true in every run.

use std::collections::BTreeMap;

use shared::chat::Message;
use shared::id::ClientId;
use shared::model::{Board, Element, PropKey};
use shared::op::{AuthoredCommit, Guard};
use shared::sync::{Replica, Snapshot};

use crate::world::World;

/// The log has each commit once, and the commits of each author in order.
pub(crate) fn history(world: &World) -> Result<(), String> {
    let mut last: BTreeMap<ClientId, u64> = BTreeMap::new();
    for (seq, commit) in &world.store.log {
        let before = last.insert(commit.author, commit.cno);
        if before.is_some_and(|before| commit.cno != before + 1) {
            return Err(format!("at {seq} commit {} follows {before:?}", commit.cno));
        }
    }
    Ok(())
}

/// A room has the state that belongs to its position in the history.
pub(crate) fn rooms(world: &World) -> Result<(), String> {
    for (at, room) in world
        .servers
        .iter()
        .filter_map(|s| s.room.as_ref())
        .map(|r| (r.at(), r))
    {
        let key = (*at.epoch.as_bytes(), at.seq);
        match world.store.truth.get(&key) {
            Some(truth) if truth == room.state() => {}
            Some(_) => return Err(format!("a room differs at {at:?}")),
            None => return Err(format!("a room is at {at:?}, which never was")),
        }
        room.state().board.check_invariants()?;
    }
    Ok(())
}

/// A confirmed board has the state that belongs to its position in the history, and no client
/// has given up.
pub(crate) fn replicas(world: &World) -> Result<(), String> {
    for (who, person) in world.people.iter().enumerate() {
        if person.lost_identity {
            return Err(format!("person {who} lost their identity"));
        }
        if let Some(code) = person.gave_up {
            return Err(format!("the driver of person {who} gave up: {code:?}"));
        }
        person.replica().board().check_invariants()?;
        let Some(at) = person.replica().at() else {
            continue;
        };
        let key = (*at.epoch.as_bytes(), at.seq);
        match world.store.truth.get(&key) {
            Some(truth) if truth.board == person.replica().confirmed_board() => {
                same_conversation(truth, person.replica())
                    .map_err(|why| format!("person {who} at {at:?}: {why}"))?;
            }
            Some(_) => return Err(format!("person {who} differs at {at:?}")),
            None => return Err(format!("person {who} is at {at:?}, which never was")),
        }
    }
    Ok(())
}

/// The conversation belongs to the same position as the board.
fn same_conversation(truth: &Snapshot, replica: &Replica) -> Result<(), String> {
    let known: Vec<&Message> = replica.conversation().messages().collect();
    let newest: Vec<&Message> = truth.chat.messages.iter().collect();
    match known.ends_with(&newest) && replica.conversation().total() == truth.chat.total {
        true => Ok(()),
        false => Err(format!("the messages are {known:?}, not {newest:?}")),
    }
}

/// Whether every client is connected and has every commit.
pub(crate) fn is_quiet(world: &World) -> bool {
    world.people.iter().all(|person| {
        person.session.is_some()
            && person.replica().pending() == 0
            && person.replica().at() == Some(world.store.at)
    })
}

/// No commit is lost, and all clients have the same board.
pub(crate) fn nothing_is_lost(world: &World) -> Result<(), String> {
    for (who, person) in world.people.iter().enumerate() {
        let pending = person.replica().pending();
        if pending > 0 {
            return Err(format!("person {who} still has {pending} commits pending"));
        }
        if person.replica().at() != Some(world.store.at) {
            let at = person.replica().at();
            return Err(format!(
                "person {who} is at {at:?}, the store at {:?}",
                world.store.at
            ));
        }
        let (me, made) = (person.replica().me(), person.made());
        let stored = world.store.last_cno(me);
        if stored != made {
            return Err(format!(
                "person {who} made {made} commits, {stored} are stored"
            ));
        }
    }
    Ok(())
}

/// No commit that undid the work of a person changed what others did later.
pub(crate) fn undone_work(world: &World) -> Result<(), String> {
    world.store.broken_undo.clone().map_or(Ok(()), Err)
}

/// A commit that undoes the work of some clients changes no value that another client wrote last,
/// and removes no character that another client typed.
pub(crate) fn leaves_others_alone(
    before: &Board,
    after: &Board,
    AuthoredCommit { author: _, commit }: &AuthoredCommit,
) -> Result<(), String> {
    let Guard::WorkOf(clients) = &commit.guard else {
        return Ok(());
    };
    let by_others = |client: ClientId| !clients.contains(&client);
    for was in before.elements() {
        let Some(is) = after.get(was.id) else {
            if was.writers.values().any(|writer| by_others(*writer)) {
                return Err(format!("{was:?} was removed by the undoing of {clients:?}"));
            }
            continue;
        };
        for key in PropKey::ALL {
            let is_theirs = *key != PropKey::Measures && by_others(was.writer(*key));
            if is_theirs && was.props.get(*key) != is.props.get(*key) {
                return Err(format!("{key:?} of {was:?} became that of {is:?}"));
            }
        }
        keeps_characters(was, is, &by_others)?;
    }
    Ok(())
}

fn keeps_characters(
    was: &Element,
    is: &Element,
    by_others: &dyn Fn(ClientId) -> bool,
) -> Result<(), String> {
    let shown: Vec<_> = is.text.chars().map(|one| one.id).collect();
    let mut typed = was.text.chars().filter(|one| by_others(one.id.by));
    match typed.find(|one| !shown.contains(&one.id)) {
        Some(lost) => Err(format!("{lost:?} of {was:?} is gone from {is:?}")),
        None => Ok(()),
    }
}
