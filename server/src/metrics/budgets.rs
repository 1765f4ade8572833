//! Budgets: waits for processor time, and bytes on the way to clients.

use std::sync::atomic::AtomicU64;
use std::time::Duration;

use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::gauge::Gauge;

use super::registrar::Registrar;

/// Counts waits and bytes.
#[derive(Debug, Clone)]
pub(crate) struct BudgetMetrics {
    cpu_waits: Counter,
    cpu_wait_time: Counter<f64, AtomicU64>,
    transfer: Gauge,
    transfer_limit: Gauge,
}

impl BudgetMetrics {
    pub(super) fn new(all: &mut Registrar<'_>) -> Self {
        Self {
            cpu_waits: all.counter(
                "cpu_budget_waits",
                "How often a connection was not read from because a CPU budget was overdrawn",
            ),
            cpu_wait_time: all.second_counter("cpu_budget_wait", "Length of these waits together"),
            transfer: all.byte_gauge("transfer", "Bytes on the way to clients, by their acks"),
            transfer_limit: all.byte_gauge("transfer_limit", "The limit of these bytes"),
        }
    }

    /// A connection waited for its CPU budget.
    pub(crate) fn waited(&self, time: Duration) {
        self.cpu_waits.inc();
        self.cpu_wait_time.inc_by(time.as_secs_f64());
    }

    /// How many bytes are on the way now.
    pub(crate) fn transfer_seen(&self, bytes: u64, limit: u64) {
        self.transfer.set(i64::try_from(bytes).unwrap_or(i64::MAX));
        self.transfer_limit
            .set(i64::try_from(limit).unwrap_or(i64::MAX));
    }
}
