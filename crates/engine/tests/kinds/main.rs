//! What a user notices of files that are more, or something else, than a statement of one account.
#![allow(missing_docs, clippy::expect_used, clippy::panic, reason = "helpers of tests")]

mod accounts;
mod books;
mod documents;
mod support;
