//! Who looks at the generation, and when.

use model::Source;

use super::*;
use crate::clock::now;
use crate::http::pulse::Standing::{Fails, Holds, Passes};

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
        assert_eq!(pulse.standing(stamp, lasts, looked + AHEAD / 2), Holds);
        assert_eq!(pulse.standing(stamp, lasts, looked + LOOK), Fails, "somebody has to ask the store");
        let last = pulse.began + Duration::from_micros(pulse.looked.load(Relaxed));
        assert_eq!(last, looked, "and that was none of these");
        pulse.forget();
        assert_eq!(pulse.standing(stamp, lasts, looked), Fails);
    }
}

#[tokio::test]
async fn one_looks_again_ahead_of_time_and_nobody_waits() {
    let (pulse, looked, stamp) = looked_at(Lasts::Generation).await;
    pulse.store.sync(&[Source { id: "amt".to_owned(), ..Source::default() }], now()).await.unwrap();
    let later = looked + AHEAD;
    assert_eq!(pulse.standing(stamp, Lasts::Generation, later), Holds, "as far as is known");
    assert_eq!(u128::from(pulse.looked.load(Relaxed)), (later - pulse.began).as_micros(), "it took its turn");
    let heard = async {
        while pulse.changes.load(Acquire) == 0 {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(10), heard).await.expect("somebody looked");
    let standing = |after| pulse.standing(stamp, Lasts::Generation, looked + after);
    assert_eq!(standing(AHEAD + AHEAD / 2), Passes, "another generation, but not for long");
    assert_eq!(standing(LOOK), Fails);
    let newer = Stamp { generation: 1, ..stamp };
    assert_eq!(pulse.standing(newer, Lasts::Generation, looked + LOOK), Holds);
}

#[tokio::test]
async fn what_hangs_on_the_clock_alone_asks_nobody() {
    let pulse = Arc::new(Pulse::new(Store::memory().await.unwrap()));
    for (lasts, holds_for) in
        [(Lasts::Process, Duration::from_secs(1 << 30)), (Lasts::Second, Duration::from_millis(999))]
    {
        let stamp = Stamp { generation: 0, bucket: 0, since: None };
        assert_eq!(pulse.standing(stamp, lasts, pulse.began + holds_for), Holds, "{lasts:?}");
    }
    let stamp = Stamp { generation: 0, bucket: 0, since: None };
    assert_eq!(pulse.standing(stamp, Lasts::Second, pulse.began + Duration::from_secs(1)), Fails);
    assert_eq!(pulse.looked.load(Relaxed), 0);
}
