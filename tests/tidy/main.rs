//! The walls of the house: which crate may know which, and how every file begins.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use cargo_metadata::{DependencyKind, MetadataCommand, Package};
use saldo_kernel::reasons;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The workspace's packages with the folder that each stands in, and those of ours that it needs outside tests.
fn packages() -> Vec<(String, String, BTreeSet<String>)> {
    let metadata =
        MetadataCommand::new().manifest_path(root().join("Cargo.toml")).no_deps().exec().expect("cargo metadata");
    let names: BTreeSet<_> = metadata.packages.iter().map(|package| package.name.to_string()).collect();
    let needs = |package: &Package| {
        let outside_tests = package.dependencies.iter().filter(|one| one.kind != DependencyKind::Development);
        outside_tests.map(|one| one.name.clone()).filter(|name| names.contains(name)).collect()
    };
    let place = |package: &Package| {
        let folder = package.manifest_path.parent().expect("a folder");
        folder.parent().and_then(|above| above.file_name()).unwrap_or_default().to_owned()
    };
    metadata.packages.iter().map(|package| (package.name.to_string(), place(package), needs(package))).collect()
}

#[test]
fn crates_know_only_the_crates_below_them() {
    // From the ground up; a crate may know those before it.
    let layers = ["saldo-kernel", "saldo-proto", "saldo-store", "saldo-bus", "saldo-runtime"];
    for (name, _, needs) in packages() {
        let Some(height) = layers.iter().position(|layer| *layer == name) else { continue };
        let allowed: BTreeSet<_> = layers[..height].iter().map(ToString::to_string).collect();
        assert!(needs.is_subset(&allowed), "{name} needs {needs:?}, may need {allowed:?}");
    }
}

#[test]
fn the_engine_knows_the_kernel_only_and_the_mathematics_of_series_nothing() {
    let allowed = [("saldo-engine", BTreeSet::from(["saldo-kernel".to_owned()])), ("saldo-series", BTreeSet::new())];
    let packages = packages();
    for (name, allowed) in allowed {
        let (_, _, needs) = packages.iter().find(|(one, ..)| one == name).expect("the crate");
        assert_eq!(*needs, allowed, "{name}");
    }
}

#[test]
fn no_service_knows_another_service() {
    let packages = packages();
    let services: BTreeSet<_> = packages
        .iter()
        .filter(|(name, place, _)| place == "services" && name != "saldo")
        .map(|(name, ..)| name.clone())
        .collect();
    assert!(!services.is_empty());
    for (name, _, needs) in &packages {
        if name != "saldo" {
            let others: Vec<_> = needs.intersection(&services).collect();
            assert!(others.is_empty(), "{name} needs {others:?}");
        }
    }
}

#[test]
fn the_test_kit_is_for_tests() {
    for (name, _, needs) in packages() {
        assert!(!needs.contains("saldo-testkit"), "{name} needs the test kit outside its tests");
    }
}

#[test]
fn every_source_file_says_in_its_first_line_what_it_is_for() {
    let mut silent = Vec::new();
    for folder in ["crates", "services", "tests", "xtask", "web/src", "web/worker", "proto"] {
        walk(&root().join(folder), &mut |path, text| {
            let written_by_us = !path.to_string_lossy().contains("/gen/");
            if written_by_us && !text.trim_start().starts_with("//") {
                silent.push(path.display().to_string());
            }
        });
    }
    assert!(silent.is_empty(), "no comment in the first line: {silent:#?}");
}

#[test]
fn every_reason_stands_in_the_table_and_every_row_is_met() {
    let (mut given, mut code) = (BTreeSet::new(), String::new());
    for folder in [
        "crates/engine/src",
        "crates/kernel/src",
        "crates/proto/src",
        "crates/store/src",
        "crates/bus/src",
        "crates/cache/src",
        "crates/runtime/src",
        "services",
    ] {
        walk(&root().join(folder), &mut |_, text| {
            let text = text.split("#[cfg(test)]").next().unwrap_or_default();
            let of_errors = text.split("Reason::new(\"").skip(1);
            let of_questions = text.split("Question {").skip(1).filter_map(|rest| rest.split("reason: \"").nth(1));
            let names = of_errors.chain(of_questions).filter_map(|rest| rest.split('"').next());
            given.extend(names.map(str::to_owned));
            code.push_str(text);
        });
    }
    let unknown: Vec<_> = given.iter().filter(|name| !reasons::ALL.iter().any(|one| one.name == **name)).collect();
    assert!(unknown.is_empty(), "not in crates/kernel/src/reasons.rs: {unknown:?}");
    let is_met = |name: &str| given.contains(name) || code.contains(&format!("reasons::{name}"));
    let unmet: Vec<_> = reasons::ALL.iter().map(|one| one.name).filter(|name| !is_met(name)).collect();
    assert!(unmet.is_empty(), "met nowhere: {unmet:?}");
}

#[test]
fn no_file_names_a_registry_host() {
    // Lock files record where packages were had; a mirror's host must not stay in them.
    let lock = fs::read_to_string(root().join("web/package-lock.json")).expect("the lock file");
    assert!(!lock.contains("\"resolved\": \"http"), "web/package-lock.json names a host");
}

fn walk(folder: &Path, see: &mut impl FnMut(&Path, &str)) {
    for entry in fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
        let path = entry.expect("an entry").path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() && !["node_modules", "dist", "target", "fixtures", "screenshots"].contains(&name.as_str()) {
            walk(&path, see);
        } else if path
            .extension()
            .is_some_and(|ending| ["rs", "ts", "tsx", "proto"].contains(&&*ending.to_string_lossy()))
        {
            see(&path, &fs::read_to_string(&path).expect("a text file"));
        }
    }
}
