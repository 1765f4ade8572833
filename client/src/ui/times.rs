//! Days and times in words.

use js_sys::{Array, Date, Intl::DateTimeFormat, Object, Reflect};

use crate::clock;

/// The day of a time: "Today", "Yesterday", or the date.
pub(crate) fn day_words(unix_ms: u64) -> String {
    let today = clock::local_day(clock::unix_ms());
    match today - clock::local_day(unix_ms) {
        0 => "Today".to_owned(),
        1 => "Yesterday".to_owned(),
        _ => {
            let parts = [
                ("weekday", "long"),
                ("day", "numeric"),
                ("month", "long"),
                ("year", "numeric"),
            ];
            format(unix_ms, "en-GB", &parts)
        }
    }
}

/// The time of the day, as this person's browser writes it.
pub(crate) fn time_words(unix_ms: u64) -> String {
    format(unix_ms, "", &[("hour", "2-digit"), ("minute", "2-digit")])
}

/// The day and the time.
pub(crate) fn full_words(unix_ms: u64) -> String {
    format(
        unix_ms,
        "",
        &[("dateStyle", "full"), ("timeStyle", "short")],
    )
}

/// The time in the form for programs.
pub(crate) fn machine_words(unix_ms: u64) -> String {
    let date = Date::new(&(unix_ms as f64).into());
    // A time that the calendar does not have would throw.
    if date.get_time().is_nan() {
        return String::new();
    }
    date.to_iso_string().into()
}

/// A time in a language, or in that of the browser if `language` is empty.
fn format(unix_ms: u64, language: &str, parts: &[(&str, &str)]) -> String {
    let date = Date::new(&(unix_ms as f64).into());
    if date.get_time().is_nan() {
        return String::new();
    }
    let locales = Array::new();
    if !language.is_empty() {
        locales.push(&language.into());
    }
    let options = Object::new();
    for (part, style) in parts {
        // Setting a field of a new object cannot fail.
        let _ = Reflect::set(&options, &(*part).into(), &(*style).into());
    }
    let formatted = DateTimeFormat::new(&locales, &options)
        .format()
        .call1(&wasm_bindgen::JsValue::UNDEFINED, &date);
    formatted
        .ok()
        .and_then(|it| it.as_string())
        .unwrap_or_default()
}
