//! A page that shows Excalidraw and nothing else, which the page-load measurement compares ours
//! with.
//!
//! Only the recipe is in the repository. The packages are fetched by npm, and Vite builds the
//! page for production, as Excalidraw's manual says. It is compressed like our own client.

use crate::client::{self, Quality};
use crate::tools::PageLoadTools;
use crate::{files, process, report};
use anyhow::{Context as _, Result};
use std::path::{Path, PathBuf};

/// The folder of the page on the server; `fonts.js` says it too.
pub(crate) const FOLDER: &str = "excalidraw";

/// The sources of the page.
const SOURCES: [(&str, &str); 3] = [
    ("index.html", include_str!("index.html")),
    ("fonts.js", include_str!("fonts.js")),
    ("main.js", include_str!("main.js")),
];

/// Fonts of drawings, which Excalidraw fetches by name when it needs them.
const FONTS: &str = "@excalidraw/excalidraw/dist/prod/fonts";

/// The file that says from what a page was built, written last.
const MARK: &str = ".built";

/// Builds the page unless it is there already, and returns its folder.
///
/// # Errors
/// A package cannot be fetched, or Vite fails.
pub(crate) fn build(tools: &PageLoadTools) -> Result<PathBuf> {
    // Vite looks for packages in `node_modules` beside the sources and above.
    let sources = tools.npm.join("excalidraw-page");
    let page = tools.npm.join("excalidraw-page.built");
    let recipe = recipe(&tools.pins);
    if std::fs::read_to_string(page.join(MARK)).is_ok_and(|mark| mark == recipe) {
        report::note("the page with Excalidraw is up to date");
        return Ok(page);
    }
    report::note("building a page with Excalidraw; compressing it takes a minute");
    write_sources(&sources)?;
    let mut vite = process::command("node");
    vite.arg(&tools.vite).arg("build").arg(&sources);
    vite.arg("--outDir").arg(&page).arg("--emptyOutDir");
    vite.args(["--base", &format!("/{FOLDER}/"), "--logLevel", "error"]);
    process::run(&mut vite)?;
    let fonts = tools.npm.join("node_modules").join(FONTS);
    files::copy_tree(&fonts, &page.join("fonts"))?;
    client::siblings(&page, Quality::Shipped)?;
    std::fs::write(page.join(MARK), recipe)?;
    Ok(page)
}

/// Everything that the built page depends on, as one text.
fn recipe(pins: &str) -> String {
    let sources = SOURCES.map(|(name, source)| format!("\n{name}\n{source}"));
    format!("{pins}{}", sources.concat())
}

fn write_sources(folder: &Path) -> Result<()> {
    std::fs::create_dir_all(folder)?;
    for (name, source) in SOURCES {
        std::fs::write(folder.join(name), source)
            .with_context(|| format!("cannot write {name}"))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{FOLDER, SOURCES, recipe};

    #[test]
    fn another_version_is_another_recipe() {
        let one = recipe("react@1");
        assert_ne!(one, recipe("react@2"));
        assert!(SOURCES.iter().all(|(_, source)| one.contains(source)));
    }

    #[test]
    fn the_fonts_are_looked_for_in_the_folder_of_the_page() {
        let (_, fonts) = SOURCES
            .iter()
            .find(|(name, _)| *name == "fonts.js")
            .unwrap();
        assert!(fonts.contains(&format!("\"/{FOLDER}/\"")));
    }
}
