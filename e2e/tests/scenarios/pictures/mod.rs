//! Pictures: how they come to a board, through faults too, and how they are changed.

mod changing;
mod faults;
mod inserting;

use anyhow::{Context as _, Result};
use e2e::page::Rect;
use e2e::person::Person;
use e2e::test_env::scenario;

use crate::observer::Observer;
use crate::support::places::BOARD;
use crate::support::users::two_users_and_an_observer;

/// Runs a scenario with two people and an observer. The page of one may ask for a file before the other
/// has uploaded it, and the browser reports such an answer.
pub(super) fn picture_scenario(
    name: &str,
    play: impl AsyncFnOnce(&Person, &Person, &Observer) -> Result<()>,
) {
    scenario(name, async |env| {
        let (ada, ben, observer) = two_users_and_an_observer(env).await?;
        env.connections_will_break();
        play(&ada, &ben, &observer).await
    });
}

/// The kind of a picture that [`bring`] makes in the page.
#[derive(Clone, Copy, Debug)]
pub(super) enum Kind {
    /// Large areas of few colours, which are kept without loss.
    Drawing,
    /// Random pixels: their file has about as many bytes as the picture has pixels.
    Noise,
}

/// How a picture comes to the page.
#[derive(Clone, Copy, Debug)]
pub(super) enum Way {
    Paste,
    Drop,
    /// By the field that the button Image opens.
    Choose,
}

/// Makes pictures in the page, and pastes, drops or chooses them together.
pub(super) async fn bring(
    person: &Person,
    way: Way,
    kind: Kind,
    sizes: &[(u32, u32)],
) -> Result<()> {
    let make = "const file = async ([width, height], number) => {
        const canvas = new OffscreenCanvas(width, height);
        const context = canvas.getContext('2d');
        if (noise) {
          const data = context.createImageData(width, height);
          const words = new Uint32Array(data.data.buffer);
          let seed = 7 + number;
          for (let i = 0; i < words.length; i++) {
            seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
            words[i] = (seed ^ (seed >>> 15)) | 0xff000000;
          }
          context.putImageData(data, 0, 0);
        } else {
          context.fillStyle = '#d62828';
          context.fillRect(0, 0, width, height);
          context.fillStyle = '#003049';
          context.fillRect(width / 2, 0, width / 2, height / 2);
          context.fillStyle = '#fcbf49';
          context.fillRect(0, height / 2, width / 4, height / 2);
        }
        const blob = await canvas.convertToBlob({ type: 'image/png' });
        return new File([blob], `picture ${number}.png`, { type: 'image/png' });
      };";
    let noise = matches!(kind, Kind::Noise);
    let sizes = serde_json::to_string(sizes)?;
    let files = format!(
        "const noise = {noise}; {make} const files = await Promise.all({sizes}.map(file));"
    );
    give(person, way, &files).await
}

/// Pastes, drops or chooses the files that a script makes.
pub(super) async fn give(person: &Person, way: Way, files: &str) -> Result<()> {
    let act = match way {
        Way::Paste => {
            "target.dispatchEvent(new ClipboardEvent('paste', { ...init, clipboardData: data }))"
        }
        Way::Drop => "target.dispatchEvent(new DragEvent('drop', { ...init, dataTransfer: data }))",
        Way::Choose => {
            "const field = document.querySelector('.picture-input'); field.files = data.files; \
             field.dispatchEvent(new Event('change'))"
        }
    };
    let script = format!(
        "(async () => {{ {files}
         const data = new DataTransfer();
         files.forEach((file) => data.items.add(file));
         const init = {{ bubbles: true, cancelable: true, clientX: 640, clientY: 400 }};
         const target = document.querySelector('main canvas');
         {act}; return true; }})()"
    );
    person.page.eval::<bool>(&script).await.map(drop)
}

/// The part of the board around the picture that was brought last, with the selection and its
/// handles.
pub(super) const MIDDLE: Rect = BOARD;

/// Waits until a notice has these words.
pub(super) async fn wait_for_notice(person: &Person, words: &str) -> Result<()> {
    let shown = format!("document.querySelector('.toasts').textContent.includes({words:?})");
    let seen = person.page.wait_for::<bool>(&shown).await;
    seen.map(drop)
        .with_context(|| format!("no notice says {words:?}"))
}

/// Waits until everything is on the server, and both pages show the same.
pub(super) async fn wait_until_equal(ada: &Person, ben: &Person) -> Result<()> {
    ada.wait_until_saved().await?;
    ada.page.press("Escape").await?;
    ben.wait_for_same_picture_as(ada, MIDDLE).await
}
