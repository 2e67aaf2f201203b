//! Who looks at the generation, and when.

use model::Source;

use super::*;
use crate::clock::now;

/// A pulse that somebody has looked at, when that was, and the stamp of then.
async fn looked_at(lasts: Lasts) -> (Arc<Pulse>, Instant, Stamp) {
    let pulse = Arc::new(Pulse::new(Store::memory().await.unwrap()));
    let stamp = pulse.stamp(lasts).await;
    let looked = pulse.began + Duration::from_micros(pulse.looked.load(Relaxed));
    (pulse, looked, stamp)
}

#[tokio::test]
async fn a_look_is_good_for_a_while() {
    for lasts in [Lasts::Generation, Lasts::Minute] {
        let (pulse, looked, stamp) = looked_at(lasts).await;
        assert!(pulse.confirms(stamp, lasts, looked + AHEAD / 2));
        assert!(!pulse.confirms(stamp, lasts, looked + LOOK), "somebody has to ask the store");
        let last = pulse.began + Duration::from_micros(pulse.looked.load(Relaxed));
        assert_eq!(last, looked, "and that was none of these");
        pulse.forget();
        assert!(!pulse.confirms(stamp, lasts, looked));
    }
}

#[tokio::test]
async fn one_looks_again_ahead_of_time_and_nobody_waits() {
    let (pulse, looked, stamp) = looked_at(Lasts::Generation).await;
    pulse.store.sync(&[Source { id: "amt".to_owned(), ..Source::default() }], now()).await.unwrap();
    let later = looked + AHEAD;
    assert!(pulse.confirms(stamp, Lasts::Generation, later), "as far as is known");
    assert_eq!(u128::from(pulse.looked.load(Relaxed)), (later - pulse.began).as_micros(), "it took its turn");
    let heard = async {
        while pulse.changes.load(Acquire) == 0 {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(10), heard).await.expect("somebody looked");
    assert!(!pulse.confirms(stamp, Lasts::Generation, later), "another generation");
}

#[tokio::test]
async fn what_hangs_on_the_clock_alone_asks_nobody() {
    let pulse = Arc::new(Pulse::new(Store::memory().await.unwrap()));
    for (lasts, holds_for) in
        [(Lasts::Process, Duration::from_secs(1 << 30)), (Lasts::Second, Duration::from_millis(999))]
    {
        let stamp = Stamp { generation: 0, bucket: 0, since: None };
        assert!(pulse.confirms(stamp, lasts, pulse.began + holds_for), "{lasts:?}");
    }
    let stamp = Stamp { generation: 0, bucket: 0, since: None };
    assert!(!pulse.confirms(stamp, Lasts::Second, pulse.began + Duration::from_secs(1)));
    assert_eq!(pulse.looked.load(Relaxed), 0);
}
