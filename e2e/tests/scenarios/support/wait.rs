//! Waiting until pages show something.

use anyhow::Result;
use e2e::person::Person;

/// Waits until both boards have this many elements and all changes of the other person.
pub(crate) async fn both_have_elements(ada: &Person, ben: &Person, elements: u64) -> Result<()> {
    for person in [ada, ben] {
        person.wait_for_elements(elements).await?;
    }
    wait_until_synced(ada, ben).await?;
    wait_until_synced(ben, ada).await
}

/// Waits until this many elements are selected.
pub(crate) async fn wait_for_selected(person: &Person, count: u32) -> Result<()> {
    let selected = format!("__e2e.data('selected') === {count}");
    person.page.wait_for::<bool>(&selected).await.map(drop)
}

/// Waits until the other page has all changes of this person.
pub(crate) async fn wait_until_synced(person: &Person, other: &Person) -> Result<()> {
    person.wait_until_saved().await?;
    other.wait_for_seq(person.seq().await?).await
}

/// Waits until two frames have been painted.
pub(crate) async fn wait_until_painted(person: &Person) -> Result<()> {
    let frames = "new Promise((next) => requestAnimationFrame(() => \
                  requestAnimationFrame(() => next(true))))";
    person.page.eval::<bool>(frames).await.map(drop)
}

pub(crate) async fn wait_for_focus(person: &Person, selector: &str) -> Result<()> {
    let has = format!("document.activeElement?.matches({selector:?})");
    person.page.wait_for::<bool>(&has).await.map(drop)
}

/// Waits until an element of the page is visible.
pub(crate) async fn wait_until_visible(person: &Person, selector: &str) -> Result<()> {
    let visible = format!("document.querySelector({selector:?})?.checkVisibility() ?? false");
    person.page.wait_for::<bool>(&visible).await.map(drop)
}

/// Waits until all animations that end have ended.
pub(crate) async fn wait_for_animations(person: &Person) -> Result<()> {
    let rest = "new Promise((r) => requestAnimationFrame(() => requestAnimationFrame(r)))\
        .then(() => Promise.all(document.getAnimations().filter((a) => \
            a.effect?.getComputedTiming().iterations !== Infinity)\
        .map((a) => a.finished.catch(() => 0)))).then(() => true)";
    person.page.eval::<bool>(rest).await.map(drop)
}
