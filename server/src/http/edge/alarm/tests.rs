//! That a wait ends when it should, whatever was waited for before.

use std::future::poll_fn;

use super::*;

const SECOND: Duration = Duration::from_secs(1);

/// Waits for so long, or gives it up after a while.
async fn wait(alarm: &Alarm, seconds: u32, given_up_after: Option<u32>) {
    let mut wait = alarm.sleep(seconds * SECOND);
    poll_fn(|context| {
        let polled = wait.as_mut().poll(context);
        if given_up_after.is_some() { Poll::Ready(()) } else { polled }
    })
    .await;
    drop(wait);
    if let Some(seconds) = given_up_after {
        tokio::time::advance(seconds * SECOND).await;
    }
}

#[tokio::test(start_paused = true)]
async fn a_wait_ends_when_it_should() {
    let (alarm, begun) = (Alarm::default(), tokio::time::Instant::now());
    let passed = |seconds: u32| assert_eq!(begun.elapsed().as_secs(), u64::from(seconds));
    wait(&alarm, 20, Some(5)).await;
    wait(&alarm, 20, Some(5)).await;
    // The timer of the first fires twice too early for this.
    wait(&alarm, 20, None).await;
    passed(30);
    wait(&alarm, 20, Some(60)).await;
    // Fired while nobody waited.
    wait(&alarm, 20, None).await;
    passed(110);
    wait(&alarm, 60, Some(5)).await;
    // Set to later than this.
    wait(&alarm, 1, None).await;
    passed(116);
    wait(&alarm, 0, None).await;
    passed(116);
}
