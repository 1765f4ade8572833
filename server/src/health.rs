//! How well the store and the broker work at present. Rooms tell their clients, `/readyz` tells
//! hosts, and every change is logged.

use std::time::{Duration, Instant};

use tokio::sync::watch;

/// A reason that was logged is logged again after this time if the health went back and forth.
const LOG_AGAIN: Duration = Duration::from_secs(60);

/// How well the store or the broker works. Reasons are for hosts and contain no secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Health {
    /// It works.
    Ok,
    /// It works but breaks a promise, or soon will.
    Degraded(String),
    /// It does not work.
    Down(Outage),
}

/// Why a service does not work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outage {
    /// Why, in words for hosts, without a secret.
    pub reason: String,
    /// Whose fault it is.
    pub fault: Fault,
}

/// Whose fault it is that a service does not work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The service is away or refuses everybody: no other server would do better.
    Shared,
    /// This server cannot use it: its disk, its configuration or its connection.
    Own,
}

impl Outage {
    /// The service is away or refuses everybody.
    pub(crate) fn shared(reason: impl Into<String>) -> Self {
        let (reason, fault) = (reason.into(), Fault::Shared);
        Self { reason, fault }
    }

    /// This server cannot use the service.
    pub(crate) fn own(reason: impl Into<String>) -> Self {
        let (reason, fault) = (reason.into(), Fault::Own);
        Self { reason, fault }
    }
}

impl Health {
    /// Whether it does not work.
    #[must_use]
    pub const fn is_down(&self) -> bool {
        matches!(self, Self::Down(_))
    }

    /// The health of a service by that of its parts, each of which has some of the boards: while
    /// some of them work, the service works in part.
    pub(crate) fn of_parts(parts: Vec<Self>) -> Self {
        let all_down = parts.iter().all(Self::is_down);
        let mut worst = Self::Ok;
        for part in parts {
            worst = match (worst, part) {
                (worst @ Self::Down(_), Self::Ok | Self::Degraded(_))
                | (worst @ Self::Degraded(_), Self::Ok) => worst,
                // What a host can mend is named first.
                (worst @ Self::Down(_), Self::Down(outage)) if outage.fault == Fault::Shared => {
                    worst
                }
                (_, part) => part,
            };
        }
        match worst {
            Self::Down(outage) if !all_down => Self::Degraded(outage.reason),
            worst => worst,
        }
    }

    /// What is wrong; `None` if nothing is.
    #[must_use]
    pub fn reason(&self) -> Option<&str> {
        match self {
            Self::Ok => None,
            Self::Degraded(reason) | Self::Down(Outage { reason, .. }) => Some(reason),
        }
    }
}

/// Publishes the health of one service and logs its changes.
#[derive(Debug)]
pub(crate) struct HealthReporter {
    service: &'static str,
    health: watch::Sender<Health>,
    logged: Option<(Health, Instant)>,
}

impl HealthReporter {
    /// A reporter that publishes a first health without logging it.
    pub(crate) fn new(service: &'static str, first: Health) -> (Self, watch::Receiver<Health>) {
        let (health, receiver) = watch::channel(first);
        let reporter = Self {
            service,
            health,
            logged: None,
        };
        (reporter, receiver)
    }

    /// Publishes the health, and logs it if it is another one.
    pub(crate) fn set(&mut self, health: Health) {
        if *self.health.borrow() == health {
            return;
        }
        self.log(&health);
        self.health.send_replace(health);
    }

    /// Each reason is one line, and its end is another one.
    fn log(&mut self, health: &Health) {
        let service = self.service;
        let is_known = self
            .logged
            .as_ref()
            .is_some_and(|(logged, at)| logged == health && at.elapsed() < LOG_AGAIN);
        match health {
            Health::Ok => tracing::info!(service, "works"),
            _ if is_known => return,
            Health::Degraded(reason) => tracing::warn!(service, reason, "works in part"),
            Health::Down(Outage { reason, .. }) => {
                tracing::error!(service, reason, "does not work")
            }
        }
        if *health != Health::Ok {
            self.logged = Some((health.clone(), Instant::now()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_service_works_in_part_while_some_of_its_parts_work() {
        let away = || Health::Down(Outage::shared("away"));
        let mine = || Health::Down(Outage::own("mine"));
        let of = Health::of_parts;
        assert_eq!(of(vec![Health::Ok, Health::Ok]), Health::Ok);
        assert_eq!(of(vec![away(), away()]), away());
        assert_eq!(of(vec![mine(), away()]), mine());
        assert_eq!(of(vec![away(), mine()]), mine());
        let degraded = Health::Degraded("away".to_owned());
        assert_eq!(of(vec![Health::Ok, away(), Health::Ok]), degraded);
        assert_eq!(of(vec![degraded.clone(), Health::Ok]), degraded);
    }
}
