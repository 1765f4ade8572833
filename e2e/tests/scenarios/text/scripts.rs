//! Text in every script: the lines of the browser, the same on two machines, and its keys.

use anyhow::{Context as _, Result, ensure};
use e2e::page::{At, Rect};
use e2e::person::Person;
use serde::Deserialize;
use serde_json::json;
use shared::model::text_layout::text_layout;
use shared::model::{Body, Element};
use shared::typeset::{Layout, Run, TextLine, next_cluster, pieces};

use crate::support::places::cell_corner;
use crate::support::pointer::clear_selection;
use crate::support::typing::{
    TEXT_FIELD, end_typing, start_text, wait_for_field_text, wait_until_typing,
};
use crate::support::users::two_user_scenario;
use crate::support::wait::both_have_elements;

/// Lines in many scripts, some of them mixed.
const LINES: &str = include_str!("lines_in_20_scripts.txt");

/// A paragraph as the browser shows it: the left and right edges of each cluster in CSS pixels.
#[derive(Debug, Deserialize)]
struct Paragraph {
    edges: Vec<[f64; 2]>,
    /// Whether the machine has no font for a character.
    lacks: bool,
}

/// The clusters of a line: their ends in characters and in UTF-16 units.
fn clusters(line: &str) -> Vec<(usize, usize)> {
    let (mut ends, mut place) = (Vec::new(), 0);
    loop {
        let next = next_cluster(line, place);
        if next == place {
            return ends;
        }
        let units = line.chars().take(next).map(char::len_utf16).sum();
        ends.push((next, units));
        place = next;
    }
}

/// Lays out paragraphs by the browser, in the font and size of an element.
async fn paragraphs(person: &Person, element: &Element, lines: &[&str]) -> Result<Vec<Paragraph>> {
    let families = element.props.font().families();
    let size = element.props.text_size();
    let lines: Vec<_> = lines
        .iter()
        .map(|line| {
            let ends: Vec<usize> = clusters(line).iter().map(|(_, units)| *units).collect();
            // Our typefaces are not kerned, others are.
            let run = Run {
                text: line,
                bold: false,
                italic: false,
            };
            let is_ours = pieces(&[run], element.props.font()).is_empty();
            let kerning = if is_ours { "none" } else { "auto" };
            json!({ "text": line, "ends": ends, "kerning": kerning })
        })
        .collect();
    let script = format!(
        "(async () => {{
            const size = 10 * {size};
            const boxes = {lines}.map(({{ text, ends, kerning }}) => {{
                const box = document.createElement('p');
                box.dir = 'auto';
                box.style = `position:fixed;left:0;top:0;margin:0;visibility:hidden;white-space:pre;
                    text-rendering:geometricPrecision`;
                box.style.font = size + 'px ' + {families};
                box.style.fontKerning = kerning;
                box.textContent = text;
                document.body.append(box);
                return [box, ends];
            }});
            await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
            await document.fonts.ready;
            const probe = document.createElement('span');
            probe.style = `position:fixed;white-space:pre;font:${{size}}px ` + {families};
            document.body.append(probe);
            const width = text => {{ probe.textContent = text; return probe.offsetWidth; }};
            const none = width(String.fromCodePoint(0x10fffd));
            const lacks = text => [...text].some(it => it.codePointAt(0) > 0x590 && width(it) === none);
            const found = boxes.map(([box, ends]) => {{
                const range = document.createRange(), edges = [];
                let start = 0;
                for (const end of ends) {{
                    range.setStart(box.firstChild, start);
                    range.setEnd(box.firstChild, end);
                    const rect = range.getBoundingClientRect();
                    edges.push([rect.left / 10, rect.right / 10]);
                    start = end;
                }}
                box.hidden = true;
                return {{ edges, lacks: lacks(box.textContent) }};
            }});
            probe.remove();
            return found;
        }})()",
        lines = json!(lines),
        families = json!(families),
    );
    person.page.eval(&script).await
}

/// The left and right edges of each cluster of a line of ours.
fn edges(layout: &Layout, line: &TextLine, text: &str) -> Result<Vec<[f64; 2]>> {
    let mut start = 0;
    let mut edges = Vec::new();
    for (end, _) in clusters(text) {
        let letters = line.letters.start + start..line.letters.start + end;
        let boxes = layout.marked(letters);
        let marked = boxes.iter().find(|it| it.top >= line.top - 0.01);
        let marked = marked.with_context(|| format!("{text}: no box at {start}"))?;
        edges.push([marked.left, marked.right]);
        start = end;
    }
    Ok(edges)
}

/// The smallest left edge, and the distance to the greatest right edge.
fn extent(edges: &[[f64; 2]]) -> (f64, f64) {
    let left = edges.iter().map(|[left, _]| *left);
    let right = edges.iter().map(|[_, right]| *right);
    let left = left.fold(f64::INFINITY, f64::min);
    (left, right.fold(f64::NEG_INFINITY, f64::max) - left)
}

/// The clusters from left to right; those without width have no place in the order.
fn order(edges: &[[f64; 2]]) -> Vec<usize> {
    let wide = edges.iter().enumerate();
    let wide = wide.filter(|(_, [left, right])| right - left > 0.05);
    let mut order: Vec<(usize, f64)> = wide
        .map(|(at, [left, right])| (at, f64::midpoint(*left, *right)))
        .collect();
    order.sort_by(|(_, one), (_, other)| one.total_cmp(other));
    order.into_iter().map(|(at, _)| at).collect()
}

/// The differences of a line of ours from the paragraph of the browser.
fn differences(text: &str, ours: &[[f64; 2]], theirs: &[[f64; 2]], size: f64) -> Vec<String> {
    let mut found = Vec::new();
    let ((our_left, our_width), (their_left, their_width)) = (extent(ours), extent(theirs));
    let allowed = 0.02 * their_width.max(size);
    if (our_width - their_width).abs() > allowed {
        found.push(format!("{text}: {our_width:.1} wide, not {their_width:.1}"));
    }
    let (our_order, their_order) = (order(ours), order(theirs));
    if our_order != their_order {
        found.push(format!("{text}: order {our_order:?}, not {their_order:?}"));
    }
    let shift = our_left - their_left;
    for (at, ([left, right], [their_left, their_right])) in ours.iter().zip(theirs).enumerate() {
        let off = (left - their_left - shift).abs();
        let off = off.max((right - their_right - shift).abs());
        if off > allowed + 0.05 * size {
            found.push(format!("{text}: cluster {at} is off by {off:.1}"));
        }
    }
    found
}

#[test]
fn lines_in_20_scripts_are_laid_out_as_the_browser_does() {
    two_user_scenario("scripts", async |ada, ben, observer| {
        start_text(ada, At(300.0, 60.0)).await?;
        ada.page.type_text(LINES.trim_end()).await?;
        wait_for_field_text(ada, LINES.trim_end()).await?;
        end_typing(ada).await?;
        clear_selection(ada).await?;
        let is_whole = |it: &Element| it.text.plain() == LINES.trim_end();
        let element = observer.wait_for_element("the lines", is_whole).await?;
        both_have_elements(ada, ben, 1).await?;
        let lines: Vec<&str> = LINES.lines().collect();
        ensure!(lines.len() >= 60, "{} lines", lines.len());
        let layout = text_layout(&element).context("no text")?.layout;
        ensure!(layout.lines.len() == lines.len(), "no line is broken");
        let theirs = paragraphs(ada, &element, &lines).await?;
        let size = f64::from(element.props.text_size());
        let (mut compared, mut found) = (0, Vec::new());
        for ((line, text), their) in layout.lines.iter().zip(&lines).zip(&theirs) {
            if their.lacks {
                continue;
            }
            compared += 1;
            let ours = edges(&layout, line, text)?;
            found.extend(differences(text, &ours, &their.edges, size));
        }
        ensure!(
            found.is_empty(),
            "{} differences:\n{}",
            found.len(),
            found.join("\n")
        );
        let measures = element.props.measures().list().len();
        println!("{compared} lines, {measures} measures");
        // Fonts for Latin, Greek, Cyrillic, Hebrew and Arabic are everywhere; fonts-noto has all.
        ensure!(compared >= 20, "only {compared} lines have fonts");
        shown(ada, "scripts-ada").await
    });
}

/// Writes a screenshot for people who look, into the directory that `SCREENSHOTS` names.
async fn shown(person: &Person, name: &str) -> Result<()> {
    if let Some(directory) = std::env::var_os("SCREENSHOTS") {
        let path = std::path::Path::new(&directory)
            .join(name)
            .with_extension("png");
        std::fs::write(path, person.page.screenshot(None).await?)?;
    }
    Ok(())
}

/// The inputs that used to fail.
const INPUTS: [&str; 9] = [
    "שלום עולם! (123) abc",
    "مرحبا بالعالم، هذا 2024 سطر.",
    "Say שלום עולם to all",
    "a👨‍👩‍👧‍👦b🇩🇪c👩🏽‍🚀d",
    "👍👍👍👍👍👍👍👍👍👍👍👍👍👍👍",
    "नमस्ते दुनिया",
    "สวัสดีชาวโลก",
    "হ্যালো বিশ্ব",
    "こんにちは世界、ABCと混ぜる。",
];

/// The upper edge of the first input, so far down that the caret needs no scrolling.
const ROW_TOP: f64 = 100.0;
/// The distance of two inputs.
const ROW: f64 = 50.0;

/// The left and right edges of everything painted in a rectangle.
async fn painted(person: &Person, rect: Rect) -> Result<(usize, usize)> {
    let picture = person.page.board_picture(rect).await?;
    let pixels: Vec<&[u8]> = picture.rgba.chunks_exact(4).collect();
    let background = pixels.first().context("an empty picture")?;
    let is_ink = |pixel: &[u8]| {
        let mut pairs = pixel.iter().zip(*background);
        pairs.any(|(one, two)| one.abs_diff(*two) > 60)
    };
    let inked = pixels.iter().enumerate().filter(|(_, pixel)| is_ink(pixel));
    let columns: Vec<usize> = inked.map(|(at, _)| at % picture.width).collect();
    let left = columns.iter().min().context("nothing painted")?;
    let right = columns.iter().max().context("nothing painted")?;
    Ok((*left, *right))
}

#[test]
fn two_machines_with_different_fonts_see_the_same_lines() {
    two_user_scenario("fonts that differ", async |ada, ben, observer| {
        // Ben's system font is another one.
        ben.page.use_system_font("DejaVu Sans Mono").await?;
        for (at, words) in INPUTS.iter().enumerate() {
            start_text(ada, At(300.0, ROW_TOP + 24.0 + ROW * at as f64)).await?;
            ada.page.type_text(words).await?;
            end_typing(ada).await?;
            clear_selection(ada).await?;
        }
        let count = INPUTS.len() as u64;
        both_have_elements(ada, ben, count).await?;
        ada.wait_until_saved().await?;
        shown(ada, "inputs-ada").await?;
        shown(ben, "inputs-ben").await?;
        for (at, words) in INPUTS.iter().enumerate() {
            let row = Rect {
                x: 290.0,
                y: ROW_TOP + ROW * at as f64,
                width: 700.0,
                height: ROW - 2.0,
            };
            let (hers, his) = (painted(ada, row).await?, painted(ben, row).await?);
            // Letters may reach over the edges of their widths.
            let is_near = hers.0.abs_diff(his.0) <= 5 && hers.1.abs_diff(his.1) <= 5;
            ensure!(is_near, "{words}: {hers:?} and {his:?}");
        }
        let measured = observer
            .board()
            .elements()
            .filter(|it| !it.props.measures().is_empty())
            .count();
        ensure!(measured >= 3, "{measured} measured");
        Ok(())
    });
}

#[test]
fn keys_follow_a_mixed_line_and_take_whole_clusters() {
    two_user_scenario("mixed keys", async |ada, ben, observer| {
        start_text(ada, cell_corner(0)).await?;
        ada.page.type_text("ab שלו c").await?;
        ada.page.press("Home").await?;
        let caret = format!("{TEXT_FIELD}.selectionStart");
        let mut places = vec![ada.page.eval::<u32>(&caret).await?];
        for _ in 0..8 {
            ada.page.press("Right").await?;
            places.push(ada.page.eval(&caret).await?);
        }
        ensure!(places == [0, 1, 2, 3, 5, 4, 3, 7, 8], "{places:?}");
        ada.page.type_text("👩🏽‍🚀नि").await?;
        wait_for_field_text(ada, "ab שלו c👩🏽‍🚀नि").await?;
        ada.page.press("Backspace").await?;
        wait_for_field_text(ada, "ab שלו c👩🏽‍🚀").await?;
        ada.page.press("Left").await?;
        ada.page.press("Delete").await?;
        wait_for_field_text(ada, "ab שלו c").await?;
        ada.page.type_text("   ").await?;
        for _ in 0..3 {
            ada.page.press("Backspace").await?;
        }
        end_typing(ada).await?;
        observer
            .wait_for_element("the text", |it| it.text.plain() == "ab שלו c")
            .await?;
        clear_selection(ada).await?;
        // A text of spaces alone is removed.
        start_text(ada, cell_corner(8)).await?;
        ada.page.type_text("   ").await?;
        observer
            .wait_for_element("spaces", |it| {
                it.text.plain() == "   " && it.body == Body::Text
            })
            .await?;
        end_typing(ada).await?;
        both_have_elements(ada, ben, 1).await
    });
}

#[test]
fn undo_takes_back_word_by_word() {
    two_user_scenario("undo by words", async |ada, _, _| {
        start_text(ada, cell_corner(0)).await?;
        for word in ["one ", "שתיים ", "三"] {
            ada.page.type_text(word).await?;
        }
        for left in ["one שתיים ", "one "] {
            ada.page.press("Ctrl+z").await?;
            wait_for_field_text(ada, left).await?;
        }
        wait_until_typing(ada).await
    });
}
