//! The order of clusters on a line, from left to right.

use unicode_bidi::{BidiInfo, Level};

use super::cluster::Cluster;

/// The clusters of a line with their final levels, from left to right.
pub(super) fn in_visual_order(
    line: &[Cluster],
    is_rtl: bool,
) -> impl Iterator<Item = (&Cluster, u8)> {
    let levels = levels(line, u8::from(is_rtl));
    let has_one_direction = levels.iter().all(|level| level.number() == 0);
    let order = if has_one_direction {
        (0..line.len()).collect()
    } else {
        BidiInfo::reorder_visual(&levels)
    };
    order
        .into_iter()
        .filter_map(move |at| Some((line.get(at)?, levels.get(at)?.number())))
}

/// The levels of a line after rule L1 of UAX #9: white space at its end has the level of the
/// paragraph.
fn levels(line: &[Cluster], base: u8) -> Vec<Level> {
    let hanging = line.iter().rev().take_while(|it| it.is_reset_at_end);
    let inked = line.len() - hanging.count();
    let level = |(at, cluster): (usize, &Cluster)| {
        let number = if at < inked { cluster.level } else { base };
        Level::new(number).unwrap_or_else(|_| Level::ltr())
    };
    line.iter().enumerate().map(level).collect()
}
