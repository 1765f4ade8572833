//! CPU time of pages.

use anyhow::Result;

use crate::TestPage;

/// Keeps the page's main thread busy for 200 ms.
const SPIN: &str = "new Promise((done) => setTimeout(() => {\
    const end = performance.now() + 200;\
    while (performance.now() < end);\
    done(true);\
}))";

#[tokio::test(flavor = "multi_thread")]
async fn the_cpu_time_of_a_page_is_measured() -> Result<()> {
    let test = TestPage::start().await?;
    test.page.enable_cpu_metrics().await?;
    let (effort, seconds) = (
        test.page.cpu_time().await?,
        test.browser.renderer_cpu_seconds().await?,
    );
    test.page.eval::<bool>(SPIN).await?;
    let after = test.page.cpu_time().await?;
    assert!(
        after.scripts - effort.scripts >= 0.19,
        "{effort:?}, then {after:?}"
    );
    assert!(after.tasks >= after.scripts, "{after:?}");
    assert!(test.browser.renderer_cpu_seconds().await? > seconds);
    test.browser.close().await
}
