//! A set to take pictures on: who is there, with which screen, and the way from a state to its
//! pictures.

use anyhow::Result;
use e2e::input::Pointer;
use e2e::page::{At, Page};
use e2e::person::Person;
use e2e::test_env::TestEnv;

use crate::album::Album;

/// More steps than any state takes.
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

/// Who is there, and what has gone wrong so far.
#[derive(Debug)]
pub(crate) struct Set<'a> {
    /// The album that the pictures go into.
    pub(crate) album: &'a Album,
    /// The screen of the person whose page is shown.
    pub(crate) device: Device,
    /// Whose page is shown; the board is hers.
    pub(crate) ada: Person,
    /// Somebody else on the board, always at a desk.
    pub(crate) ben: Person,
    /// Where the server is.
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

    /// As [`Self::shoot`] of what is only there while it moves: the pointer, pressed in the state
    /// that was reached, goes along `path` again and again.
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

    /// Goes on in a tab of its own, which looks where tabs look that were never moved.
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

    /// Gives up what is still held and takes back what was done: a page that was just opened
    /// can undo no more than that.
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

    /// Takes the pictures of a page that is no board, or of somebody else's.
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

/// Goes along the path until there is no page any more.
async fn wander(page: &Page, path: &[At]) -> Result<()> {
    loop {
        for at in path {
            page.drag(Pointer::default(), *at).await?;
        }
    }
}
