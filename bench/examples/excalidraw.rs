//! Reads scenes of Excalidraw as a paste does, and writes them again as an export does.
//!
//! `cargo run --release -p bench --example excalidraw -- <folder> <folder>`: for each `.excalidraw`
//! file of the first folder, the second one gets the scene that is written, and a picture of the
//! board. docs/testing.md says how these are opened by Excalidraw's own package.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};
use formats::excalidraw::write;
use importer::{Kind, read};
use painters::{Fonts, MAX_SIDE_PX, PaintContext, PixelSize, Resolution, write_png};
use shared::id::ClientId;
use shared::model::{Board, Element, ElementState, OrderKey, Scope};
use shared::paint::{Rendering, RenderingOptions};

/// The width of the pictures.
const WIDTH: u32 = 1_600;
/// The client that pastes.
const ME: ClientId = ClientId::from_bytes([1; 16]);

fn main() -> Result<()> {
    let mut folders = std::env::args().skip(1);
    let (from, to) = (folders.next(), folders.next());
    let (from, to) = from.zip(to).context("give two folders")?;
    let fonts = Fonts::load(None);
    let mut files: Vec<_> = fs::read_dir(from)?.collect::<Result<_, _>>()?;
    files.sort_by_key(fs::DirEntry::file_name);
    for file in files {
        let path = file.path();
        if path.extension().is_some_and(|it| it == "excalidraw") {
            convert(&path, Path::new(&to), &fonts)?;
        }
    }
    Ok(())
}

#[expect(clippy::print_stdout, reason = "the result of this program")]
fn convert(path: &Path, to: &Path, fonts: &Fonts) -> Result<()> {
    let name = path.file_stem().unwrap_or_default();
    let imported = read(&fs::read(path)?, Kind::Drawing, 1.0).context("no scene")?;
    let mut board = Board::new();
    let mut z = None;
    for mut new in imported.elements {
        new.props.z = OrderKey::above(z.as_ref());
        z = Some(new.props.z.clone());
        let (id, element) = (new.id, Element::new(new, ME));
        board.set_state(id, ElementState::Present(element.into()));
    }
    let written = write(&board, &Scope::Board, None);
    fs::write(to.join(name).with_extension("excalidraw"), &written.json)?;
    let rendering = Rendering::new(&board, &Scope::Board, RenderingOptions::default());
    let region = rendering.region();
    let width = f64::from(WIDTH).min(f64::from(MAX_SIDE_PX) / region.height() * region.width());
    let size = PixelSize::of(region, Resolution::Width(width as u32))?;
    let file = fs::File::create(to.join(name).with_extension("png"))?;
    let file = std::io::BufWriter::new(file);
    write_png(&rendering, size, PaintContext::new(fonts), None, file)?;
    let kept: Vec<&str> = written.not_kept.iter().map(|it| it.words()).collect();
    let notice = imported.notice.unwrap_or_default();
    println!(
        "{}: {} elements; read: {notice:?}; written: not kept {kept:?}",
        name.display(),
        board.len()
    );
    Ok(())
}
