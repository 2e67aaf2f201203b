//! What the tests of several modules need: chance that is the same in every run, and items in few words.

use crate::pools::Tx;
use crate::sql::query;

/// A small generator (xorshift64*): the same numbers in every run.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    /// A number below this one.
    pub(crate) fn roll(&mut self, sides: i64) -> i64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as i64 % sides
    }
}

/// A source, and a shelf for all that it brings.
pub(crate) async fn put_up_one_shelf(tx: &mut Tx) {
    for text in [
        "insert into source (id, url, name, home, enabled, next_due, epoch, fails) values ('s', '', '', '', 1, 0, 0, 0)",
        "insert into shelf (id, event, source, states, topics) values (1, 0, 's', '', '')",
    ] {
        query(text).execute(tx).await.unwrap();
    }
}

/// News on that shelf, alone and relevant.
pub(crate) async fn put_item(tx: &mut Tx, seq: i64, id: &str, at: i64) {
    let insert = query(
        "insert into item (seq, id, source, shelf, event, relevant, hash, print, born, first_seen, at, begins, ends, \
         story, url, title, summary, lang, relevance, all_day, online) \
         values ($1, $2, 's', 1, 0, 1, $3, 0, 0, 0, $3, 0, 0, $2, '', '', '', '', 1, 0, 0)",
    );
    insert.bind(seq).bind(id).bind(at).execute(tx).await.unwrap();
}
