//! The files of the bundled typefaces, as the client loads them.

use shared::model::Font;

/// The files of a typeface in one weight. Each has the letters of some scripts.
pub(super) fn files(font: Font, bold: bool) -> &'static [&'static [u8]] {
    match (font, bold) {
        (Font::Handwriting, false) => &[
            include_bytes!("../../../../public/fonts/hand-400-latin.4b8c8201110c.woff2"),
            include_bytes!("../../../../public/fonts/hand-400-latin-ext.f34c1be75320.woff2"),
            include_bytes!("../../../../public/fonts/hand-400-cyrillic.e0766d43b29a.woff2"),
        ],
        (Font::Handwriting, true) => &[
            include_bytes!("../../../../public/fonts/hand-700-latin.2ebc73363870.woff2"),
            include_bytes!("../../../../public/fonts/hand-700-latin-ext.0855148fc02d.woff2"),
            include_bytes!("../../../../public/fonts/hand-700-cyrillic.7b52d76ba84a.woff2"),
        ],
        (Font::Mono, false) => &[
            include_bytes!("../../../../public/fonts/mono-400-latin.c73c16c68eb6.woff2"),
            include_bytes!("../../../../public/fonts/mono-400-latin-ext.99ecd16e885c.woff2"),
            include_bytes!("../../../../public/fonts/mono-400-cyrillic.456b94d70a28.woff2"),
            include_bytes!("../../../../public/fonts/mono-400-greek.5238ef2214de.woff2"),
        ],
        (Font::Mono, true) => &[
            include_bytes!("../../../../public/fonts/mono-700-latin.a10bd09e71e9.woff2"),
            include_bytes!("../../../../public/fonts/mono-700-latin-ext.9d6d7587dd56.woff2"),
            include_bytes!("../../../../public/fonts/mono-700-cyrillic.a9dea9aaa5f2.woff2"),
            include_bytes!("../../../../public/fonts/mono-700-greek.914639d72de1.woff2"),
        ],
        (Font::Sans, false) => &[
            include_bytes!("../../../../public/fonts/sans-400-latin.3936f21b732a.woff2"),
            include_bytes!("../../../../public/fonts/sans-400-latin-ext.5178ab96f356.woff2"),
            include_bytes!("../../../../public/fonts/sans-400-cyrillic.a303007f65db.woff2"),
            include_bytes!("../../../../public/fonts/sans-400-greek.859cd9a227df.woff2"),
        ],
        (Font::Sans, true) => &[
            include_bytes!("../../../../public/fonts/sans-700-latin.abbae8b498c7.woff2"),
            include_bytes!("../../../../public/fonts/sans-700-latin-ext.782c550e9025.woff2"),
            include_bytes!("../../../../public/fonts/sans-700-cyrillic.c6144cc2f911.woff2"),
            include_bytes!("../../../../public/fonts/sans-700-greek.15d597eacdb0.woff2"),
        ],
    }
}
