//! The rows of the export dialog in which something can be chosen.

use leptos::prelude::*;
use shared::model::Scope;
use shared::model::palette::Theme;
use shared::paint::Background;

use crate::ui::style::choice::{Choice, ChoiceRow, Glyph};
use crate::ui::switch::Switch;
use crate::view_model::{ExportFormat, ExportOptions, ExportSize, MAX_SCALE, MAX_WIDTH};

const fn letters(name: &'static str, shown: &'static str) -> Choice {
    Choice {
        name,
        glyph: Glyph::Letters(shown),
    }
}

/// In the order of [`ExportFormat::ALL`].
static FORMATS: [Choice; ExportFormat::ALL.len()] = [
    letters("PNG", "PNG"),
    letters("SVG", "SVG"),
    letters("PDF", "PDF"),
    letters("JSON", "JSON"),
    letters("Excalidraw", "Excalidraw"),
];

/// From 1 to [`MAX_SCALE`].
static SCALES: [Choice; MAX_SCALE as usize] = [
    letters("Scale 1", "1×"),
    letters("Scale 2", "2×"),
    letters("Scale 3", "3×"),
    letters("Scale 4", "4×"),
];

const THEMES: [Theme; 2] = [Theme::Light, Theme::Dark];
/// In the order of [`THEMES`].
static THEME_CHOICES: [Choice; THEMES.len()] =
    [letters("Light inks", "Light"), letters("Dark inks", "Dark")];

/// The part of the board.
#[component]
pub(super) fn ScopeRow(
    options: RwSignal<ExportOptions>,
    scopes: Callback<(), Vec<(Scope, String)>>,
) -> impl IntoView {
    // They are those of the moment when the dialog opens.
    let all = scopes.run(());
    let known = all.clone();
    let on_change = move |event| {
        let place = event_target_value(&event).parse::<usize>().unwrap_or(0);
        if let Some((scope, _)) = known.get(place).cloned() {
            options.update(|options| options.scope = scope);
        }
    };
    let option = move |(place, (scope, name)): (usize, (Scope, String))| {
        let is_chosen = move || options.with(|options| options.scope == scope);
        view! { <option value=place.to_string() prop:selected=is_chosen>{name}</option> }
    };
    view! {
        <label class="style-row">
            <span class="style-label">"What"</span>
            <select class="field export-field" on:change=on_change>
                {all.into_iter().enumerate().map(option).collect_view()}
            </select>
        </label>
    }
}

/// The format.
#[component]
pub(super) fn FormatRow(options: RwSignal<ExportOptions>) -> impl IntoView {
    let chosen = move || {
        let format = options.with(|options| options.format);
        ExportFormat::ALL.iter().position(|it| *it == format)
    };
    let on_pick = move |place: usize| {
        if let Some(format) = ExportFormat::ALL.get(place) {
            options.update(|options| options.format = *format);
        }
    };
    view! { <ChoiceRow label="Format" choices=&FORMATS chosen=Signal::derive(chosen) on_pick /> }
}

/// The size of a PNG: a scale, or a width.
#[component]
pub(super) fn SizeRows(options: RwSignal<ExportOptions>) -> impl IntoView {
    let size = move || options.with(|options| options.size);
    let chosen = move || match size() {
        ExportSize::Scale(scale) => usize::try_from(scale).ok()?.checked_sub(1),
        ExportSize::Width(_) => None,
    };
    let set = move |size| options.update(|options| options.size = size);
    let on_pick = move |place: usize| {
        set(ExportSize::Scale(
            u32::try_from(place + 1).unwrap_or(MAX_SCALE),
        ));
    };
    let width = move || match size() {
        ExportSize::Scale(_) => String::new(),
        ExportSize::Width(width) => width.to_string(),
    };
    let on_width = move |event| {
        set(match event_target_value(&event).parse::<u32>() {
            Ok(width) => ExportSize::Width(width.clamp(1, MAX_WIDTH)),
            Err(_) => ExportSize::Scale(1),
        });
    };
    view! {
        <ChoiceRow label="Scale" choices=&SCALES chosen=Signal::derive(chosen) on_pick />
        <label class="style-row">
            <span class="style-label">"Width"</span>
            <input
                class="field export-width"
                type="number"
                inputmode="numeric"
                min="1"
                max=MAX_WIDTH.to_string()
                aria-label="Width in pixels"
                prop:value=width
                on:change=on_width
            />
            <span class="export-unit">"pixels"</span>
        </label>
    }
}

/// The theme and the background of a picture.
#[component]
pub(super) fn LookRows(options: RwSignal<ExportOptions>) -> impl IntoView {
    let chosen = move || {
        let theme = options.with(|options| options.theme);
        THEMES.iter().position(|it| *it == theme)
    };
    let on_pick = move |place: usize| {
        if let Some(theme) = THEMES.get(place) {
            options.update(|options| options.theme = *theme);
        }
    };
    let is_painted = move || options.with(|options| options.background == Background::Board);
    let on_toggle = move |()| {
        options.update(|options| {
            options.background = match options.background {
                Background::Board => Background::Transparent,
                Background::Transparent => Background::Board,
            };
        });
    };
    view! {
        <ChoiceRow label="Theme" choices=&THEME_CHOICES chosen=Signal::derive(chosen) on_pick />
        <Switch label="Background" on=Signal::derive(is_painted) on_toggle />
    }
}

/// Whether the picture contains the elements.
#[component]
pub(super) fn SceneSwitch(options: RwSignal<ExportOptions>) -> impl IntoView {
    let on = move || options.with(|options| options.has_scene);
    let on_toggle = move |()| options.update(|options| options.has_scene = !options.has_scene);
    view! {
        <Switch label="Include the elements" on=Signal::derive(on) on_toggle />
        <p class="export-hint">"The picture can then be opened on a board again and edited."</p>
    }
}

/// The name of the file.
#[component]
pub(super) fn NameRow(name: RwSignal<String>, options: RwSignal<ExportOptions>) -> impl IntoView {
    view! {
        <label class="style-row">
            <span class="style-label">"File"</span>
            <input
                class="field export-field"
                type="text"
                aria-label="File name"
                autocomplete="off"
                spellcheck="false"
                prop:value=name
                on:input=move |event| name.set(event_target_value(&event))
            />
            <span class="export-unit">{move || [".", options.with(|options| options.format.ending())].concat()}</span>
        </label>
    }
}
