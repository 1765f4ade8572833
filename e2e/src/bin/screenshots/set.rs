//! The people, screen and server of a series of pictures, and the way from a state to its pictures.

use anyhow::Result;
use e2e::input::Pointer;
use e2e::page::{At, Page};
use e2e::person::Person;
use e2e::test_env::TestEnv;

use crate::album::Album;

/// Most steps of undo; no state needs more.
const MOST_STEPS: usize = 8;

/// The screen that pictures are taken of.
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

    /// A place on the screen that suits it.
    pub(crate) const fn at(self, desk: (f64, f64), phone: (f64, f64)) -> At {
        let (x, y) = match self {
            Self::Desk => desk,
            Self::Phone => phone,
        };
        At(x, y)
    }

    /// Gives a page this screen.
    pub(crate) async fn put_before(self, person: &Person) -> Result<()> {
        match self {
            Self::Desk => person.page.viewport(1280, 800).await,
            Self::Phone => person.page.phone().await,
        }
    }
}

/// The people, their pages, and what has gone wrong so far.
#[derive(Debug)]
pub(crate) struct Set<'a> {
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
    pub(crate) lesser: [String; 2],
    failures: Vec<String>,
}

impl<'a> Set<'a> {
    /// A board with two people on it.
    pub(crate) async fn build(env: &mut TestEnv, album: &'a Album, device: Device) -> Result<Self> {
        let url = match env.servers.first() {
            Some(server) => server.url(),
            None => env.one_server().await?,
        };
        let board = env.board(&url).await?;
        let link = board.owner.at(&url);
        let lesser = [board.edit.at(&url), board.view.at(&url)];
        let ada = env.person("ada").await?;
        device.put_before(&ada).await?;
        ada.context.allow_clipboard(&url).await?;
        ada.open(&link).await?;
        ada.set_name("Ada").await?;
        let ben = env.guest("ben", &lesser[0]).await?;
        ben.set_name("Ben").await?;
        Ok(Self {
            album,
            device,
            ada,
            ben,
            url,
            link,
            lesser,
            failures: Vec::new(),
        })
    }

    /// Brings the board into a state, from a page that was just opened, and takes its pictures.
    /// A state that cannot be reached is noted, and the others are still taken.
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

    /// Like [`Self::shoot`], for things that show only while the pointer moves: it follows `path` again
    /// and again, pressed.
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
            stopped = wander(page, path) => stopped?,
        }
        self.tidy().await
    }

    /// Continues in a new tab, whose viewport was never moved.
    pub(crate) async fn open_tab(&mut self) -> Result<()> {
        self.ada.page.close().await?;
        self.ada.page = self.ada.context.page().await?;
        self.device.put_before(&self.ada).await?;
        self.ada.open(&self.link).await
    }

    async fn begin(&self) -> Result<()> {
        // Before that, the browser would ask whether to leave, and wait for an answer.
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

    /// Whether a state is asked for on this screen.
    pub(crate) fn wants(&self, name: &str) -> bool {
        self.album.wants(&format!("{name}.{}", self.device.word()))
    }

    /// The states that could not be reached.
    pub(crate) fn failures(self) -> Vec<String> {
        self.failures
    }
}

/// Follows the path until the page is closed.
async fn wander(page: &Page, path: &[At]) -> Result<()> {
    loop {
        for at in path {
            page.drag(Pointer::default(), *at).await?;
        }
    }
}
