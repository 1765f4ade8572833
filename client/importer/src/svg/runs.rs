//! Collects the runs of a text tag: pieces in one style, with their places.

use kurbo::Vec2;

use super::Reader;
use super::state::State;
use super::text::{self, Run};
use crate::left_out::LeftOut;
use crate::markup::NodeId;

impl Reader<'_> {
    /// Adds the text of a tag.
    pub(super) fn text(&mut self, id: NodeId, state: &State) {
        let mut runs = Vec::new();
        self.collect_runs(id, state, &mut runs);
        // White space at the end of a text is not shown.
        if let Some(last) = runs.last_mut().filter(|it| !it.state.preserves_space) {
            last.text.truncate(last.text.trim_end_matches(' ').len());
        }
        runs.retain(|run| !run.text.is_empty());
        if let Some(first) = runs.first_mut() {
            first.at = first.at.map(|given| given.or(Some(0.0)));
        }
        text::add(&runs, &mut self.maker);
    }

    /// Collects the text in a tag. A place that a tag gives belongs to its first run.
    fn collect_runs(&mut self, id: NodeId, state: &State, runs: &mut Vec<Run>) {
        let node = self.document.node(id);
        let first = |name: &str, whole: f64| {
            let words = node
                .get(name)?
                .split(|it: char| it == ',' || it.is_ascii_whitespace());
            state.length(words.into_iter().find(|word| !word.is_empty())?, whole)
        };
        let (width, height) = (state.viewport.width, state.viewport.height);
        let mut at = [first("x", width), first("y", height)];
        let mut by = Vec2::new(
            first("dx", width).unwrap_or(0.0),
            first("dy", height).unwrap_or(0.0),
        );
        for child in self.document.node(id).children.clone() {
            let inner = self.document.node(child);
            match inner.name.as_ref() {
                "" => {
                    let begins_line = at[0].is_some();
                    let text = spaced(&inner.text, state, runs, begins_line);
                    if !text.is_empty() {
                        runs.push(Run {
                            text,
                            state: state.clone(),
                            at: std::mem::take(&mut at),
                            by: std::mem::take(&mut by),
                        });
                    }
                }
                "tspan" | "a" | "textPath" => {
                    if &*inner.name == "textPath" {
                        self.maker.report.add(LeftOut::CurvedText);
                    }
                    let style = self.state_of(child, state);
                    let before = runs.len();
                    if style.visible && !style.removed {
                        self.collect_runs(child, &style, runs);
                    }
                    if let Some(run) = runs.get_mut(before) {
                        let given = std::mem::take(&mut at);
                        let own = run.at;
                        run.at = [own[0].or(given[0]), own[1].or(given[1])];
                        run.by += std::mem::take(&mut by);
                    }
                }
                _ => {}
            }
        }
    }
}

/// The text of a node as it is shown: white space becomes one space, unless it is kept.
fn spaced(text: &str, state: &State, runs: &[Run], begins_line: bool) -> String {
    if state.preserves_space {
        return text.replace(['\n', '\r', '\t'], " ");
    }
    let before = runs.last().filter(|_| !begins_line);
    let ends_in_space = before.is_none_or(|run| run.text.ends_with(' '));
    let mut spaced = String::with_capacity(text.len());
    for letter in text.chars() {
        if !letter.is_ascii_whitespace() {
            spaced.push(letter);
        } else if !(spaced.ends_with(' ') || (spaced.is_empty() && ends_in_space)) {
            spaced.push(' ');
        }
    }
    spaced
}
