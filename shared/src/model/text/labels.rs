//! Labels that keep the pieces of a text in order.
//!
//! A new piece gets a label between those of its neighbours, so that no other piece has to move.
//! The technique is known as order maintenance or list labelling (Dietz, "Maintaining order in a
//! linked list", 1982).

/// The place of a piece: pieces with smaller labels come first. Replicas may use different labels
/// for equal texts; only the order counts.
pub(super) type Label = u64;

/// The distance of labels at the ends of a text, where nothing limits it.
const SPACING: Label = 1 << 32;
/// The first label of a text. Both ends have room for 2³¹ pieces.
const MIDDLE: Label = 1 << 63;

/// `count` ascending labels between two neighbours; `None` stands for an end of the text. Returns
/// `None` if there is no room.
pub(super) fn between(
    before: Option<Label>,
    after: Option<Label>,
    count: usize,
) -> Option<Vec<Label>> {
    let count = Label::try_from(count).ok()?;
    let (first, step) = match (before, after) {
        (None, None) => (MIDDLE, SPACING),
        (Some(before), None) => (before.checked_add(SPACING)?, SPACING),
        (None, Some(after)) => (after.checked_sub(SPACING.checked_mul(count)?)?, SPACING),
        (Some(before), Some(after)) => {
            let step = after.checked_sub(before)? / (count + 1);
            (before + step, step)
        }
    };
    let last = first.checked_add(step.checked_mul(count.saturating_sub(1))?)?;
    let has_room = step > 0 && after.is_none_or(|after| count == 0 || last < after);
    has_room.then(|| (0..count).map(|at| first + at * step).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_lie_between_their_neighbours() {
        let ends = [
            None,
            Some(MIDDLE),
            Some(MIDDLE + 100),
            Some(5),
            Some(Label::MAX - 5),
        ];
        for before in ends {
            for after in ends {
                if before
                    .zip(after)
                    .is_some_and(|(before, after)| before >= after)
                {
                    continue;
                }
                for count in [0, 1, 2, 50] {
                    let Some(labels) = between(before, after, count) else {
                        continue;
                    };
                    assert_eq!(labels.len(), count);
                    let all: Vec<_> = before.into_iter().chain(labels).chain(after).collect();
                    assert!(all.is_sorted_by(|one, next| one < next), "{all:?}");
                }
            }
        }
    }

    #[test]
    fn neighbours_without_room_get_none() {
        assert_eq!(between(Some(7), Some(8), 1), None);
        assert_eq!(between(Some(7), Some(10), 3), None);
        assert_eq!(between(Some(7), Some(10), 2), Some(vec![8, 9]));
        assert_eq!(between(Some(Label::MAX), None, 1), None);
        assert_eq!(between(None, Some(1), 1), None);
    }
}
