//! The outline of a path: the letters and numbers of its attribute `d`.
//!
//! It reads what kurbo reads, but for numbers and arcs far beyond the board. kurbo takes its
//! numbers from the standard library; see [`shared::number`] for why that is not done here.

use kurbo::{Arc, BezPath, Point, SvgArc, Vec2};

use super::scan::number;

/// How far a curve may be from the arc that it stands for.
const ARC_ERROR: f64 = 0.1;

/// The widest arc that is drawn as one, far beyond the board: wider ones would take ever
/// more curves.
const WIDEST_ARC: f64 = 1e9;

/// Reads an outline; nothing of one that is malformed.
pub(super) fn outline(data: &str) -> Option<BezPath> {
    let mut reader = Reader {
        rest: data,
        ..Reader::default()
    };
    while let Some(command) = reader.command() {
        reader.carry_out(command)?;
    }
    Some(reader.path)
}

#[derive(Default)]
struct Reader<'a> {
    rest: &'a str,
    path: BezPath,
    /// The command that numbers without a letter repeat.
    last: Option<u8>,
    /// Where the pen is.
    at: Point,
    /// The handle of the curve that ends where the pen is.
    handle: Point,
    /// Where the part of the path began that the pen is in.
    start: Point,
    /// That part was closed: whatever is drawn next begins another.
    closed: bool,
}

impl Reader<'_> {
    fn skip_spaces(&mut self) {
        self.rest = self
            .rest
            .trim_start_matches(|c: char| c.is_ascii_whitespace());
    }

    fn skip_comma(&mut self) {
        self.skip_spaces();
        self.rest = self.rest.strip_prefix(',').unwrap_or(self.rest);
    }

    fn command(&mut self) -> Option<u8> {
        self.skip_spaces();
        let first = *self.rest.as_bytes().first()?;
        if first.is_ascii_alphabetic() {
            self.rest = self.rest.get(1..)?;
            return Some(first);
        }
        let begins_number = matches!(first, b'-' | b'.' | b'0'..=b'9');
        self.last.filter(|_| begins_number)
    }

    fn number(&mut self) -> Option<f64> {
        self.skip_spaces();
        let (value, rest) = number(self.rest)?;
        self.rest = rest;
        self.skip_comma();
        Some(value)
    }

    fn flag(&mut self) -> Option<bool> {
        self.skip_spaces();
        let is_set = self.rest.starts_with('1');
        self.rest = self.rest.strip_prefix(['0', '1'])?;
        self.skip_comma();
        Some(is_set)
    }

    fn point(&mut self, from: Vec2) -> Option<Point> {
        Some(Point::new(self.number()?, self.number()?) + from)
    }

    fn carry_out(&mut self, command: u8) -> Option<()> {
        let kind = command.to_ascii_lowercase();
        // Small letters count from where the pen is.
        let from = if command.is_ascii_lowercase() {
            self.at.to_vec2()
        } else {
            Vec2::ZERO
        };
        let begins = std::mem::take(&mut self.closed);
        if kind != b'm' {
            if self.path.elements().is_empty() {
                return None;
            }
            if begins {
                self.path.move_to(self.start);
            }
        }
        let (handle, end) = self.draw(kind, from)?;
        (self.handle, self.at) = (handle, end);
        match kind {
            b'z' => {}
            // More points are lines from there.
            b'm' => self.last = Some(command - (b'm' - b'l')),
            _ => self.last = Some(command),
        }
        Some(())
    }

    /// Carries out a command; returns the last handle and where the pen is then.
    fn draw(&mut self, kind: u8, from: Vec2) -> Option<(Point, Point)> {
        let smooth = (2.0 * self.at.to_vec2() - self.handle.to_vec2()).to_point();
        let end = match kind {
            b'm' | b'l' => self.point(from)?,
            b'h' => Point::new(self.number()? + from.x, self.at.y),
            b'v' => Point::new(self.at.x, self.number()? + from.y),
            b'q' | b't' | b'c' | b's' => return self.curve(kind, smooth, from),
            b'a' => return self.arc(from).map(|end| (end, end)),
            b'z' => {
                self.path.close_path();
                self.closed = true;
                return Some((self.handle, self.start));
            }
            _ => return None,
        };
        if kind == b'm' {
            self.path.move_to(end);
            self.start = end;
        } else {
            self.path.line_to(end);
        }
        Some((end, end))
    }

    fn curve(&mut self, kind: u8, smooth: Point, from: Vec2) -> Option<(Point, Point)> {
        let first = match kind {
            b'q' | b'c' => self.point(from)?,
            _ => smooth,
        };
        let second = self.point(from)?;
        if matches!(kind, b'q' | b't') {
            self.path.quad_to(first, second);
            return Some((first, second));
        }
        let end = self.point(from)?;
        self.path.curve_to(first, second, end);
        Some((second, end))
    }

    fn arc(&mut self, from: Vec2) -> Option<Point> {
        let arc = SvgArc {
            from: self.at,
            radii: self.point(Vec2::ZERO)?.to_vec2(),
            x_rotation: self.number()?.to_radians(),
            large_arc: self.flag()?,
            sweep: self.flag()?,
            to: self.point(from)?,
        };
        let is_drawn = arc.radii.hypot() < WIDEST_ARC && (arc.to - arc.from).hypot() < WIDEST_ARC;
        match Arc::from_svg_arc(&arc).filter(|_| is_drawn) {
            Some(round) => round.to_cubic_beziers(ARC_ERROR, |first, second, end| {
                self.path.curve_to(first, second, end);
            }),
            None => self.path.line_to(arc.to),
        }
        Some(arc.to)
    }
}

#[cfg(test)]
mod tests {
    use kurbo::BezPath;
    use proptest::prelude::*;

    use super::outline;

    #[test]
    fn every_command_is_read_as_kurbo_reads_it() {
        for data in [
            "M1 2L3,4 5-6 7.5.5z",
            "m1 2 3 4h5v6H7V8 9z m1 1 2 2Zl5 5zz",
            "M0 0C1 2 3 4 5 6S7 8 9 10s1 1 2 2c1 0 2 0 3 3",
            "M0 0Q1 2 3 4T7 8t1 1 2 2q1 0 2 0T3 3",
            "M0 0t4 4 M1 1s2 2 3 3",
            "M0 0A5 6 30 0 1 7 8a5 6 30 117 8a0 0 0 0 0 3 3 1 1 0 1 1 5 5",
            "  M 1e1 -2.5E-1 , L +3 , 4 5 6 ",
            "M1 2 %",
            "",
        ] {
            let theirs = BezPath::from_svg(data).ok();
            assert!(theirs.is_some(), "{data}");
            assert_eq!(outline(data), theirs, "{data}");
        }
        for data in [
            "L1 2",
            "M1",
            "M1 2 3",
            "M1 2X3",
            "M0 0A1 1 0 2 0 1 1",
            "z",
            "M1e 2",
        ] {
            assert!(BezPath::from_svg(data).is_err(), "{data}");
            assert_eq!(outline(data), None, "{data}");
        }
    }

    proptest! {
        #[test]
        fn any_letters_are_read_as_kurbo_reads_them(data in "M[0-9 .,]{0,4}[mMlLhHvVqQtTcCsSaAzZ0-9 .,-]{0,40}") {
            prop_assert_eq!(outline(&data), BezPath::from_svg(&data).ok());
        }
    }
}
