//! The pixels of pictures, in the sizes in which they are painted.

use std::sync::Arc;

use kurbo::{Affine, Vec2};
use shared::model::{BlobHash, Picture};
use tiny_skia::{ColorU8, IntSize, Pixmap};

/// Bytes of the pixels that are kept for the next band. A larger picture is kept alone.
const MAX_KEPT_BYTES: usize = 96 * 1024 * 1024;

/// Finds the pictures of images.
pub trait Pictures {
    /// The file of a picture; `None` if it is not at hand. Its caller keeps one file at a time.
    fn file(&self, picture: &Picture) -> Option<Vec<u8>>;

    /// The pixels of a picture, of its first frame; `None` if it is not at hand or cannot be decoded.
    fn pixels(&self, picture: &Picture) -> Option<Pixels>;
}

/// No picture is at hand.
#[derive(Clone, Copy, Debug)]
pub struct NoPictures;

impl Pictures for NoPictures {
    fn file(&self, _: &Picture) -> Option<Vec<u8>> {
        None
    }

    fn pixels(&self, _: &Picture) -> Option<Pixels> {
        None
    }
}

/// The pixels of a picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pixels {
    /// Pixels from left to right.
    pub width: u32,
    /// Pixels from top to bottom.
    pub height: u32,
    /// Red, green, blue and opacity of each pixel, row by row.
    pub rgba: Vec<u8>,
}

impl Pixels {
    /// The mean colours of fields of so many pixels each; fields at the right and lower edges may be
    /// smaller.
    pub(crate) fn shrunk(self, [across, down]: [u32; 2]) -> Self {
        if (across, down) == (1, 1) {
            return self;
        }
        let (width, height) = (self.width.div_ceil(across), self.height.div_ceil(down));
        let (pixels, _) = self.rgba.as_chunks::<4>();
        let mut rgba = Vec::with_capacity(4 * width as usize * height as usize);
        let rows = || pixels.chunks(self.width.max(1) as usize);
        for row in 0..height {
            let rows = rows().skip((row * down) as usize).take(down as usize);
            let mut fields = vec![Field::default(); width as usize];
            for pixels in rows {
                for (field, part) in fields.iter_mut().zip(pixels.chunks(across as usize)) {
                    part.iter().for_each(|pixel| field.add(*pixel));
                }
            }
            rgba.extend(fields.iter().flat_map(Field::mean));
        }
        Self {
            width,
            height,
            rgba,
        }
    }

    /// The pixels with their colours multiplied by their opacity; `None` if they have no size.
    fn into_pixmap(self) -> Option<Pixmap> {
        let size = IntSize::from_wh(self.width, self.height)?;
        let mut rgba = self.rgba;
        for pixel in rgba.as_chunks_mut::<4>().0 {
            let [r, g, b, a] = *pixel;
            let whole = ColorU8::from_rgba(r, g, b, a).premultiply();
            *pixel = [whole.red(), whole.green(), whole.blue(), whole.alpha()];
        }
        Pixmap::from_vec(rgba, size)
    }
}

/// The sum of the colours of a field, each weighed by its opacity.
#[derive(Clone, Default)]
struct Field {
    colors: [u64; 3],
    alpha: u64,
    count: u64,
}

impl Field {
    fn add(&mut self, [r, g, b, a]: [u8; 4]) {
        let alpha = u64::from(a);
        for (sum, color) in self.colors.iter_mut().zip([r, g, b]) {
            *sum += u64::from(color) * alpha;
        }
        self.alpha += alpha;
        self.count += 1;
    }

    fn mean(&self) -> [u8; 4] {
        let part = |sum: u64, of: u64| (sum + of / 2).checked_div(of).unwrap_or(0) as u8;
        let [r, g, b] = self.colors.map(|sum| part(sum, self.alpha));
        [r, g, b, part(self.alpha, self.count)]
    }
}

/// A picture of about the size in which it is painted.
pub(crate) struct Scaled {
    /// The pixels.
    pub(crate) pixmap: Pixmap,
    /// Maps the pixels to the whole picture, which reaches from 0, 0 to 1, 1.
    pub(crate) to_whole: Affine,
}

/// The pictures that were painted last. The bands of a PNG paint the same ones again.
pub(crate) struct ScaledPictures<'a> {
    pictures: &'a dyn Pictures,
    /// The last one was used last.
    kept: Vec<(Key, Option<Arc<Scaled>>)>,
    most_bytes: usize,
}

/// A picture, and how many of its pixels become one.
type Key = (BlobHash, [u32; 2]);

impl<'a> ScaledPictures<'a> {
    pub(crate) const fn new(pictures: &'a dyn Pictures) -> Self {
        Self {
            pictures,
            kept: Vec::new(),
            most_bytes: MAX_KEPT_BYTES,
        }
    }

    /// The pixels of a picture that `whole` maps from 0, 0 to 1, 1 to pixels of the canvas.
    pub(crate) fn get(&mut self, picture: &Picture, whole: Affine) -> Option<Arc<Scaled>> {
        let [a, b, c, d, ..] = whole.as_coeffs();
        let per = |pixels: u32, side: Vec2| (f64::from(pixels) / side.hypot().max(1.0)) as u32;
        let by = [
            per(picture.width, Vec2::new(a, b)).max(1),
            per(picture.height, Vec2::new(c, d)).max(1),
        ];
        let key = (picture.sha256, by);
        let known = self.kept.iter().position(|(known, _)| *known == key);
        let entry = match known {
            Some(place) => self.kept.remove(place),
            None => (key, self.load(picture, by)),
        };
        let found = entry.1.clone();
        self.kept.push(entry);
        self.forget_oldest();
        found
    }

    fn load(&self, picture: &Picture, by: [u32; 2]) -> Option<Arc<Scaled>> {
        let pixels = self.pictures.pixels(picture)?;
        let (across, down) = (f64::from(by[0]), f64::from(by[1]));
        let (width, height) = (f64::from(pixels.width), f64::from(pixels.height));
        let to_whole = Affine::scale_non_uniform(across / width, down / height);
        let pixmap = pixels.shrunk(by).into_pixmap()?;
        Some(Arc::new(Scaled { pixmap, to_whole }))
    }

    fn forget_oldest(&mut self) {
        let bytes = |(_, scaled): &(Key, Option<Arc<Scaled>>)| {
            scaled.as_ref().map_or(0, |it| it.pixmap.data().len())
        };
        let mut sum: usize = self.kept.iter().map(bytes).sum();
        while sum > self.most_bytes && self.kept.len() > 1 {
            sum -= bytes(&self.kept.remove(0));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use shared::model::MediaType;

    use super::*;

    fn picture(number: u8, side: u32) -> Picture {
        Picture {
            sha256: BlobHash::of(&[number]),
            media_type: MediaType::Png,
            width: side,
            height: side,
            thumbhash: Vec::new(),
        }
    }

    struct Counting(Cell<u32>);

    impl Pictures for Counting {
        fn file(&self, _: &Picture) -> Option<Vec<u8>> {
            None
        }

        fn pixels(&self, picture: &Picture) -> Option<Pixels> {
            self.0.set(self.0.get() + 1);
            let (width, height) = (picture.width, picture.height);
            let rgba = vec![255; 4 * (width * height) as usize];
            Some(Pixels {
                width,
                height,
                rgba,
            })
        }
    }

    #[test]
    fn fields_have_the_mean_of_what_is_seen() {
        let (red, clear) = ([200, 0, 0, 255], [0, 90, 0, 0]);
        let pixels = Pixels {
            width: 3,
            height: 1,
            rgba: [red, clear, clear].concat(),
        };
        let shrunk = pixels.shrunk([2, 1]);
        assert_eq!((shrunk.width, shrunk.height), (2, 1));
        assert_eq!(shrunk.rgba, [200, 0, 0, 128, 0, 0, 0, 0]);
    }

    #[test]
    fn a_picture_is_decoded_once_for_all_bands() {
        let counting = Counting(Cell::new(0));
        let mut scaled = ScaledPictures::new(&counting);
        let picture = picture(1, 64);
        for _ in 0..3 {
            let found = scaled.get(&picture, Affine::scale(16.0)).unwrap();
            assert_eq!(found.pixmap.width(), 16);
        }
        assert_eq!(counting.0.get(), 1);
    }

    #[test]
    fn pictures_that_are_kept_have_a_bound() {
        let counting = Counting(Cell::new(0));
        let mut scaled = ScaledPictures::new(&counting);
        scaled.most_bytes = 100_000;
        for number in 0..10 {
            // 40 kB each.
            scaled.get(&picture(number, 100), Affine::scale(100.0));
            let kept = scaled.kept.iter().filter_map(|(_, it)| it.as_ref());
            let bytes: usize = kept.map(|it| it.pixmap.data().len()).sum();
            assert!(bytes <= scaled.most_bytes, "{bytes}");
        }
        let last = [8, 9].map(|number| picture(number, 1).sha256);
        let kept = scaled.kept.iter().map(|((hash, _), _)| *hash);
        assert_eq!(kept.collect::<Vec<_>>(), last);
        scaled.get(&picture(11, 1_000), Affine::scale(1_000.0));
        assert_eq!(scaled.kept.len(), 1, "a larger picture is kept alone");
    }
}
