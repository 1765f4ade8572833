//! The router of elbow lines: what holds for any two boxes and sides.

use std::collections::VecDeque;

use kurbo::{Point, Rect, Vec2};
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use shared::geometry::elbow::{Corner, Elbow, Exit, Heading, KeptLine};

/// The number of random pairs of boxes.
const PAIRS: u32 = 10_000;

/// Two boxes, which have a gap between them, and a side of each.
#[derive(Clone, Debug)]
struct Pair {
    boxes: [Rect; 2],
    exits: [Exit; 2],
    margin: f64,
}

impl Pair {
    fn new(boxes: [Rect; 2], sides: [(Heading, f64); 2], margin: f64) -> Self {
        let exit = |of: usize| {
            let (held, (heading, part)) = (boxes[of], sides[of]);
            let along = |from: f64, to: f64| from + (to - from) * part;
            let at = match heading {
                Heading::Right => Point::new(held.x1, along(held.y0, held.y1)),
                Heading::Down => Point::new(along(held.x0, held.x1), held.y1),
                Heading::Left => Point::new(held.x0, along(held.y0, held.y1)),
                Heading::Up => Point::new(along(held.x0, held.x1), held.y0),
            };
            let heading = Some(heading);
            Exit { at, heading }
        };
        Self {
            boxes,
            exits: [exit(0), exit(1)],
            margin,
        }
    }

    fn elbow(&self) -> Elbow<'_> {
        Elbow {
            from: &self.exits[..1],
            to: &self.exits[1..],
            boxes: &self.boxes,
            margin: self.margin,
            came: None,
            kept: &[],
        }
    }

    fn route(&self) -> Vec<Point> {
        let corners = self.elbow().route();
        corners.into_iter().map(|Corner { at, .. }| at).collect()
    }

    /// The same with the second box moved.
    fn moved(&self, by: Vec2) -> Self {
        let mut moved = self.clone();
        moved.boxes[1] = moved.boxes[1] + by;
        moved.exits[1].at += by;
        moved
    }

    fn gap(&self) -> f64 {
        let [a, b] = self.boxes;
        let across = (a.x0 - b.x1).max(b.x0 - a.x1);
        across.max((a.y0 - b.y1).max(b.y0 - a.y1))
    }
}

fn heading() -> impl Strategy<Value = Heading> {
    (0_usize..4).prop_map(|number| Heading::ALL[number])
}

fn held() -> impl Strategy<Value = Rect> {
    (0.0..500.0, 0.0..500.0, 10.0..300.0, 10.0..300.0)
        .prop_map(|(x, y, width, height)| Rect::from_origin_size((x, y), (width, height)))
}

fn pair() -> impl Strategy<Value = Pair> {
    let side = || (heading(), 0.05..0.95);
    let margin = prop_oneof![3 => Just(28.0), 1 => 3.0..60.0];
    (held(), held(), side(), side(), margin)
        .prop_map(|(a, b, one, other, margin)| Pair::new([a, b], [one, other], margin))
        .prop_filter("there is no gap", |pair| pair.gap() >= 1.0)
}

fn ways(route: &[Point]) -> Vec<Vec2> {
    route.windows(2).map(|leg| leg[1] - leg[0]).collect()
}

fn headings(route: &[Point]) -> Vec<Heading> {
    ways(route).into_iter().map(Heading::nearest).collect()
}

/// The part of a segment inside of a box or on its edge. The ends of the whole line lie on edges.
fn touches(leg: &[Point], held: Rect) -> bool {
    let leg = Rect::from_points(leg[0], leg[1]);
    let (across, down) = (
        leg.x1.min(held.x1) - leg.x0.max(held.x0),
        leg.y1.min(held.y1) - leg.y0.max(held.y0),
    );
    across >= 0.0 && down >= 0.0 && across.max(down) > 1e-9
}

/// The columns or rows of a grid on which a line with the fewest bends can run: all coordinates,
/// one line between each two, and one outside of all.
fn all_lines(at: impl IntoIterator<Item = f64>) -> Vec<f64> {
    let mut at: Vec<f64> = at.into_iter().collect();
    at.sort_by(f64::total_cmp);
    at.dedup();
    let between = at.windows(2).map(|two| f64::midpoint(two[0], two[1]));
    let mut lines: Vec<f64> = between.collect();
    lines.extend([at[0] - 1.0, at[at.len() - 1] + 1.0]);
    lines.extend(at);
    lines.sort_by(f64::total_cmp);
    lines
}

/// The fewest bends of any line between the exits that touches neither box, by trying them all.
fn fewest_bends(pair: &Pair) -> Option<usize> {
    let [a, b] = pair.boxes;
    let [from, to] = pair.exits;
    let columns = all_lines([a.x0, a.x1, b.x0, b.x1, from.at.x, to.at.x]);
    let rows = all_lines([a.y0, a.y1, b.y0, b.y1, from.at.y, to.at.y]);
    let node = |at: Point| {
        let column = columns.iter().position(|x| *x == at.x).unwrap();
        (column, rows.iter().position(|y| *y == at.y).unwrap())
    };
    let start = (node(from.at), from.heading.unwrap());
    let goal = (node(to.at), to.heading.unwrap().opposite());
    let mut bends = std::collections::HashMap::from([((start.0, start.1 as usize), 0)]);
    let mut queue = VecDeque::from([(start, 0)]);
    while let Some(((at, heading), count)) = queue.pop_front() {
        if (at, heading) == goal {
            return Some(count);
        }
        if bends[&(at, heading as usize)] < count {
            continue;
        }
        for next in Heading::ALL {
            let is_stub = at == start.0 && next != heading;
            if next == heading.opposite() || is_stub {
                continue;
            }
            let way = next.vector();
            let column = at.0.checked_add_signed(way.x as isize);
            let row = at.1.checked_add_signed(way.y as isize);
            let (Some(column), Some(row)) = (column, row) else {
                continue;
            };
            let (Some(x), Some(y)) = (columns.get(column), rows.get(row)) else {
                continue;
            };
            let leg = [Point::new(columns[at.0], rows[at.1]), Point::new(*x, *y)];
            if touches(&leg, a) || touches(&leg, b) {
                continue;
            }
            let count = count + usize::from(next != heading);
            let state = ((column, row), next as usize);
            if bends.get(&state).is_none_or(|known| count < *known) {
                bends.insert(state, count);
                if next == heading {
                    queue.push_front((((column, row), next), count));
                } else {
                    queue.push_back((((column, row), next), count));
                }
            }
        }
    }
    None
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(PAIRS))]

    #[test]
    fn a_route_has_right_angles_avoids_both_boxes_and_has_few_bends(pair in pair()) {
        let route = pair.route();
        let headings = headings(&route);
        prop_assert_eq!(headings.first().copied(), pair.exits[0].heading);
        prop_assert_eq!(headings.last().map(|last| last.opposite()), pair.exits[1].heading);
        for way in ways(&route) {
            prop_assert!(way.x.abs() < 1e-3 || way.y.abs() < 1e-3, "{:?}", route);
        }
        for turn in headings.windows(2) {
            prop_assert!(turn[0].is_horizontal() != turn[1].is_horizontal(), "{:?}", route);
        }
        for leg in route.windows(2) {
            for held in pair.boxes {
                prop_assert!(!touches(leg, held), "{:?} of {:?}", leg, route);
            }
        }
        let fewest = fewest_bends(&pair).expect("there is a way around");
        prop_assert!(route.len() - 2 <= fewest + 2, "{} instead of {}: {:?}", route.len() - 2, fewest, route);
    }
}

/// Whether a route became another one that has the same headings and whose corners went no further
/// than its box.
fn followed(before: &[Point], after: &[Point]) -> bool {
    let went = before.iter().zip(after);
    let most = went.map(|(one, other)| one.distance(*other));
    headings(before) == headings(after) && most.fold(0.0, f64::max) <= 1.0 + 1e-9
}

#[test]
fn a_route_stays_calm_while_a_box_is_moved_by_single_pixels() {
    let mut runner = TestRunner::deterministic();
    let (mut moves, mut jumps) = (0_u32, 0_u32);
    for _ in 0..PAIRS {
        let pair = pair().new_tree(&mut runner).unwrap().current();
        let before = pair.route();
        for side in Heading::ALL {
            let moved = pair.moved(side.vector());
            if moved.gap() >= 1.0 {
                moves += 1;
                jumps += u32::from(!followed(&before, &moved.route()));
            }
        }
    }
    // A route must jump somewhere: where another one becomes better.
    assert!(jumps * 200 < moves, "{jumps} jumps in {moves} moves");
}

#[test]
fn a_route_changes_only_where_another_one_becomes_as_good() {
    // The second box goes past the first one, from left to right: the way around it must change
    // its side, and does so once.
    let first = Rect::new(0.0, 0.0, 200.0, 100.0);
    let sides = [(Heading::Down, 0.5), (Heading::Down, 0.5)];
    let mut routes: Vec<Vec<Heading>> = (-500_i32..=500)
        .map(|x| {
            let second = Rect::from_origin_size((f64::from(x) + 50.0, -300.0), (100.0, 80.0));
            headings(&Pair::new([first, second], sides, 28.0).route())
        })
        .collect();
    routes.dedup();
    assert!(routes.len() <= 5, "{routes:?}");
    let mut once = routes.clone();
    once.sort_by_key(|route| format!("{route:?}"));
    once.dedup();
    assert_eq!(
        once.len(),
        routes.len(),
        "it goes back and forth: {routes:?}"
    );
}

/// A route between any ends and boxes, which may overlap.
fn any_route(boxes: &[Rect], exits: [Exit; 2], margin: f64, kept: &[KeptLine]) -> Vec<Corner> {
    let [from, to] = exits.map(|exit| [exit]);
    let elbow = Elbow {
        from: &from,
        to: &to,
        boxes,
        margin,
        came: None,
        kept,
    };
    elbow.route()
}

fn coordinate() -> impl Strategy<Value = f64> {
    prop_oneof![
        6 => -300.0..300.0,
        2 => prop_oneof![Just(0.0), Just(100.0)],
        1 => prop_oneof![Just(1.0e8), Just(-1.0e8), Just(f64::INFINITY), Just(f64::NAN)],
    ]
}

fn any_exit() -> impl Strategy<Value = Exit> {
    let heading = proptest::option::of(heading());
    (coordinate(), coordinate(), heading).prop_map(|(x, y, heading)| Exit {
        at: Point::new(x, y),
        heading,
    })
}

fn any_kept() -> impl Strategy<Value = KeptLine> {
    prop_oneof![
        coordinate().prop_map(KeptLine::Column),
        coordinate().prop_map(KeptLine::Row)
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn any_ends_and_boxes_have_a_route_from_end_to_end(
        boxes in proptest::collection::vec((coordinate(), coordinate(), 0.0..200.0, 0.0..200.0), 0..3),
        exits in (any_exit(), any_exit()),
        margin in prop_oneof![Just(28.0), Just(0.07), Just(30_000.0)],
        kept in proptest::collection::vec(any_kept(), 0..4),
    ) {
        let boxes: Vec<Rect> = boxes
            .into_iter()
            .map(|(x, y, width, height)| Rect::from_origin_size((x, y), (width, height)))
            .collect();
        let exits = [exits.0, exits.1];
        let route = any_route(&boxes, exits, margin, &kept);
        let is_finite = exits.iter().all(|exit| exit.at.is_finite())
            && boxes.iter().all(|held| held.is_finite());
        if is_finite {
            prop_assert!(route.iter().all(|corner| corner.at.is_finite()), "{:?}", route);
            let (first, last) = (route[0].at, route[route.len() - 1].at);
            prop_assert_eq!((first, last), (exits[0].at, exits[1].at));
        }
    }
}
