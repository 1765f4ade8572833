//! Warnings of a board that is nearly full.

/// Percentages at which a user is warned: soon enough to tidy up, and again while there is still
/// room for a last change.
const STEPS: [u8; 4] = [80, 90, 95, 100];
/// A board must be so many points below a step before the user is warned of this step again.
const BACK: u8 = 5;

/// The warnings of one page.
#[derive(Debug, Default)]
pub(super) struct FullnessWarnings {
    /// The step of the last warning; 0 if there was none.
    warned: u8,
}

impl FullnessWarnings {
    /// The warning that is due when the board is so full, in percent.
    pub(super) fn due(&mut self, percent: u8) -> Option<String> {
        let reached = STEPS.into_iter().filter(|step| percent >= *step).max();
        let step = reached.unwrap_or(0);
        if step > self.warned {
            self.warned = step;
            return Some(words(percent));
        }
        if percent + BACK <= self.warned {
            self.warned = step;
        }
        None
    }
}

fn words(percent: u8) -> String {
    let state = match percent {
        100.. => "full".to_owned(),
        less => format!("{less} % full"),
    };
    format!("This board is {state}. Delete what is no longer needed, or continue on a new board.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_step_is_one_warning() {
        let mut warnings = FullnessWarnings::default();
        let mut due = |percent| warnings.due(percent).is_some();
        let warned: Vec<u8> = (70..=100).filter(|percent| due(*percent)).collect();
        assert_eq!(warned, STEPS);
    }

    #[test]
    fn a_board_that_goes_up_and_down_around_a_step_is_one_warning() {
        let mut warnings = FullnessWarnings::default();
        assert!(warnings.due(90).is_some());
        assert!(
            [89, 90, 88, 91]
                .into_iter()
                .all(|it| warnings.due(it).is_none())
        );
        assert!(warnings.due(84).is_none());
        assert!(warnings.due(90).is_some());
    }

    #[test]
    fn the_words_say_how_full_it_is_and_what_to_do() {
        let mut warnings = FullnessWarnings::default();
        let nearly =
            "This board is 92 % full. Delete what is no longer needed, or continue on a new board.";
        assert_eq!(warnings.due(92).as_deref(), Some(nearly));
        let full =
            "This board is full. Delete what is no longer needed, or continue on a new board.";
        assert_eq!(warnings.due(100).as_deref(), Some(full));
    }
}
