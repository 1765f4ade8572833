//! The table of metrics in docs/hosting.md.

use std::collections::BTreeSet;

use crate::{metrics_of, server_on};

#[tokio::test]
async fn the_table_in_the_documentation_has_all_metrics_and_no_others() {
    let data = tempfile::tempdir().unwrap();
    let server = server_on(data.path()).await;
    let exported = metrics_of(&server).await.names();
    let page = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/hosting.md");
    let page = std::fs::read_to_string(page).unwrap();
    let described: BTreeSet<String> = page
        .lines()
        .filter_map(|line| line.strip_prefix("| `"))
        .filter_map(|row| row.split(['`', '{']).next())
        .filter(|name| name.starts_with("commonslate_") || name.starts_with("process_"))
        .map(str::to_owned)
        .collect();
    assert_eq!(described, exported);
}
