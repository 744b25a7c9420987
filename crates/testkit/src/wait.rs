//! Waiting for what will be, without a fixed sleep.

use std::{
    future::Future,
    time::{Duration, Instant},
};

/// Asks again and again until `ask` gives something.
///
/// # Panics
/// It gave nothing for 30 seconds.
pub async fn wait_until<T, F: Future<Output = Option<T>>>(what: &str, mut ask: impl FnMut() -> F) -> T {
    let start = Instant::now();
    loop {
        if let Some(found) = ask().await {
            return found;
        }
        assert!(start.elapsed() < Duration::from_secs(30), "waited in vain for {what}");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}
