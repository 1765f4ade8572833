//! Budgets that are overdrawn, shared and refilled.

use std::net::IpAddr;

use tokio::time::{Instant, advance};

use super::*;
use crate::metrics::Format;

const MS: Duration = Duration::from_millis(1);
const SECOND: Duration = Duration::from_secs(1);

fn budgets() -> CpuBudgets {
    CpuBudgets::new(Clock::start(), &Metrics::default())
}

fn account(budgets: &CpuBudgets, board: u8, caller: u8) -> CpuAccount {
    let address = IpAddr::from([10, 0, 0, caller]);
    budgets.account(BoardId::from_bytes([board; 16]), Caller::from(address))
}

async fn waited(account: &CpuAccount) -> Duration {
    let before = Instant::now();
    account.settle().await;
    before.elapsed()
}

#[tokio::test(start_paused = true)]
async fn a_connection_that_overdrew_its_budget_waits_until_it_is_refilled() {
    let budgets = budgets();
    let (busy, idle) = (account(&budgets, 1, 1), account(&budgets, 1, 1));
    busy.charge(CONNECTION.burst);
    assert_eq!(waited(&busy).await, Duration::ZERO);
    busy.charge(100 * MS);
    let wait = waited(&busy).await;
    assert!((499 * MS..502 * MS).contains(&wait), "{wait:?}");
    assert_eq!(waited(&idle).await, Duration::ZERO);
}

#[tokio::test(start_paused = true)]
async fn waits_are_counted_with_their_length() {
    let metrics = Metrics::default();
    let account = CpuBudgets::new(Clock::start(), &metrics).account(
        BoardId::from_bytes([1; 16]),
        Caller::from(IpAddr::from([10, 0, 0, 1])),
    );
    account.settle().await;
    account.charge(CONNECTION.burst + 100 * MS);
    account.settle().await;
    let text = metrics.encode(Format::Prometheus).unwrap();
    assert!(text.contains("\ncommonslate_cpu_budget_waits_total 1\n"));
    assert!(text.contains("\ncommonslate_cpu_budget_wait_seconds_total 0.5"));
}

#[tokio::test(start_paused = true)]
async fn many_connections_share_the_budget_of_their_board_and_of_their_caller() {
    for (board, caller) in [(1, None), (2, Some(9))] {
        let budgets = budgets();
        let of = |number: u8| match caller {
            Some(caller) => account(&budgets, number, caller),
            None => account(&budgets, board, number),
        };
        let accounts: Vec<CpuAccount> = (0..20).map(of).collect();
        // Each is within its own budget, but all together use far too much.
        accounts.iter().for_each(|account| account.charge(500 * MS));
        assert!(accounts.iter().all(|account| !account.wait().is_zero()));
        // One that uses little is not held up by them, nor is one of another board and caller.
        assert!(of(30).wait().is_zero());
        assert!(account(&budgets, 99, 99).wait().is_zero());
        let light = of(31);
        for _ in 0..100 {
            light.charge(MS);
            assert_eq!(waited(&light).await, Duration::ZERO);
            advance(100 * MS).await;
        }
    }
}

#[tokio::test(start_paused = true)]
async fn the_shares_of_one_caller_add_up_to_no_more_than_its_budget() {
    let budgets = budgets();
    let accounts: Vec<CpuAccount> = (0..99).map(|board| account(&budgets, board, 1)).collect();
    accounts.iter().for_each(|it| it.charge(500 * MS));
    advance(10 * 60 * SECOND).await;
    // All work without a pause for a minute, as far as they may.
    let mut used = Duration::ZERO;
    for _ in 0..600 {
        for account in accounts.iter().filter(|it| it.wait().is_zero()) {
            account.charge(5 * MS);
            used += 5 * MS;
        }
        advance(100 * MS).await;
    }
    let most = 60 * (CALLER.per_second * 2) * MS + accounts.len() as u32 * SHARE.burst;
    assert!(used < most, "{used:?} of {most:?}");
}

#[tokio::test(start_paused = true)]
async fn a_new_connection_does_not_reset_the_budget_of_its_caller() {
    let budgets = budgets();
    for _ in 0..10 {
        account(&budgets, 1, 1).charge(CONNECTION.burst);
    }
    for number in 0..2 * MIN_KEPT {
        let board = BoardId::from_bytes((number as u128).to_be_bytes());
        drop(budgets.account(board, Caller::from(IpAddr::from([11, 0, 0, 1]))));
    }
    let again = account(&budgets, 7, 1);
    again.charge(FIRST_SHARE + MS);
    assert!(!again.wait().is_zero(), "its share does not begin whole");
    assert!(lock(&budgets.boards.kept).by_key.len() <= MIN_KEPT);
}

#[test]
fn work_is_measured_in_processor_time_not_in_waits() {
    let budgets = budgets();
    let account = account(&budgets, 1, 1);
    account.measure(|| std::thread::sleep(50 * MS));
    assert!(account.used() < 20 * MS, "{:?}", account.used());
    account.measure(|| {
        let start = thread_time();
        while thread_time() - start < 20 * MS {}
    });
    assert!(account.used() >= 20 * MS, "{:?}", account.used());
}

#[test]
fn work_on_few_bytes_is_charged_without_a_measurement_and_other_work_is_measured() {
    let account = account(&budgets(), 1, 1);
    let busy = || {
        let begun = thread_time();
        while thread_time() < begun + 20 * MS {}
    };
    account.measure_bytes(SMALL_BYTES, busy);
    assert_eq!(account.used(), SMALL_WORK);
    account.measure_bytes(SMALL_BYTES + 1, busy);
    assert!(account.used() >= SMALL_WORK + 20 * MS);
}
