//! Expected texts as files, rewritten by an environment variable and reviewed as a diff.

use std::{env, fs, path::Path};

/// Compares `actual` with the file at `path`, below the repository's root. With `UPDATE_GOLDEN=1` it writes the file.
///
/// # Panics
/// They differ.
pub fn check_golden(path: &str, actual: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path);
    if env::var_os("UPDATE_GOLDEN").is_some() {
        fs::create_dir_all(file.parent().expect("a file in a folder")).expect("the folder of the golden file");
        fs::write(&file, actual).expect("the golden file is written");
        return;
    }
    let expected = fs::read_to_string(&file).unwrap_or_default();
    if expected != actual {
        let line = expected.lines().zip(actual.lines()).position(|(want, have)| want != have);
        let line = line.unwrap_or_else(|| expected.lines().count().min(actual.lines().count()));
        panic!(
            "{path} differs from line {}:\n  expected: {}\n  actual:   {}\nrun with UPDATE_GOLDEN=1 and review the diff",
            line + 1,
            expected.lines().nth(line).unwrap_or("(end)"),
            actual.lines().nth(line).unwrap_or("(end)"),
        );
    }
}
