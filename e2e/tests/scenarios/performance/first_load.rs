//! A first load fetches nothing twice and waits for nothing without need.

use std::collections::BTreeMap;

use anyhow::{Result, ensure};
use e2e::person::Person;
use e2e::stage::scene;

/// Notes how the page compiles WebAssembly.
const WATCH: &str = "globalThis.__compiled = [];\
    for (const way of ['compile', 'compileStreaming', 'instantiate', 'instantiateStreaming']) {\
      const usual = WebAssembly[way];\
      WebAssembly[way] = (...given) => { __compiled.push(way); return usual(...given); };\
    }";

/// What the page has fetched: each address without its server, and what asked for it.
const FETCHED: &str = "performance.getEntriesByType('resource')\
    .map((entry) => [new URL(entry.name).pathname, entry.initiatorType])";

/// What asked for each file that was fetched.
async fn fetched(person: &Person) -> Result<BTreeMap<String, Vec<String>>> {
    let mut files = BTreeMap::<String, Vec<String>>::new();
    for (path, initiator) in person.page.eval::<Vec<(String, String)>>(FETCHED).await? {
        files.entry(path).or_default().push(initiator);
    }
    Ok(files)
}

#[test]
fn a_first_load_fetches_each_file_once_and_compiles_while_streaming() {
    scene("first load", async |stage| {
        let url = stage.one_server().await?;
        let board = stage.board(&url).await?;
        let ada = stage.person("ada").await?;
        ada.page.before_scripts(WATCH).await?;
        ada.open(&board.edit.at(&url)).await?;

        // The way that needs the whole file first is what the script falls back to when the
        // server gives the file another type than application/wasm.
        let ways: Vec<String> = ada.page.eval("__compiled").await?;
        let streams = !ways.is_empty() && ways.iter().all(|way| way.ends_with("Streaming"));
        ensure!(streams, "WebAssembly was compiled by {ways:?}");

        let files = fetched(&ada).await?;
        let twice = files.iter().find(|(_, initiators)| initiators.len() > 1);
        ensure!(twice.is_none(), "fetched more than once: {twice:?}");
        let of_kind = |ending: &str| {
            files
                .iter()
                .filter(|(path, _)| path.ends_with(ending))
                .count()
        };
        ensure!(of_kind(".css") == 1, "styles came in parts: {files:?}");
        // A link in the page asks for the program at once; a script could only do so later.
        let mut programs = files.iter().filter(|(path, _)| path.ends_with(".wasm"));
        let early = programs.any(|(_, initiators)| initiators == &["link"]);
        ensure!(early, "the program was not preloaded: {files:?}");
        Ok(())
    });
}
