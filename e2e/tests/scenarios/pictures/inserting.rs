//! Pasting, dropping and choosing pictures.

use anyhow::{Result, ensure};
use e2e::test_env::scenario;
use shared::model::{Board, Body, MediaType, Picture};

use super::{Kind, Way, bring, give, picture_scenario, wait_for_notice, wait_until_equal};
use crate::support::users::two_users;
use crate::support::wait::both_have_elements;

fn pictures(board: &Board) -> Vec<Picture> {
    let images = board.elements().filter(|it| matches!(it.body, Body::Image));
    images.filter_map(|image| image.props.picture()).collect()
}

#[test]
fn pasted_dropped_and_chosen_pictures_show_on_the_other_page() {
    scenario("pictures for all people", async |env| {
        let (ada, ben) = two_users(env).await?;
        // The other page may ask for a file before it is complete.
        env.connections_will_break();
        let ways = [(Way::Paste, 1), (Way::Drop, 2), (Way::Choose, 1)];
        let mut all = 0;
        for (way, count) in ways {
            let sizes = [(300, 200), (64, 128)];
            bring(&ada, way, Kind::Drawing, &sizes[..count]).await?;
            all += count as u64;
            both_have_elements(&ada, &ben, all).await?;
            wait_until_equal(&ada, &ben).await?;
        }
        ensure!(
            ben.page.ink(super::MIDDLE).await? > 10_000,
            "the pictures are painted"
        );
        // Two dropped pictures are one step.
        ada.page.press("Ctrl+z").await?;
        ada.page.press("Ctrl+z").await?;
        both_have_elements(&ada, &ben, 1).await
    });
}

#[test]
fn the_other_page_shows_a_preview_until_the_file_is_there() {
    scenario("preview, then sharp", async |env| {
        let (ada, ben) = two_users(env).await?;
        env.connections_will_break();
        ben.page.block_requests(&["*/files/*"]).await?;
        bring(&ada, Way::Paste, Kind::Drawing, &[(600, 400)]).await?;
        ben.wait_for_elements(1).await?;
        ada.wait_until_saved().await?;
        ada.page.press("Escape").await?;
        ben.page.wait_for_ink(super::MIDDLE, 10_000).await?;
        let (mine, theirs) = (
            ben.page.board_picture(super::MIDDLE).await?,
            ada.page.board_picture(super::MIDDLE).await?,
        );
        ensure!(mine.difference(&theirs)? > 1_000, "it is blurred");
        ben.page.block_requests(&[]).await?;
        ben.wait_for_same_picture_as(&ada, super::MIDDLE).await
    });
}

#[test]
fn a_file_that_is_no_picture_is_refused_by_name() {
    picture_scenario("unfit files", async |ada, ben, observer| {
        let files = "const files = [new File(['no picture'], 'cat.heic', { type: 'image/heic' })];";
        give(ada, Way::Drop, files).await?;
        wait_for_notice(
            ada,
            "“cat.heic” is not on the board: this browser cannot read it",
        )
        .await?;
        // The header of a picture with 50,000 × 50,000 pixels.
        let files = "const head = new Uint8Array(33);
            head.set([137, 80, 78, 71, 13, 10, 26, 10, 0, 0, 0, 13, 73, 72, 68, 82, 0, 0, 195, 80, 0, 0, 195, 80, 8, 6]);
            const files = [new File([head], 'bomb.png', { type: 'image/png' })];";
        give(ada, Way::Drop, files).await?;
        wait_for_notice(
            ada,
            "“bomb.png” is not on the board: the picture has more than 100 million",
        )
        .await?;
        ensure!(ben.elements().await? == 0, "nothing was put on the board");
        let gif = "const bytes = Uint8Array.from(atob('R0lGODlhAQABAIAAAP8AAAAAACH/C05FVFNDQVBFMi4wAwEAAAAh+QQACgAAACwAAAAAAQABAAACAkQBACH5BAAKAAAALAAAAAABAAEAAAICTAEAOw=='), (it) => it.charCodeAt(0));
            const files = [new File([bytes], 'blink.gif', { type: 'image/gif' })];";
        give(ada, Way::Drop, gif).await?;
        wait_for_notice(ada, "“blink.gif” moves. The board shows its first frame.").await?;
        let kept = observer
            .wait_for("the first frame", |board| pictures(board).pop())
            .await?;
        ensure!(
            (kept.width, kept.height, kept.media_type) == (1, 1, MediaType::Png),
            "{kept:?}"
        );
        Ok(())
    });
}

/// A photo with EXIF that turns it by 90 degrees and names a place, as bytes of JPEG segments around
/// a JPEG that the page makes.
const TURNED_PHOTO: &str = "
    const canvas = new OffscreenCanvas(80, 40);
    const context = canvas.getContext('2d');
    context.fillStyle = '#d62828'; context.fillRect(0, 0, 40, 40);
    context.fillStyle = '#003049'; context.fillRect(40, 0, 40, 40);
    const jpeg = new Uint8Array(await (await canvas.convertToBlob({ type: 'image/jpeg', quality: 1 })).arrayBuffer());
    const tiff = [77, 77, 0, 42, 0, 0, 0, 8, 0, 1, 1, 18, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0];
    const exif = [...new TextEncoder().encode('Exif'), 0, 0, ...tiff, ...new TextEncoder().encode('GPS 52.5 N 13.4 E')];
    const segment = [255, 225, 0, exif.length + 2, ...exif];
    const photo = new Uint8Array([...jpeg.slice(0, 2), ...segment, ...jpeg.slice(2)]);
    const files = [new File([photo], 'photo.jpg', { type: 'image/jpeg' })];";

#[test]
fn a_photo_is_turned_upright_and_loses_its_metadata() {
    picture_scenario("a photo", async |ada, _, observer| {
        give(ada, Way::Drop, TURNED_PHOTO).await?;
        let kept = observer
            .wait_for("the photo", |board| pictures(board).pop())
            .await?;
        ensure!((kept.width, kept.height) == (40, 80), "upright: {kept:?}");
        ada.wait_until_saved().await?;
        let hash = kept.sha256;
        // The page knows its own secret.
        let load = format!(
            "(async () => {{ const board = location.pathname.split('/').pop();
             const secret = location.hash.replace(/^#/, '').split('&')[0].split('=').pop();
             const headers = {{ Authorization: `Bearer ${{secret}}` }};
             const answer = await fetch(`/files/${{board}}/{hash}`, {{ headers }});
             const text = new TextDecoder('latin1').decode(await answer.arrayBuffer());
             return [answer.status, text.includes('Exif') || text.includes('GPS')]; }})()"
        );
        let (status, has_metadata): (u16, bool) = ada.page.eval(&load).await?;
        ensure!(
            status == 200 && !has_metadata,
            "{status}, metadata {has_metadata}"
        );
        Ok(())
    });
}

#[test]
fn a_huge_picture_is_made_smaller_and_says_so() {
    picture_scenario("a huge picture", async |ada, _, observer| -> Result<()> {
        bring(ada, Way::Choose, Kind::Noise, &[(5_000, 4_000)]).await?;
        wait_for_notice(ada, "was made smaller").await?;
        let kept = observer
            .wait_for("the picture", |board| pictures(board).pop())
            .await?;
        ensure!(kept.width < 5_000, "{kept:?}");
        let ratio = f64::from(kept.width) / f64::from(kept.height);
        ensure!((ratio - 1.25).abs() < 0.01, "{kept:?}");
        ada.wait_until_saved().await
    });
}

/// An AVIF of 12 × 8 red pixels.
const AVIF: &str = "AAAAIGZ0eXBhdmlmAAAAAGF2aWZtaWYxbWlhZk1BMUIAAADrbWV0YQAAAAAAAAAhaGRscgAAAAAAAAAAcGljdAAAAAAAAAAAAAAAAAAAAAAOcGl0bQAAAAAAAQAAAB5pbG9jAAAAAEQAAAEAAQAAAAEAAAETAAAAKwAAAChpaW5mAAAAAAABAAAAGmluZmUCAAAAAAEAAGF2MDFDb2xvcgAAAABqaXBycAAAAEtpcGNvAAAAFGlzcGUAAAAAAAAADAAAAAgAAAAQcGl4aQAAAAADCAgIAAAADGF2MUOBAAwAAAAAE2NvbHJuY2x4AAEADQAGgAAAABdpcG1hAAAAAAAAAAEAAQQBAoMEAAAAM21kYXQSAAoIGAyvtEBDQaEyHReHh4YhhJJJJlAAAADLqPQawNLQQHo5BEnTbKdA";

#[test]
fn avif_and_svg_files_become_pictures_that_run_nothing() {
    picture_scenario("AVIF and SVG", async |ada, ben, observer| {
        let avif = format!(
            "const bytes = Uint8Array.from(atob('{AVIF}'), (it) => it.charCodeAt(0));
             const files = [new File([bytes], 'red.avif', {{ type: 'image/avif' }})];"
        );
        give(ada, Way::Choose, &avif).await?;
        both_have_elements(ada, ben, 1).await?;
        wait_until_equal(ada, ben).await?;
        // Only the button Image makes a picture of a drawing; pasted, it becomes elements.
        let svg = "const drawing = `<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"60\" height=\"40\">
              <script>parent.hasRun = true</script><rect width=\"60\" height=\"40\" fill=\"#d62828\"
              onload=\"parent.hasRun = true\"/><image href=\"/files/x/y\" width=\"9\" height=\"9\"/></svg>`;
             const files = [new File([drawing], 'red.svg', { type: 'image/svg+xml' })];";
        give(ada, Way::Choose, svg).await?;
        both_have_elements(ada, ben, 2).await?;
        wait_until_equal(ada, ben).await?;
        let kept = observer
            .wait_for("both pictures", |board| {
                let all = pictures(board);
                (all.len() == 2).then_some(all)
            })
            .await?;
        for picture in kept {
            ensure!(picture.media_type == MediaType::Png, "{picture:?}");
        }
        ensure!(
            !ada.page.eval::<bool>("window.hasRun === true").await?,
            "a script ran"
        );
        ensure!(
            ben.page.ink(super::MIDDLE).await? > 500,
            "the pictures are painted"
        );
        Ok(())
    });
}
