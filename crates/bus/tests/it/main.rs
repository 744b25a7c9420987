//! One suite for the bus, run on both engines: real PostgreSQL, real Apache Kafka (skipped, with a printed line, where it is
//! not installed).

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod dead_letters;
mod delivery;
mod groups;
mod housekeeping;
mod outage;
mod support;

/// Makes two tests of each case, one for each engine.
macro_rules! on_each_engine {
    ($($case:ident)*) => {
        mod on_postgres {
            $(
                #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
                async fn $case() {
                    super::$case(crate::support::World::on_postgres().await).await;
                }
            )*
        }
        mod on_kafka {
            $(
                #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
                async fn $case() {
                    if let Some(world) = crate::support::World::on_kafka().await {
                        super::$case(world).await;
                    }
                }
            )*
        }
    };
}

pub(crate) use on_each_engine;
