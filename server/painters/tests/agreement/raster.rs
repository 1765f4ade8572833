//! Pictures in pixels, and how much they differ.

/// A picture in pixels without transparency, three bytes each.
pub(crate) struct Raster {
    pub(crate) width: u32,
    pub(crate) rgb: Vec<u8>,
}

impl Raster {
    pub(crate) fn of_rgba(width: u32, rgba: &[u8]) -> Self {
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
    pub(crate) fn difference(&self, other: &Self) -> (f64, f64) {
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

    pub(crate) fn save(&self, name: &str) {
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
