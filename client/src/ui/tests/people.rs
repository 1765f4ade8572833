//! The people on the board.

use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast as _;
use leptos::web_sys::HtmlInputElement;
use wasm_bindgen_test::wasm_bindgen_test;

use super::{Mounted, log, mount, settle};
use crate::ui::PeopleList;
use crate::view_model::{PersonColor, PersonView};

const NAME: &str = "[aria-label='Your name']";

fn person(number: u8, name: &str) -> PersonView {
    PersonView {
        id: number.to_string(),
        name: name.to_owned(),
        color: PersonColor::new(number),
        is_me: number == 0,
        role: "Can edit".to_owned(),
    }
}

async fn list(people: RwSignal<Vec<PersonView>>) -> (Mounted, StoredValue<Vec<String>>) {
    let (renames, on_rename) = log();
    (
        mount(move || view! { <PeopleList people on_rename on_open=|()| {}>""</PeopleList> }).await,
        renames,
    )
}

fn my_name(page: &Mounted) -> String {
    page.find(NAME).unchecked_into::<HtmlInputElement>().value()
}

#[wasm_bindgen_test]
async fn people_beyond_the_stack_become_a_number() {
    let people = RwSignal::new((0..6).map(|number| person(number, "Ada")).collect());
    let (page, _) = list(people).await;
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
    let (page, renames) = list(people).await;
    assert_eq!(my_name(&page), "Ada");
    page.type_into(NAME, " Ada L. ").await;
    page.leave(NAME).await;
    assert_eq!(renames.get_value(), ["Ada L."]);
    page.type_into(NAME, "  ").await;
    page.leave(NAME).await;
    assert_eq!(my_name(&page), "Ada", "an empty name is refused");
    assert_eq!(renames.get_value().len(), 1);
}
