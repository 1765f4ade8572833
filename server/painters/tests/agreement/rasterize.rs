//! Paints a rendering as PNG, SVG and PDF, and lets a viewer of each show it.

use std::path::Path;
use std::sync::{Arc, LazyLock};

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
use hayro::{PixmapSettings, RenderCache, RenderSettings};
use painters::{Fonts, PaintContext, PixelSize, Resolution, write_pdf, write_png};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg;
use resvg::usvg::fontdb::{Database, ID};
use shared::paint::{Rendering, SvgDetails};
use skrifa::MetadataProvider as _;

use crate::quarters::Quarters;
use crate::raster::Raster;

/// The bundled typefaces, and those of the directory.
pub(crate) static FONTS: LazyLock<Fonts> = LazyLock::new(|| Fonts::load(Some(Path::new(FONT_DIR))));

/// Fonts with a line of each script.
const FONT_DIR: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fonts");

/// Pixels of one board unit.
const SCALE: f64 = 2.0;

fn context() -> PaintContext<'static> {
    PaintContext {
        pictures: &Quarters,
        ..PaintContext::new(&FONTS)
    }
}

pub(crate) fn by_png(rendering: &Rendering<'_>) -> Raster {
    let size = PixelSize::of(rendering.region(), Resolution::Scale(SCALE)).unwrap();
    let mut bytes = Vec::new();
    write_png(rendering, size, context(), None, &mut bytes).unwrap();
    let mut reader = png::Decoder::new(std::io::Cursor::new(&bytes))
        .read_info()
        .unwrap();
    let mut rgb = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut rgb).unwrap();
    assert_eq!((info.width, info.height), (size.width, size.height));
    let width = info.width;
    Raster { width, rgb }
}

/// The fonts of an SVG viewer that has the bundled typefaces under the names in the style sheet.
fn viewer() -> usvg::Options<'static> {
    let mut options = usvg::Options::default();
    let fonts = options.fontdb_mut();
    fonts.load_fonts_dir(FONT_DIR);
    fonts.load_system_fonts();
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../public/fonts");
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let Some(family) = [("hand", "Hand"), ("sans", "Sans"), ("mono", "Mono")]
            .into_iter()
            .find(|(prefix, _)| name.starts_with(prefix) && name.ends_with("woff2"))
        else {
            continue;
        };
        let plain = wuff::decompress_woff2(&std::fs::read(&path).unwrap()).unwrap();
        let ids = fonts.load_font_source(usvg::fontdb::Source::Binary(Arc::new(plain)));
        let mut info = fonts.face(ids[0]).unwrap().clone();
        fonts.remove_face(ids[0]);
        let english = usvg::fontdb::Language::English_UnitedStates;
        info.families = vec![(format!("Commonslate {}", family.1), english)];
        info.weight = usvg::fontdb::Weight(if name.contains("-700-") { 700 } else { 400 });
        fonts.push_face_info(info);
    }
    options.font_resolver.select_fallback = Box::new(beside);
    options
}

/// The face with a letter: first among those with the family and weight of the face that was chosen,
/// for the bundled typefaces are divided into files by script, as a browser loads them.
fn beside(letter: char, used: &[ID], fonts: &mut Arc<Database>) -> Option<ID> {
    let base = fonts.face(*used.first()?)?;
    let has = |id: ID| {
        let has = fonts.with_face_data(id, |data, index| {
            let font = skrifa::FontRef::from_index(data, index).ok()?;
            font.charmap().map(letter)
        });
        has.flatten().is_some()
    };
    let mut faces: Vec<_> = fonts
        .faces()
        .filter(|face| !used.contains(&face.id))
        .collect();
    faces.sort_by_key(|face| {
        let is_near = face.families == base.families && face.weight == base.weight;
        (
            !is_near,
            face.style != base.style,
            face.weight != base.weight,
        )
    });
    faces.iter().map(|face| face.id).find(|id| has(*id))
}

pub(crate) fn by_svg(rendering: &Rendering<'_>) -> Raster {
    let details = SvgDetails {
        scale: SCALE,
        pictures: Some(&Quarters),
        ..SvgDetails::titled("")
    };
    let svg = rendering.write_svg(&details, String::new());
    let tree = usvg::Tree::from_str(&svg, &viewer()).unwrap();
    let size = tree.size();
    let mut pixels = Pixmap::new(size.width().ceil() as u32, size.height().ceil() as u32).unwrap();
    resvg::render(&tree, Transform::identity(), &mut pixels.as_mut());
    Raster::of_rgba(pixels.width(), pixels.data())
}

pub(crate) fn by_pdf(rendering: &Rendering<'_>) -> Raster {
    let file = write_pdf(std::slice::from_ref(rendering), "Golden", context()).unwrap();
    let pdf = Pdf::new(file.bytes).unwrap();
    assert_eq!(pdf.pages().len(), 1);
    let scale = (SCALE / 0.75) as f32;
    let settings = PixmapSettings {
        x_scale: scale,
        y_scale: scale,
        ..PixmapSettings::default()
    };
    let pixels = hayro::render(
        &pdf.pages()[0],
        &RenderCache::new(),
        &InterpreterSettings::default(),
        &RenderSettings::default(),
        &settings,
    );
    Raster::of_rgba(pixels.width().into(), pixels.data_as_u8_slice())
}
