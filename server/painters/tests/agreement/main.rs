//! The golden board, painted as PNG, as SVG and as PDF, shows the same picture.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod ink_detail;
mod quarters;
mod raster;
mod rasterize;

use shared::geometry::BoardPoint;
use shared::id::ElementId;
use shared::model::palette::Theme;
use shared::model::{
    Board, Body, Brush, Color, Crop, Filling, Marks, NewElement, OrderKey, Prop, RichText, Scope,
    StyledRun,
};
use shared::paint::{Rendering, RenderingOptions};

use rasterize::{FONTS, by_pdf, by_png, by_svg};

// Other tests need the rest of it.
#[allow(dead_code, reason = "each test file uses a part")]
#[path = "../../../../shared/tests/golden_board/mod.rs"]
mod golden_board;

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
