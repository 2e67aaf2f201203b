//! A client that takes nothing, and one that takes its time.

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, duplex};

use super::*;

#[tokio::test(start_paused = true)]
async fn who_takes_nothing_is_cut() {
    let (ours, _theirs) = duplex(1_000);
    let mut ours = Patience::new(ours, Duration::from_secs(30));
    let error = ours.write_all(&[0; 5_000]).await.unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::TimedOut);
}

#[tokio::test(start_paused = true)]
async fn who_takes_a_little_each_time_gets_all_of_it() {
    let (ours, mut theirs) = duplex(1_000);
    let mut ours = Patience::new(ours, Duration::from_secs(30));
    let reading = tokio::spawn(async move {
        let (mut taken, mut some) = (0, [0; 500]);
        while taken < 5_000 {
            tokio::time::sleep(Duration::from_secs(20)).await;
            taken += theirs.read(&mut some).await.unwrap();
        }
        taken
    });
    ours.write_all(&[0; 5_000]).await.unwrap();
    ours.flush().await.unwrap();
    assert_eq!(reading.await.unwrap(), 5_000);
}
