//! Waiting until pages show something.

use anyhow::Result;
use e2e::person::Person;

/// Waits until both boards have so many elements, and each all that the other did to them.
pub(crate) async fn both_have_elements(ada: &Person, ben: &Person, elements: u64) -> Result<()> {
    for person in [ada, ben] {
        person.sees_elements(elements).await?;
    }
    wait_until_synced(ada, ben).await?;
    wait_until_synced(ben, ada).await
}

/// Waits until somebody has so many elements selected.
pub(crate) async fn wait_for_selected(person: &Person, count: u32) -> Result<()> {
    let selected = format!("__e2e.data('selected') === {count}");
    person.page.wait_for::<bool>(&selected).await.map(drop)
}

/// Waits until the other has all that this person has done.
pub(crate) async fn wait_until_synced(person: &Person, other: &Person) -> Result<()> {
    person.saved().await?;
    other.has_come_to(person.seq().await?).await
}

/// Waits until what was asked for has been painted.
pub(crate) async fn wait_until_painted(person: &Person) -> Result<()> {
    let frames = "new Promise((next) => requestAnimationFrame(() => \
                  requestAnimationFrame(() => next(true))))";
    person.page.eval::<bool>(frames).await.map(drop)
}

pub(crate) async fn wait_for_focus(person: &Person, selector: &str) -> Result<()> {
    let has = format!("document.activeElement?.matches({selector:?})");
    person.page.wait_for::<bool>(&has).await.map(drop)
}

/// Waits until something is to be seen.
pub(crate) async fn wait_until_visible(person: &Person, selector: &str) -> Result<()> {
    let visible = format!("document.querySelector({selector:?})?.checkVisibility() ?? false");
    person.page.wait_for::<bool>(&visible).await.map(drop)
}

/// Waits until nothing moves that will ever stop.
pub(crate) async fn wait_for_animations(person: &Person) -> Result<()> {
    let rest = "new Promise((r) => requestAnimationFrame(() => requestAnimationFrame(r)))\
        .then(() => Promise.all(document.getAnimations().filter((a) => \
            a.effect?.getComputedTiming().iterations !== Infinity)\
        .map((a) => a.finished.catch(() => 0)))).then(() => true)";
    person.page.eval::<bool>(rest).await.map(drop)
}
