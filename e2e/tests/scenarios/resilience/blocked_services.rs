//! Browsers that refuse services: storage, databases, locks, the canvas.

use anyhow::{Context as _, Result, ensure};
use e2e::browser::SiteData;
use e2e::person::Person;
use e2e::test_env::{scenario, scenario_with};

use crate::support::places::cell_corner;

/// The notice that a page shows when it opens.
const NOTICE: &str = "[...document.querySelectorAll('.toast-text')]\
    .some((it) => it.textContent.includes('does not keep unsaved changes'))";

/// The explanation of the status.
const EXPLANATION: &str = "document.querySelector('.status').title";

async fn draws_and_saves(person: &Person, index: u32) -> Result<()> {
    person.pick_tool("Pen").await?;
    person.draw_dash(cell_corner(index)).await?;
    person.wait_until_saved().await
}

#[test]
fn a_board_works_in_a_browser_that_blocks_all_site_data() {
    scenario_with(SiteData::Blocked, "site data blocked", async |env| {
        let url = env.one_server().await?;
        let board = env.board(&url).await?;
        let ada = env.person("ada").await?;
        ada.page.goto(&board.owner.at(&url)).await?;
        let error =
            "(() => { try { return String(localStorage.length) } catch (e) { return e.name } })()";
        ensure!(
            ada.page.eval::<String>(error).await? == "SecurityError",
            "the browser does not block site data"
        );
        let locks = "navigator.locks.request('x', () => 1).then(() => 'given', (e) => e.name)";
        ensure!(
            ada.page.eval::<String>(locks).await? == "SecurityError",
            "the browser does not block locks"
        );
        ada.wait_for_status("Saved").await?;
        ada.page.wait_for::<bool>(NOTICE).await?;
        let explanation = ada.page.eval::<String>(EXPLANATION).await?;
        ensure!(
            explanation.contains("does not keep unsaved changes"),
            "the explanation of the status is: {explanation}"
        );
        draws_and_saves(&ada, 0).await?;
        ada.page.reload().await?;
        ada.wait_for_elements(1).await?;
        draws_and_saves(&ada, 1).await?;

        let viewer = env.person("viewer").await?;
        viewer.page.goto(&board.view.at(&url)).await?;
        viewer.wait_for_status("Read only").await?;
        viewer.wait_for_elements(2).await?;
        ensure!(
            !viewer.page.eval::<bool>(NOTICE).await?,
            "a viewer has no changes to keep"
        );
        ada.page.goto(&url).await?;
        ada.page.find("button", "New board").await.map(drop)
    });
}

/// Services of the browser, and a script that breaks each.
const BROKEN: [(&str, &str); 16] = [
    (
        "storage throws",
        "for (const name of ['localStorage', 'sessionStorage']) \
         Object.defineProperty(window, name, { get() { throw new DOMException('no', 'SecurityError') } })",
    ),
    (
        "storage is null",
        "for (const name of ['localStorage', 'sessionStorage']) \
         Object.defineProperty(window, name, { value: null })",
    ),
    (
        "storage is full",
        "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }",
    ),
    (
        "no database",
        "Object.defineProperty(window, 'indexedDB', { value: undefined })",
    ),
    (
        "the database throws",
        "Object.defineProperty(window, 'indexedDB', { get() { throw new DOMException('no', 'SecurityError') } })",
    ),
    (
        "the database does not open",
        "IDBFactory.prototype.open = () => { throw new DOMException('no', 'SecurityError') }",
    ),
    (
        "the database never answers",
        "IDBFactory.prototype.open = () => new EventTarget()",
    ),
    (
        "transactions throw",
        "IDBDatabase.prototype.transaction = () => { throw new DOMException('no', 'InvalidStateError') }",
    ),
    (
        "reads never end",
        "IDBObjectStore.prototype.getAll = () => new EventTarget()",
    ),
    (
        "no locks",
        "Object.defineProperty(Navigator.prototype, 'locks', { value: undefined })",
    ),
    (
        "locks throw",
        "LockManager.prototype.request = () => { throw new DOMException('no', 'SecurityError') }",
    ),
    (
        "locks reject",
        "LockManager.prototype.request = () => Promise.reject(new DOMException('no', 'SecurityError'))",
    ),
    (
        "locks never answer",
        "LockManager.prototype.request = () => new Promise(() => {})",
    ),
    (
        "no clipboard, channels, typefaces and observers",
        "Object.defineProperty(Navigator.prototype, 'clipboard', { value: undefined }); \
         for (const name of ['BroadcastChannel', 'ClipboardItem', 'ResizeObserver']) delete window[name]; \
         Object.defineProperty(Document.prototype, 'fonts', { value: undefined })",
    ),
    (
        "media queries throw",
        "window.matchMedia = () => { throw new Error('no') }",
    ),
    (
        "history and pointer capture throw",
        "history.replaceState = Element.prototype.setPointerCapture = \
         () => { throw new DOMException('no', 'SecurityError') }",
    ),
];

#[test]
fn a_board_works_whichever_service_of_the_browser_fails() {
    scenario("broken services", async |env| {
        let url = env.one_server().await?;
        for (index, (what, script)) in BROKEN.iter().enumerate() {
            let board = env.board(&url).await?;
            let person = env.person(what).await?;
            person.page.before_scripts(script).await?;
            let works = async {
                person.page.goto(&board.owner.at(&url)).await?;
                person.wait_for_status("Saved").await?;
                draws_and_saves(&person, u32::try_from(index % 8)?).await
            };
            works.await.context(*what)?;
            person.page.close().await?;
        }
        Ok(())
    });
}

#[test]
fn buttons_for_the_clipboard_work_or_say_why_not_in_any_browser() {
    scenario("broken clipboard", async |env| {
        let url = env.one_server().await?;
        for script in [
            "Object.defineProperty(Navigator.prototype, 'clipboard', { value: undefined })",
            "for (const name of ['write', 'read', 'writeText']) delete Clipboard.prototype[name]",
            "Clipboard.prototype.write = Clipboard.prototype.read = Clipboard.prototype.writeText = \
             () => Promise.reject(new DOMException('no', 'NotAllowedError'))",
            "delete window.ClipboardItem",
        ] {
            let board = env.board(&url).await?;
            let person = env.person("ada").await?;
            person.page.before_scripts(script).await?;
            person.open(&board.owner.at(&url)).await?;
            draws_and_saves(&person, 0).await?;
            person.page.press("Ctrl+k").await?;
            person.page.type_text("Paste").await?;
            person.page.press("Enter").await?;
            let says = "document.querySelector('.toast-text') !== null";
            person.page.wait_for::<bool>(says).await.context(script)?;
            draws_and_saves(&person, 1).await?;
            person.page.close().await?;
        }
        Ok(())
    });
}

/// How a page cannot start.
#[derive(Clone, Copy, Debug)]
enum Failure {
    /// A script breaks the browser.
    Script(&'static str),
    /// The files at these addresses do not load.
    Missing(&'static str),
}

#[test]
fn a_page_that_cannot_start_says_so() {
    scenario("cannot start", async |env| {
        env.pages_will_fail();
        env.connections_will_break();
        let url = env.one_server().await?;
        let board = env.board(&url).await?;
        let cannot_start = "could not start in this browser";
        for (failure, words) in [
            (
                Failure::Script("delete globalThis.WebAssembly"),
                cannot_start,
            ),
            (
                Failure::Script(
                    "WebAssembly.instantiate = WebAssembly.instantiateStreaming = \
                     () => Promise.reject(new Error('blocked'))",
                ),
                cannot_start,
            ),
            (Failure::Missing("*.wasm"), cannot_start),
            (Failure::Missing("*/client-*.js"), cannot_start),
            (
                Failure::Missing("*/boot-*.js"),
                "If this stays, reload the page",
            ),
            (
                Failure::Script("HTMLCanvasElement.prototype.getContext = () => null"),
                "gives no canvas",
            ),
        ] {
            let person = env.person("ada").await?;
            match failure {
                Failure::Script(script) => person.page.before_scripts(script).await?,
                Failure::Missing(address) => person.page.block_requests(&[address]).await?,
            }
            let words_are_visible = format!(
                "[...document.querySelectorAll('p')].some((it) => \
                 it.textContent.includes({words:?}) && it.checkVisibility({{ visibilityProperty: true }}))"
            );
            person.page.goto(&board.owner.at(&url)).await?;
            let seen = person.page.wait_for::<bool>(&words_are_visible).await;
            seen.with_context(|| format!("{failure:?}"))?;
            person.page.close().await?;
        }
        Ok(())
    });
}
