//! The golden board, painted as PNG, as SVG and as PDF, shows the same picture.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use std::path::Path;
use std::sync::{Arc, LazyLock};

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
use hayro::{PixmapSettings, RenderCache, RenderSettings};
use painters::{
    Fonts, PaintContext, Pictures, PixelSize, Pixels, Resolution, write_pdf, write_png,
};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg;
use resvg::usvg::fontdb::{Database, ID};
use shared::geometry::BoardPoint;
use shared::id::ElementId;
use shared::model::palette::Theme;
use shared::model::{
    Board, Body, Brush, Color, Crop, Filling, Marks, MediaType, NewElement, OrderKey, Picture,
    Prop, RichText, Scope, StyledRun,
};
use shared::paint::{PictureAddresses, Rendering, RenderingOptions, SvgDetails, data_address};
use skrifa::MetadataProvider as _;

// Other tests need the rest of it.
#[allow(dead_code, reason = "each test file uses a part")]
#[path = "../../../shared/tests/golden_board/mod.rs"]
mod golden_board;

static FONTS: LazyLock<Fonts> = LazyLock::new(|| Fonts::load(Some(Path::new(FONT_DIR))));

/// Fonts with a line of each script.
const FONT_DIR: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fonts");

fn context() -> PaintContext<'static> {
    PaintContext {
        pictures: &Quarters,
        ..PaintContext::new(&FONTS)
    }
}

/// Every picture has a red, a green, a blue and a transparent quarter.
#[derive(Debug)]
struct Quarters;

/// Pixels on a side of the picture: more than most images show.
const SIDE: u32 = 200;

impl Pictures for Quarters {
    fn file(&self, picture: &Picture) -> Option<Vec<u8>> {
        let Pixels {
            width,
            height,
            rgba,
        } = self.pixels(picture)?;
        let mut file = Vec::new();
        let mut encoder = png::Encoder::new(&mut file, width, height);
        encoder.set_color(png::ColorType::Rgba);
        encoder
            .write_header()
            .unwrap()
            .write_image_data(&rgba)
            .unwrap();
        Some(file)
    }

    fn pixels(&self, _: &Picture) -> Option<Pixels> {
        let pixel = |at: u32| match (at % SIDE < SIDE / 2, at / SIDE < SIDE / 2) {
            (true, true) => [220, 30, 30, 255],
            (false, true) => [30, 200, 30, 255],
            (true, false) => [30, 30, 220, 255],
            (false, false) => [0, 0, 0, 0],
        };
        Some(Pixels {
            width: SIDE,
            height: SIDE,
            rgba: (0..SIDE * SIDE).flat_map(pixel).collect(),
        })
    }
}

impl PictureAddresses for Quarters {
    fn address(&self, picture: &Picture) -> Option<String> {
        let file = Pictures::file(self, picture)?;
        Some(data_address(MediaType::Png, &file))
    }
}

/// Pixels of one board unit.
const SCALE: f64 = 2.0;

/// A picture in pixels without transparency, three bytes each.
struct Raster {
    width: u32,
    rgb: Vec<u8>,
}

impl Raster {
    fn of_rgba(width: u32, rgba: &[u8]) -> Self {
        let opaque = rgba.chunks_exact(4).flat_map(|it| [it[0], it[1], it[2]]);
        Self {
            width,
            rgb: opaque.collect(),
        }
    }

    fn height(&self) -> u32 {
        self.rgb.len() as u32 / self.width / 3
    }

    fn at(&self, column: u32, row: u32) -> Option<[u8; 3]> {
        let place = 3 * (row as usize * self.width as usize + column as usize);
        let pixel = self.rgb.get(place..place + 3)?;
        (column < self.width).then(|| [pixel[0], pixel[1], pixel[2]])
    }

    /// The mean difference of a channel, and the share of the pixels that differ much. A pixel that
    /// only one of them has differs by 255.
    fn difference(&self, other: &Self) -> (f64, f64) {
        let width = self.width.max(other.width);
        let height = self.height().max(other.height());
        let (mut sum, mut far) = (0_u64, 0_u64);
        for row in 0..height {
            for column in 0..width {
                let by = match (self.at(column, row), other.at(column, row)) {
                    (Some(one), Some(two)) => [0, 1, 2].map(|at| one[at].abs_diff(two[at])),
                    _ => [255; 3],
                };
                sum += by.map(u64::from).iter().sum::<u64>();
                far += u64::from(by.iter().max() > Some(&64));
            }
        }
        let count = f64::from(width) * f64::from(height);
        (sum as f64 / count / 3.0, far as f64 / count)
    }

    fn save(&self, name: &str) {
        let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR"));
        let file = std::fs::File::create(folder.join(format!("{name}.png"))).unwrap();
        let mut encoder = png::Encoder::new(file, self.width, self.height());
        encoder.set_color(png::ColorType::Rgb);
        encoder
            .write_header()
            .unwrap()
            .write_image_data(&self.rgb)
            .unwrap();
    }
}

fn by_png(rendering: &Rendering<'_>) -> Raster {
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

fn by_svg(rendering: &Rendering<'_>) -> Raster {
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

fn by_pdf(rendering: &Rendering<'_>) -> Raster {
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

fn compare(board: &Board, theme: Theme, name: &str) {
    let options = RenderingOptions {
        theme,
        ..RenderingOptions::default()
    };
    let rendering = Rendering::new(board, &Scope::Board, options);
    let (png, svg, pdf) = (by_png(&rendering), by_svg(&rendering), by_pdf(&rendering));
    png.save(&format!("{name}-png"));
    svg.save(&format!("{name}-svg"));
    pdf.save(&format!("{name}-pdf"));
    for (other, which) in [(svg, "svg"), (pdf, "pdf")] {
        let (mean, far) = png.difference(&other);
        assert!(
            mean < 1.0,
            "{name}: {which} differs by {mean} of 255 a channel"
        );
        assert!(far < 0.01, "{name}: {far} of the pixels of {which} differ");
    }
}

#[test]
fn png_svg_and_pdf_show_the_golden_board_alike_in_light() {
    compare(&golden_board::board(), Theme::Light, "light");
}

#[test]
fn png_svg_and_pdf_show_the_golden_board_alike_in_dark() {
    compare(&golden_board::board(), Theme::Dark, "dark");
}

/// One image in many forms.
fn images() -> Board {
    let golden = golden_board::elements();
    let image = golden.iter().find(|new| new.body == Body::Image).unwrap();
    let right = Crop {
        left: 0.25,
        ..Crop::WHOLE
    };
    let forms = [
        vec![],
        vec![Prop::Crop(right)],
        vec![Prop::Corner(30.0)],
        vec![Prop::Scale([-1.0, 1.0])],
        vec![Prop::Scale([1.0, -1.0]), Prop::Crop(right)],
        vec![Prop::Angle(0.5)],
        vec![Prop::Opacity(100)],
        vec![
            Prop::Angle(-0.3),
            Prop::Scale([-1.0, 1.0]),
            Prop::Corner(20.0),
        ],
        vec![Prop::Size([40.0, 90.0])],
    ];
    let elements = (1_u8..).zip(forms).map(|(number, form)| {
        let mut new = image.clone();
        new.id = golden[usize::from(number)].id;
        new.props
            .set(Prop::At(BoardPoint::new(130.0 * f64::from(number), 0.0)));
        new.props.set(Prop::Size([100.0, 80.0]));
        form.into_iter().for_each(|prop| new.props.set(prop));
        new
    });
    golden_board::board_of(elements.collect())
}

#[test]
fn png_svg_and_pdf_show_images_alike_in_each_form() {
    compare(&images(), Theme::Light, "images");
}

/// A line in each script that no bundled typeface has.
const LINES: [&str; 7] = [
    "مرحبا بالعالم",
    "שלום עולם",
    "नमस्ते दुनिया",
    "สวัสดีชาวโลก",
    "你好世界 こんにちは",
    "안녕하세요",
    "👍 👨‍👩‍👧‍👦 🇩🇪 👩🏽‍🚀",
];

/// The lines, one below the other.
fn lines() -> Board {
    let golden = golden_board::elements();
    let text = golden.iter().find(|new| new.body == Body::Text).unwrap();
    let elements = (1_u8..).zip(LINES).map(|(number, line)| {
        let mut new = text.clone();
        new.id = golden[usize::from(number)].id;
        let at = BoardPoint::new(0.0, 60.0 * f64::from(number));
        new.props.set(Prop::At(at));
        new.props.set(Prop::TextSize(40.0));
        let marks = Marks::NONE;
        let run = StyledRun { text: line, marks };
        new.text = RichText::typed(golden_board::AUTHOR, [run]);
        new
    });
    golden_board::board_of(elements.collect())
}

// The library that draws SVG in these tests shows no emoji of such fonts, and moves a stretched text with
// marks, so SVG is not compared here.
#[test]
fn png_and_pdf_show_each_script_alike() {
    let letters = LINES.iter().flat_map(|line| line.chars()).collect();
    assert_eq!(FONTS.missing(&letters), Vec::<char>::new());
    let board = lines();
    let rendering = Rendering::new(&board, &Scope::Board, RenderingOptions::default());
    let (png, pdf) = (by_png(&rendering), by_pdf(&rendering));
    png.save("scripts-png");
    pdf.save("scripts-pdf");
    let (mean, far) = png.difference(&pdf);
    assert!(
        mean < 1.0 && far < 0.01,
        "{mean} of 255, {far} of the pixels"
    );
}

#[test]
fn emoji_are_in_colours() {
    let board = lines();
    let rendering = Rendering::new(&board, &Scope::Board, RenderingOptions::default());
    for (raster, which) in [(by_png(&rendering), "png"), (by_pdf(&rendering), "pdf")] {
        let (pixels, _) = raster.rgb.as_chunks::<3>();
        let is_yellow = |pixel: &&[u8; 3]| pixel[0] > 200 && pixel[2] < 80;
        let yellow = pixels.iter().filter(is_yellow).count();
        assert!(yellow > 500, "{which}: {yellow}");
    }
}

/// A red rectangle, more small ones than a PDF compresses together, and a highlighter across all.
fn many() -> Board {
    let golden = golden_board::elements();
    let shape = golden.first().unwrap();
    let is_highlighter =
        |new: &&NewElement| matches!(&new.body, Body::Stroke(it) if it.brush == Brush::Highlighter);
    let highlighter = golden.iter().find(is_highlighter).unwrap();
    let placed = |new: &NewElement, number: u8, at: [f64; 2]| {
        let mut new = new.clone();
        new.id = ElementId::from_bytes([number; 16]);
        new.props.z = OrderKey::from_bytes(vec![number]).unwrap();
        new.props.set(Prop::At(BoardPoint::new(at[0], at[1])));
        new
    };
    let mut ground = placed(shape, 1, [0.0, 0.0]);
    ground.props.set(Prop::Size([260.0, 120.0]));
    ground.props.set(Prop::Color(Color::Red));
    ground.props.set(Prop::Filling(Filling::Solid));
    let mut elements = vec![ground];
    for number in 2..200_u8 {
        let at = [f64::from(number % 20) * 12.0, f64::from(number / 20) * 12.0];
        let mut small = placed(shape, number, at);
        small.props.set(Prop::Size([8.0, 8.0]));
        elements.push(small);
    }
    elements.push(placed(highlighter, 200, [20.0, 40.0]));
    golden_board::board_of(elements)
}

#[test]
fn png_svg_and_pdf_show_many_elements_alike_with_a_highlighter_above() {
    for (theme, name) in [(Theme::Light, "many-light"), (Theme::Dark, "many-dark")] {
        compare(&many(), theme, name);
    }
}

#[test]
fn pictures_of_different_sizes_differ() {
    let grey = |width: u32, height: u32| Raster {
        width,
        rgb: vec![128; (3 * width * height) as usize],
    };
    let square = grey(10, 10);
    assert_eq!(square.difference(&grey(10, 10)), (0.0, 0.0));
    assert_eq!(square.difference(&grey(10, 20)), (127.5, 0.5));
    assert_eq!(square.difference(&grey(20, 10)), (127.5, 0.5));
}
