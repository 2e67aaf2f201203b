//! The sources as the store knows them: what the catalogue says, when each is due, how its visits went.

use model::{Moment, Outcome, Source, Trouble, Validators};

use crate::Store;
use crate::error::{Doing, Sql, StoreError};
use crate::pools::Tx;
use crate::roll::forget_touched;
use crate::sql::{Row, Statement, Value, most, query};

/// Which sources to lease.
#[derive(Clone, Copy, Debug)]
pub enum Pick<'a> {
    /// Enabled ones whose time has come, those that have waited longest first.
    Due,
    /// These, whether due or enabled or not. Whoever holds a lease on one of them loses it.
    Named(&'a [String]),
}

/// The right to visit one source until the lease runs out, and what the visit needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lease {
    /// Id of the source.
    pub source: String,
    /// Names the lease: what is kept must carry it.
    pub epoch: i64,
    /// What the last visit left to send.
    pub validators: Validators,
    /// How many visits failed since the last good one.
    pub fails: i64,
    /// What the last visit left to remember.
    pub memory: Option<String>,
}

/// A source and how it fares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceState {
    /// Its id.
    pub id: String,
    /// Whether it is visited.
    pub enabled: bool,
    /// When it is visited next, if enabled; while it is being visited, when the lease runs out.
    pub next_due: Moment,
    /// When the last visit began.
    pub last_visit: Option<Moment>,
    /// When the last visit began at which the source answered as it should.
    pub last_good: Option<Moment>,
    /// HTTP status of the last visit, if there was an answer.
    pub last_status: Option<u16>,
    /// How the last visit ended.
    pub last_outcome: Option<Outcome>,
    /// When the first visit began that ended in the same way, all those between it and the last one included.
    /// Good visits are of one kind, whether they brought something or not.
    pub outcome_since: Option<Moment>,
    /// When the first visit of all began.
    pub first_visit: Option<Moment>,
    /// When the last visit began that brought something new.
    pub last_new: Option<Moment>,
    /// What the last visit left to remember.
    pub memory: Option<String>,
    /// How many visits failed since the last good one.
    pub fails: i64,
    /// How many items it brought, relevant or not.
    pub items: i64,
}

const UPSERT: &str = "insert into source (id, url, name, home, licence, enabled, next_due, epoch, fails) \
     values ($1, $2, $3, $4, $5, $6, $7, 0, 0) \
     on conflict (id) do update set url = excluded.url, name = excluded.name, home = excluded.home, \
     licence = excluded.licence, enabled = excluded.enabled, \
     etag = case when source.url = excluded.url then source.etag end, \
     last_modified = case when source.url = excluded.url then source.last_modified end, \
     body_hash = case when source.url = excluded.url then source.body_hash end, \
     validators_url = case when source.url = excluded.url then source.validators_url end \
     where source.url <> excluded.url or source.name <> excluded.name or source.home <> excluded.home \
     or source.licence is distinct from excluded.licence or source.enabled <> excluded.enabled";

impl Store {
    /// Takes over the catalogue's sources. What is known of each from its visits stays; only validators go when
    /// the address changes, since they belong to it. Sources that left the catalogue are disabled, never deleted:
    /// their items stay. An empty catalogue disables all. New sources are due at once.
    ///
    /// # Errors
    /// If the database fails; then nothing changed.
    pub async fn sync(&self, sources: &[Source], now: Moment) -> Result<(), StoreError> {
        self.take_over(sources, now).await.doing("take over the catalogue's sources")
    }

    async fn take_over(&self, sources: &[Source], now: Moment) -> Sql<()> {
        let mut tx = self.write().await?;
        let mut changed = 0;
        for source in sources {
            let upsert = query(UPSERT)
                .bind(&source.id)
                .bind(&source.url)
                .bind(&source.publisher.name)
                .bind(&source.publisher.home)
                .bind(&source.publisher.licence)
                .bind(i64::from(source.enabled))
                .bind(now.ms());
            changed += upsert.execute(&mut tx).await?;
        }
        let mut gone = Statement::default();
        let ids = gone.arg(Value::texts(sources.iter().map(|source| &source.id)));
        gone.push(&format!(
            "update source set enabled = 0 where enabled = 1 and not ({})",
            tx.dialect().in_list("id", &ids)
        ));
        changed += gone.execute(&mut tx).await?;
        // A page shows its publishers' names: who keeps an answer must learn that they changed.
        if changed > 0 {
            next_generation(&mut tx, None).await?;
        }
        tx.commit().await
    }

    /// Takes up to `n` sources for `lease_ms` milliseconds. No two callers get the same one under the same epoch,
    /// in this process or another; what a caller that died has not kept comes back when its lease runs out.
    ///
    /// # Errors
    /// If the database fails; then nothing was leased.
    pub async fn lease(&self, pick: Pick<'_>, now: Moment, n: u32, lease_ms: i64) -> Result<Vec<Lease>, StoreError> {
        let rows = async {
            // Who is due is nobody's, so each poller takes others and waits for none; a source that is named is taken
            // from whoever has it, when they have kept what they are about to keep.
            let mut tx = match pick {
                Pick::Due => self.write_beside().await?,
                Pick::Named(_) => self.write().await?,
            };
            let mut lease = Statement::default();
            let until = lease.arg(now.ms() + lease_ms);
            let take = format!("update source set next_due = {until}, epoch = epoch + 1");
            match pick {
                Pick::Due => {
                    let (due, n, skip) = (lease.arg(now.ms()), lease.arg(i64::from(n)), tx.dialect().skip_taken());
                    lease.push(&format!(
                        "with picked as materialized (select id as picked_id from source \
                         where enabled = 1 and next_due <= {due} order by next_due, id limit {} {skip}) \
                         {take} from picked where id = picked_id",
                        most(&n)
                    ));
                }
                Pick::Named(ids) => {
                    let ids = lease.arg(Value::texts(ids.iter().take(n as usize)));
                    lease.push(&format!("{take} where {}", tx.dialect().in_list("id", &ids)));
                }
            }
            lease.push(" returning id, epoch, etag, last_modified, body_hash, fails, validators_url, memory");
            let rows = lease.fetch_all(&mut tx).await?;
            tx.commit().await?;
            rows.iter().map(leased).collect::<Sql<Vec<_>>>()
        };
        rows.await.doing("lease sources")
    }

    /// Gives a lease back unused: the source is due again at `until`. Nothing happens if the lease is another's by now.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn defer(&self, lease: &Lease, until: Moment) -> Result<(), StoreError> {
        let deferred = async {
            let mut tx = self.write_beside().await?;
            query("update source set next_due = $3 where id = $1 and epoch = $2")
                .bind(&lease.source)
                .bind(lease.epoch)
                .bind(until.ms())
                .execute(&mut tx)
                .await?;
            tx.commit().await
        };
        deferred.await.doing("give a lease back")
    }

    /// Spreads the sources that are long overdue over the next `window_ms` milliseconds, those that have waited
    /// longest first. After a rest of a night all are due at once, and no host shall have to bear that. Sources that
    /// were never visited stay due at once. Says how many were spread.
    ///
    /// # Errors
    /// If the database fails; then nothing changed.
    pub async fn spread(&self, now: Moment, overdue_ms: i64, window_ms: i64) -> Result<u64, StoreError> {
        let spread = async {
            let mut tx = self.write().await?;
            let done = query(
                "with late as (select id, row_number() over (order by next_due, id) - 1 as nth, count(*) over () as n \
                 from source where enabled = 1 and next_due < $1 - $2 and last_visit is not null) \
                 update source set next_due = $1 + late.nth * $3 / late.n from late where late.id = source.id",
            )
            .bind(now.ms())
            .bind(overdue_ms)
            .bind(window_ms)
            .execute(&mut tx)
            .await?;
            tx.commit().await?;
            Ok(done)
        };
        spread.await.doing("spread what is overdue")
    }

    /// What an origin's robots.txt said, and when it was asked; the text is missing where it could not be reached.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn robots(&self, origin: &str) -> Result<Option<(Moment, Option<String>)>, StoreError> {
        let found = async {
            let row = query("select fetched, text from robots where origin = $1")
                .bind(origin)
                .fetch_optional(&mut self.read().await?)
                .await?;
            row.map(|row| Ok((Moment::from_ms(row.try_get(0)?), row.try_get(1)?))).transpose()
        };
        found.await.doing("look up a robots.txt")
    }

    /// Remembers what an origin's robots.txt said.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn keep_robots(&self, origin: &str, fetched: Moment, text: Option<&str>) -> Result<(), StoreError> {
        let kept = async {
            let mut tx = self.write_beside().await?;
            query(
                "insert into robots (origin, fetched, text) values ($1, $2, $3) \
                 on conflict (origin) do update set fetched = excluded.fetched, text = excluded.text",
            )
            .bind(origin)
            .bind(fetched.ms())
            .bind(text)
            .execute(&mut tx)
            .await?;
            tx.commit().await
        };
        kept.await.doing("keep a robots.txt")
    }

    /// The ids of all sources it ever knew, in order.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn source_ids(&self) -> Result<Vec<String>, StoreError> {
        let ids = async {
            let rows = query("select id from source order by id").fetch_all(&mut self.read().await?).await?;
            rows.iter().map(|row| row.try_get(0)).collect::<Sql<_>>()
        };
        ids.await.doing("name its sources")
    }

    /// All sources it ever knew, by id.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn sources(&self) -> Result<Vec<SourceState>, StoreError> {
        let mut states = Vec::new();
        self.each_source(|state| states.push(state)).await?;
        Ok(states)
    }

    /// Hands over the sources it ever knew one after the other, by id. What it remembers of ten thousand is megabytes
    /// in small pieces, of which whoever judges them needs one at a time.
    ///
    /// # Errors
    /// If the database fails, perhaps after some were handed over.
    pub async fn each_source(&self, mut hand_over: impl FnMut(SourceState) + Send) -> Result<(), StoreError> {
        let listed = async {
            let mut tx = self.read().await?;
            let all = query(
                "select s.id, s.enabled, s.next_due, s.last_visit, s.last_good, s.last_status, s.last_outcome, \
                 s.last_reason, s.fails, coalesce(k.n, 0), s.outcome_since, s.first_visit, s.last_new, s.memory \
                 from source s \
                 left join (select source, count(*) as n from item group by source) k on k.source = s.id \
                 order by s.id",
            );
            // One row after the other: ten thousand of them as the driver hands them over take ten times their room.
            let take = |row: &Row| {
                hand_over(state(row)?);
                Ok(())
            };
            all.each(&mut tx, take).await
        };
        listed.await.doing("list its sources")
    }
}

fn leased(row: &Row) -> Sql<Lease> {
    let validators = Validators {
        etag: row.try_get(2)?,
        last_modified: row.try_get(3)?,
        body_hash: row.try_get(4)?,
        url: row.try_get(6)?,
    };
    let (source, epoch) = (row.try_get(0)?, row.try_get(1)?);
    Ok(Lease { source, epoch, validators, fails: row.try_get(5)?, memory: row.try_get(7)? })
}

fn state(row: &Row) -> Sql<SourceState> {
    let moment = |column| row.try_get::<Option<i64>>(column).map(|ms| ms.map(Moment::from_ms));
    let status: Option<i64> = row.try_get(5)?;
    Ok(SourceState {
        id: row.try_get(0)?,
        enabled: row.try_get::<i64>(1)? != 0,
        next_due: Moment::from_ms(row.try_get(2)?),
        last_visit: moment(3)?,
        last_good: moment(4)?,
        last_status: status.and_then(|status| u16::try_from(status).ok()),
        last_outcome: row.try_get::<Option<String>>(6)?.map(|word| outcome(&word, row.try_get(7).ok().flatten())),
        fails: row.try_get(8)?,
        items: row.try_get(9)?,
        outcome_since: moment(10)?,
        first_visit: moment(11)?,
        last_new: moment(12)?,
        memory: row.try_get(13)?,
    })
}

/// The word by which an outcome is kept, and the reason beside it.
pub(crate) fn outcome_word(outcome: &Outcome) -> (&'static str, Option<&str>) {
    match outcome {
        Outcome::Fresh => ("fresh", None),
        Outcome::NotModified => ("not-modified", None),
        Outcome::Gone => ("gone", None),
        Outcome::Suspect(trouble, reason) => (trouble.word(), Some(reason)),
        Outcome::Failed(reason) => ("failed", Some(reason)),
    }
}

fn outcome(word: &str, reason: Option<String>) -> Outcome {
    match word {
        "fresh" => Outcome::Fresh,
        "not-modified" => Outcome::NotModified,
        "gone" => Outcome::Gone,
        word => match Trouble::ALL.into_iter().find(|trouble| trouble.word() == word) {
            Some(trouble) => Outcome::Suspect(trouble, reason.unwrap_or_default()),
            None => Outcome::Failed(reason.unwrap_or_default()),
        },
    }
}

/// Counts one more change. `updated` moves only when items changed.
pub(crate) async fn next_generation(tx: &mut Tx, updated: Option<Moment>) -> Sql<i64> {
    let next =
        query("update state set generation = generation + 1, updated = coalesce($1, updated) returning generation");
    let generation = next.bind(updated.map(Moment::ms)).fetch_one(tx).await?.try_get(0)?;
    forget_touched(tx, generation).await?;
    Ok(generation)
}
