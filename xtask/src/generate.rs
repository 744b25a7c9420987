//! From `.proto` files to checked-in Rust: messages, tonic services, validation, guards, and the descriptors with their
//! comments and options; and the pages of the reference.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use prost::Message as _;
use prost_reflect::DescriptorPool;

use crate::{Result, guards, reference};

/// One tree of `.proto` files and the crate that carries the code of its packages.
struct Tree {
    /// Where the files are, below the root.
    protos: &'static str,
    /// Where the code goes, below the root.
    out: &'static str,
    /// The packages that this crate carries.
    packages: &'static [&'static str],
}

const TREES: &[Tree] = &[
    Tree {
        protos: "proto",
        out: "crates/proto/src/gen",
        packages: &["saldo.analysis.v1", "saldo.file.v1", "saldo.forecast.v1", "saldo.gateway.v1"],
    },
    Tree { protos: "crates/testkit/proto", out: "crates/testkit/src/probe/gen", packages: &["saldo.probe.v1"] },
];

/// Writes the generated code and pages.
pub(crate) fn write(root: &Path) -> Result<()> {
    for tree in TREES {
        let out = root.join(tree.out);
        if out.exists() {
            fs::remove_dir_all(&out)?;
        }
        fs::create_dir_all(&out)?;
        for (name, content) in generate(root, tree)? {
            fs::write(out.join(name), content)?;
        }
    }
    for (path, text) in reference::pages(root)? {
        fs::write(root.join(path), text)?;
    }
    Ok(())
}

/// Fails if what is checked in is not what would be written.
pub(crate) fn check(root: &Path) -> Result<()> {
    for tree in TREES {
        let want = generate(root, tree)?;
        let mut have = BTreeMap::new();
        for entry in fs::read_dir(root.join(tree.out))? {
            let entry = entry?;
            have.insert(entry.file_name().to_string_lossy().into_owned(), fs::read(entry.path())?);
        }
        if want != have {
            let stale: Vec<_> = want.iter().filter(|(name, content)| have.get(*name) != Some(content)).collect();
            let names: Vec<_> = stale.iter().map(|(name, _)| name.as_str()).collect();
            return Err(format!("{} is stale ({}): run `make gen`", tree.out, names.join(", ")).into());
        }
    }
    for (path, text) in reference::pages(root)? {
        if fs::read_to_string(root.join(path)).unwrap_or_default() != text {
            return Err(format!("{path} is stale: run `make gen`").into());
        }
    }
    Ok(())
}

/// The files of one tree by name.
fn generate(root: &Path, tree: &Tree) -> Result<BTreeMap<String, Vec<u8>>> {
    let descriptors = compile(root, tree)?;
    let pool = DescriptorPool::decode(descriptors.as_slice())?;
    let scratch = tempfile::tempdir()?;

    // tonic's generator takes the plain descriptors; our options are lost there and not needed.
    let mut plain = prost_types::FileDescriptorSet::decode(descriptors.as_slice())?;
    // Google's own types come with `prost-types`; the generator only looks them up.
    plain.file.retain(|file| tree.packages.contains(&file.package()) || file.package() == "google.protobuf");
    tonic_prost_build::configure()
        .out_dir(scratch.path())
        .emit_rerun_if_changed(false)
        .bytes(".")
        .server_attribute(".", "#[allow(missing_docs)]")
        .client_mod_attribute(".", "#[allow(missing_docs)]")
        .server_mod_attribute(".", "#[allow(missing_docs)]")
        .compile_fds(plain)?;

    let validation = prost_protovalidate_build::Builder::new()
        .file_descriptor_set_bytes(descriptors.clone())
        .out_dir(scratch.path())
        .fail_on_runtime_only(true);
    validation.compile()?;

    let mut files = BTreeMap::new();
    // The generator names types from the root of the packages; ours hang below the crate without the `saldo` level.
    let validation = fs::read_to_string(scratch.path().join("validate_impl.rs"))?.replace("for saldo::", "for crate::");
    for package in tree.packages {
        let name = format!("{package}.rs");
        let mut code = fs::read_to_string(scratch.path().join(&name))?;
        code.push_str(&guards::of_package(&pool, package, &validation)?);
        files.insert(name, code.into_bytes());
    }
    files.insert("validate.rs".to_owned(), format!("// @generated\n{validation}").into_bytes());
    files.insert("descriptors.bin".to_owned(), descriptors);
    Ok(files)
}

/// All files of the tree with everything they import, as bytes: a round trip through `prost_types` would lose our options.
fn compile(root: &Path, tree: &Tree) -> Result<Vec<u8>> {
    let protos = root.join(tree.protos);
    let mut names = Vec::new();
    collect(&protos, &protos, &mut names)?;
    names.sort();
    let includes = [protos, root.join("proto"), validation_rules(root)?];
    let mut compiler = protox::Compiler::new(includes)?;
    compiler.include_imports(true).include_source_info(true);
    compiler.open_files(names)?;
    Ok(compiler.encode_file_descriptor_set())
}

fn collect(base: &Path, folder: &Path, names: &mut Vec<PathBuf>) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(base, &path, names)?;
        } else if path.extension().is_some_and(|ending| ending == "proto") {
            names.push(path.strip_prefix(base)?.to_owned());
        }
    }
    Ok(())
}

/// The folder with `buf/validate/validate.proto`: it comes with the crate that enforces the rules, in the same version.
fn validation_rules(root: &Path) -> Result<PathBuf> {
    let metadata = cargo_metadata::MetadataCommand::new().manifest_path(root.join("Cargo.toml")).exec()?;
    let package = metadata
        .packages
        .iter()
        .find(|package| package.name.as_str() == "prost-protovalidate-types")
        .ok_or("prost-protovalidate-types is not in the lock file")?;
    let folder = package.manifest_path.parent().ok_or("a manifest stands in a folder")?;
    Ok(folder.join("proto").into())
}
