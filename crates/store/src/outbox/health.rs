//! What the operator was told of each source's health, so that a change is told once, whoever notices it.

use model::Moment;

use super::{Entry, HEALTH, put};
use crate::Store;
use crate::error::{Doing, Sql, StoreError};
use crate::pools::Tx;
use crate::sql::{Statement, Value, query};

/// How a source is now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// Id of the source.
    pub source: String,
    /// The word for its state.
    pub state: String,
    /// It is well: of a source that nobody was told of yet this is no news.
    pub well: bool,
}

impl Store {
    /// Puts the sources whose state is another than was last told into the outbox, each once, in whichever process
    /// this is asked. `say` makes what is told of one, from its place in the list and the word for its state until
    /// now, if there was one.
    ///
    /// # Errors
    /// If the database fails; then nothing was put in.
    pub async fn tell_health(
        &self,
        now: Moment,
        sources: &[Told],
        say: impl Fn(usize, Option<&str>) -> String,
    ) -> Result<u64, StoreError> {
        let told = async {
            // Nearly always nothing has changed: then nobody waits for the write lock.
            if differing(&mut self.read().await?, sources).await?.is_empty() {
                return Ok(0);
            }
            let mut tx = self.write().await?;
            let mut news = Vec::new();
            for (nth, before) in differing(&mut tx, sources).await? {
                let Told { source, state, well } = &sources[nth];
                query(
                    "insert into told_health (source, state) values ($1, $2) \
                     on conflict (source) do update set state = excluded.state",
                )
                .bind(source)
                .bind(state)
                .execute(&mut tx)
                .await?;
                if before.is_some() || !well {
                    let detail = Some(say(nth, before.as_deref()));
                    news.push(Entry { what: HEALTH, subject: source, detail });
                }
            }
            let many = news.len() as u64;
            put(&mut tx, news, now).await?;
            tx.commit().await?;
            Ok(many)
        };
        told.await.doing("note how its sources are")
    }
}

/// The places of sources whose state differs from the one last told, and that one.
async fn differing(tx: &mut Tx, sources: &[Told]) -> Sql<Vec<(usize, Option<String>)>> {
    let mut look = Statement::default();
    let ids = look.arg(Value::texts(sources.iter().map(|told| &told.source)));
    look.push(&format!("select source, state from told_health where {}", tx.dialect().in_list("source", &ids)));
    let rows = look.fetch_all(tx).await?;
    let known = rows
        .iter()
        .map(|row| Ok((row.try_get::<String>(0)?, row.try_get::<String>(1)?)))
        .collect::<Sql<std::collections::HashMap<_, _>>>()?;
    let before = |told: &Told| known.get(&told.source).cloned();
    let differs = |(_, told): &(usize, &Told)| before(told).as_ref() != Some(&told.state);
    Ok(sources.iter().enumerate().filter(differs).map(|(nth, told)| (nth, before(told))).collect())
}
