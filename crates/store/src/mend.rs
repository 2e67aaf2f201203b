//! Moments that were written by a clock that went ahead.
//!
//! A machine that starts with a wrong clock, or whose clock is set back, has left due times behind that nobody reaches
//! for a day or a year: sources would not be visited and subscribers not be told. What has happened by what is kept has
//! happened by now at the latest; what is planned keeps its distance from that.

use model::Moment;

use crate::Store;
use crate::error::{Doing, Sql, StoreError};
use crate::sql::query;

/// Clocks of several nodes differ by less.
const TOLERANCE_MS: i64 = 2 * 60 * 1000;
/// Nobody plans a visit or a delivery further ahead: those who are gone for good are asked once a month.
const LONGEST_MS: i64 = 60 * 24 * 3600 * 1000;

/// The last visit of a source is not to come.
const SOURCES: &str = "update source set \
     next_due = case when next_due <= $1 then next_due \
     when next_due <= last_visit or next_due > last_visit + $3 then $1 \
     else $1 + (next_due - last_visit) end, \
     last_visit = $1, \
     last_good = case when last_good > $1 then $1 else last_good end, \
     outcome_since = case when outcome_since > $1 then $1 else outcome_since end, \
     first_visit = case when first_visit > $1 then $1 else first_visit end, \
     last_new = case when last_new > $1 then $1 else last_new end \
     where last_visit > $1 + $2";

/// Nor is a lease of someone who died under the other clock.
const LOST: &str = "update source set next_due = $1 where next_due > $1 + $2";
/// No host's turn is further ahead than a lease lasts, and one that has long been free says nothing.
const TURNS: &str = "delete from host_turn where free_at > $1 + 1800000 or free_at < $1 - 86400000";
/// Deliveries are made at least once: to try one that somebody is at loses nothing.
const WAITING: [&str; 2] = [
    "update subscriber set next_try = $1 where next_try > $1 + $2",
    "update hub_intent set next_try = $1 where next_try > $1 + $2",
];

impl Store {
    /// Mends what a clock that went ahead has written; says how many sources that were. A source keeps the distance
    /// between its last visit and the next. Subscribers that wait, and those who are being told, may be told at once:
    /// `set_back` says that the clock was, and that their moments are to be taken for none.
    ///
    /// # Errors
    /// If the database fails; then nothing changed.
    pub async fn mend(&self, now: Moment, set_back: bool) -> Result<u64, StoreError> {
        let mended = async {
            let mut tx = self.write().await?;
            let sources = query(SOURCES).bind(now.ms()).bind(TOLERANCE_MS).bind(LONGEST_MS).execute(&mut tx).await?;
            let lost = query(LOST).bind(now.ms()).bind(LONGEST_MS).execute(&mut tx).await?;
            query(TURNS).bind(now.ms()).execute(&mut tx).await?;
            let most = if set_back { TOLERANCE_MS } else { LONGEST_MS };
            for waiting in WAITING {
                query(waiting).bind(now.ms()).bind(most).execute(&mut tx).await?;
            }
            tx.commit().await?;
            Ok(sources + lost)
        };
        let mended: Sql<u64> = mended.await;
        mended.doing("mend what a clock that went ahead has written")
    }
}
