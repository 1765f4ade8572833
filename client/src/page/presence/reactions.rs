//! Emoji that float up where people point.

use std::collections::BTreeMap;

use editor::{Camera, Focus, Modifiers};
use gloo_events::{EventListener, EventListenerOptions, EventListenerPhase};
use gloo_timers::callback::Timeout;
use leptos::prelude::*;
use shared::geometry::BoardPoint;
use shared::id::{ClientId, Millis};
use shared::protocol::LiveUpdate;
use shared::sync::{FloatingEmoji, REACTION_MS};
use wasm_bindgen::JsCast as _;
use web_sys::KeyboardEvent;

use super::names::name_of;
use super::pointer::PointedAt;
use crate::clock;
use crate::page::keyboard;
use crate::page::state::PageState;
use crate::session::Session;
use crate::ui::{EMOJI, ReactionPalette};

/// Reactions are announced at most this often, in milliseconds: applause is many at once.
const ANNOUNCE_PAUSE_MS: Millis = 2_000;

/// An emoji that floats now, with a key that no other has.
#[derive(Clone, Debug, PartialEq)]
struct Floating {
    key: (ClientId, Millis, usize),
    emoji: FloatingEmoji,
}

/// The emoji that float now.
#[derive(Clone, Copy)]
pub(super) struct Reactions {
    session: Session,
    pointer: PointedAt,
    own: RwSignal<Vec<FloatingEmoji>>,
    /// Whether the palette is open.
    pub(super) is_open: RwSignal<bool>,
}

impl Reactions {
    pub(super) fn new(session: Session, pointer: PointedAt) -> Self {
        Self {
            session,
            pointer,
            own: RwSignal::new(Vec::new()),
            is_open: RwSignal::new(false),
        }
    }

    /// Lets an emoji float up where this person points.
    fn react(self, emoji: &str) {
        let at = self.pointer.on_board(&self.session.camera());
        let (emoji, since) = (emoji.to_owned(), clock::now());
        self.session.send_live(LiveUpdate::React {
            emoji: emoji.clone(),
            at,
        });
        let shown = FloatingEmoji { emoji, at, since };
        self.own.update(|own| own.push(shown));
        let end = Timeout::new(REACTION_MS as u32, move || {
            // The oldest ends first.
            self.own.try_update(|own| own.remove(0));
        });
        end.forget();
    }

    /// All emoji that float now.
    fn all(self) -> Vec<Floating> {
        let own = self.own.get();
        self.session.presence(|presence, me| {
            let others = presence.signals(me);
            let others = others.flat_map(|(person, it)| keyed(person.client, &it.emoji));
            others.chain(keyed(me, &own)).collect()
        })
    }
}

/// Gives each emoji of a client a key, also if two came at the same time.
fn keyed(client: ClientId, emoji: &[FloatingEmoji]) -> Vec<Floating> {
    let mut counts = BTreeMap::<Millis, usize>::new();
    let number = |emoji: &FloatingEmoji| {
        let count = counts.entry(emoji.since).or_default();
        *count += 1;
        Floating {
            key: (client, emoji.since, *count),
            emoji: emoji.clone(),
        }
    };
    emoji.iter().map(number).collect()
}

/// The emoji above the board.
#[component]
pub(super) fn FloatingReactions(
    reactions: Reactions,
    page: PageState,
    #[prop(into)] camera: Signal<Camera>,
) -> impl IntoView {
    let presence = reactions.session.board_signals().presence;
    let floating = Memo::new(move |_| {
        presence.track();
        reactions.all()
    });
    announce(floating, reactions.session, page);
    let place = move |[x, y]: [f32; 2]| {
        let at = BoardPoint::new(x.into(), y.into());
        let at = camera.with(|camera| camera.to_screen(at));
        format!("{}px {}px", at.x, at.y)
    };
    view! {
        <div class="reactions" aria-hidden="true">
            <For each=move || floating.get() key=|it| it.key let:it>
                <div class="reaction" style:translate=move || place(it.emoji.at)>
                    <span class="reaction-emoji">{it.emoji.emoji.clone()}</span>
                </div>
            </For>
        </div>
    }
}

/// Announces reactions of others.
fn announce(floating: Memo<Vec<Floating>>, session: Session, page: PageState) {
    Effect::new(move |last: Option<Millis>| {
        let last = last.unwrap_or_default();
        let me = session.presence(|_, me| me);
        let next = floating.with(|all| {
            let others = all.iter().filter(|it| it.key.0 != me);
            let latest = others.max_by_key(|it| it.emoji.since)?;
            let is_due = latest.emoji.since > last + ANNOUNCE_PAUSE_MS;
            is_due.then(|| (latest.key.0, latest.emoji.clone()))
        });
        let Some((client, latest)) = next else {
            return last;
        };
        let sentence = format!("{} reacts: {}", name_of(client, session), latest.emoji);
        page.live_region.announce(&sentence);
        latest.since
    });
}

/// The palette, while it is open.
#[component]
pub(super) fn Palette(reactions: Reactions) -> impl IntoView {
    let is_open = reactions.is_open;
    let react = move |emoji: &'static str| reactions.react(emoji);
    let close = move |()| {
        is_open.set(false);
        keyboard::focus_board();
    };
    digits_react(reactions);
    view! {
        <Show when=move || is_open.get()>
            <ReactionPalette on_choose=react on_close=close />
        </Show>
    }
}

/// While the palette is open, digits choose from it without leaving the place that is pointed at.
fn digits_react(reactions: Reactions) {
    // The editor hears keys later, and would pick a tool.
    let options = EventListenerOptions {
        phase: EventListenerPhase::Capture,
        passive: false,
    };
    let keys = EventListener::new_with_options(&window(), "keydown", options, move |event| {
        let is_open = reactions.is_open.try_get_untracked() == Some(true);
        let key = event.dyn_ref::<KeyboardEvent>().filter(|_| is_open);
        if let Some(emoji) = key.and_then(chosen_by) {
            reactions.react(emoji);
            event.prevent_default();
        }
    });
    // The listener ends with its owner.
    StoredValue::new_local(keys);
}

fn chosen_by(event: &KeyboardEvent) -> Option<&'static str> {
    let key = keyboard::key(event);
    let is_plain = key.modifiers == Modifiers::default() && key.focus != Focus::TextField;
    nth(&key.key).filter(|_| is_plain)
}

/// The emoji of a digit.
fn nth(digit: &str) -> Option<&'static str> {
    let nth = digit.parse::<usize>().ok()?.checked_sub(1)?;
    EMOJI.get(nth).map(|(emoji, _)| *emoji)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn emoji_of_one_moment_have_keys_of_their_own() {
        let me = ClientId::from_bytes([1; 16]);
        let emoji = |since| FloatingEmoji {
            emoji: "👍".to_owned(),
            at: [0.0, 0.0],
            since,
        };
        let keys = |all: &[FloatingEmoji]| {
            let all = keyed(me, all).into_iter();
            all.map(|it| (it.key.1, it.key.2)).collect::<Vec<_>>()
        };
        assert_eq!(
            keys(&[emoji(1), emoji(1), emoji(2)]),
            [(1, 1), (1, 2), (2, 1)]
        );
        assert_eq!(keys(&[emoji(2)]), [(2, 1)], "the key stays");
    }

    #[test]
    fn digits_choose_from_the_palette() {
        assert_eq!(nth("1"), Some(EMOJI[0].0));
        assert_eq!(nth("0"), None);
        assert_eq!(nth("9"), None);
        assert_eq!(nth("x"), None);
    }

    #[test]
    fn the_protocol_takes_every_emoji_of_the_palette() {
        for (emoji, name) in EMOJI {
            let emoji = emoji.to_owned();
            let item = LiveUpdate::React {
                emoji,
                at: [0.0; 2],
            };
            assert!(item.is_valid(), "{name}");
        }
    }
}
