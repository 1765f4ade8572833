//! How much a board, an address and a disk take.

use std::fs::{self, File};
use std::path::Path;

use server::config::{Config, Storage};
use shared::model::BlobHash;
use testkit::disk::SmallDisk;

use crate::pictures::png;
use crate::test_server::TestServer;
use crate::uploads::Visitor;

/// Puts files of so many bytes, which take no room, to the pictures of a board.
fn fill(data: &Path, visitor: &Visitor, count: u64, bytes: u64) {
    let dir = data.join("blobs").join(visitor.link.board.to_string());
    fs::create_dir_all(&dir).unwrap();
    for number in 0..count {
        let hash = BlobHash::of(&number.to_be_bytes());
        let file = File::create(dir.join(hash.to_string())).unwrap();
        file.set_len(bytes).unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_board_has_so_many_pictures_and_bytes() {
    let data = tempfile::tempdir().unwrap();
    let server = TestServer::on_dir(data.path()).await;
    let file = png(10, 10, 50);
    for (count, bytes, words) in [(1_000, 1, "1000 pictures"), (32, 8 << 20, "256 MiB")] {
        let ann = Visitor::on_new_board(&server.url("")).await;
        fill(data.path(), &ann, count, bytes);
        for answer in [ann.upload(&file).await, ann.post(file.clone()).await] {
            assert_eq!(answer.status, 413);
            assert!(answer.text.contains(words), "{}", answer.text);
        }
        let other = Visitor::on_new_board(&server.url("")).await;
        assert_eq!(other.upload(&file).await.status, 201, "others have room");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_board_has_so_many_unfinished_uploads() {
    let server = TestServer::start().await;
    let ann = Visitor::on_new_board(&server.url("")).await;
    let begin = async |number: u64| {
        let hash = BlobHash::of(&number.to_be_bytes());
        let request = ann.patch_request(hash, 0, 100, "image/png");
        request.body("x").send().await.unwrap().status().as_u16()
    };
    for number in 0..64 {
        assert_eq!(begin(number).await, 204);
    }
    assert_eq!(begin(64).await, 429);
    let whole = ann.post(png(10, 10, 51)).await;
    assert_eq!(whole.status, 429, "{}", whole.text);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_upload_that_the_store_refused_does_not_count_as_unfinished() {
    for is_whole in [false, true] {
        let data = tempfile::tempdir().unwrap();
        let server = TestServer::on_dir(data.path()).await;
        let ann = Visitor::on_new_board(&server.url("")).await;
        let upload = async |file: Vec<u8>| match is_whole {
            true => ann.post(file).await,
            false => ann.upload(&file).await,
        };
        let place = data.path().join("blobs").join(ann.link.board.to_string());
        for number in 0..65 {
            let file = png(10, 10, 1_000 + number);
            // A directory where the file of its bytes has to be.
            let name = format!("{}.part", BlobHash::of(&file));
            fs::create_dir_all(place.join(name)).unwrap();
            let answer = upload(file).await;
            assert_eq!(answer.status, 503, "{}", answer.text);
        }
        assert_eq!(upload(png(10, 10, 54)).await.status, 201);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_is_named_and_the_upload_goes_on_when_there_is_room() {
    let disk = match SmallDisk::mount(8 << 20) {
        Ok(disk) => disk,
        Err(error) => {
            eprintln!("skipped: {error}");
            return;
        }
    };
    let server = TestServer::on_dir(disk.path()).await;
    let ann = Visitor::on_new_board(&server.url("")).await;
    let file = png(900, 600, 52);
    let begun = ann.patch(&file, 0, 300_000).await;
    assert_eq!((begun.status, begun.offset), (204, Some(300_000)));
    disk.fill().unwrap();
    let full = ann.patch(&file, 300_000, file.len()).await;
    assert_eq!(full.status, 507, "{}", full.text);
    assert!(full.text.contains("no room"), "{}", full.text);
    disk.free().unwrap();
    let offset = ann.head(BlobHash::of(&file)).await.0.offset.unwrap();
    let offset = usize::try_from(offset).unwrap();
    assert_eq!(ann.patch(&file, offset, file.len()).await.status, 201);
    assert_eq!(ann.load(BlobHash::of(&file)).await, file);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pictures_are_reached_below_a_path() {
    let data = tempfile::tempdir().unwrap();
    let mut config = Config::local(Storage::Embedded(data.path().to_owned()));
    let args = ["commonslate", "--public-url", "https://example.org/draw"];
    config.public_url = Config::read(args.map(Into::into)).unwrap().public_url;
    let server = TestServer::with(config).await;
    let ann = Visitor::on_new_board(&server.url("")).await;
    let file = png(10, 10, 53);
    assert_eq!(ann.at(&server.url("/draw")).upload(&file).await.status, 201);
    for base in ["", "/draw"] {
        let there = ann.at(&server.url(base));
        assert_eq!(there.load(BlobHash::of(&file)).await, file);
    }
    let taken = ["commonslate", "--public-url", "https://example.org/files"];
    assert!(Config::read(taken.map(Into::into)).is_err());
}
