//! What a page costs is counted.

use anyhow::Result;

use crate::Bench;

/// Keeps the page's main thread busy for 200 ms.
const SPIN: &str = "new Promise((done) => setTimeout(() => {\
    const end = performance.now() + 200;\
    while (performance.now() < end);\
    done(true);\
}))";

#[tokio::test(flavor = "multi_thread")]
async fn what_a_page_computes_is_counted() -> Result<()> {
    let bench = Bench::set().await?;
    bench.page.enable_cpu_metrics().await?;
    let (effort, seconds) = (
        bench.page.cpu_time().await?,
        bench.browser.renderer_cpu_seconds().await?,
    );
    bench.page.eval::<bool>(SPIN).await?;
    let after = bench.page.cpu_time().await?;
    assert!(
        after.scripts - effort.scripts >= 0.19,
        "{effort:?}, then {after:?}"
    );
    assert!(after.tasks >= after.scripts, "{after:?}");
    assert!(bench.browser.renderer_cpu_seconds().await? > seconds);
    bench.browser.close().await
}
