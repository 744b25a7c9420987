//! Runs a command beside one set of engines for all its tests: `engines COMMAND…`. `make test` does. However it ends, they end.

use std::{env, process::ExitCode, thread, time::Instant};

use saldo_testkit::engines::{Kafka, Postgres, Redis, S3, run_beside};

fn main() -> ExitCode {
    let mut arguments = env::args().skip(1);
    let Some(program) = arguments.next() else {
        eprintln!("usage: engines COMMAND…");
        return ExitCode::FAILURE;
    };
    let start = Instant::now();
    let (postgres, redis, s3, kafka) = thread::scope(|scope| {
        let (kafka, postgres) = (scope.spawn(Kafka::shared), scope.spawn(Postgres::shared));
        let (redis, s3) = (scope.spawn(Redis::shared), scope.spawn(S3::shared));
        (postgres.join(), redis.join(), s3.join(), kafka.join())
    });
    // One that is installed and does not start ends the run: its thread has panicked and said why.
    let (Ok(postgres), Ok(redis), Ok(s3), Ok(kafka)) = (postgres, redis, s3, kafka) else { return ExitCode::FAILURE };
    let addresses = [
        ("SALDO_TEST_POSTGRES", postgres.map(|postgres| postgres.url())),
        ("SALDO_TEST_REDIS", redis.map(|redis| redis.address())),
        ("SALDO_TEST_S3", s3.map(|s3| s3.url())),
        ("SALDO_TEST_KAFKA", kafka.map(|kafka| kafka.bootstrap())),
    ];
    let environment: Vec<_> = addresses.into_iter().filter_map(|(name, value)| Some((name, value?))).collect();
    eprintln!("{} engines are up after {:.1} s", environment.len(), start.elapsed().as_secs_f32());
    match run_beside(&program, &arguments.collect::<Vec<_>>(), &environment) {
        Ok(status) if status.success() => ExitCode::SUCCESS,
        Ok(status) => ExitCode::from(status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(1)),
        Err(error) => {
            eprintln!("{program}: {error}");
            ExitCode::FAILURE
        }
    }
}
