//! What an export shall be: the query of a request, checked.

use painters::Resolution;
use serde::Deserialize;
use shared::geometry::BoardRect;
use shared::id::ElementId;
use shared::model::palette::Theme;
use shared::model::{Board, Body, Scope};
use shared::paint::{Background, RenderingOptions};
use url::form_urlencoded;
use utoipa::{IntoParams, ToSchema};

use super::refusal::Refusal;

/// The smallest and the largest scale.
const SCALES: std::ops::RangeInclusive<f64> = 0.01..=16.0;
/// The largest padding in board units.
const MAX_PADDING: f64 = 10_000.0;
/// Elements that a request may name. The address of a request is not longer anyway.
const MAX_NAMED: usize = 1_000;

/// A format of files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    /// JSON of our own.
    Json,
    /// A drawing.
    Svg,
    /// Pixels.
    Png,
    /// Pages.
    Pdf,
    /// A scene of Excalidraw.
    Excalidraw,
}

impl Format {
    /// The format of a file name such as `export.png`.
    pub(crate) fn of_file(name: &str) -> Option<Self> {
        let all = [
            Self::Json,
            Self::Svg,
            Self::Png,
            Self::Pdf,
            Self::Excalidraw,
        ];
        let ending = name.strip_prefix("export.")?;
        all.into_iter().find(|format| format.ending() == ending)
    }

    /// The ending of its files.
    pub(crate) const fn ending(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Svg => "svg",
            Self::Png => "png",
            Self::Pdf => "pdf",
            Self::Excalidraw => "excalidraw",
        }
    }

    /// Its media type.
    pub(crate) const fn media_type(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Svg => "image/svg+xml",
            Self::Png => "image/png",
            Self::Pdf => "application/pdf",
            Self::Excalidraw => formats::excalidraw::MEDIA_TYPE,
        }
    }
}

/// The query of a request, as it is written.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct ExportQuery {
    /// Pixels for a board unit: 0.01 to 16. Of PNG only.
    scale: Option<f64>,
    /// The width of a PNG in pixels, instead of a scale.
    width: Option<u32>,
    /// The space around the elements in board units: 0 to 10,000.
    padding: Option<f64>,
    /// The colours.
    #[param(inline)]
    theme: Option<QueryTheme>,
    /// Whether the colour of the board is behind the elements.
    #[param(inline)]
    background: Option<QueryBackground>,
    /// The id of the frame that is exported.
    frame: Option<String>,
    /// The ids of the elements that are exported, separated by commas.
    elements: Option<String>,
    /// Whether a PNG or SVG carries the JSON of its elements.
    embed: Option<bool>,
    /// Whether images show their pictures. Otherwise they show blurred previews.
    pictures: Option<bool>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
enum QueryTheme {
    Light,
    Dark,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
enum QueryBackground {
    Board,
    Transparent,
}

/// An export that was asked for.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ExportRequest {
    pub(crate) format: Format,
    pub(crate) scope: Scope,
    /// The part of the board that a picture shows; all of the scope if there is none.
    pub(crate) area: Option<BoardRect>,
    pub(crate) options: RenderingOptions,
    pub(crate) resolution: Resolution,
    /// Whether a PNG or SVG carries the JSON of its elements.
    pub(crate) embeds_scene: bool,
    /// Whether images show their pictures. Otherwise they show blurred previews.
    pub(crate) has_pictures: bool,
}

impl ExportRequest {
    /// Reads the query of a request.
    ///
    /// # Errors
    /// [`Refusal::Query`], which names the parameter.
    pub(crate) fn parse(format: Format, query: &str) -> Result<Self, Refusal> {
        let pairs = serde_urlencoded::Deserializer::new(form_urlencoded::parse(query.as_bytes()));
        let query: ExportQuery = serde_path_to_error::deserialize(pairs)
            .map_err(|error| bad(format!("the query cannot be read: {error}")))?;
        let scope = scope(query.frame.as_deref(), query.elements.as_deref())?;
        let padding = match (query.padding, &scope) {
            (Some(padding), _) if (0.0..=MAX_PADDING).contains(&padding) => padding,
            (Some(_), _) => return Err(bad(format!("padding is from 0 to {MAX_PADDING}"))),
            (None, Scope::Frame(_)) => 0.0,
            (None, Scope::Board | Scope::Elements(_)) => RenderingOptions::default().padding,
        };
        Ok(Self {
            format,
            scope,
            area: None,
            options: RenderingOptions {
                theme: match query.theme {
                    Some(QueryTheme::Dark) => Theme::Dark,
                    Some(QueryTheme::Light) | None => Theme::Light,
                },
                background: match query.background {
                    Some(QueryBackground::Transparent) => Background::Transparent,
                    Some(QueryBackground::Board) | None => Background::Board,
                },
                padding,
            },
            resolution: resolution(query.scale, query.width)?,
            embeds_scene: query.embed.unwrap_or_default(),
            has_pictures: query.pictures.unwrap_or(true),
        })
    }

    /// Checks the request against the board.
    ///
    /// # Errors
    /// [`Refusal::Unfit`] if the board has no such frame or elements.
    pub(crate) fn check(&self, board: &Board) -> Result<(), Refusal> {
        let missing = match &self.scope {
            Scope::Board => return Ok(()),
            Scope::Frame(id) => {
                let frame = board.get(*id);
                let is_frame = frame.is_some_and(|it| matches!(it.body, Body::Frame));
                (!is_frame).then_some("the board has no frame with this id")
            }
            Scope::Elements(ids) => {
                let has_one = ids.iter().any(|id| board.get(*id).is_some());
                (!has_one).then_some("the board has none of these elements")
            }
        };
        match missing {
            Some(detail) => Err(Refusal::Unfit(detail.to_owned())),
            None => Ok(()),
        }
    }

    /// Pixels of one board unit of an SVG document that shows `region`. The width of a document has
    /// no limit of its own, but curves are as fine as its scale needs.
    ///
    /// # Errors
    /// [`Refusal::Unfit`] if the scale would be too large.
    pub(crate) fn svg_scale(&self, region: BoardRect) -> Result<f64, Refusal> {
        let (scale, most) = (self.resolution.scale(region), *SCALES.end());
        if scale <= most {
            return Ok(scale);
        }
        let widest = (region.width() * most).floor();
        let detail = format!("this drawing can have a width of at most {widest}");
        Err(Refusal::Unfit(detail))
    }
}

fn bad(detail: impl Into<String>) -> Refusal {
    Refusal::Query(detail.into())
}

fn resolution(scale: Option<f64>, width: Option<u32>) -> Result<Resolution, Refusal> {
    match (scale, width) {
        (Some(_), Some(_)) => Err(bad("give scale or width, not both")),
        (Some(scale), None) if SCALES.contains(&scale) => Ok(Resolution::Scale(scale)),
        (Some(_), None) => {
            let (low, high) = (SCALES.start(), SCALES.end());
            Err(bad(format!("scale is from {low} to {high}")))
        }
        (None, Some(0)) => Err(bad("width is at least 1")),
        (None, Some(width)) => Ok(Resolution::Width(width)),
        (None, None) => Ok(Resolution::Scale(1.0)),
    }
}

fn scope(frame: Option<&str>, elements: Option<&str>) -> Result<Scope, Refusal> {
    let id = |text: &str| {
        let id = text.parse::<ElementId>();
        id.map_err(|error| bad(format!("an id is malformed: {error}")))
    };
    match (frame, elements) {
        (Some(_), Some(_)) => Err(bad("give frame or elements, not both")),
        (Some(frame), None) => id(frame).map(Scope::Frame),
        (None, Some(list)) => {
            let ids: Vec<&str> = list.split(',').collect();
            if ids.len() > MAX_NAMED {
                return Err(bad(format!("at most {MAX_NAMED} elements can be named")));
            }
            let ids = ids.into_iter().map(id);
            ids.collect::<Result<_, _>>().map(Scope::Elements)
        }
        (None, None) => Ok(Scope::Board),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_good_query_is_read() {
        let read = ExportRequest::parse(
            Format::Png,
            "width=640&theme=dark&background=transparent&embed=true&padding=0&elements=7gAAAAAAAAAAAAAAAAAAAQ",
        );
        let read = read.unwrap();
        assert_eq!(read.resolution, Resolution::Width(640));
        assert_eq!(
            (read.options.theme, read.options.background),
            (Theme::Dark, Background::Transparent)
        );
        assert!(read.embeds_scene && read.options.padding == 0.0);
        assert!(matches!(read.scope, Scope::Elements(ids) if ids.len() == 1));
    }

    #[test]
    fn a_bad_query_is_refused_and_named() {
        for (query, part) in [
            ("scale=0", "scale"),
            ("scale=NaN", "scale"),
            ("scale=inf", "scale"),
            ("scale=17", "scale"),
            ("scale=2&width=9", "both"),
            ("width=-1", "width"),
            ("width=0", "width"),
            ("padding=-1", "padding"),
            ("padding=NaN", "padding"),
            ("theme=blue", "blue"),
            ("background=red", "red"),
            ("frame=x", "id"),
            (
                "frame=7gAAAAAAAAAAAAAAAAAAAQ&elements=7gAAAAAAAAAAAAAAAAAAAQ",
                "both",
            ),
            ("elements=", "id"),
            ("colour=1", "colour"),
            ("scale=1&scale=2", "scale"),
            ("embed=perhaps", "embed"),
        ] {
            let problem = ExportRequest::parse(Format::Png, query).unwrap_err();
            assert!(matches!(problem, Refusal::Query(_)), "{query}");
            assert!(
                format!("{problem:?}").contains(part),
                "{query}: {problem:?}"
            );
        }
    }

    #[test]
    fn the_scale_of_a_drawing_is_bounded_however_it_is_given() {
        let region = BoardRect::new(0.0, 0.0, 100.0, 1.0);
        let scale = |query| {
            let request = ExportRequest::parse(Format::Svg, query).unwrap();
            request.svg_scale(region)
        };
        assert_eq!(scale("scale=3"), Ok(3.0));
        assert_eq!(scale("width=50"), Ok(0.5));
        assert_eq!(scale("width=1600"), Ok(16.0));
        let Err(Refusal::Unfit(detail)) = scale("width=1601") else {
            panic!("the width is too large");
        };
        assert!(detail.contains("1600"), "{detail}");
    }

    #[test]
    fn formats_are_told_by_the_name_of_the_file() {
        assert_eq!(Format::of_file("export.png"), Some(Format::Png));
        for name in [
            "export",
            "export.",
            "png",
            "export.PNG",
            "export.png.exe",
            ".png",
        ] {
            assert_eq!(Format::of_file(name), None, "{name}");
        }
    }
}
