//! What to do next in the upload of a file, after each answer of the server.

use shared::id::Millis;

use super::http::Answer;

/// Bytes of one request. After a cut at most so many are sent again.
const PIECE_BYTES: u64 = 256 * 1024;
/// The first wait after a failure; each further failure doubles it.
const FIRST_WAIT_MS: Millis = 500;
/// The longest wait.
const LONGEST_WAIT_MS: Millis = 30_000;
/// Uploads that begin anew because the server says that the bytes are wrong; then they are wrong here.
const MAX_RESTARTS: u32 = 3;

/// The next step of an upload.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// Send the bytes from one place to another.
    Send(u64, u64),
    /// Wait, then go on with [`Upload::after_wait`].
    Wait(Millis),
    /// The server has the whole file.
    Done,
    /// The server will never take it; the sentence says why.
    Refused(String),
}

/// An upload, as far as it has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Upload {
    length: u64,
    offset: u64,
    failures: u32,
    restarts: u32,
}

impl Upload {
    pub(super) const fn new(length: u64) -> Self {
        Self {
            length,
            offset: 0,
            failures: 0,
            restarts: 0,
        }
    }

    /// The part that the server has, 0.0 to 1.0.
    #[expect(clippy::cast_precision_loss, reason = "a share")]
    pub(super) fn progress(&self) -> f64 {
        self.offset as f64 / self.length.max(1) as f64
    }

    /// The step after a wait, and the first one.
    pub(super) fn after_wait(&self) -> Step {
        Step::Send(self.offset, self.length.min(self.offset + PIECE_BYTES))
    }

    /// The step after an answer to the bytes that were sent.
    pub(super) fn after(&mut self, answer: &Answer) -> Step {
        match answer.status {
            200 | 201 => {
                self.offset = self.length;
                Step::Done
            }
            204 => {
                self.failures = 0;
                self.go_on(answer.offset)
            }
            // Another page uploads it too, or the server lost the end of it.
            409 if answer.offset.is_some_and(|offset| offset != self.offset) => {
                self.go_on(answer.offset)
            }
            422 if self.restarts < MAX_RESTARTS && answer.offset == Some(0) => {
                self.restarts += 1;
                self.go_on(answer.offset)
            }
            400 | 401 | 403 | 404 | 410 | 413 | 415 | 422 => Step::Refused(answer.reason()),
            _ => self.fail(answer.wait_ms),
        }
    }

    fn go_on(&mut self, offset: Option<u64>) -> Step {
        let Some(offset) = offset.filter(|offset| *offset <= self.length) else {
            return self.fail(None);
        };
        if offset == self.length && self.offset == offset {
            return self.fail(None);
        }
        // Once all bytes are there, an empty piece lets the server check them.
        self.offset = offset;
        self.after_wait()
    }

    fn fail(&mut self, asked: Option<Millis>) -> Step {
        let doubled = FIRST_WAIT_MS << self.failures.min(8);
        self.failures += 1;
        Step::Wait(
            asked
                .unwrap_or(doubled)
                .clamp(FIRST_WAIT_MS, LONGEST_WAIT_MS),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(status: u16, offset: Option<u64>) -> Answer {
        Answer {
            status,
            offset,
            ..Answer::default()
        }
    }

    #[test]
    fn a_file_is_sent_in_pieces_until_the_server_has_it() {
        let mut upload = Upload::new(600_000);
        assert_eq!(upload.after_wait(), Step::Send(0, 262_144));
        let next = upload.after(&answer(204, Some(262_144)));
        assert_eq!(next, Step::Send(262_144, 524_288));
        let next = upload.after(&answer(204, Some(524_288)));
        assert_eq!(next, Step::Send(524_288, 600_000));
        assert_eq!(upload.after(&answer(201, Some(600_000))), Step::Done);
        assert_eq!(upload.progress(), 1.0);
    }

    #[test]
    fn a_file_whose_bytes_are_all_there_is_checked_before_it_counts_as_stored() {
        let mut upload = Upload::new(600_000);
        let next = upload.after(&answer(409, Some(600_000)));
        assert_eq!(next, Step::Send(600_000, 600_000));
        assert!(matches!(
            upload.after(&answer(204, Some(600_000))),
            Step::Wait(_)
        ));
        assert_eq!(upload.after(&answer(201, Some(600_000))), Step::Done);
    }

    #[test]
    fn an_upload_goes_on_where_the_server_says() {
        let mut upload = Upload::new(600_000);
        let next = upload.after(&answer(409, Some(500_000)));
        assert_eq!(next, Step::Send(500_000, 600_000));
        let next = upload.after(&answer(409, Some(0)));
        assert_eq!(next, Step::Send(0, 262_144), "the server lost what it had");
        assert!(
            matches!(upload.after(&answer(409, Some(0))), Step::Wait(_)),
            "it says nothing new"
        );
    }

    #[test]
    fn failures_are_tried_again_after_longer_and_longer_waits() {
        let mut upload = Upload::new(10);
        let waits: Vec<Step> = [0, 503, 507, 429]
            .into_iter()
            .map(|status| upload.after(&answer(status, None)))
            .collect();
        assert_eq!(waits, [500, 1_000, 2_000, 4_000].map(Step::Wait));
        for _ in 0..20 {
            upload.after(&answer(0, None));
        }
        assert_eq!(upload.after(&answer(0, None)), Step::Wait(LONGEST_WAIT_MS));
        let asked = Answer {
            wait_ms: Some(7_000),
            ..answer(429, None)
        };
        assert_eq!(upload.after(&asked), Step::Wait(7_000));
        assert_eq!(upload.after_wait(), Step::Send(0, 10));
    }

    #[test]
    fn a_refused_file_is_not_sent_again_and_the_cause_is_named() {
        for status in [401, 403, 404, 413, 415, 422] {
            let refused = Answer {
                detail: Some("too many pixels".to_owned()),
                ..answer(status, None)
            };
            let step = Upload::new(10).after(&refused);
            assert_eq!(
                step,
                Step::Refused("too many pixels".to_owned()),
                "{status}"
            );
        }
        let Step::Refused(words) = Upload::new(10).after(&answer(413, None)) else {
            panic!("refused");
        };
        assert!(words.contains("413"), "{words}");
    }

    #[test]
    fn bytes_that_arrived_wrong_are_sent_again_some_times() {
        let mut upload = Upload::new(10);
        for _ in 0..MAX_RESTARTS {
            assert_eq!(upload.after(&answer(422, Some(0))), Step::Send(0, 10));
        }
        assert!(matches!(
            upload.after(&answer(422, Some(0))),
            Step::Refused(_)
        ));
    }
}
