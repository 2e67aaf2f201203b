//! The visits themselves: what the source's row says now, and one line of history for each.

use model::{Kept, Visit};

use super::VISITS;
use crate::error::Sql;
use crate::pools::Tx;
use crate::sources::outcome_word;
use crate::sql::{Value, inserts, query};

/// Writes the source's state, if the lease is still the visit's.
pub(super) async fn source(tx: &mut Tx, visit: &Visit) -> Sql<bool> {
    let good = visit.outcome.went_well();
    let (outcome, reason) = outcome_word(&visit.outcome);
    // A visit that is kept twice has failed once: its start tells whether it was counted.
    let done = query(
        "update source set next_due = $3, etag = $4, last_modified = $5, body_hash = $6, \
         fails = case when $7 = 1 then 0 when last_visit = $8 then fails else fails + 1 end, \
         last_visit = $8, last_good = case when $7 = 1 then $8 else last_good end, \
         last_status = $9, last_reason = $11, validators_url = $12, memory = $13, \
         first_visit = coalesce(first_visit, $8), \
         outcome_since = case when last_outcome = $10 or ($7 = 1 and last_outcome in ('fresh', 'not-modified') \
         and $10 in ('fresh', 'not-modified')) then outcome_since else $8 end, \
         last_outcome = $10 where id = $1 and epoch = $2",
    )
    .bind(&visit.source)
    .bind(visit.epoch)
    .bind(visit.next_due.ms())
    .bind(&visit.validators.etag)
    .bind(&visit.validators.last_modified)
    .bind(visit.validators.body_hash)
    .bind(i64::from(good))
    .bind(visit.started.ms())
    .bind(visit.status.map(i64::from))
    .bind(outcome)
    .bind(reason)
    .bind(&visit.validators.url)
    .bind(&visit.memory)
    .execute(tx)
    .await?;
    Ok(done == 1)
}

/// Writes a line of history for each visit, with how many items were new and changed, and takes the oldest away.
pub(super) async fn visits(tx: &mut Tx, visits: &[(&Visit, Kept)]) -> Sql<()> {
    let line = |(visit, kept): &(&Visit, Kept)| {
        let (outcome, reason) = outcome_word(&visit.outcome);
        vec![
            (&visit.source).into(),
            visit.epoch.into(),
            visit.started.ms().into(),
            visit.took_ms.into(),
            outcome.into(),
            reason.into(),
            visit.status.map(i64::from).into(),
            visit.bytes.into(),
            visit.complaints.into(),
            (kept.new as i64).into(),
            (kept.changed as i64).into(),
        ]
    };
    let lines: Vec<Vec<Value>> = visits.iter().map(line).collect();
    for mut insert in inserts(tx.dialect(), INTO, lines) {
        insert.push(" on conflict (source, epoch) do nothing");
        insert.execute(tx).await?;
    }
    for (visit, _) in visits.iter().filter(|(_, kept)| kept.new > 0) {
        let new = query("update source set last_new = $2 where id = $1").bind(&visit.source).bind(visit.started.ms());
        new.execute(tx).await?;
    }
    // A source has one visit per lease at most, so the oldest are those with the smallest epochs.
    for (visit, _) in visits.iter().filter(|(visit, _)| visit.epoch > VISITS) {
        let old = query("delete from visit where source = $1 and epoch <= $2");
        old.bind(&visit.source).bind(visit.epoch - VISITS).execute(tx).await?;
    }
    Ok(())
}

const INTO: &str =
    "visit (source, epoch, started, took_ms, outcome, reason, status, bytes, complaints, added, changed)";
