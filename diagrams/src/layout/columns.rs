//! The columns of a sequence: far enough from each other for all that stands between them.

use kurbo::Size;

/// Space between the boxes of two neighbours.
const GAP: f64 = 40.0;

/// The distance that two columns need, the first one being the left one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Need {
    pub(crate) columns: [usize; 2],
    pub(crate) width: f64,
}

/// The middles of columns with boxes of these sizes.
pub(crate) fn columns(boxes: &[Size], needs: &[Need]) -> Vec<f64> {
    let mut middles: Vec<f64> = Vec::with_capacity(boxes.len());
    for (at, size) in boxes.iter().enumerate() {
        let before = at.checked_sub(1);
        let neighbour = before.and_then(|at| Some((middles.get(at)?, boxes.get(at)?)));
        let beside = neighbour.map_or(0.0, |(middle, left)| {
            middle + f64::midpoint(left.width, size.width) + GAP
        });
        let needed = needs.iter().filter(|need| need.columns[1] == at);
        let apart = needed.filter_map(|need| Some(middles.get(need.columns[0])? + need.width));
        middles.push(apart.fold(beside, f64::max));
    }
    middles
}
