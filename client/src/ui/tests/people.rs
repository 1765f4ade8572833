//! The people on the board.

use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast as _;
use leptos::web_sys::HtmlInputElement;
use shared::id::ClientId;
use wasm_bindgen_test::wasm_bindgen_test;

use super::{Mounted, log, mount, settle};
use crate::ui::{PeopleCard, PeopleList, PeopleTies, PersonAction};
use crate::view_model::{PersonColor, PersonView};

const NAME: &str = "[aria-label='Your name']";

fn person(number: u8, name: &str) -> PersonView {
    PersonView {
        id: number.to_string(),
        name: name.to_owned(),
        color: PersonColor::new(number),
        is_me: number == 0,
        role: "Can edit".to_owned(),
        is_owner: false,
        client: ClientId::from_bytes([number; 16]),
        hand: None,
    }
}

/// An owner sees these people. The menu of each has one entry, which follows them.
fn ties(followed: RwSignal<Option<ClientId>>) -> PeopleTies {
    PeopleTies {
        followed: followed.into(),
        followers: Signal::stored(Vec::new()),
        muted: Signal::stored(vec![ClientId::from_bytes([2; 16])]),
        is_owner: Signal::stored(true),
        actions: Callback::new(move |person: PersonView| {
            vec![PersonAction {
                label: Signal::stored("Remove"),
                question: Some("Remove now"),
                on_run: Callback::new(move |()| followed.set(Some(person.client))),
            }]
        }),
        on_follow: Callback::new(move |client| followed.set(client)),
    }
}

/// The list with its card, the chosen names and the clients to follow.
async fn list(
    people: RwSignal<Vec<PersonView>>,
    followed: RwSignal<Option<ClientId>>,
) -> (Mounted, StoredValue<Vec<String>>) {
    let (renames, on_rename) = log();
    let list = move || {
        view! {
            <PeopleList people on_open=|()| ()>
                <PeopleCard people ties=ties(followed) on_rename />
            </PeopleList>
        }
    };
    (mount(list).await, renames)
}

fn my_name(page: &Mounted) -> String {
    page.find(NAME).unchecked_into::<HtmlInputElement>().value()
}

#[wasm_bindgen_test]
async fn people_beyond_the_stack_become_a_number() {
    let people = RwSignal::new((0..6).map(|number| person(number, "Ada")).collect());
    let (page, _) = list(people, RwSignal::new(None)).await;
    assert_eq!(page.count(".people-face"), 6, "screen readers find all");
    assert_eq!(page.text("[data-room=wide]"), "+2");
    assert_eq!(page.text("[data-room=narrow]"), "+4");
    assert_eq!(page.text(".card-title"), "6 people here");
    people.update(|people| people.truncate(1));
    settle().await;
    assert_eq!(page.count(".people-more"), 0);
    assert_eq!(page.text(".card-title"), "Only you are here");
}

#[wasm_bindgen_test]
async fn leaving_the_field_renames_this_person() {
    let people = RwSignal::new(vec![person(0, "Ada"), person(1, "Ben")]);
    let (page, renames) = list(people, RwSignal::new(None)).await;
    assert_eq!(my_name(&page), "Ada");
    page.type_into(NAME, " Ada L. ").await;
    page.leave(NAME).await;
    assert_eq!(renames.get_value(), ["Ada L."]);
    page.type_into(NAME, "  ").await;
    page.leave(NAME).await;
    assert_eq!(my_name(&page), "Ada", "an empty name is refused");
    assert_eq!(renames.get_value().len(), 1);
}

#[wasm_bindgen_test]
async fn a_person_is_followed_and_no_longer() {
    let people = RwSignal::new(vec![person(0, "Ada"), person(1, "Ben")]);
    let followed = RwSignal::new(None);
    let (page, _) = list(people, followed).await;
    page.click("[aria-label='Follow Ben']").await;
    assert_eq!(
        followed.get_untracked(),
        Some(ClientId::from_bytes([1; 16]))
    );
    page.click("[aria-label='Stop following Ben']").await;
    assert_eq!(followed.get_untracked(), None);
}

#[wasm_bindgen_test]
async fn a_person_has_one_row_and_raised_hands_come_first() {
    let mut all: Vec<_> = (0..5).map(|number| person(number, "Ada")).collect();
    for (index, name) in ["Me", "Ben", "Cleo", "Dan", "Eve"].iter().enumerate() {
        all[index].name = (*name).to_owned();
    }
    (all[3].hand, all[4].hand) = (Some(30), Some(10));
    all[1].is_owner = true;
    let people = RwSignal::new(all);
    let (page, _) = list(people, RwSignal::new(None)).await;
    let rows = |page: &Mounted| page.texts("li .people-row .people-name");
    assert_eq!(rows(&page), ["Eve", "Dan", "Ben", "Cleo"]);
    let about = page.texts("li .people-row .people-role");
    assert_eq!(
        about,
        ["✋ Hand raised", "✋ Hand raised", "Can edit", "Muted"]
    );
    assert_eq!(page.count("[aria-label='Actions for Ben']"), 0, "an owner");
    people.update(|all| all[4].hand = None);
    settle().await;
    assert_eq!(rows(&page), ["Dan", "Ben", "Cleo", "Eve"]);
}

#[wasm_bindgen_test]
async fn the_menu_of_a_person_asks_before_it_acts_and_outlives_other_changes() {
    let people = RwSignal::new(vec![person(0, "Ada"), person(1, "Ben"), person(2, "Cleo")]);
    let chosen = RwSignal::new(None);
    let (page, _) = list(people, chosen).await;
    page.click("[aria-label='Actions for Ben']").await;
    page.click(".people-menu button").await;
    assert_eq!(page.text(".people-menu button"), "Remove now");
    people.update(|all| all[1].role = "Can view".to_owned());
    settle().await;
    assert_eq!(page.text(".people-menu button"), "Remove now");
    assert_eq!(chosen.get_untracked(), None);
    page.click(".people-menu button").await;
    assert_eq!(chosen.get_untracked(), Some(ClientId::from_bytes([1; 16])));
    page.click("[aria-label='Actions for Cleo']").await;
    assert_eq!(page.count(".people-menu"), 1, "one menu is open at a time");
}
