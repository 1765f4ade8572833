//! Pictures that are alike and easy to recognise.

use painters::{Pictures, Pixels};
use shared::model::{MediaType, Picture};
use shared::paint::{PictureAddresses, data_address};

/// Every picture has a red, a green, a blue and a transparent quarter.
#[derive(Debug)]
pub(crate) struct Quarters;

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
