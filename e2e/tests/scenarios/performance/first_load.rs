//! A first load fetches nothing twice and waits for nothing without need.

use std::collections::BTreeMap;

use anyhow::{Result, ensure};
use e2e::person::Person;
use e2e::test_env::scenario;

/// Records how the page compiles WebAssembly.
const WATCH: &str = "globalThis.__compiled = [];\
    for (const way of ['compile', 'compileStreaming', 'instantiate', 'instantiateStreaming']) {\
      const usual = WebAssembly[way];\
      WebAssembly[way] = (...given) => { __compiled.push(way); return usual(...given); };\
    }";

/// The path and the initiator of each resource that the page has loaded.
const RESOURCES: &str = "performance.getEntriesByType('resource')\
    .map((entry) => [new URL(entry.name).pathname, entry.initiatorType])";

/// The initiators of each loaded file.
async fn loaded_resources(person: &Person) -> Result<BTreeMap<String, Vec<String>>> {
    let mut files = BTreeMap::<String, Vec<String>>::new();
    for (path, initiator) in person.page.eval::<Vec<(String, String)>>(RESOURCES).await? {
        files.entry(path).or_default().push(initiator);
    }
    Ok(files)
}

#[test]
fn a_first_load_fetches_each_file_once_and_compiles_while_streaming() {
    scenario("first load", async |env| {
        let url = env.one_server().await?;
        let board = env.board(&url).await?;
        let ada = env.person("ada").await?;
        ada.page.before_scripts(WATCH).await?;
        ada.open(&board.edit.at(&url)).await?;

        // The script compiles without streaming only if the file's type is not application/wasm.
        let ways: Vec<String> = ada.page.eval("__compiled").await?;
        let streams = !ways.is_empty() && ways.iter().all(|way| way.ends_with("Streaming"));
        ensure!(streams, "WebAssembly was compiled by {ways:?}");

        let files = loaded_resources(&ada).await?;
        let twice = files.iter().find(|(_, initiators)| initiators.len() > 1);
        ensure!(twice.is_none(), "fetched more than once: {twice:?}");
        let of_kind = |ending: &str| {
            files
                .iter()
                .filter(|(path, _)| path.ends_with(ending))
                .count()
        };
        ensure!(of_kind(".css") == 1, "styles came in parts: {files:?}");
        // A link in the page preloads the program; a script would request it later.
        let mut programs = files.iter().filter(|(path, _)| path.ends_with(".wasm"));
        let early = programs.any(|(_, initiators)| initiators == &["link"]);
        ensure!(early, "the program was not preloaded: {files:?}");
        Ok(())
    });
}
