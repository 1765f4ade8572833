//! Every kept input runs through its target, without a fuzzer.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::TARGETS;

/// Bytes of one kept input.
const MAX_INPUT_BYTES: u64 = 4 * 1024;
/// Bytes of all kept inputs.
const MAX_CORPUS_BYTES: u64 = 1024 * 1024;

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// The files in a folder; none if it is missing.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

#[test]
fn kept_inputs_do_no_harm() {
    for target in TARGETS {
        for kind in ["corpus", "regressions"] {
            for file in files(&folder(kind).join(target.name)) {
                println!("{}", file.display());
                (target.run)(&fs::read(&file).unwrap());
            }
        }
    }
}

#[test]
fn seeds_do_no_harm() {
    for target in TARGETS {
        let seeds = (target.seeds)();
        assert!(!seeds.is_empty(), "{}", target.name);
        seeds.iter().for_each(|seed| (target.run)(seed));
    }
}

#[test]
fn every_program_is_a_target_with_a_small_corpus() {
    let names: BTreeSet<String> = TARGETS.iter().map(|it| it.name.to_owned()).collect();
    let programs = files(&folder("targets")).into_iter();
    let programs = programs.map(|file| file.file_stem().unwrap().to_str().unwrap().to_owned());
    assert_eq!(programs.collect::<BTreeSet<_>>(), names);
    let mut all = 0;
    for name in &names {
        let sizes = files(&folder("corpus").join(name)).into_iter();
        let sizes: Vec<u64> = sizes.map(|file| file.metadata().unwrap().len()).collect();
        assert!(!sizes.is_empty(), "{name} has no corpus");
        assert!(sizes.iter().all(|size| *size <= MAX_INPUT_BYTES), "{name}");
        all += sizes.iter().sum::<u64>();
    }
    assert!(all <= MAX_CORPUS_BYTES, "{all} bytes");
}
