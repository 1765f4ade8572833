//! Pictures as painters get them, and their blurred preview.

use kurbo::{Affine, BezPath, Point, Rect, Shape as _, Size};

use crate::geometry::route::rounded_polygon;
use crate::model::palette::Rgb;
use crate::model::{Crop, Picture};

use super::{Blend, Fill, Painter};

/// Fields along the longer side of a preview that is painted without pixels. More would make
/// documents larger and show no more.
const FIELDS: f64 = 8.0;
/// Colour of a picture without a readable preview.
const UNKNOWN: [u8; 4] = [128, 128, 128, 255];

/// A picture in a box.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlacedPicture<'a> {
    /// The picture.
    pub picture: &'a Picture,
    /// The part of it that fills the box.
    pub crop: Crop,
    /// The size of the box, in units of `place`.
    pub size: Size,
    /// The radius of the box's corners, in units of `place`.
    pub corner: f64,
    /// Maps the box, whose upper left corner is at 0, 0, to board units. It mirrors and rotates.
    pub place: Affine,
    /// Opacity, 0.0 ..= 1.0.
    pub alpha: f32,
    /// The description for users who do not see it. Empty if there is none.
    pub alternative_text: &'a str,
}

impl PlacedPicture<'_> {
    /// The outline of the box in board units. The picture is visible within it.
    #[must_use]
    pub fn outline(&self) -> BezPath {
        let rect = Rect::from_origin_size((0.0, 0.0), self.size);
        let corners = [
            Point::new(rect.x0, rect.y0),
            Point::new(rect.x1, rect.y0),
            Point::new(rect.x1, rect.y1),
            Point::new(rect.x0, rect.y1),
        ];
        self.place * rounded_polygon(&corners, self.corner)
    }

    /// Maps the whole picture, which reaches from 0, 0 to 1, 1, to board units.
    #[must_use]
    pub fn whole(&self) -> Affine {
        let shown = self.crop.rect();
        let stretch = |side: f64, part: f64| if part > 0.0 { side / part } else { 0.0 };
        self.place
            * Affine::scale_non_uniform(
                stretch(self.size.width, shown.width()),
                stretch(self.size.height, shown.height()),
            )
            * Affine::translate(-shown.origin().to_vec2())
    }
}

/// The pixels of a blurred preview.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preview {
    /// Width in pixels, 1 to 32.
    pub width: usize,
    /// Height in pixels, 1 to 32.
    pub height: usize,
    /// Red, green, blue and opacity of each pixel, row by row.
    pub rgba: Vec<u8>,
}

impl Preview {
    /// The preview of a picture. A grey pixel if it has none that can be read.
    #[must_use]
    pub fn of(picture: &Picture) -> Self {
        let read = thumbhash::thumb_hash_to_rgba(&picture.thumbhash).ok();
        let (width, height, rgba) = read
            .filter(|(width, height, _)| *width > 0 && *height > 0)
            .unwrap_or_else(|| (1, 1, UNKNOWN.to_vec()));
        Self {
            width,
            height,
            rgba,
        }
    }

    /// The colour and the opacity at a place, in parts of its width and height.
    fn at(&self, place: Point) -> [u8; 4] {
        let index = |part: f64, count: usize| ((part * count as f64) as usize).min(count - 1);
        let pixel = index(place.y, self.height) * self.width + index(place.x, self.width);
        let (pixels, _) = self.rgba.as_chunks::<4>();
        pixels.get(pixel).copied().unwrap_or(UNKNOWN)
    }
}

/// Paints the preview of a picture as fields of colour, for painters that have no pixels.
pub fn paint_preview(placed: &PlacedPicture<'_>, painter: &mut (impl Painter + ?Sized)) {
    let preview = Preview::of(placed.picture);
    let (pixels, _) = preview.rgba.as_chunks::<4>();
    let outline = placed.outline();
    if let [first, rest @ ..] = pixels
        && rest.iter().all(|pixel| pixel == first)
    {
        painter.fill(&outline, &paint(*first, placed.alpha));
        return;
    }
    let longer = placed.size.width.max(placed.size.height);
    let count = |side: f64| (side / longer * FIELDS).ceil().clamp(1.0, FIELDS);
    let (columns, rows) = (count(placed.size.width), count(placed.size.height));
    let field = Size::new(placed.size.width / columns, placed.size.height / rows);
    let crop = placed.crop.rect();
    painter.clip(&outline);
    for row in 0..rows as u32 {
        for column in 0..columns as u32 {
            let (column, row) = (f64::from(column), f64::from(row));
            let middle = Point::new(
                crop.x0 + crop.width() * (column + 0.5) / columns,
                crop.y0 + crop.height() * (row + 0.5) / rows,
            );
            let corner = (column * field.width, row * field.height);
            let rect = Rect::from_origin_size(corner, field).to_path(1.0);
            painter.fill(
                &(placed.place * rect),
                &paint(preview.at(middle), placed.alpha),
            );
        }
    }
    painter.unclip();
}

fn paint([red, green, blue, opacity]: [u8; 4], alpha: f32) -> Fill {
    let hex = u32::from_be_bytes([0, red, green, blue]);
    Fill {
        rgb: Rgb::from_hex(hex),
        alpha: alpha * f32::from(opacity) / 255.0,
        blend: Blend::Cover,
    }
}
