//! Who may export when.

use std::net::IpAddr;
use std::pin::pin;

use futures::FutureExt as _;

use super::*;

fn caller(last: u8) -> Caller {
    Caller::from(IpAddr::from([10, 0, 0, last]))
}

fn exports() -> Exports {
    Exports::new(Clock::start(), None)
}

const BOARD: BoardId = BoardId::from_bytes([7; 16]);

#[tokio::test(start_paused = true)]
async fn a_caller_has_one_export_made_at_a_time() {
    let exports = exports();
    let first = exports.permit(BOARD, caller(1)).await.unwrap();
    let mut second = pin!(exports.permit(BOARD, caller(1)));
    assert!(second.as_mut().now_or_never().is_none());
    let other = exports.permit(BOARD, caller(2)).now_or_never();
    other.expect("another caller does not wait").unwrap();
    drop(first);
    second.await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn exports_that_run_or_wait_make_room_for_other_callers() {
    let exports = exports();
    let ask = |last| Box::pin(exports.permit(BOARD, caller(last)));
    let eight = u8::try_from(MAX_OPEN / MAX_OPEN_EACH).unwrap();
    let mut open: Vec<_> = (1..=eight)
        .flat_map(|last| [last; MAX_OPEN_EACH])
        .map(ask)
        .collect();
    let first = open.iter_mut().map(|it| it.now_or_never());
    let running: Vec<Permit> = first.flatten().map(Result::unwrap).collect();
    assert_eq!(running.len(), MAX_RUNNING);
    // Callers 1 and 2 have the oldest exports, which run; the oldest of caller 3 waits.
    let mut newcomers = [101, 102, 103].map(ask);
    for newcomer in &mut newcomers {
        assert!(newcomer.now_or_never().is_none(), "it waits");
    }
    assert!(running.iter().all(|it| it.eviction().is_cancelled()));
    let oldest = open.get_mut(2 * MAX_OPEN_EACH).unwrap().now_or_never();
    let why = oldest.expect("it is told").unwrap_err();
    assert!(matches!(why, Refusal::Busy(_)), "{why:?}");
    drop(running);
    let next = open.get_mut(3 * MAX_OPEN_EACH).unwrap().now_or_never();
    next.expect("that of caller 4 runs").unwrap();
}

#[tokio::test(start_paused = true)]
async fn exports_that_waited_while_the_budget_was_used_up_are_refused() {
    let exports = exports();
    let first = exports.permit(BOARD, caller(1)).await.unwrap();
    let mut second = pin!(exports.permit(BOARD, caller(1)));
    assert!(second.as_mut().now_or_never().is_none());
    first.charge(Duration::from_secs(60));
    drop(first);
    let refused = second.await.unwrap_err();
    assert!(matches!(refused, Refusal::Overdrawn(_)), "{refused:?}");
}
