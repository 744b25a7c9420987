//! The wish to stop, handed to everything that waits.

use tokio::sync::watch;

/// Tells when to stop. Clones see the same wish.
#[derive(Clone, Debug)]
pub struct Stop(watch::Sender<bool>);

impl Default for Stop {
    fn default() -> Self {
        Self(watch::channel(false).0)
    }
}

impl Stop {
    /// Asks everyone to stop.
    pub fn ask(&self) {
        self.0.send_replace(true);
    }

    /// Whether someone has asked to stop.
    pub fn is_asked(&self) -> bool {
        *self.0.borrow()
    }

    /// Ends when someone asks to stop.
    pub async fn asked(&self) {
        let mut wish = self.0.subscribe();
        // The sender lives in `self`, so waiting cannot fail.
        let _ = wish.wait_for(|stop| *stop).await;
    }
}

/// Ends at SIGINT or SIGTERM.
///
/// # Errors
/// The signals cannot be received.
pub async fn interrupted() -> std::io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        done = tokio::signal::ctrl_c() => done,
        _ = terminate.recv() => Ok(()),
    }
}
