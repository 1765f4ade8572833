//! Measures pieces of text as the browser lays them out in a paragraph, with the fonts of this
//! machine.

use std::cell::RefCell;
use std::collections::HashMap;

use editor::MeasureText;
use js_sys::{Array, Function, Object, Reflect};
use leptos::prelude::document;
use shared::model::Font;
use shared::typeset::{MAX_ADVANCE, Measure, Piece, is_blank, next_cluster};
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{HtmlElement, Node, Range};

/// Text size of the measurement in CSS pixels. Browsers may round widths to whole pixels, and
/// measures count thousandths of the text size.
const SIZE_PX: u16 = 1_000;
/// A character that no font has: it shows how wide the sign for a missing character is.
const NOT_IN_ANY_FONT: &str = "\u{10fffd}";
/// Measures that are remembered. A person types for an hour until there are so many.
const MAX_REMEMBERED: usize = 5_000;

/// The fonts of the browser.
#[derive(Debug, Default)]
pub(crate) struct BrowserFonts {
    remembered: RefCell<HashMap<Key, Measure>>,
}

type Key = (String, bool, bool);

fn key(piece: &Piece) -> Key {
    (piece.text.clone(), piece.bold, piece.italic)
}

impl MeasureText for BrowserFonts {
    fn measure(&self, pieces: &[Piece]) -> Vec<Measure> {
        let mut remembered = self.remembered.borrow_mut();
        let new: Vec<&Piece> = pieces
            .iter()
            .filter(|piece| !remembered.contains_key(&key(piece)))
            .collect();
        if remembered.len() + new.len() > MAX_REMEMBERED {
            remembered.clear();
        }
        if !new.is_empty() {
            // Without a page there is nothing to measure; the layout estimates then.
            let measured = measure(&new).unwrap_or_default();
            for (piece, measure) in new.into_iter().zip(measured) {
                remembered.extend(measure.map(|measure| (key(piece), measure)));
            }
        }
        let found = pieces
            .iter()
            .filter_map(|piece| remembered.get(&key(piece)));
        found.cloned().collect()
    }
}

/// Lays out all pieces at once, outside of the view, and measures them.
fn measure(pieces: &[&Piece]) -> Result<Vec<Option<Measure>>, JsValue> {
    let body = document().body().ok_or(JsValue::NULL)?;
    let stage = span()?;
    // The last family of all typefaces. The bundled ones are not needed, and would be loaded.
    let family = Font::Sans.families().rsplit(',').next().unwrap_or_default();
    let style = format!(
        "position:fixed;left:0;top:0;visibility:hidden;contain:strict;width:0;height:0;\
         white-space:pre;line-height:1;letter-spacing:0;font:{SIZE_PX}px {family};\
         text-rendering:geometricPrecision"
    );
    stage.style().set_css_text(&style);
    let mut texts = Vec::with_capacity(pieces.len());
    for piece in pieces {
        texts.push(line(&stage, &piece.text, piece.bold, piece.italic)?);
    }
    let missing = line(&stage, NOT_IN_ANY_FONT, false, false)?;
    body.append_child(&stage)?;
    let missing = missing.map(|text| advances(NOT_IN_ANY_FONT, &text));
    let missing = missing.transpose()?.unwrap_or_default();
    let measured = pieces.iter().zip(texts).map(|(piece, text)| {
        let advances = advances(&piece.text, &text?).ok()?;
        let is_drawn = !is_missing(&piece.text, &advances, &missing);
        (is_drawn && advances.len() == piece.estimates.len()).then(|| Measure {
            text: piece.text.clone(),
            bold: piece.bold,
            italic: piece.italic,
            advances,
            breaks: word_ends(&piece.text).unwrap_or_default(),
        })
    });
    let measured = measured.collect();
    stage.remove();
    Ok(measured)
}

/// Adds a line of text to the stage, and returns its text node.
fn line(stage: &Node, text: &str, bold: bool, italic: bool) -> Result<Option<Node>, JsValue> {
    let line = span()?;
    let weight = if bold { "bold" } else { "normal" };
    let slant = if italic { "italic" } else { "normal" };
    line.style().set_css_text(&format!(
        "display:block;width:max-content;font-weight:{weight};font-style:{slant}"
    ));
    line.set_dir("auto");
    line.set_text_content(Some(text));
    stage.append_child(&line)?;
    Ok(line.first_child())
}

/// Whether the browser shows signs for missing characters alone. Their widths say nothing to people
/// who have a font for the script.
fn is_missing(text: &str, advances: &[u16], sign: &[u16]) -> bool {
    let is_shown = |letter: &char| !is_blank(letter.encode_utf8(&mut [0; 4]));
    let signs = text.chars().filter(is_shown).count();
    let width: usize = advances.iter().map(|advance| usize::from(*advance)).sum();
    let sign: usize = sign.iter().map(|advance| usize::from(*advance)).sum();
    // Each width is rounded.
    width.abs_diff(sign * signs) <= signs
}

fn span() -> Result<HtmlElement, JsValue> {
    Ok(document().create_element("span")?.unchecked_into())
}

/// The width of each cluster in 1/1000 of the text size.
fn advances(text: &str, node: &Node) -> Result<Vec<u16>, JsValue> {
    let range: Range = document().create_range()?;
    let mut advances = Vec::new();
    let mut start = 0;
    for end in cluster_ends(text) {
        range.set_start(node, start)?;
        range.set_end(node, end)?;
        let width = range.get_bounding_client_rect().width();
        let thousandths = width * 1_000.0 / f64::from(SIZE_PX);
        advances.push(thousandths.round().clamp(0.0, f64::from(MAX_ADVANCE)) as u16);
        start = end;
    }
    Ok(advances)
}

/// The ends of the clusters of a text, in UTF-16 units.
fn cluster_ends(text: &str) -> Vec<u32> {
    let (mut ends, mut units, mut place) = (Vec::new(), 0, 0);
    let mut letters = text.chars();
    loop {
        let next = next_cluster(text, place);
        if next == place {
            return ends;
        }
        let cluster = letters.by_ref().take(next - place);
        units += cluster.map(|letter| letter.len_utf16() as u32).sum::<u32>();
        ends.push(units);
        place = next;
    }
}

/// The clusters after which a word ends, in scripts that have no spaces between words.
fn word_ends(text: &str) -> Option<Vec<u16>> {
    if !text.chars().any(lacks_spaces) {
        return None;
    }
    let intl = Reflect::get(&js_sys::global(), &"Intl".into()).ok()?;
    let segmenter: Function = get(&intl, "Segmenter")?;
    let options = Object::new();
    Reflect::set(&options, &"granularity".into(), &"word".into()).ok()?;
    let arguments = Array::of2(&JsValue::UNDEFINED, &options);
    let segmenter = Reflect::construct(&segmenter, &arguments).ok()?;
    let segment: Function = get(&segmenter, "segment")?;
    let segments = segment.call1(&segmenter, &text.into()).ok()?;
    let starts = js_sys::try_iter(&segments).ok()??.filter_map(|segment| {
        let index = Reflect::get(&segment.ok()?, &"index".into()).ok()?;
        index.as_f64()
    });
    let starts: Vec<u32> = starts.map(|start| start as u32).collect();
    let ends = cluster_ends(text);
    let (_, inner) = ends.split_last()?;
    let at_word_end = inner
        .iter()
        .zip(0..)
        .filter(|(end, _)| starts.contains(end));
    Some(at_word_end.map(|(_, at)| at).collect())
}

fn get(of: &JsValue, name: &str) -> Option<Function> {
    Reflect::get(of, &name.into()).ok()?.dyn_into().ok()
}

/// Whether a script writes words without spaces, so that UAX #14 leaves its breaks to a dictionary.
const fn lacks_spaces(letter: char) -> bool {
    matches!(
        letter,
        '\u{0e00}'..='\u{0eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
            | '\u{1950}'..='\u{19df}' | '\u{1a20}'..='\u{1aaf}' | '\u{a9e0}'..='\u{a9ff}'
            | '\u{aa60}'..='\u{aadf}'
    )
}
