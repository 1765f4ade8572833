//! Compares drawings before and after their import: Chromium paints both, and the difference of the
//! pictures is printed for each file, with the median and the worst.
//!
//! ```sh
//! cargo run -p bench --example drawings -- <folder of SVG or Excalidraw files> <folder for pictures>
//! ```

#![allow(clippy::print_stdout, reason = "the table is the result")]

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, ensure};
use importer::Kind;
use shared::geometry::BoardRect;
use shared::id::ClientId;
use shared::model::palette::{Theme, background};
use shared::model::{Board, Element, ElementState, Scope};
use shared::paint::{Rendering, RenderingOptions, SvgPainter, board_to_svg};

/// Width and height of the pictures in pixels.
const WIDTH: u32 = 800;
const HEIGHT: u32 = 600;
/// Pixels that differ by more than this share of black and white differ visibly.
const VISIBLE: f64 = 0.2;

fn main() -> Result<()> {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let from = arguments.next().context("no folder of drawings is given")?;
    let to = arguments
        .next()
        .context("no folder for pictures is given")?;
    std::fs::create_dir_all(&to)?;
    let mut rows = Vec::new();
    for path in drawings(&from)? {
        let row = compare(&path, &to).with_context(|| path.display().to_string())?;
        println!("{row}");
        rows.push(row);
    }
    let mut means: Vec<f64> = rows.iter().filter_map(|row| row.mean).collect();
    means.sort_by(f64::total_cmp);
    if let (Some(median), Some(worst)) = (means.get(means.len() / 2), means.last()) {
        println!(
            "{} compared: median {:.2} %, worst {:.2} %",
            means.len(),
            median * 100.0,
            worst * 100.0
        );
    }
    Ok(())
}

fn drawings(folder: &Path) -> Result<Vec<PathBuf>> {
    let files = std::fs::read_dir(folder)?.map(|entry| Ok(entry?.path()));
    let mut files: Vec<PathBuf> = files.collect::<Result<_>>()?;
    files.sort();
    Ok(files)
}

/// What is printed about a drawing.
struct Row {
    name: String,
    elements: usize,
    /// The mean difference of the pixels that either picture painted; `None` without a picture before.
    mean: Option<f64>,
    /// The share of all pixels that differ visibly.
    visible: f64,
    notice: String,
}

impl std::fmt::Display for Row {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self {
            name,
            elements,
            mean,
            visible,
            notice,
        } = self;
        let mean = mean.map_or("      –".to_owned(), |mean| {
            format!("{:5.2} %", mean * 100.0)
        });
        write!(
            out,
            "{name:<44} {elements:>5} elements  mean {mean}  visible {:5.2} %  {notice}",
            visible * 100.0
        )
    }
}

fn compare(path: &Path, to: &Path) -> Result<Row> {
    let name = path
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let content = std::fs::read(path)?;
    let imported = importer::read(&content, Kind::Drawing, 1.0).context("this is no drawing")?;
    let author = ClientId::from_bytes([1; 16]);
    let elements = imported.elements.len();
    let mut board = Board::new();
    for (number, mut new) in imported.elements.into_iter().enumerate() {
        new.props.z = shared::model::OrderKey::from_bytes(
            u32::try_from(number)?
                .to_be_bytes()
                .into_iter()
                .chain([1])
                .collect(),
        )?;
        board.set_state(
            new.id,
            ElementState::Present(Element::new(new, author).into()),
        );
    }
    let mut row = Row {
        name: name.clone(),
        elements,
        mean: None,
        visible: 0.0,
        notice: imported.notice.unwrap_or_default(),
    };
    let Some((width, height)) = size_of(&String::from_utf8_lossy(&content)) else {
        let after = to.join(format!("{name}.after.svg"));
        std::fs::write(&after, board_to_svg(&board, "", Theme::Light))?;
        paint(
            &after,
            f64::from(WIDTH),
            &to.join(format!("{name}.after.png")),
        )?;
        return Ok(row);
    };
    let scale = (f64::from(WIDTH) / width)
        .min(f64::from(HEIGHT) / height)
        .min(20.0);
    let region = BoardRect::new(
        0.0,
        0.0,
        f64::from(WIDTH) / scale,
        f64::from(HEIGHT) / scale,
    );
    let mut painter = SvgPainter::new(region, "", Theme::Light);
    let rendering = Rendering::new(&board, &Scope::Board, RenderingOptions::default());
    rendering.paint(region, 0.1 / scale, &mut painter);
    let after = to.join(format!("{name}.after.svg"));
    std::fs::write(&after, painter.finish())?;
    let [before_png, after_png] =
        ["before", "after"].map(|which| to.join(format!("{name}.{which}.png")));
    paint(path, width * scale, &before_png)?;
    paint(&after, f64::from(WIDTH), &after_png)?;
    (row.mean, row.visible) = difference(&pixels(&before_png)?, &pixels(&after_png)?);
    Ok(row)
}

/// The size of an SVG drawing, as the importer takes it.
fn size_of(text: &str) -> Option<(f64, f64)> {
    let (_, tag) = text.split_once("<svg")?;
    let (tag, _) = tag.split_once('>')?;
    let get = |name: &str| {
        let (_, rest) = tag
            .split_once(&format!(" {name}="))
            .or_else(|| tag.split_once(&format!("\n{name}=")))?;
        let quote = rest.chars().next()?;
        rest.get(1..)?.split(quote).next().map(str::to_owned)
    };
    let view: Vec<f64> = get("viewBox")
        .unwrap_or_default()
        .split([' ', ','])
        .filter_map(|it| it.parse().ok())
        .collect();
    let side = |name: &str, at: usize| {
        let given = get(name).unwrap_or_default();
        let units = [
            ("px", 1.0),
            ("pt", 4.0 / 3.0),
            ("mm", 96.0 / 25.4),
            ("cm", 96.0 / 2.54),
            ("in", 96.0),
            ("em", 16.0),
        ];
        let length = given.parse().ok().or_else(|| {
            units
                .iter()
                .find_map(|(unit, by)| Some(given.strip_suffix(unit)?.parse::<f64>().ok()? * by))
        });
        length
            .or_else(|| view.get(at).copied())
            .filter(|side| *side > 0.0)
    };
    Some((side("width", 2)?, side("height", 3)?))
}

/// Paints an SVG by Chromium, `width` pixels wide.
fn paint(svg: &Path, width: f64, png: &Path) -> Result<()> {
    let page = png.with_extension("html");
    let ground = background(Theme::Light).to_css();
    let svg = svg.canonicalize()?;
    let html = format!(
        "<body style='margin:0;overflow:hidden;background:{ground}'><img style='display:block;width:{width}px' src='file://{}'>",
        svg.display()
    );
    std::fs::write(&page, html)?;
    let done = Command::new("chromium")
        .args([
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--hide-scrollbars",
            "--allow-file-access-from-files",
        ])
        .arg(format!("--window-size={WIDTH},{HEIGHT}"))
        .arg(format!("--screenshot={}", png.display()))
        .arg(format!("file://{}", page.canonicalize()?.display()))
        .output()
        .context("chromium does not start")?;
    ensure!(
        png.exists(),
        "chromium painted nothing: {}",
        String::from_utf8_lossy(&done.stderr)
    );
    Ok(std::fs::remove_file(page)?)
}

fn pixels(png: &Path) -> Result<Vec<[u8; 3]>> {
    let file = std::io::BufReader::new(std::fs::File::open(png)?);
    let mut reader = png::Decoder::new(file).read_info()?;
    let mut bytes = vec![
        0;
        reader
            .output_buffer_size()
            .context("the picture is too large")?
    ];
    let info = reader.next_frame(&mut bytes)?;
    let step = info.color_type.samples();
    let pixels = bytes
        .chunks(step)
        .filter_map(|pixel| pixel.get(..3)?.try_into().ok());
    Ok(pixels.collect())
}

/// The mean difference of the pixels that either picture painted, and the share of all pixels that
/// differ visibly.
fn difference(before: &[[u8; 3]], after: &[[u8; 3]]) -> (Option<f64>, f64) {
    let ground = background(Theme::Light);
    let ground = [ground.r, ground.g, ground.b];
    let (mut painted, mut sum, mut visible) = (0_u32, 0.0, 0_u32);
    for (one, other) in before.iter().zip(after) {
        if *one == ground && *other == ground {
            continue;
        }
        let parts = one
            .iter()
            .zip(other)
            .map(|(a, b)| f64::from(a.abs_diff(*b)) / 255.0);
        let apart = parts.sum::<f64>() / 3.0;
        painted += 1;
        sum += apart;
        visible += u32::from(apart > VISIBLE);
    }
    let all = before.len().max(1) as f64;
    (
        Some(sum / f64::from(painted.max(1))),
        f64::from(visible) / all,
    )
}
