//! The one TLS stack of a test process: without it, HTTP clients of a workspace that is built as a whole cannot be made.

/// Installs it, where it is not there yet.
pub(crate) fn install() {
    // Whoever was first has installed the same.
    let _ = rustls::crypto::ring::default_provider().install_default();
}
