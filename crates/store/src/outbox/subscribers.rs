//! Who is told, how far, and when next: one row each, leased like a source.

use model::Moment;

use super::Leased;
use crate::Store;
use crate::dialect::Dialect;
use crate::error::{Doing, Sql, StoreError};
use crate::sql::{Row, Statement, Value, query};

/// One who is told of changes, taken for a while.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subscriber {
    /// Its id.
    pub id: String,
    /// It came to our hub; the others are the configuration's.
    pub hub: bool,
    /// Where to deliver.
    pub url: String,
    /// What it wants to know: of the hub's the topic's address, of a webhook its own words for it.
    pub topic: String,
    /// What to sign with, of the hub's; that of a webhook stands in the configuration only.
    pub secret: Option<String>,
    /// The last change that it knows or need not know.
    pub seen: i64,
    /// Names the lease.
    pub epoch: i64,
    /// How often what it does not know yet was tried.
    pub attempts: i64,
    /// When that failed first.
    pub failing_since: Option<Moment>,
    /// Of what was last delivered.
    pub digest: Option<i64>,
}

/// Whose deliveries to take.
#[derive(Clone, Copy, Debug)]
pub struct Whose<'a> {
    /// Webhooks of this process's configuration, by id.
    pub webhooks: &'a [String],
    /// The hub's subscribers.
    pub hub: bool,
}

/// How a delivery ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settled {
    /// The subscriber's id.
    pub id: String,
    /// Of the lease under which it was tried.
    pub epoch: i64,
    /// The last change that it knows by now.
    pub seen: i64,
    /// When to try again, or when to look for new changes.
    pub next_try: Moment,
    /// Failures in a row.
    pub attempts: i64,
    /// When the first of them was.
    pub failing_since: Option<Moment>,
    /// Of what was last delivered.
    pub digest: Option<i64>,
    /// Given up: when, and what the last failure was. The changes up to `seen` are not tried again.
    pub died: Option<(Moment, String)>,
}

/// What could not be delivered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// The subscriber's id.
    pub subscriber: String,
    /// The first change it is about.
    pub from: i64,
    /// The last.
    pub to: i64,
    /// When it was given up.
    pub died: Moment,
    /// After so many tries.
    pub attempts: i64,
    /// What the last failure was.
    pub reason: String,
}

/// A webhook is among them for so long after it was enlisted: who runs enlists its own each hour.
const ENLISTED_MS: i64 = 14 * 24 * 3600 * 1000;

const LEASED: Leased = Leased {
    table: "subscriber",
    key: "id",
    columns: "id, hub, url, topic, secret, seen, epoch, attempts, failing_since, digest",
    counts: false,
};

impl Store {
    /// Makes sure that webhooks are among those who are told: id, address, and its words for what it wants to know.
    /// One that is new learns what changes from now on, and so does one that nobody has enlisted for a fortnight: then it
    /// has left the configuration, and is forgotten.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn enlist(&self, webhooks: &[(String, String, String)], now: Moment) -> Result<(), StoreError> {
        let enlisted = async {
            let mut tx = self.write().await?;
            for (id, url, topic) in webhooks {
                query(
                    "insert into subscriber (id, hub, url, topic, host, seen, next_try, epoch, attempts, expires) \
                     select $1, 0, $2, $3, '', last, $4, 0, 0, $5 from outbox where one = 1 \
                     on conflict (id) do update set expires = excluded.expires, \
                     seen = case when subscriber.expires < $4 then excluded.seen else subscriber.seen end, \
                     attempts = case when subscriber.expires < $4 then 0 else subscriber.attempts end, \
                     failing_since = case when subscriber.expires < $4 then null else subscriber.failing_since end, \
                     next_try = case when subscriber.expires < $4 then $4 else subscriber.next_try end",
                )
                .bind(id)
                .bind(url)
                .bind(topic)
                .bind(now.ms())
                .bind(now.ms() + ENLISTED_MS)
                .execute(&mut tx)
                .await?;
            }
            tx.commit().await
        };
        enlisted.await.doing("enlist webhooks")
    }

    /// Takes up to `n` subscribers that do not know everything yet and may be tried, for `lease_ms` milliseconds.
    /// No two callers get one under the same epoch.
    ///
    /// # Errors
    /// If the database fails; then none was taken.
    pub async fn claim(
        &self,
        whose: Whose<'_>,
        now: Moment,
        n: u32,
        lease_ms: i64,
    ) -> Result<Vec<Subscriber>, StoreError> {
        let claimed = async {
            // Nearly always there is nothing to do: then nobody waits for the write lock.
            let mut look = Statement::default();
            let due = due(&mut look, self.dialect(), whose, now);
            look.push(&format!("select 1 from subscriber where {due} limit 1"));
            if look.fetch_optional(&mut self.read().await?).await?.is_none() {
                return Ok(Vec::new());
            }
            let mut take = Statement::default();
            let due = self::due(&mut take, self.dialect(), whose, now);
            let mut tx = self.write_beside().await?;
            let rows = LEASED.take(&mut tx, take, &due, now.ms() + lease_ms, n).await?;
            tx.commit().await?;
            rows.iter().map(subscriber).collect::<Sql<Vec<_>>>()
        };
        claimed.await.doing("look who is to be told")
    }

    /// Keeps how deliveries ended; those whose lease is another's by now are left out.
    ///
    /// # Errors
    /// If the database fails; then nothing was kept.
    pub async fn settle(&self, settled: &[Settled]) -> Result<(), StoreError> {
        let kept = async {
            let mut tx = self.write().await?;
            for one in settled {
                if let Some((died, reason)) = &one.died {
                    query(
                        "insert into dead_letter (subscriber, from_seq, to_seq, died, attempts, reason) \
                         select id, seen + 1, $3, $4, $5, $6 from subscriber where id = $1 and epoch = $2 \
                         on conflict (subscriber, to_seq) do nothing",
                    )
                    .bind(&one.id)
                    .bind(one.epoch)
                    .bind(one.seen)
                    .bind(died.ms())
                    .bind(one.attempts)
                    .bind(reason)
                    .execute(&mut tx)
                    .await?;
                }
                let attempts = if one.died.is_some() { 0 } else { one.attempts };
                query(
                    "update subscriber set seen = $3, next_try = $4, attempts = $5, failing_since = $6, digest = $7 \
                     where id = $1 and epoch = $2",
                )
                .bind(&one.id)
                .bind(one.epoch)
                .bind(one.seen)
                .bind(one.next_try.ms())
                .bind(attempts)
                .bind(one.failing_since.filter(|_| one.died.is_none()).map(Moment::ms))
                .bind(one.digest)
                .execute(&mut tx)
                .await?;
            }
            tx.commit().await
        };
        kept.await.doing("keep how deliveries ended")
    }

    /// Strikes a subscriber of the hub off: it said that it is gone.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn strike_off(&self, id: &str) -> Result<(), StoreError> {
        let done = async {
            let mut tx = self.write_beside().await?;
            query("delete from subscriber where id = $1 and hub = 1").bind(id).execute(&mut tx).await?;
            tx.commit().await
        };
        done.await.doing("strike a subscriber off")
    }

    /// What could not be delivered, the latest first, at most 100.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn dead_letters(&self) -> Result<Vec<Letter>, StoreError> {
        let letters = async {
            let rows = query(
                "select subscriber, from_seq, to_seq, died, attempts, reason from dead_letter \
                 order by died desc, subscriber limit 100",
            )
            .fetch_all(&mut self.read().await?)
            .await?;
            let letter = |row: &Row| {
                Ok(Letter {
                    subscriber: row.try_get(0)?,
                    from: row.try_get(1)?,
                    to: row.try_get(2)?,
                    died: Moment::from_ms(row.try_get(3)?),
                    attempts: row.try_get(4)?,
                    reason: row.try_get(5)?,
                })
            };
            rows.iter().map(letter).collect::<Sql<Vec<_>>>()
        };
        letters.await.doing("list what could not be delivered")
    }

    /// How many subscribers the hub has whose lease has not ended, and how many of all do not know everything yet.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn subscribers(&self, now: Moment) -> Result<(u64, u64), StoreError> {
        let counted = async {
            let row = query(
                "select (select count(*) from subscriber where hub = 1 and expires > $1), \
                 (select count(*) from subscriber where seen < (select last from outbox) \
                 and (expires is null or expires > $1))",
            )
            .bind(now.ms())
            .fetch_one(&mut self.read().await?)
            .await?;
            Ok((row.try_get::<i64>(0)? as u64, row.try_get::<i64>(1)? as u64))
        };
        counted.await.doing("count its subscribers")
    }
}

/// Who may be tried and does not know everything yet.
fn due(sql: &mut Statement, dialect: &dyn Dialect, whose: Whose<'_>, now: Moment) -> String {
    let (at, expired) = (sql.arg(now.ms()), sql.arg(now.ms()));
    let webhooks = dialect.in_list("id", &sql.arg(Value::texts(whose.webhooks)));
    let hub = if whose.hub { "hub = 1" } else { "1 = 0" };
    format!(
        "next_try <= {at} and seen < (select last from outbox) and ({hub} or hub = 0 and {webhooks}) \
         and (expires is null or expires > {expired})"
    )
}

fn subscriber(row: &Row) -> Sql<Subscriber> {
    Ok(Subscriber {
        id: row.try_get(0)?,
        hub: row.try_get::<i64>(1)? != 0,
        url: row.try_get(2)?,
        topic: row.try_get(3)?,
        secret: row.try_get(4)?,
        seen: row.try_get(5)?,
        epoch: row.try_get(6)?,
        attempts: row.try_get(7)?,
        failing_since: row.try_get::<Option<i64>>(8)?.map(Moment::from_ms),
        digest: row.try_get(9)?,
    })
}
