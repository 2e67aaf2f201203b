//! The turns of hosts that are asked slowly: one row of them for all processes on a store, and beyond each one's end.

use model::Moment;

use crate::Store;
use crate::error::{Doing, Sql, StoreError};
use crate::sql::query;

const TAKE: &str = "insert into host_turn (host, free_at) values ($1, $2 + $3) on conflict (host) do update set \
     free_at = case when host_turn.free_at > $2 then host_turn.free_at else $2 end + $3 \
     where host_turn.free_at <= $2 + $4 returning free_at - $3";

impl Store {
    /// Takes the next turn of a host and says when it comes, at `now` at the earliest. The one after it comes `gap_ms`
    /// later. Takes none, and says so with nothing, if that were more than `patience_ms` from now.
    ///
    /// # Errors
    /// If the database fails; then no turn was taken.
    pub async fn host_turn(
        &self,
        host: &str,
        now: Moment,
        gap_ms: i64,
        patience_ms: i64,
    ) -> Result<Option<Moment>, StoreError> {
        let taken = async {
            let mut tx = self.write_beside().await?;
            let take = query(TAKE).bind(host).bind(now.ms()).bind(gap_ms).bind(patience_ms);
            let row = take.fetch_optional(&mut tx).await?;
            let turn = row.map(|row| row.try_get(0).map(Moment::from_ms)).transpose()?;
            tx.commit().await?;
            Sql::Ok(turn)
        };
        taken.await.doing("take a host's turn")
    }
}
