//! The palette: the RGB values of each named colour, for the light and the dark theme.
//!
//! The same values stand in `style/tokens.css` as `--ink-<name>` and `--highlight-<name>` for the
//! controls; a test below compares the two.

use super::style::Color;

/// An opaque sRGB colour, eight bits a channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rgb {
    /// Red, 0 ..= 255.
    pub r: u8,
    /// Green, 0 ..= 255.
    pub g: u8,
    /// Blue, 0 ..= 255.
    pub b: u8,
}

impl Rgb {
    /// Reads `0xRRGGBB`.
    #[must_use]
    pub const fn from_hex(hex: u32) -> Self {
        let [_, r, g, b] = hex.to_be_bytes();
        Self { r, g, b }
    }

    /// Returns the colour as `0xRRGGBB`.
    #[must_use]
    pub const fn to_hex(self) -> u32 {
        u32::from_be_bytes([0, self.r, self.g, self.b])
    }

    /// Mixes two colours: `share` of `other`, 0.0 ..= 1.0, computed in sRGB.
    #[must_use]
    pub fn mixed(self, other: Self, share: f32) -> Self {
        let mix = |a: u8, b: u8| {
            let value = f32::from(a) + (f32::from(b) - f32::from(a)) * share.clamp(0.0, 1.0);
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "between two bytes"
            )]
            let byte = value.round() as u8;
            byte
        };
        Self {
            r: mix(self.r, other.r),
            g: mix(self.g, other.g),
            b: mix(self.b, other.b),
        }
    }

    /// Relative luminance after WCAG 2, 0.0 ..= 1.0.
    #[must_use]
    pub fn luminance(self) -> f64 {
        let linear = |v: u8| {
            let v = f64::from(v) / 255.0;
            if v <= 0.040_45 {
                v / 12.92
            } else {
                ((v + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * linear(self.r) + 0.7152 * linear(self.g) + 0.0722 * linear(self.b)
    }

    /// Contrast ratio after WCAG 2, 1.0 ..= 21.0.
    #[must_use]
    pub fn contrast(self, other: Self) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// The colour of the same hue and chroma with the opposite lightness: white for black, pale
    /// blue for dark blue.
    #[must_use]
    pub fn with_opposite_lightness(self) -> Self {
        let (least, most) = (
            self.r.min(self.g).min(self.b),
            self.r.max(self.g).max(self.b),
        );
        let flip = |value: u8| value - least + (u8::MAX - most);
        Self {
            r: flip(self.r),
            g: flip(self.g),
            b: flip(self.b),
        }
    }

    /// Writes `#rrggbb`, as CSS and SVG read it.
    #[must_use]
    pub fn to_css(self) -> String {
        format!("#{:02x}{:02x}{:02x}", self.r, self.g, self.b)
    }
}

/// The theme that a board is painted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Theme {
    /// Dark ink on a white board. Exports use it unless the caller asks for the other.
    #[default]
    Light,
    /// Light ink on a near-black board.
    Dark,
}

/// The four values of one named colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Swatch {
    /// Pen ink on the light board.
    pub ink_light: Rgb,
    /// Pen ink on the dark board.
    pub ink_dark: Rgb,
    /// Highlighter on the light board, before [`HIGHLIGHT_ALPHA`].
    pub highlight_light: Rgb,
    /// Highlighter on the dark board, before [`HIGHLIGHT_ALPHA`].
    pub highlight_dark: Rgb,
}

impl Swatch {
    const fn new(ink_light: u32, ink_dark: u32, highlight_light: u32, highlight_dark: u32) -> Self {
        Self {
            ink_light: Rgb::from_hex(ink_light),
            ink_dark: Rgb::from_hex(ink_dark),
            highlight_light: Rgb::from_hex(highlight_light),
            highlight_dark: Rgb::from_hex(highlight_dark),
        }
    }

    /// The pen ink for `theme`.
    #[must_use]
    pub const fn ink(self, theme: Theme) -> Rgb {
        match theme {
            Theme::Light => self.ink_light,
            Theme::Dark => self.ink_dark,
        }
    }

    /// The highlighter ink for `theme`; paint it with [`HIGHLIGHT_ALPHA`].
    #[must_use]
    pub const fn highlight(self, theme: Theme) -> Rgb {
        match theme {
            Theme::Light => self.highlight_light,
            Theme::Dark => self.highlight_dark,
        }
    }
}

/// Opacity of a highlighter stroke, 0.0 ..= 1.0. Text under it stays readable.
pub const HIGHLIGHT_ALPHA: f32 = 0.42;

/// The colour of the board's background.
#[must_use]
pub const fn background(theme: Theme) -> Rgb {
    match theme {
        Theme::Light => Rgb::from_hex(0x00fd_fdfc),
        Theme::Dark => Rgb::from_hex(0x0015_181c),
    }
}

/// The values of a colour in both themes.
#[must_use]
pub fn swatch(color: Color) -> Swatch {
    match color {
        Color::Black => Swatch::new(0x001d_2026, 0x00f1_f3f5, 0x0060_6875, 0x00e2_e5ea),
        Color::Grey => Swatch::new(0x0087_8e99, 0x009b_a3af, 0x00a9_b0bb, 0x0098_a0ad),
        Color::Red => Swatch::new(0x00d6_3438, 0x00ff_6e6a, 0x00ff_5252, 0x00ff_5b5b),
        Color::Orange => Swatch::new(0x00e6_730f, 0x00ff_a052, 0x00ff_9429, 0x00ff_962e),
        Color::Yellow => Swatch::new(0x00e3_aa00, 0x00ff_d454, 0x00ff_dd1f, 0x00ff_d92b),
        Color::Green => Swatch::new(0x002b_9a4b, 0x0063_d286, 0x004c_db6a, 0x0046_d66a),
        Color::Teal => Swatch::new(0x0011_949b, 0x004f_cfd2, 0x0024_d3cf, 0x0025_cbc9),
        Color::Blue => Swatch::new(0x002f_6be0, 0x0074_a7ff, 0x004f_9dff, 0x004c_97ff),
        Color::Violet => Swatch::new(0x0079_4cdf, 0x00ae_90ff, 0x00a0_70ff, 0x009d_70ff),
        Color::Pink => Swatch::new(0x00d9_4489, 0x00ff_86bb, 0x00ff_62b0, 0x00ff_62ae),
        Color::Custom(rgb) => {
            let dark = with_min_contrast(rgb, background(Theme::Dark));
            let light = with_min_contrast(rgb, background(Theme::Light));
            Swatch {
                ink_light: light,
                ink_dark: dark,
                highlight_light: rgb,
                highlight_dark: rgb,
            }
        }
        Color::Drawn(rgb) => {
            let dark = rgb.with_opposite_lightness();
            Swatch {
                ink_light: rgb,
                ink_dark: dark,
                highlight_light: rgb,
                highlight_dark: dark,
            }
        }
    }
}

/// Least contrast of a custom colour against the background: that of the palest named colour.
const MIN_CONTRAST: f64 = 1.9;

/// Returns the colour, made lighter or darker until it stands out from the background.
fn with_min_contrast(rgb: Rgb, ground: Rgb) -> Rgb {
    let extreme = if ground.luminance() < 0.5 {
        Rgb::from_hex(0x00ff_ffff)
    } else {
        Rgb::from_hex(0)
    };
    (0..=10_u8)
        .map(|step| rgb.mixed(extreme, f32::from(step) / 10.0))
        .find(|shade| shade.contrast(ground) >= MIN_CONTRAST)
        .unwrap_or(extreme)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOKENS: &str = include_str!("../../../style/tokens.css");

    const NAMED: [(&str, Color); 10] = [
        ("black", Color::Black),
        ("grey", Color::Grey),
        ("red", Color::Red),
        ("orange", Color::Orange),
        ("yellow", Color::Yellow),
        ("green", Color::Green),
        ("teal", Color::Teal),
        ("blue", Color::Blue),
        ("violet", Color::Violet),
        ("pink", Color::Pink),
    ];

    fn assert_token(name: &str, light: Rgb, dark: Rgb) {
        let line = format!(
            "--{name}: light-dark({}, {});",
            light.to_css(),
            dark.to_css()
        );
        assert!(TOKENS.contains(&line), "style/tokens.css lacks `{line}`");
    }

    #[test]
    fn style_tokens_and_painters_show_the_same_colours() {
        for (name, color) in NAMED {
            let s = swatch(color);
            assert_token(&format!("ink-{name}"), s.ink_light, s.ink_dark);
            assert_token(
                &format!("highlight-{name}"),
                s.highlight_light,
                s.highlight_dark,
            );
        }
        assert_token(
            "color-canvas",
            background(Theme::Light),
            background(Theme::Dark),
        );
    }

    #[test]
    fn every_ink_contrasts_with_the_background() {
        for (name, color) in NAMED {
            for theme in [Theme::Light, Theme::Dark] {
                let ratio = swatch(color).ink(theme).contrast(background(theme));
                assert!(ratio >= 1.9, "{name} on {theme:?}: {ratio:.2}");
            }
        }
    }
}
