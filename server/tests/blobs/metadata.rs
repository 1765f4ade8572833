//! Nothing but the picture stays of a picture.

use image::{DynamicImage, GenericImageView as _, ImageFormat, Rgb, RgbImage};
use serde_json::Value;
use shared::model::BlobHash;

use crate::animations::{animated_png, animated_webp};
use crate::pictures::{cmyk_jpeg, exif, file, jpeg_with, noise, png, png_with, segment};
use crate::test_server::TestServer;
use crate::uploads::Visitor;

/// Posts a picture; returns its hash, what the server says about it, and what it keeps.
async fn kept(ann: &Visitor, posted: Vec<u8>) -> (Value, Vec<u8>) {
    let answer = ann.post(posted).await;
    assert_eq!(answer.status, 201, "{}", answer.text);
    let about: Value = serde_json::from_str(&answer.text).unwrap();
    let hash: BlobHash = about["sha256"].as_str().unwrap().parse().unwrap();
    let kept = ann.load(hash).await;
    assert_eq!(BlobHash::of(&kept), hash);
    (about, kept)
}

fn has(file: &[u8], words: &[u8]) -> bool {
    file.windows(words.len()).any(|window| window == words)
}

/// Wide, with a red and a blue half.
fn red_and_blue() -> DynamicImage {
    let color = |x, _| Rgb(if x < 32 { [250, 5, 5] } else { [5, 5, 250] });
    RgbImage::from_fn(64, 32, color).into()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_photo_loses_its_place_and_is_turned_as_it_is_shown() {
    let server = TestServer::start().await;
    let ann = Visitor::on_new_board(&server.url("")).await;
    let posted = jpeg_with(&red_and_blue(), 0xe1, &exif(6));
    assert!(has(&posted, b"GPS!"));
    let (about, kept) = kept(&ann, posted).await;
    assert!(!has(&kept, b"GPS!") && !has(&kept, b"Exif"));
    assert_eq!(
        (&about["width"], &about["height"]),
        (&32.into(), &64.into())
    );
    let shown = image::load_from_memory(&kept).unwrap();
    assert_eq!(shown.dimensions(), (32, 64));
    let [top, bottom] = [(16, 10), (16, 54)].map(|(x, y)| shown.get_pixel(x, y).0);
    assert!(
        top[0] > 200 && bottom[2] > 200,
        "turned to the right: {top:?} {bottom:?}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_photo_that_is_not_turned_keeps_its_pixels_byte_for_byte() {
    let server = TestServer::start().await;
    let ann = Visitor::on_new_board(&server.url("")).await;
    let bare = file(&red_and_blue(), ImageFormat::Jpeg);
    let mut posted = jpeg_with(&red_and_blue(), 0xe1, &exif(1));
    posted.splice(2..2, segment(0xed, b"Photoshop 3.0\0who took it"));
    posted.extend_from_slice(b"\0\0\0\x18ftypmp42 a film with sound");
    let (_, kept) = kept(&ann, posted).await;
    assert_eq!(kept, bare);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn segments_between_the_scans_of_a_jpeg_are_metadata_too() {
    let server = TestServer::start().await;
    let ann = Visitor::on_new_board(&server.url("")).await;
    let bare = file(&red_and_blue(), ImageFormat::Jpeg);
    let mut posted = bare.clone();
    let end = posted.len() - 2;
    posted.splice(end..end, segment(0xfe, b"hidden behind the scan"));
    let (_, kept) = kept(&ann, posted).await;
    assert_eq!(kept, bare);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn png_gif_and_webp_lose_all_that_shows_nothing() {
    let server = TestServer::start().await;
    let ann = Visitor::on_new_board(&server.url("")).await;
    let bare = png(8, 8, 1);
    for (name, content) in [
        (b"tEXt", &b"Author\0Ada"[..]),
        (b"eXIf", &exif(1)[6..]),
        (b"tIME", &[7; 7]),
        (b"prVt", b"private"),
    ] {
        assert_eq!(kept(&ann, png_with(name, content)).await.1, bare);
    }
    let bare = file(&noise(8, 8, 2), ImageFormat::Gif);
    let mut posted = bare.clone();
    let comment = b"\x21\xfe\x0chello there!\x00\x21\xff\x0bXMP DataXMP\x04where\x00";
    let comment = [&comment[..comment.len() - 7], b"\x05where\x00"].concat();
    posted.splice(posted.len() - 1..posted.len() - 1, comment);
    assert_eq!(kept(&ann, posted).await.1, bare);
    let bare = file(&noise(8, 8, 3), ImageFormat::WebP);
    let mut posted = bare.clone();
    let metadata = [
        &b"EXIF"[..],
        &[3, 0, 0, 0],
        b"abc\0",
        b"XMP ",
        &[2, 0, 0, 0],
        b"xx",
    ]
    .concat();
    posted.extend_from_slice(&metadata);
    let length = u32::try_from(posted.len() - 8).unwrap();
    posted[4..8].copy_from_slice(&length.to_le_bytes());
    assert_eq!(kept(&ann, posted).await.1, bare);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_colour_profile_stays() {
    let server = TestServer::start().await;
    let ann = Visitor::on_new_board(&server.url("")).await;
    let profile = segment(0xe2, b"ICC_PROFILE\0\x01\x01pretend");
    let mut posted = file(&red_and_blue(), ImageFormat::Jpeg);
    posted.splice(2..2, profile);
    assert_eq!(kept(&ann, posted.clone()).await.1, posted);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_animation_that_exif_turns_stays_an_animation() {
    let server = TestServer::start().await;
    let ann = Visitor::on_new_board(&server.url("")).await;
    let turned = &exif(6)[6..];
    for (bare, posted) in [
        (animated_png(None), animated_png(Some(turned))),
        (animated_webp(None), animated_webp(Some(turned))),
    ] {
        let (about, kept) = kept(&ann, posted).await;
        assert_eq!(kept, bare);
        assert_eq!((&about["width"], &about["height"]), (&8.into(), &4.into()));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_profile_stays_on_a_turned_picture_only_if_it_describes_its_colours() {
    let server = TestServer::start().await;
    let ann = Visitor::on_new_board(&server.url("")).await;
    let profile = |colors: &[u8; 4]| {
        let mut profile = [7; 128];
        profile[16..20].copy_from_slice(colors);
        segment(0xe2, &[b"ICC_PROFILE\0\x01\x01", &profile[..]].concat())
    };
    let rgb = file(&red_and_blue(), ImageFormat::Jpeg);
    for (mut posted, colors, stays) in [(rgb, b"RGB ", true), (cmyk_jpeg(), b"CMYK", false)] {
        posted.splice(2..2, [segment(0xe1, &exif(6)), profile(colors)].concat());
        let (_, kept) = kept(&ann, posted).await;
        assert_eq!(has(&kept, b"ICC_PROFILE"), stays, "{colors:?}");
    }
}
