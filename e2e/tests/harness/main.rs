//! Tests of the harness, with a page that only records its events.
//!
//! If one of them fails, the fault is in the harness or in Chromium, not in the product.

mod cpu_time;
mod infrastructure;
mod web_site;

use anyhow::{Result, ensure};
use e2e::browser::{Browser, SiteData};
use e2e::emulate::Scheme;
use e2e::input::{Button, Pointer, Tool};
use e2e::keys::Modifiers;
use e2e::log::{Direction, Kind};
use e2e::page::{At, Page, Rect};
use e2e::person::line;
use e2e::pixels::Picture;
use serde::Deserialize;
use testkit::proxy::{FaultProxy, Framing};
use web_site::WebSite;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct RecordedEvent {
    kind: String,
    pointer: Option<String>,
    pressure: Option<f64>,
    id: Option<i64>,
    buttons: Option<u32>,
    ctrl: bool,
    shift: bool,
    trusted: bool,
    delta_y: Option<f64>,
    key: Option<String>,
    code: Option<String>,
}

struct TestPage {
    browser: Browser,
    page: Page,
    site: WebSite,
}

impl TestPage {
    async fn start() -> Result<Self> {
        let site = WebSite::start().await?;
        let browser = Browser::launch(SiteData::Allowed).await?;
        let page = browser.context().await?.page().await?;
        page.goto(&site.url()).await?;
        Ok(Self {
            browser,
            page,
            site,
        })
    }

    async fn events(&self, kind: &str) -> Result<Vec<RecordedEvent>> {
        let all: Vec<RecordedEvent> = self.page.eval("seen").await?;
        ensure!(
            all.iter().all(|event| event.trusted),
            "an event was not trusted"
        );
        Ok(all.into_iter().filter(|event| event.kind == kind).collect())
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mouse_drag_arrives_as_trusted_pointer_events_and_leaves_ink() -> Result<()> {
    let test = TestPage::start().await?;
    let area = Rect {
        x: 300.0,
        y: 300.0,
        width: 200.0,
        height: 100.0,
    };
    test.page.wait_for_blank(area).await?;
    test.page
        .stroke(
            Pointer::default(),
            &line(At(320.0, 320.0), At(450.0, 380.0), 8),
        )
        .await?;

    test.page.wait_for_ink(area, 100).await?;
    let down = test.events("pointerdown").await?;
    assert_eq!(down.len(), 1);
    assert_eq!(
        (down[0].pointer.as_deref(), down[0].buttons),
        (Some("mouse"), Some(1))
    );
    assert!(
        test.events("pointermove").await?.len() >= 8,
        "moves were lost"
    );
    assert_eq!(test.events("pointerup").await?.len(), 1);
    test.browser.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pen_reports_its_pressure() -> Result<()> {
    let test = TestPage::start().await?;
    let pen = |force| Pointer {
        tool: Tool::Pen(force),
        ..Pointer::default()
    };
    test.page.down(pen(0.25), At(300.0, 300.0)).await?;
    test.page.drag(pen(0.75), At(320.0, 300.0)).await?;
    test.page.up(pen(0.0), At(320.0, 300.0)).await?;

    let down = test.events("pointerdown").await?;
    assert_eq!(
        (down[0].pointer.as_deref(), down[0].pressure),
        (Some("pen"), Some(0.25))
    );
    let moves = test.events("pointermove").await?;
    assert!(
        moves.iter().any(|event| event.pressure == Some(0.75)),
        "{moves:?}"
    );
    test.browser.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn three_touches_arrive_as_three_pointers() -> Result<()> {
    let test = TestPage::start().await?;
    test.page.touch_screen().await?;
    let at = |shift: f64| [0.0, 1.0, 2.0].map(|finger| At(300.0 + 80.0 * finger + shift, 300.0));
    test.page
        .touch(&[at(0.0).to_vec(), at(20.0).to_vec(), at(40.0).to_vec()])
        .await?;

    let down = test.events("pointerdown").await?;
    let mut ids: Vec<_> = down.iter().filter_map(|event| event.id).collect();
    ids.dedup();
    assert_eq!(ids.len(), 3, "{down:?}");
    assert!(
        down.iter()
            .all(|event| event.pointer.as_deref() == Some("touch"))
    );
    assert_eq!(test.events("pointerup").await?.len(), 3);
    assert!(test.events("pointermove").await?.len() >= 3);
    test.browser.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn wheel_keys_and_other_buttons_carry_their_modifiers() -> Result<()> {
    let test = TestPage::start().await?;
    test.page
        .wheel(At(300.0, 300.0), At(0.0, 120.0), Modifiers::CTRL)
        .await?;
    let middle = Pointer {
        button: Button::Middle,
        held: Modifiers::SHIFT,
        ..Pointer::default()
    };
    test.page
        .stroke(middle, &[At(300.0, 300.0), At(310.0, 310.0)])
        .await?;
    test.page.press("Ctrl+Shift+Z").await?;
    test.page.press("p").await?;

    let wheel = test.events("wheel").await?;
    assert_eq!((wheel[0].delta_y, wheel[0].ctrl), (Some(120.0), true));
    let down = test.events("pointerdown").await?;
    assert_eq!((down[0].buttons, down[0].shift), (Some(4), true));
    let keys = test.events("keydown").await?;
    assert_eq!(keys[0].code.as_deref(), Some("KeyZ"));
    assert!(keys[0].ctrl && keys[0].shift);
    assert_eq!(keys[1].key.as_deref(), Some("p"));
    test.browser.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_control_is_found_by_role_and_name_and_a_hidden_one_is_not() -> Result<()> {
    let test = TestPage::start().await?;
    test.page.click("button", "Pen").await?;
    let pressed = "document.querySelector('button').getAttribute('aria-pressed') === 'true'";
    test.page.wait_for::<bool>(pressed).await?;
    assert_eq!(test.page.find_now("button", "Hidden").await?, None);
    assert_eq!(test.page.find_now("link", "Pen").await?, None);
    test.browser.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_network_log_holds_requests_sockets_and_whole_frames() -> Result<()> {
    let test = TestPage::start().await?;
    test.page
        .wait_for::<bool>("__e2e.status() === 'Saved 3'")
        .await?;
    let frames = test.page.log().frames();
    assert_eq!(frames.len(), 2);
    assert_eq!(
        (frames[0].way, frames[0].bytes.as_slice()),
        (Direction::Sent, &[1, 2, 3][..])
    );
    assert_eq!(
        (frames[1].way, frames[1].bytes.as_slice()),
        (Direction::Received, &[1, 2, 3][..])
    );
    assert_eq!(test.page.log().sockets().len(), 1);
    let before = test.page.log().requests();
    assert!(
        before
            .iter()
            .any(|request| *request == format!("GET {}/", test.site.url()))
    );
    test.page
        .eval::<bool>("fetch('/more').then(() => true)")
        .await?;
    assert_eq!(test.page.log().requests().len(), before.len() + 1);
    test.browser.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn exceptions_and_console_errors_are_logged() -> Result<()> {
    let test = TestPage::start().await?;
    test.page
        .eval::<bool>("setTimeout(() => { throw new Error('ouch') }), true")
        .await?;
    test.page
        .eval::<bool>("console.error('broken', 7), true")
        .await?;
    // Events come in order: an answer that was asked for later comes after them.
    test.page
        .eval::<bool>("new Promise((r) => setTimeout(() => r(true), 50))")
        .await?;
    let problems = test.page.log().problems();
    assert!(
        problems
            .iter()
            .any(|c| c.kind == Kind::Fault && c.text.contains("ouch"))
    );
    assert!(
        problems
            .iter()
            .any(|c| c.kind == Kind::Fault && c.text.contains("broken 7"))
    );
    test.browser.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn two_people_are_both_active_and_share_no_storage() -> Result<()> {
    let test = TestPage::start().await?;
    let other = test.browser.context().await?.page().await?;
    other.goto(&test.site.url()).await?;
    other
        .eval::<bool>("localStorage.setItem('who', 'other'), true")
        .await?;
    let theirs: Option<String> = test.page.eval("localStorage.getItem('who')").await?;
    assert_eq!(theirs, None);
    for page in [&test.page, &other] {
        let frames = "new Promise((r) => requestAnimationFrame(() => requestAnimationFrame(() => \
            r(document.visibilityState === 'visible' && document.hasFocus()))))";
        assert!(page.eval::<bool>(frames).await?, "a page is inactive");
    }
    test.browser.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cut_proxy_breaks_the_socket_and_a_restored_one_loads_again() -> Result<()> {
    let test = TestPage::start().await?;
    let proxy = FaultProxy::start(Framing::Bytes, vec![test.site.address()]).await?;
    test.page.goto(&proxy.url()).await?;
    test.page
        .wait_for::<bool>("__e2e.status() === 'Saved 3'")
        .await?;
    proxy.refuse();
    test.page
        .wait_for::<bool>("__e2e.status() === 'Reconnecting'")
        .await?;
    assert!(
        test.page.goto(&proxy.url()).await.is_err(),
        "the proxy is not cut"
    );
    proxy.restore();
    test.page.goto(&proxy.url()).await?;
    test.page
        .wait_for::<bool>("__e2e.status() === 'Saved 3'")
        .await?;
    test.browser.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn pictures_show_ink_and_colour_scheme() -> Result<()> {
    let test = TestPage::start().await?;
    let area = Rect {
        x: 300.0,
        y: 300.0,
        width: 200.0,
        height: 100.0,
    };
    let blank = test.page.board_picture(area).await?;
    assert_eq!(blank.ink(), 0);
    test.page
        .stroke(
            Pointer::default(),
            &line(At(320.0, 320.0), At(450.0, 380.0), 8),
        )
        .await?;
    test.page.wait_for_ink(area, 100).await?;
    let drawn = test.page.board_picture(area).await?;
    assert_eq!(drawn.ink_colour(), Some([200, 20, 20, 255]));
    assert_eq!(blank.difference(&drawn)?, drawn.ink());

    let shot = Picture::decode(&test.page.screenshot(Some(area)).await?)?;
    assert_eq!(shot.background(), [255, 255, 255, 255]);
    assert!(shot.ink() > 100);
    test.page.scheme(Scheme::Dark).await?;
    let shot = Picture::decode(&test.page.screenshot(Some(area)).await?)?;
    assert_eq!(shot.background(), [0, 0, 0, 255]);
    test.browser.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_phone_is_narrow_and_has_a_coarse_pointer() -> Result<()> {
    let test = TestPage::start().await?;
    test.page.phone().await?;
    assert_eq!(test.page.eval::<u32>("innerWidth").await?, 390);
    assert!(
        test.page
            .eval::<bool>("matchMedia('(pointer: coarse)').matches")
            .await?
    );
    test.browser.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failed_wait_describes_the_page() -> Result<()> {
    let test = TestPage::start().await?;
    let within = std::time::Duration::from_millis(300);
    let error = test
        .page
        .wait_for_within::<bool>("1 + 1 === 3", within)
        .await
        .unwrap_err();
    let text = format!("{error:#}");
    assert!(
        text.contains("1 + 1 === 3") && text.contains("now: false"),
        "{text}"
    );
    test.browser.close().await
}
