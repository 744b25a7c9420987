//! A thread of its own for each analysis, below the threads that serve, so that they answer at once however much is analysed.

use saldo_kernel::Error;
use tokio::sync::oneshot;

use crate::DOMAIN;

/// How much an analysis stands back behind the threads that serve (`nice`).
#[cfg(target_os = "linux")]
const STANDS_BACK: i32 = 10;

/// Runs `work`; the receiver gets what it gives, or an error where it panics.
///
/// # Errors
/// The system starts no more threads.
pub(crate) fn run<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<oneshot::Receiver<T>, Error> {
    let (done, receiver) = oneshot::channel();
    let work = move || {
        stand_back();
        // Nobody waits where the call has ended.
        let _ = done.send(work());
    };
    let started = std::thread::Builder::new().name("analysis".to_owned()).spawn(work);
    started.map_err(|cause| Error::internal(DOMAIN, "no thread can be started").caused_by(cause))?;
    Ok(receiver)
}

/// On Linux a priority belongs to the calling thread, elsewhere to the whole process.
fn stand_back() {
    #[cfg(target_os = "linux")]
    if let Err(error) = rustix::process::setpriority_process(None, STANDS_BACK) {
        tracing::debug!(%error, "an analysis runs at the priority of the server");
    }
}
