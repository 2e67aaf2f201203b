//! Our subscriptions at the hubs of others: one for each source whose publisher names one.

use model::{Moment, Validators};

use crate::Store;
use crate::error::{Doing, Sql, StoreError};
use crate::sources::Lease;
use crate::sql::{Row, query};

/// A subscription, or the wish for one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Subscription {
    /// Id of the source.
    pub source: String,
    /// The hub's address.
    pub hub: String,
    /// The topic's.
    pub topic: String,
    /// Names the callback; nobody can guess it.
    pub token: String,
    /// The hub signs with it.
    pub secret: String,
    /// When it ends, once the hub has verified it.
    pub expires: Option<Moment>,
    /// Names the lease on the row.
    pub epoch: i64,
    /// How often the hub was asked in vain.
    pub attempts: i64,
}

const COLUMNS: &str = "source, hub, topic, token, secret, expires, epoch, attempts";

impl Store {
    /// Wants a subscription for a source, to be asked for at once. One that is there for the same hub and topic stays
    /// as it is; another hub or topic begins anew, with the token and secret of `wish`. True if it is new.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn wish(&self, wish: &Subscription, now: Moment) -> Result<bool, StoreError> {
        let wished = async {
            let known = query("select 1 from websub where source = $1 and hub = $2 and topic = $3")
                .bind(&wish.source)
                .bind(&wish.hub)
                .bind(&wish.topic);
            if known.fetch_optional(&mut self.read().await?).await?.is_some() {
                return Ok(false);
            }
            let mut tx = self.write().await?;
            let done = query(
                "insert into websub (source, hub, topic, token, secret, next_try, epoch, attempts) \
                 values ($1, $2, $3, $4, $5, $6, 0, 0) \
                 on conflict (source) do update set hub = excluded.hub, topic = excluded.topic, \
                 token = excluded.token, secret = excluded.secret, expires = null, next_try = excluded.next_try, \
                 epoch = websub.epoch + 1, attempts = 0, trouble = null \
                 where websub.hub <> excluded.hub or websub.topic <> excluded.topic",
            )
            .bind(&wish.source)
            .bind(&wish.hub)
            .bind(&wish.topic)
            .bind(&wish.token)
            .bind(&wish.secret)
            .bind(now.ms())
            .execute(&mut tx)
            .await?;
            tx.commit().await?;
            Ok(done == 1)
        };
        wished.await.doing("note a hub")
    }

    /// Wants no subscription for a source any more: it names no hub. One that is there runs out.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn unwish(&self, source: &str) -> Result<(), StoreError> {
        let done = async {
            let mut tx = self.write().await?;
            query("delete from websub where source = $1").bind(source).execute(&mut tx).await?;
            tx.commit().await
        };
        done.await.doing("forget a hub")
    }

    /// Takes up to `n` subscriptions whose hub is to be asked, for `lease_ms` milliseconds. Those of sources that are
    /// not visited are left to run out.
    ///
    /// # Errors
    /// If the database fails; then none was taken.
    pub async fn claim_wishes(&self, now: Moment, n: u32, lease_ms: i64) -> Result<Vec<Subscription>, StoreError> {
        let claimed = async {
            let waits = query("select 1 from websub where next_try <= $1 limit 1").bind(now.ms());
            if waits.fetch_optional(&mut self.read().await?).await?.is_none() {
                return Ok(Vec::new());
            }
            let mut tx = self.write().await?;
            let text = format!(
                "update websub set next_try = $1, epoch = epoch + 1, attempts = attempts + 1 \
                 where source in (select w.source from websub w join source s on s.id = w.source \
                 where w.next_try <= $2 and s.enabled = 1 order by w.next_try, w.source limit $3) \
                 and next_try <= $2 returning {COLUMNS}"
            );
            let rows =
                query(text).bind(now.ms() + lease_ms).bind(now.ms()).bind(i64::from(n)).fetch_all(&mut tx).await?;
            tx.commit().await?;
            rows.iter().map(subscription).collect::<Sql<Vec<_>>>()
        };
        claimed.await.doing("look which hubs to ask")
    }

    /// Puts the next question to a hub off, and remembers what it said against us, if it did.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn ask_hub_again(
        &self,
        subscription: &Subscription,
        at: Moment,
        trouble: Option<&str>,
    ) -> Result<(), StoreError> {
        let done = async {
            let mut tx = self.write().await?;
            query("update websub set next_try = $3, trouble = $4 where source = $1 and epoch = $2")
                .bind(&subscription.source)
                .bind(subscription.epoch)
                .bind(at.ms())
                .bind(trouble)
                .execute(&mut tx)
                .await?;
            tx.commit().await
        };
        done.await.doing("put a hub off")
    }

    /// The subscription whose callback this is.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn subscription(&self, token: &str) -> Result<Option<Subscription>, StoreError> {
        self.one("token", token).await.doing("look up a subscription")
    }

    /// The subscription for a source.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn subscription_of(&self, source: &str) -> Result<Option<Subscription>, StoreError> {
        self.one("source", source).await.doing("look up a source's subscription")
    }

    async fn one(&self, column: &'static str, value: &str) -> Sql<Option<Subscription>> {
        let text = format!("select {COLUMNS} from websub where {column} = $1");
        let row = query(text).bind(value);
        row.fetch_optional(&mut self.read().await?).await?.as_ref().map(subscription).transpose()
    }

    /// The hub has verified it: it lasts until a moment, and is to be renewed at another. Or, with neither, the hub
    /// has denied it: it is asked again then.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn subscribed(&self, token: &str, until: Option<Moment>, next: Moment) -> Result<(), StoreError> {
        let done = async {
            let mut tx = self.write().await?;
            query(
                "update websub set expires = $2, next_try = $3, attempts = 0, epoch = epoch + 1, \
                 trouble = case when $2 is null then 'denied' end where token = $1",
            )
            .bind(token)
            .bind(until.map(Moment::ms))
            .bind(next.ms())
            .execute(&mut tx)
            .await?;
            tx.commit().await
        };
        done.await.doing("keep a subscription")
    }

    /// The right to keep what a hub pushed for a source, and when the source is due: what is pushed leaves that as it
    /// is. A visit under way loses its lease, and is made again when that has run out. Nothing if the source is not
    /// visited.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn lease_pushed(&self, source: &str) -> Result<Option<(Lease, Moment)>, StoreError> {
        let leased = async {
            let mut tx = self.write().await?;
            let row = query(
                "update source set epoch = epoch + 1 where id = $1 and enabled = 1 \
                 returning epoch, etag, last_modified, body_hash, fails, validators_url, memory, next_due",
            )
            .bind(source)
            .fetch_optional(&mut tx)
            .await?;
            tx.commit().await?;
            let lease = |row: Row| {
                let (etag, last_modified) = (row.try_get(1)?, row.try_get(2)?);
                let validators = Validators { etag, last_modified, body_hash: row.try_get(3)?, url: row.try_get(5)? };
                let (source, epoch) = (source.to_owned(), row.try_get(0)?);
                let lease = Lease { source, epoch, validators, fails: row.try_get(4)?, memory: row.try_get(6)? };
                Ok((lease, Moment::from_ms(row.try_get(7)?)))
            };
            row.map(lease).transpose()
        };
        leased.await.doing("lease a source for what was pushed")
    }
}

fn subscription(row: &Row) -> Sql<Subscription> {
    Ok(Subscription {
        source: row.try_get(0)?,
        hub: row.try_get(1)?,
        topic: row.try_get(2)?,
        token: row.try_get(3)?,
        secret: row.try_get(4)?,
        expires: row.try_get::<Option<i64>>(5)?.map(Moment::from_ms),
        epoch: row.try_get(6)?,
        attempts: row.try_get(7)?,
    })
}
