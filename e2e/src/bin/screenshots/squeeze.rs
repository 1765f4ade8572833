//! Pictures with at most 256 colours: a quarter of the bytes, and nobody sees it on flat surfaces.

use anyhow::Result;
use e2e::pixels::Picture;

type Rgb = [u8; 3];

/// One place for each colour there is: far quicker than a map of a million pixels.
const COLOURS: usize = 1 << 24;

/// The same picture as a PNG with a palette.
pub(crate) fn squeezed(png: &[u8]) -> Result<Vec<u8>> {
    let picture = Picture::decode(png)?;
    let mut counts = vec![0_u32; COLOURS];
    let mut seen = Vec::new();
    for pixel in picture.rgba.chunks_exact(4) {
        let rgb = [pixel[0], pixel[1], pixel[2]];
        if counts[number(rgb)] == 0 {
            seen.push(rgb);
        }
        counts[number(rgb)] += 1;
    }
    let palette = palette(
        seen.iter()
            .map(|rgb| (*rgb, counts[number(*rgb)]))
            .collect(),
    );
    // What counted pixels now says where in the palette their colour is.
    for rgb in &seen {
        counts[number(*rgb)] = index_of_nearest(&palette, *rgb).into();
    }
    let mut indices = Vec::with_capacity(picture.width * picture.height);
    for pixel in picture.rgba.chunks_exact(4) {
        indices.push(counts[number([pixel[0], pixel[1], pixel[2]])].try_into()?);
    }
    encoded(&picture, &palette, &indices)
}

fn number([red, green, blue]: Rgb) -> usize {
    usize::from(red) << 16 | usize::from(green) << 8 | usize::from(blue)
}

fn encoded(picture: &Picture, palette: &[Rgb], indices: &[u8]) -> Result<Vec<u8>> {
    let mut out = Vec::new();
    let (width, height) = (picture.width.try_into()?, picture.height.try_into()?);
    let mut encoder = png::Encoder::new(&mut out, width, height);
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_palette(palette.concat());
    encoder.set_compression(png::Compression::High);
    encoder.set_filter(png::Filter::NoFilter);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(indices)?;
    writer.finish()?;
    Ok(out)
}

/// How far the colours of a box reach along a channel, and along which the farthest.
fn widest(colours: &[(Rgb, u32)]) -> (u32, usize) {
    let reach = |channel: usize| {
        let of = colours.iter().map(|(rgb, _)| u32::from(rgb[channel]));
        (
            of.clone().max().unwrap_or(0) - of.min().unwrap_or(0),
            channel,
        )
    };
    (0..3).map(reach).max().unwrap_or((0, 0))
}

/// At most 256 colours that stand for all: boxes of colours are halved, the widest and fullest
/// first, and the commonest colour of each box is taken as it is, so that grounds stay exact.
fn palette(colours: Vec<(Rgb, u32)>) -> Vec<Rgb> {
    let mut boxes = vec![colours];
    while boxes.len() < 256 {
        let weight = |one: &Vec<(Rgb, u32)>| {
            let many: f64 = one.iter().map(|(_, count)| f64::from(*count)).sum();
            f64::from(widest(one).0) * many.sqrt()
        };
        let heaviest = (0..boxes.len())
            .filter(|index| boxes[*index].len() > 1)
            .max_by(|a, b| weight(&boxes[*a]).total_cmp(&weight(&boxes[*b])));
        let Some(index) = heaviest else { break };
        let mut whole = boxes.swap_remove(index);
        let (_, channel) = widest(&whole);
        whole.sort_unstable_by_key(|(rgb, _)| (rgb[channel], *rgb));
        let upper = whole.split_off(whole.len() / 2);
        boxes.extend([whole, upper]);
    }
    let commonest = |one: &Vec<(Rgb, u32)>| {
        one.iter()
            .max_by_key(|(rgb, count)| (*count, *rgb))
            .copied()
    };
    let mut palette: Vec<Rgb> = boxes
        .iter()
        .filter_map(commonest)
        .map(|(rgb, _)| rgb)
        .collect();
    palette.sort_unstable();
    palette
}

fn index_of_nearest(palette: &[Rgb], rgb: Rgb) -> u8 {
    let distance = |other: &Rgb| -> u32 {
        (0..3)
            .map(|channel| u32::from(rgb[channel].abs_diff(other[channel])).pow(2))
            .sum()
    };
    (0_u8..=255)
        .zip(palette)
        .min_by_key(|(_, other)| distance(other))
        .map_or(0, |(index, _)| index)
}

#[cfg(test)]
mod tests {
    use super::squeezed;

    /// A PNG of 64 × 64 pixels, each coloured by its place.
    fn picture(colour: fn(u8, u8) -> [u8; 3]) -> Vec<u8> {
        let mut out = Vec::new();
        let mut encoder = png::Encoder::new(&mut out, 64, 64);
        encoder.set_color(png::ColorType::Rgb);
        let pixels: Vec<u8> = (0..64)
            .flat_map(|y| (0..64).flat_map(move |x| colour(x, y)))
            .collect();
        let mut writer = encoder.write_header().unwrap();
        writer.write_image_data(&pixels).unwrap();
        writer.finish().unwrap();
        out
    }

    /// The colours of a PNG with a palette, pixel by pixel.
    fn colours(png: &[u8]) -> Vec<[u8; 3]> {
        let mut decoder = png::Decoder::new(std::io::Cursor::new(png));
        decoder.set_transformations(png::Transformations::EXPAND);
        let mut reader = decoder.read_info().unwrap();
        let mut buffer = vec![0; reader.output_buffer_size().unwrap()];
        reader.next_frame(&mut buffer).unwrap();
        buffer
            .chunks_exact(3)
            .map(|rgb| [rgb[0], rgb[1], rgb[2]])
            .collect()
    }

    #[test]
    fn few_colours_stay_as_they_are() {
        let few = |x: u8, y: u8| [x / 8 * 8, y / 16 * 16, 7];
        let expected: Vec<[u8; 3]> = (0..64)
            .flat_map(|y| (0..64).map(move |x| few(x, y)))
            .collect();
        assert_eq!(colours(&squeezed(&picture(few)).unwrap()), expected);
    }

    #[test]
    fn many_colours_stay_near_what_they_were() {
        let many = |x: u8, y: u8| [x * 4, y * 4, x / 2 + y / 2];
        let squeezed = colours(&squeezed(&picture(many)).unwrap());
        let expected = (0..64).flat_map(|y| (0..64).map(move |x| many(x, y)));
        for (one, other) in squeezed.iter().zip(expected) {
            assert!(
                one.iter().zip(other).all(|(a, b)| a.abs_diff(b) <= 24),
                "{one:?} {other:?}"
            );
        }
    }
}
