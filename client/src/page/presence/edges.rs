//! Signs at the edge of the view for the people whose cursors are outside of it.

use editor::Camera;
use leptos::prelude::*;
use shared::geometry::BoardPoint;
use shared::id::ClientId;

use super::edge::{EdgeSign, sign_for};
use super::glide::Glide;
use crate::page::state::PresencePrefs;
use crate::session::Session;
use crate::ui::EdgeArrow;
use crate::view_model::PersonColor;

/// Signs at once. More would hide the board.
const MAX_SIGNS: usize = 12;

/// A person who is outside of the view.
#[derive(Clone, Debug, PartialEq)]
struct Outside {
    client: ClientId,
    name: String,
    color: PersonColor,
    place: [f32; 2],
    sign: EdgeSign,
}

fn outside(session: Session, camera: &Camera) -> Vec<Outside> {
    session.presence(|presence, me| {
        let cursors = presence.cursors(me);
        let outside = cursors.filter_map(|(person, place)| {
            let at = BoardPoint::new(place[0].into(), place[1].into());
            Some(Outside {
                client: person.client,
                name: person.profile.name.clone(),
                color: PersonColor::of(person.profile.color),
                place,
                sign: sign_for(camera, at)?,
            })
        });
        outside.take(MAX_SIGNS).collect()
    })
}

/// The signs.
#[component]
pub(super) fn EdgeSigns(
    session: Session,
    #[prop(into)] camera: Signal<Camera>,
    #[prop(into)] prefs: Signal<PresencePrefs>,
) -> impl IntoView {
    let presence = session.board_signals().presence;
    let all = Memo::new(move |_| {
        presence.track();
        match prefs.get().hides_cursors {
            true => Vec::new(),
            false => camera.with(|camera| outside(session, camera)),
        }
    });
    let target = StoredValue::new(None);
    let glide = Glide::new(
        session,
        Callback::new(move |()| target.try_get_value().flatten()),
        Callback::new(move |()| target.set_value(None)),
    );
    let go = move |[x, y]: [f32; 2]| {
        let visible = session.camera().visible();
        let (width, height) = (visible.width() as f32, visible.height() as f32);
        let (left, top) = (x - width / 2.0, y - height / 2.0);
        target.set_value(Some([left, top, left + width, top + height]));
        glide.arm();
        glide.look();
    };
    let clients =
        Memo::new(move |_| all.with(|all| all.iter().map(|it| it.client).collect::<Vec<_>>()));
    let row = move |client: ClientId| {
        let person = Memo::new(move |last: Option<&Option<Outside>>| {
            let now = all.with(|all| all.iter().find(|it| it.client == client).cloned());
            // The sign is removed a moment later.
            now.or_else(|| last.cloned().flatten())
        });
        let sign = move || person.with(|it| it.as_ref().map(|it| it.sign));
        let first = person.get_untracked();
        let (name, color) = first.map_or_else(
            || (String::new(), PersonColor::new(0)),
            |it| (it.name, it.color),
        );
        let name = if name.is_empty() {
            "Guest".to_owned()
        } else {
            name
        };
        view! {
            <EdgeArrow
                name
                color
                at=Signal::derive(move || sign().map_or((0.0, 0.0), |it| (it.at.x, it.at.y)))
                degrees=Signal::derive(move || sign().map_or(0.0, |it| it.degrees))
                on_press=move |()| {
                    if let Some(it) = person.get_untracked() {
                        go(it.place);
                    }
                }
            />
        }
    };
    view! {
        <div class="edges">
            <For each=move || clients.get() key=|client| *client children=row />
        </div>
    }
}
