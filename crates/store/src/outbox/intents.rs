//! What was asked of our hub and waits to be verified. The last word of a subscriber about a topic counts.

use model::Moment;

use crate::Store;
use crate::error::{Doing, Sql, StoreError};
use crate::sql::{Row, query};

/// A wish to subscribe, or to end a subscription.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Intent {
    /// Derived from callback and topic; the subscription has the same.
    pub id: String,
    /// To subscribe; else to end it.
    pub subscribe: bool,
    /// The callback.
    pub url: String,
    /// The topic's address, as the subscriber wrote it.
    pub topic: String,
    /// Host of the callback.
    pub host: String,
    /// What to sign with.
    pub secret: Option<String>,
    /// For how long, in milliseconds.
    pub lease_ms: i64,
    /// Names the lease on the intent itself.
    pub epoch: i64,
    /// How often it was tried to verify it.
    pub attempts: i64,
}

/// How many subscriptions there may be, those that are not verified yet included.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// In all.
    pub all: u64,
    /// With callbacks on one host.
    pub per_host: u64,
}

impl Store {
    /// Notes what was asked of the hub, to be verified at once. False if there are too many already; a subscription
    /// that is renewed or ended is none too many.
    ///
    /// # Errors
    /// If the database fails; then nothing was noted.
    pub async fn intend(&self, intent: &Intent, limits: Limits, now: Moment) -> Result<bool, StoreError> {
        let noted = async {
            let mut tx = self.write().await?;
            let row = query(
                // A subscription that is being renewed is one, not two.
                "select count(*), count(case when host = $2 then 1 end), \
                 (select count(*) from subscriber where id = $1) \
                 from (select id, host from subscriber where hub = 1 union select id, host from hub_intent) known \
                 where id <> $1",
            )
            .bind(&intent.id)
            .bind(&intent.host)
            .fetch_one(&mut tx)
            .await?;
            let count = |column: usize| row.try_get::<i64>(column).map(|n| n as u64);
            let known = count(2)? > 0;
            if !known && (!intent.subscribe || count(0)? >= limits.all || count(1)? >= limits.per_host) {
                // To end what never was is done already.
                return Ok(!intent.subscribe);
            }
            query(
                "insert into hub_intent (id, subscribe, url, topic, host, secret, lease_ms, next_try, epoch, attempts) \
                 values ($1, $2, $3, $4, $5, $6, $7, $8, 0, 0) \
                 on conflict (id) do update set subscribe = excluded.subscribe, secret = excluded.secret, \
                 lease_ms = excluded.lease_ms, next_try = excluded.next_try, epoch = hub_intent.epoch + 1, attempts = 0",
            )
            .bind(&intent.id)
            .bind(i64::from(intent.subscribe))
            .bind(&intent.url)
            .bind(&intent.topic)
            .bind(&intent.host)
            .bind(&intent.secret)
            .bind(intent.lease_ms)
            .bind(now.ms())
            .execute(&mut tx)
            .await?;
            tx.commit().await?;
            Ok(true)
        };
        noted.await.doing("note what was asked of the hub")
    }

    /// Takes up to `n` intents that may be tried, for `lease_ms` milliseconds.
    ///
    /// # Errors
    /// If the database fails; then none was taken.
    pub async fn claim_intents(&self, now: Moment, n: u32, lease_ms: i64) -> Result<Vec<Intent>, StoreError> {
        let claimed = async {
            let waits = query("select 1 from hub_intent where next_try <= $1 limit 1").bind(now.ms());
            if waits.fetch_optional(&mut self.read().await?).await?.is_none() {
                return Ok(Vec::new());
            }
            let mut tx = self.write().await?;
            let rows = query(
                "update hub_intent set next_try = $1, epoch = epoch + 1, attempts = attempts + 1 \
                 where id in (select id from hub_intent where next_try <= $2 order by next_try, id limit $3) \
                 and next_try <= $2 \
                 returning id, subscribe, url, topic, host, secret, lease_ms, epoch, attempts",
            )
            .bind(now.ms() + lease_ms)
            .bind(now.ms())
            .bind(i64::from(n))
            .fetch_all(&mut tx)
            .await?;
            tx.commit().await?;
            rows.iter().map(intent).collect::<Sql<Vec<_>>>()
        };
        claimed.await.doing("look what is to be verified")
    }

    /// Does what was verified: the subscription begins or goes on, and learns what changes from now on; or it ends.
    ///
    /// # Errors
    /// If the database fails; then nothing was done.
    pub async fn fulfil(&self, intent: &Intent, now: Moment) -> Result<(), StoreError> {
        let done = async {
            let mut tx = self.write().await?;
            if !forget(&mut tx, intent).await? {
                return Ok(());
            }
            if intent.subscribe {
                query(
                    "insert into subscriber (id, hub, url, topic, host, secret, expires, seen, next_try, epoch, attempts) \
                     select $1, 1, $2, $3, $4, $5, $6, last, $7, 0, 0 from outbox where one = 1 \
                     on conflict (id) do update set secret = excluded.secret, expires = excluded.expires",
                )
                .bind(&intent.id)
                .bind(&intent.url)
                .bind(&intent.topic)
                .bind(&intent.host)
                .bind(&intent.secret)
                .bind(now.ms() + intent.lease_ms)
                .bind(now.ms())
                .execute(&mut tx)
                .await?;
            } else {
                query("delete from subscriber where id = $1 and hub = 1").bind(&intent.id).execute(&mut tx).await?;
            }
            tx.commit().await
        };
        done.await.doing("begin or end a subscription")
    }

    /// Forgets an intent that could not be verified, or puts it off until another moment. A subscription that was to
    /// be renewed stays as it is.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn doubt(&self, intent: &Intent, again: Option<Moment>) -> Result<(), StoreError> {
        let done = async {
            let mut tx = self.write().await?;
            match again {
                None => drop(forget(&mut tx, intent).await?),
                Some(again) => {
                    query("update hub_intent set next_try = $3 where id = $1 and epoch = $2")
                        .bind(&intent.id)
                        .bind(intent.epoch)
                        .bind(again.ms())
                        .execute(&mut tx)
                        .await?;
                }
            }
            tx.commit().await
        };
        done.await.doing("put an intent off")
    }
}

/// Whether the intent was still the one that was taken.
async fn forget(tx: &mut crate::pools::Tx, intent: &Intent) -> Sql<bool> {
    let gone = query("delete from hub_intent where id = $1 and epoch = $2");
    Ok(gone.bind(&intent.id).bind(intent.epoch).execute(tx).await? == 1)
}

fn intent(row: &Row) -> Sql<Intent> {
    Ok(Intent {
        id: row.try_get(0)?,
        subscribe: row.try_get::<i64>(1)? != 0,
        url: row.try_get(2)?,
        topic: row.try_get(3)?,
        host: row.try_get(4)?,
        secret: row.try_get(5)?,
        lease_ms: row.try_get(6)?,
        epoch: row.try_get(7)?,
        attempts: row.try_get(8)?,
    })
}
