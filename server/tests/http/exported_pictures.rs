//! The pictures of images in exported files.

use std::io::Cursor;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
use hayro::{PixmapSettings, RenderCache, RenderSettings};
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use kurbo::{Affine, Point, Rect};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg;
use shared::geometry::BoardPoint;
use shared::model::palette::{Rgb as Color, Theme, background};
use shared::model::{BlobHash, Body, MediaType, NewElement, Picture, Prop, Scope};
use shared::op::{Commit, Guard, Op};
use shared::paint::{Rendering, RenderingOptions};
use shared::protocol::ClientMsg;
use testkit::board::Board;
use testkit::client::Client;
use testkit::fixtures::element_of;

use super::export::{ask, export};
use crate::golden_board;
use crate::pictures::file;
use crate::test_server::TestServer;
use crate::uploads::Visitor;

const RED: [u8; 3] = [220, 30, 30];
const GREEN: [u8; 3] = [30, 200, 30];
const BLUE: [u8; 3] = [30, 30, 220];
const YELLOW: [u8; 3] = [230, 220, 40];
const ORANGE: [u8; 3] = [240, 140, 20];
/// Pixels of one board unit.
const SCALE: f64 = 2.0;

/// A picture with quarters of four colours.
fn quarters() -> DynamicImage {
    let quarter = |x, y| match (x < 60, y < 40) {
        (true, true) => RED,
        (false, true) => GREEN,
        (true, false) => BLUE,
        (false, false) => YELLOW,
    };
    RgbImage::from_fn(120, 80, |x, y| Rgb(quarter(x, y))).into()
}

fn picture(hash: BlobHash, media_type: MediaType) -> Prop {
    Prop::Picture(Some(Picture {
        sha256: hash,
        media_type,
        width: 120,
        height: 80,
        thumbhash: Vec::new(),
    }))
}

/// The golden board, whose images show a picture that the server has, with two images more: a JPEG,
/// and a picture that the server does not have.
struct Golden {
    server: TestServer,
    board: Board,
    elements: Vec<NewElement>,
    png: Vec<u8>,
    hash: BlobHash,
    jpeg: BlobHash,
}

impl Golden {
    async fn new() -> Self {
        let server = TestServer::start().await;
        let board = server.board().await;
        let visitor = Visitor::new(&server.url(""), board.edit);
        let png = file(&quarters(), ImageFormat::Png);
        let hash = BlobHash::of(&png);
        assert_eq!(visitor.upload(&png).await.status, 201);
        let orange = RgbImage::from_pixel(120, 80, Rgb(ORANGE));
        let answer = visitor.post(file(&orange.into(), ImageFormat::Jpeg)).await;
        assert_eq!(answer.status, 201);
        let stored: serde_json::Value = serde_json::from_str(&answer.text).unwrap();
        let jpeg = stored["sha256"].as_str().unwrap().parse().unwrap();
        let mut elements = golden_board::elements();
        let images = elements.iter_mut().filter(|new| new.body == Body::Image);
        images.for_each(|new| new.props.set(picture(hash, MediaType::Png)));
        let mut more = elements.last().unwrap().clone();
        for (number, at, picture) in [
            (1, 650.0, picture(jpeg, MediaType::Jpeg)),
            (2, 730.0, picture(BlobHash::of(b"away"), MediaType::Png)),
        ] {
            more.id = element_of(9, number);
            more.props.set(Prop::At(BoardPoint::new(at, 600.0)));
            more.props.set(Prop::Angle(0.0));
            more.props.set(Prop::Opacity(255));
            more.props.set(picture);
            elements.push(more.clone());
        }
        let (mut ann, _) = Client::join(server.address, board.edit, 1).await;
        let ops = elements.iter().map(|new| Op::Put(Box::new(new.clone())));
        let (cno, guard, ops) = (1, Guard::Any, ops.collect());
        ann.send(&ClientMsg::Commit(Commit { cno, guard, ops }))
            .await;
        ann.receives_seq(1).await;
        Self {
            server,
            board,
            elements,
            png,
            hash,
            jpeg,
        }
    }

    /// The part of the board that a file shows.
    fn region(&self) -> Rect {
        let board = golden_board::board_of(self.elements.clone());
        Rendering::new(&board, &Scope::Board, RenderingOptions::default()).region()
    }

    async fn file(&self, name: &str) -> Vec<u8> {
        export(&self.server, &self.board, name).await
    }

    async fn not_kept(&self, name: &str) -> String {
        let answer = ask(&self.server, &self.board, &self.board.view.secret, name).await;
        assert_eq!(answer.status(), 200);
        let lacks = answer.headers().get("commonslate-not-kept");
        lacks.map_or_else(String::new, |it| it.to_str().unwrap().to_owned())
    }
}

/// A file in pixels.
struct Raster {
    region: Rect,
    width: u32,
    channels: usize,
    pixels: Vec<u8>,
}

impl Raster {
    fn of_png(region: Rect, bytes: &[u8]) -> Self {
        let mut reader = png::Decoder::new(Cursor::new(bytes)).read_info().unwrap();
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        let width = reader.next_frame(&mut pixels).unwrap().width;
        Self {
            region,
            width,
            channels: 3,
            pixels,
        }
    }

    fn of_svg(region: Rect, bytes: &[u8]) -> Self {
        let tree = usvg::Tree::from_data(bytes, &usvg::Options::default()).unwrap();
        let [width, height] = [tree.size().width(), tree.size().height()].map(|it| it.ceil());
        let mut pixels = Pixmap::new(width as u32, height as u32).unwrap();
        resvg::render(&tree, Transform::identity(), &mut pixels.as_mut());
        Self {
            region,
            width: pixels.width(),
            channels: 4,
            pixels: pixels.take(),
        }
    }

    fn of_pdf_page(region: Rect, bytes: Vec<u8>, page: usize) -> Self {
        let pdf = Pdf::new(bytes).unwrap();
        let scale = (SCALE / 0.75) as f32;
        let settings = PixmapSettings {
            x_scale: scale,
            y_scale: scale,
            ..PixmapSettings::default()
        };
        let pixels = hayro::render(
            &pdf.pages()[page],
            &RenderCache::new(),
            &InterpreterSettings::default(),
            &RenderSettings::default(),
            &settings,
        );
        Self {
            region,
            width: pixels.width().into(),
            channels: 4,
            pixels: pixels.data_as_u8_slice().to_vec(),
        }
    }

    /// Checks the colour at a place of the board.
    fn has(&self, name: &str, at: Point, color: [u8; 3]) {
        let place = (at - self.region.origin()) * SCALE;
        let pixel = place.y as usize * self.width as usize + place.x as usize;
        let found = &self.pixels[pixel * self.channels..][..3];
        let is_near = found.iter().zip(color).all(|(a, b)| a.abs_diff(b) <= 8);
        assert!(is_near, "{name} at {at}: {found:?} is not {color:?}");
    }

    /// Checks the images of the golden board.
    fn has_all_pictures(&self, name: &str) {
        for (x, y, color) in [
            (660.0, 550.0, RED),
            (700.0, 550.0, GREEN),
            (660.0, 570.0, BLUE),
            (700.0, 570.0, YELLOW),
            (690.0, 620.0, ORANGE),
        ] {
            self.has(name, Point::new(x, y), color);
        }
        // The right half, turned, half transparent.
        let turned = Affine::rotate_about(0.2, Point::new(770.0, 560.0));
        let Color { r, g, b } = background(Theme::Light);
        let pale = |color: [u8; 3]| [0, 1, 2].map(|at| u8::midpoint(color[at], [r, g, b][at]));
        self.has(name, turned * Point::new(795.0, 550.0), pale(GREEN));
        self.has(name, turned * Point::new(795.0, 570.0), pale(YELLOW));
        // The corners are round.
        self.has(name, turned * Point::new(809.0, 541.0), [r, g, b]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn pictures_are_in_the_file_in_each_format() {
    let golden = Golden::new().await;
    let region = golden.region();
    let png = golden.file("export.png?scale=2").await;
    Raster::of_png(region, &png).has_all_pictures("png");
    let svg = golden.file("export.svg?scale=2").await;
    Raster::of_svg(region, &svg).has_all_pictures("svg");
    // The pages of the PDF are frames; images are outside of them.
    let ids = golden.elements.iter().map(|new| new.id.to_string());
    let ids = ids.collect::<Vec<_>>().join(",");
    let pdf = golden.file(&format!("export.pdf?elements={ids}")).await;
    Raster::of_pdf_page(region, pdf, 0).has_all_pictures("pdf");

    let data = STANDARD.encode(&golden.png);
    let scene = golden.file("export.excalidraw").await;
    let scene: serde_json::Value = serde_json::from_slice(&scene).unwrap();
    let file = &scene["files"][golden.hash.to_string()];
    assert_eq!(file["dataURL"], format!("data:image/png;base64,{data}"));
    let json = golden.file("export.json").await;
    assert_eq!(
        formats::json::read(&json).unwrap().elements.len(),
        golden.elements.len()
    );
    let json: serde_json::Value = serde_json::from_slice(&json).unwrap();
    let files = json["files"].as_object().unwrap();
    assert_eq!(files.len(), 2);
    assert_eq!(files[&golden.hash.to_string()]["data"], data);
    assert_eq!(files[&golden.jpeg.to_string()]["media_type"], "image/jpeg");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_that_the_server_lacks_is_named_and_shows_its_preview() {
    let golden = Golden::new().await;
    for (name, part) in [
        ("export.png", "some pictures (previews instead)"),
        ("export.svg", "some pictures (previews instead)"),
        ("export.json", "the files of some pictures"),
        ("export.excalidraw", "pictures (placeholders instead)"),
    ] {
        let lacks = golden.not_kept(name).await;
        assert!(lacks.contains(part), "{name}: {lacks}");
    }
    let missing = &golden.elements.last().unwrap().id;
    let jpeg = &golden.elements[golden.elements.len() - 2].id;
    for format in ["png", "svg", "pdf", "json"] {
        let of = |id| format!("export.{format}?elements={id}");
        let lacks = golden.not_kept(&of(missing)).await;
        assert!(lacks.contains("pictures"), "{format}: {lacks}");
        assert_eq!(golden.not_kept(&of(jpeg)).await, "", "{format}");
    }
    // Its preview is grey.
    let png = golden.file("export.png?scale=2").await;
    let at = Point::new(770.0, 620.0);
    Raster::of_png(golden.region(), &png).has("png", at, [128; 3]);
}

#[tokio::test(flavor = "multi_thread")]
async fn pictures_can_be_left_out() {
    let golden = Golden::new().await;
    let region = golden.region();
    let png = golden.file("export.png?scale=2&pictures=false").await;
    Raster::of_png(region, &png).has("png", Point::new(660.0, 550.0), [128; 3]);
    let svg = golden.file("export.svg?pictures=false").await;
    assert!(!String::from_utf8(svg).unwrap().contains("data:"));
    assert_eq!(golden.not_kept("export.svg?pictures=false").await, "");
    let json = golden.file("export.json?pictures=false").await;
    assert!(!String::from_utf8(json).unwrap().contains("\"files\""));
}
