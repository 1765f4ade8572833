//! Tells the linker to keep the relocations of the client, by which a build for release is split.

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let is = |variable, value| std::env::var(variable).is_ok_and(|it| it == value);
    if is("CARGO_CFG_TARGET_FAMILY", "wasm") && is("PROFILE", "release") {
        println!("cargo:rustc-link-arg-bins=--emit-relocs");
    }
}
