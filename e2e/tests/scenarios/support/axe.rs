//! axe-core in both themes.

use anyhow::Result;
use e2e::emulate::Scheme;
use e2e::person::Person;

/// Checks the page with axe-core in the light and in the dark theme.
pub(crate) async fn check_axe_in_both_themes(person: &Person, place: &str) -> Result<()> {
    for (scheme, name) in [(Scheme::Light, "light"), (Scheme::Dark, "dark")] {
        person.page.scheme(scheme).await?;
        person
            .page
            .has_no_axe_violations(&format!("{place}, {name}"))
            .await?;
    }
    Ok(())
}
