//! The start page.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::creation::{create, go_to};
use super::{open_file, transfer};
use crate::boards::{self, BoardRecord};
use crate::clock;
use crate::link::address;
use crate::session::role_words;
use crate::ui::{BoardEntry, Creation, StartView};

/// The button "New board" and the boards of this browser.
#[component]
pub(crate) fn StartPage() -> impl IntoView {
    let list = RwSignal::new(entries());
    let creation = RwSignal::new(Creation::Idle);
    // After a step back the browser can show this page as it was left.
    let shown_again = window_event_listener(leptos::ev::pageshow, move |_| {
        list.set(entries());
        creation.set(Creation::Idle);
    });
    on_cleanup(move || shown_again.remove());
    let on_new = move |()| {
        creation.set(Creation::Underway);
        spawn_local(async move {
            match create(None).await {
                Ok((_, address)) => go_to(&address),
                Err(error) => {
                    creation.set(Creation::Failed(format!("No board was made: {error}.")))
                }
            }
        });
    };
    let open = move |file| {
        creation.set(Creation::Underway);
        spawn_local(async move {
            if let Err(why) = open_file::open(file).await {
                creation.set(Creation::Failed(why));
            }
        });
    };
    let on_open = move |()| open_file::choose(open);
    transfer::listen_for_files(open);
    let on_remove = move |id: String| {
        if let Ok(board) = id.parse() {
            boards::forget(board);
        }
        list.set(entries());
    };
    view! { <StartView boards=list creation on_new on_open on_remove /> }
}

fn entries() -> Vec<BoardEntry> {
    let now = clock::unix_seconds();
    let entry = |(board, record): (_, BoardRecord)| {
        let secret = record.secret?;
        Some(BoardEntry {
            id: format!("{board}"),
            title: if record.title.is_empty() {
                "Untitled board".to_owned()
            } else {
                record.title
            },
            role: role_words(record.role).to_owned(),
            opened: ago(now.saturating_sub(record.opened)),
            href: address(board, secret),
        })
    };
    boards::all().into_iter().filter_map(entry).collect()
}

/// A time span in words, in the largest unit that fits.
fn ago(seconds: u64) -> String {
    const UNITS: [(u64, &str); 4] = [
        (7 * 86_400, "week"),
        (86_400, "day"),
        (3_600, "hour"),
        (60, "minute"),
    ];
    let fitting = UNITS.into_iter().find(|(unit, _)| seconds >= *unit);
    match fitting.map(|(unit, name)| (seconds / unit, name)) {
        Some((1, name)) => format!("1 {name} ago"),
        Some((count, name)) => format!("{count} {name}s ago"),
        None => "just now".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::ago;

    #[test]
    fn a_time_span_is_given_in_the_largest_unit_that_fits() {
        assert_eq!(ago(59), "just now");
        assert_eq!(ago(60), "1 minute ago");
        assert_eq!(ago(7_200), "2 hours ago");
        assert_eq!(ago(86_400 * 20), "2 weeks ago");
    }
}
