//! A series of pictures on one screen: brings the board into each state and takes its pictures.

use anyhow::Result;
use e2e::input::Pointer;
use e2e::page::{At, Page};
use e2e::person::Person;
use e2e::test_env::TestEnv;

use crate::album::Album;

/// The maximum number of undo steps; no state needs more.
const MOST_STEPS: usize = 8;

/// The screen on which pictures are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Device {
    /// 1280 × 800 pixels and a mouse.
    Desk,
    /// 390 × 844 pixels and fingers.
    Phone,
}

impl Device {
    /// Both.
    pub(crate) const ALL: [Self; 2] = [Self::Desk, Self::Phone];

    const fn word(self) -> &'static str {
        match self {
            Self::Desk => "desk",
            Self::Phone => "phone",
        }
    }

    /// The position for this screen.
    pub(crate) const fn at(self, desk: (f64, f64), phone: (f64, f64)) -> At {
        let (x, y) = match self {
            Self::Desk => desk,
            Self::Phone => phone,
        };
        At(x, y)
    }

    /// Gives a page this screen.
    pub(crate) async fn apply_to(self, person: &Person) -> Result<()> {
        match self {
            Self::Desk => person.page.viewport(1280, 800).await,
            Self::Phone => person.page.phone().await,
        }
    }
}

/// The people, their pages, and what has gone wrong so far.
#[derive(Debug)]
pub(crate) struct Series<'a> {
    /// The album that the pictures go into.
    pub(crate) album: &'a Album,
    /// The screen of the person whose page is shown.
    pub(crate) device: Device,
    /// The owner of the board; the pictures show her page.
    pub(crate) ada: Person,
    /// Another person on the board, always with the wide screen.
    pub(crate) ben: Person,
    /// The address of the server.
    pub(crate) url: String,
    /// The owner's link.
    pub(crate) link: String,
    /// The links for editing and for viewing.
    pub(crate) other_links: [String; 2],
    failures: Vec<String>,
}

impl<'a> Series<'a> {
    /// Makes a board with two people on it.
    pub(crate) async fn build(env: &mut TestEnv, album: &'a Album, device: Device) -> Result<Self> {
        let url = match env.servers.first() {
            Some(server) => server.url(),
            None => env.one_server().await?,
        };
        let board = env.board(&url).await?;
        let link = board.owner.at(&url);
        let other_links = [board.edit.at(&url), board.view.at(&url)];
        let ada = env.person("ada").await?;
        device.apply_to(&ada).await?;
        ada.context.allow_clipboard(&url).await?;
        ada.open(&link).await?;
        ada.set_name("Ada").await?;
        let ben = env.guest("ben", &other_links[0]).await?;
        ben.set_name("Ben").await?;
        Ok(Self {
            album,
            device,
            ada,
            ben,
            url,
            link,
            other_links,
            failures: Vec::new(),
        })
    }

    /// Reloads the page, brings the board into a state with `reach`, and takes its pictures. If that
    /// fails, the failure is recorded, and the next pictures are still taken.
    pub(crate) async fn shoot(
        &mut self,
        name: &str,
        reach: impl AsyncFnOnce(&Person) -> Result<()>,
    ) -> Result<()> {
        let name = format!("{name}.{}", self.device.word());
        if !self.album.wants(&name) {
            return Ok(());
        }
        self.begin().await?;
        let reached = reach(&self.ada).await;
        self.album.keep(&self.ada.page, &name).await?;
        if let Err(error) = reached {
            self.failures.push(format!("{name}: {error:#}"));
        }
        self.tidy().await
    }

    /// As [`Self::shoot`], for states that show only while the pointer moves: the pressed pointer
    /// follows `path` repeatedly.
    pub(crate) async fn shoot_moving(
        &mut self,
        name: &str,
        path: &[At],
        reach: impl AsyncFnOnce(&Person) -> Result<()>,
    ) -> Result<()> {
        let name = format!("{name}.{}", self.device.word());
        if !self.album.wants(&name) {
            return Ok(());
        }
        self.begin().await?;
        reach(&self.ada).await?;
        let page = &self.ada.page;
        tokio::select! {
            kept = self.album.keep(page, &name) => kept?,
            stopped = follow(page, path) => stopped?,
        }
        self.tidy().await
    }

    /// Continues in a new tab, whose viewport was never moved.
    pub(crate) async fn open_tab(&mut self) -> Result<()> {
        self.ada.page.close().await?;
        self.ada.page = self.ada.context.page().await?;
        self.device.apply_to(&self.ada).await?;
        self.ada.open(&self.link).await
    }

    async fn begin(&self) -> Result<()> {
        // While changes are not saved, the browser would ask for confirmation.
        let kept = "__e2e.data('at-stake') === 0";
        self.ada.page.wait_for::<bool>(kept).await?;
        self.ada.page.reload().await?;
        self.ada.wait_for_status("Saved").await
    }

    /// Cancels the gesture and undoes everything that was done since the page was opened.
    async fn tidy(&self) -> Result<()> {
        let page = &self.ada.page;
        page.press("Escape").await?;
        page.up(Pointer::default(), At(300.0, 300.0)).await?;
        let undoes = "document.querySelector('[aria-label=Undo]:enabled') !== null";
        for _ in 0..MOST_STEPS {
            if !page.eval::<bool>(undoes).await? {
                break;
            }
            page.press("Escape").await?;
            page.press("Ctrl+Z").await?;
        }
        Ok(())
    }

    /// Takes the pictures of another page.
    pub(crate) async fn shoot_page(&mut self, person: &Person, name: &str) -> Result<()> {
        let name = format!("{name}.{}", self.device.word());
        self.album.keep(&person.page, &name).await
    }

    /// Whether pictures of this state are taken on this screen.
    pub(crate) fn wants(&self, name: &str) -> bool {
        self.album.wants(&format!("{name}.{}", self.device.word()))
    }

    /// The states that could not be reached.
    pub(crate) fn failures(self) -> Vec<String> {
        self.failures
    }
}

/// Follows the path until the page is closed.
async fn follow(page: &Page, path: &[At]) -> Result<()> {
    loop {
        for at in path {
            page.drag(Pointer::default(), *at).await?;
        }
    }
}
