//! What keeps the page from its server, as far as a page can tell.

use shared::sync::Obstacle;

use crate::net::{HttpAnswer, Network};
use crate::view_model::Trouble;

/// The statuses of a proxy that does not reach the server behind it.
const GATEWAY_ERRORS: [u16; 3] = [502, 503, 504];

/// What the page found out in an outage that lasts.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Diagnosis {
    /// The answer to the one request that the page makes in each outage.
    answer: Option<HttpAnswer>,
}

impl Diagnosis {
    /// The server answered the request, or did not.
    pub(super) fn answered(&mut self, answer: HttpAnswer) {
        self.answer = Some(answer);
    }

    /// The likely cause of the outage; `None` without an outage, and until there is an answer.
    pub(super) fn trouble(
        &mut self,
        obstacle: Option<Obstacle>,
        network: Network,
    ) -> Option<Trouble> {
        let Some(obstacle) = obstacle else {
            self.answer = None;
            return None;
        };
        match (network, obstacle) {
            (Network::Offline, _) => Some(Trouble::Offline),
            (Network::Online, Obstacle::BoardUnavailable) => Some(Trouble::BoardUnavailable),
            (Network::Online, Obstacle::BoardCrowded) => Some(Trouble::BoardCrowded),
            (Network::Online, Obstacle::NoWelcome) => Some(Trouble::NoWelcome),
            (Network::Online, Obstacle::NoConnection) => self.answer.map(without_connection),
        }
    }
}

fn without_connection(answer: HttpAnswer) -> Trouble {
    match answer {
        HttpAnswer::Alive => Trouble::NoWebSocket,
        HttpAnswer::None => Trouble::ServerUnreachable,
        HttpAnswer::Foreign => Trouble::ForeignAnswer,
        HttpAnswer::Status(status) if GATEWAY_ERRORS.contains(&status) => {
            Trouble::Gateway { status }
        }
        HttpAnswer::Status(status) => Trouble::WrongStatus { status },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cause_follows_from_the_answer_and_the_last_attempts() {
        use Network::{Offline, Online};
        use Obstacle::{BoardCrowded, BoardUnavailable, NoConnection, NoWelcome};
        for (network, obstacle, answer, expected) in [
            (Online, NoConnection, None, None),
            (
                Online,
                NoConnection,
                Some(HttpAnswer::Alive),
                Some(Trouble::NoWebSocket),
            ),
            (
                Online,
                NoConnection,
                Some(HttpAnswer::None),
                Some(Trouble::ServerUnreachable),
            ),
            (
                Online,
                NoConnection,
                Some(HttpAnswer::Foreign),
                Some(Trouble::ForeignAnswer),
            ),
            (
                Online,
                NoConnection,
                Some(HttpAnswer::Status(502)),
                Some(Trouble::Gateway { status: 502 }),
            ),
            (
                Online,
                NoConnection,
                Some(HttpAnswer::Status(403)),
                Some(Trouble::WrongStatus { status: 403 }),
            ),
            (
                Online,
                NoWelcome,
                Some(HttpAnswer::Alive),
                Some(Trouble::NoWelcome),
            ),
            (
                Online,
                BoardUnavailable,
                None,
                Some(Trouble::BoardUnavailable),
            ),
            (Online, BoardCrowded, None, Some(Trouble::BoardCrowded)),
            (Offline, NoConnection, None, Some(Trouble::Offline)),
            (
                Offline,
                NoConnection,
                Some(HttpAnswer::Alive),
                Some(Trouble::Offline),
            ),
        ] {
            let mut diagnosis = Diagnosis { answer };
            let trouble = diagnosis.trouble(Some(obstacle), network);
            assert_eq!(trouble, expected, "{network:?} {obstacle:?} {answer:?}");
        }
    }

    #[test]
    fn the_answer_of_an_earlier_outage_is_forgotten() {
        let mut diagnosis = Diagnosis::default();
        diagnosis.answered(HttpAnswer::Alive);
        assert_eq!(diagnosis.trouble(None, Network::Online), None);
        let obstacle = Some(Obstacle::NoConnection);
        assert_eq!(diagnosis.trouble(obstacle, Network::Online), None);
    }
}
