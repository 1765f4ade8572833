//! Gradients, and the one colour that stands for them here.

use shared::model::palette::Rgb;

use super::paint::{Paint, paint};
use super::state::share;
use crate::markup::{Document, Node, NodeId};

/// How many gradients may refer to each other.
const MAX_REFERENCES: usize = 8;
/// The mean is taken over so many places.
const SAMPLES: u32 = 100;

/// A colour at a place of a gradient.
#[derive(Clone, Copy, Debug)]
struct Stop {
    /// 0 to 1, not before the stop before it.
    at: f64,
    rgb: Rgb,
    alpha: f64,
}

/// A gradient as the drawing has it.
pub(super) struct Gradient {
    is_radial: bool,
    stops: Vec<Stop>,
}

impl Gradient {
    /// Reads a gradient with its own colours, or those of the gradient that it refers to.
    pub(super) fn read(document: &Document, gradient: NodeId) -> Self {
        let is_radial = &*document.node(gradient).name == "radialGradient";
        let mut at = gradient;
        for _ in 0..MAX_REFERENCES {
            let node = document.node(at);
            let stops = stops(document, node);
            if !stops.is_empty() {
                return Self { is_radial, stops };
            }
            let next = node.get("href").and_then(|href| href.strip_prefix('#'));
            match next.and_then(|id| document.by_id(id)) {
                Some(next) => at = next,
                None => break,
            }
        }
        let stops = Vec::new();
        Self { is_radial, stops }
    }

    /// Whether it has the same colour everywhere.
    pub(super) fn is_even(&self) -> bool {
        let mut pairs = self.stops.iter().zip(self.stops.iter().skip(1));
        pairs.all(|(one, other)| (one.rgb, one.alpha) == (other.rgb, other.alpha))
    }

    /// The mean of its colour with its opacity. The outer part of a radial gradient counts more, because
    /// it covers more. `None` without a stop.
    pub(super) fn mean(&self) -> Option<(Rgb, f64)> {
        let first = self.stops.first()?;
        let mut sum = [0.0; 3];
        let (mut alphas, mut weights) = (0.0, 0.0);
        for number in 0..SAMPLES {
            let at = (f64::from(number) + 0.5) / f64::from(SAMPLES);
            let (rgb, alpha) = self.color_at(at, first);
            let weight = if self.is_radial { at } else { 1.0 };
            weights += weight;
            alphas += weight * alpha;
            for (sum, part) in sum.iter_mut().zip([rgb.r, rgb.g, rgb.b]) {
                *sum += weight * alpha * f64::from(part);
            }
        }
        if alphas <= 0.0 {
            return Some((first.rgb, 0.0));
        }
        let [r, g, b] = sum.map(|part| (part / alphas).round() as u8);
        Some((Rgb { r, g, b }, alphas / weights))
    }

    /// The colour at a place and its opacity.
    fn color_at(&self, at: f64, first: &Stop) -> (Rgb, f64) {
        let before = self.stops.iter().rev().find(|stop| stop.at <= at);
        let after = self.stops.iter().find(|stop| stop.at > at);
        let before = before.unwrap_or(first);
        let after = after.unwrap_or(before);
        let share = (at - before.at) / (after.at - before.at);
        let share = if share.is_finite() {
            share.clamp(0.0, 1.0)
        } else {
            0.0
        };
        let alpha = before.alpha + (after.alpha - before.alpha) * share;
        (before.rgb.mixed(after.rgb, share as f32), alpha)
    }
}

fn stops(document: &Document, gradient: &Node) -> Vec<Stop> {
    let children = gradient.children.iter().map(|child| document.node(*child));
    let mut stops: Vec<Stop> = children
        .filter(|node| &*node.name == "stop")
        .filter_map(stop)
        .collect();
    let mut last = 0.0_f64;
    for stop in &mut stops {
        last = last.max(stop.at);
        stop.at = last;
    }
    stops
}

fn stop(node: &Node) -> Option<Stop> {
    let style = node.get("style").unwrap_or_default();
    let styled = |name: &str| {
        let rules = style.split(';').filter_map(|rule| rule.split_once(':'));
        let found = rules.filter(|(key, _)| key.trim() == name);
        found.map(|(_, value)| value.trim()).next_back()
    };
    let get = |name| styled(name).or_else(|| node.get(name));
    let alpha = get("stop-opacity").and_then(share).unwrap_or(1.0);
    let at = node.get("offset").and_then(share).unwrap_or(0.0);
    let black = Rgb::from_hex(0);
    match paint(get("stop-color").unwrap_or("black"), black, false)? {
        Paint::Rgb(rgb, own) => Some(Stop {
            at: at.clamp(0.0, 1.0),
            rgb,
            alpha: own * alpha.clamp(0.0, 1.0),
        }),
        Paint::None | Paint::Server(_) => None,
    }
}
