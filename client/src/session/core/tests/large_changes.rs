//! Changes of thousands of elements, which are committed in several frames.

use super::*;
use testkit::fixtures::element_id;

/// The elements of the board: more than two commits can delete.
const COUNT: u64 = 2_500;
/// Those that one commit deletes.
const PART: usize = 1_000;

/// A core whose own elements are all saved.
fn crowded() -> Core {
    let mut core = online(Role::Edit);
    let Op::Put(sample) = shape(1) else {
        panic!("a shape is put")
    };
    let puts: Vec<Op> = (1..=COUNT)
        .map(|number| {
            let mut new = sample.clone();
            new.id = element_id(number);
            Op::Put(new)
        })
        .collect();
    for some in puts.chunks(500) {
        core.driver.submit(some.to_vec(), Guard::Any, 0);
        core.follow_driver();
    }
    acknowledge_all(&mut core);
    core.take_requests();
    core.run(Command::SELECT_ALL, 0);
    core
}

/// The server takes all commits that it was sent.
fn acknowledge_all(core: &mut Core) {
    for message in sends(core) {
        if let ClientMsg::Commit(commit) = message {
            let (cno, seq) = (commit.cno, commit.cno);
            receives(core, ServerMsg::Ack { seq, cno });
        }
    }
}

/// Shows frames until nothing waits any more. Returns how many.
fn frames(core: &mut Core) -> usize {
    let frame = |core: &mut Core| core.is_committing().then(|| core.animation_frame(0));
    std::iter::from_fn(|| frame(core)).count()
}

fn len(core: &Core) -> usize {
    core.replica().board().len()
}

/// The elements that the commits delete that the outbox was asked to keep, in order.
fn kept_deletes(core: &mut Core) -> Vec<ElementId> {
    let kept = asks(core).into_iter().filter_map(|event| match event {
        DriverEvent::Outbox(OutboxChange::Keep { commit, .. }) => Some(commit),
        _ => None,
    });
    let kept: Vec<_> = kept.collect();
    assert!(kept.is_sorted_by_key(|commit| commit.cno), "in order");
    let ops = kept.iter().flat_map(|commit| &commit.ops);
    ops.flat_map(|op| op.deleted_ids().to_vec()).collect()
}

#[test]
fn a_large_change_takes_several_frames_and_is_undone_in_one_step() {
    let mut core = crowded();
    let order = |core: &Core| -> Vec<ElementId> {
        let board = core.replica().board();
        board.in_order().map(|element| element.id).collect()
    };
    let before = order(&core);
    core.run(Command::DELETE, 0);
    assert_eq!(len(&core), 2_500 - PART, "one part at once");
    assert_eq!(frames(&mut core), 2);
    assert_eq!(len(&core), 0);
    core.animation_frame(0);
    core.run(Command::UNDO, 0);
    assert!(core.is_committing());
    frames(&mut core);
    assert!(order(&core) == before, "all are back where they were");
    core.run(Command::REDO, 0);
    frames(&mut core);
    assert_eq!(len(&core), 0);
}

#[test]
fn undo_during_a_large_change_takes_back_the_whole_of_it() {
    let mut core = crowded();
    core.run(Command::DELETE, 0);
    assert!(core.is_committing());
    core.run(Command::UNDO, 0);
    assert!(core.is_committing(), "undo takes several frames, too");
    core.run(Command::REDO, 0);
    core.run(Command::UNDO, 0);
    frames(&mut core);
    assert_eq!(len(&core), 2_500);
    assert!(!core.editor.history().can_undo(), "one step");
    core.run(Command::REDO, 0);
    frames(&mut core);
    assert_eq!(len(&core), 0);
}

#[test]
fn what_asks_for_more_than_the_view_finds_the_whole_change() {
    let mut core = crowded();
    core.run(Command::DELETE, 0);
    let at = shared::geometry::ScreenPoint::new(5.0, 5.0);
    core.input(InputEvent::Resize(editor::ScreenSize::new(800.0, 600.0)), 0);
    assert!(core.is_committing(), "the view alone does not need it");
    core.input(
        InputEvent::Pasted {
            content: editor::input::Pasted::Text("word".to_owned()),
            at: Some(at),
        },
        0,
    );
    assert!(!core.is_committing());
    assert_eq!(len(&core), 1, "the text alone");
    core.run(Command::UNDO, 0);
    core.run(Command::UNDO, 0);
    frames(&mut core);
    assert_eq!(len(&core), 2_500, "two steps");
}

#[test]
fn a_change_is_not_shown_as_saved_while_a_part_of_it_waits() {
    let is_saved = |status| matches!(status, Status::Saved { .. });
    let mut core = crowded();
    assert!(is_saved(core.status(0)));
    core.run(Command::DELETE, 0);
    acknowledge_all(&mut core);
    assert!(is_saved(core.replica().status(0)), "what was sent");
    assert_eq!(core.status(0), Status::Saving);
    frames(&mut core);
    acknowledge_all(&mut core);
    assert!(is_saved(core.status(0)));
}

#[test]
fn a_page_that_is_left_meanwhile_keeps_all_of_the_change() {
    let mut core = crowded();
    let order: Vec<ElementId> = core.replica().board().elements().map(|it| it.id).collect();
    core.run(Command::DELETE, 0);
    let mut kept = kept_deletes(&mut core);
    assert_eq!(kept.len(), PART);
    core.submit_all(0);
    kept.extend(kept_deletes(&mut core));
    kept.sort_unstable();
    assert!(kept == order, "each once");
}

#[test]
fn edits_of_others_and_a_lost_connection_do_not_disturb_a_change_under_way() {
    let mut core = crowded();
    core.run(Command::DELETE, 0);
    let theirs = authored(client_id(2), 1, vec![shape(77)]);
    receives(
        &mut core,
        ServerMsg::Commit {
            seq: 6,
            commit: theirs,
        },
    );
    core.drive(0, &mut |driver, now| driver.on_disconnected(None, now));
    assert!(core.is_committing());
    assert_eq!(len(&core), 2_501 - PART);
    frames(&mut core);
    assert_eq!(len(&core), 1, "theirs stays");
    assert_eq!(core.status(0), Status::NotSaved { changes: 3 });
}

#[test]
fn a_page_without_frames_goes_on_by_time() {
    let mut core = crowded();
    core.run(Command::DELETE, 0);
    for (now, left) in [(400, 1_500), (600, 500), (700, 500), (1_200, 0)] {
        core.drive(now, &mut |driver, now| driver.on_timeout(now));
        assert_eq!(len(&core), left, "after {now} ms");
    }
}
