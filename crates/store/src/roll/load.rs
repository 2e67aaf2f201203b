//! Reading the roll: whole when there is none, and later what the generations since have touched.
//!
//! The database itself notes which places a change touched (the triggers of step `touched`), so no writer can forget to,
//! and it keeps the notes for some hundred generations.

use std::sync::Arc;

use model::Moment;

use super::{Entry, Fresh, Roll, Touched};
use crate::Store;
use crate::error::Sql;
use crate::find::raws;
use crate::pools::Tx;
use crate::shelf;
use crate::sql::{Row, most, query};

/// Of so many generations it is kept what they touched: who asks less often reads all anew.
const NOTED: i64 = 500;
/// Entries that are read at a time.
const AT_A_TIME: i64 = 4_000;
/// Items that are read whole at a time.
const WHOLE: usize = 250;
/// The place in the notes that stands for all: what is shown of every item may have changed.
const EVERYTHING: i64 = -1;

/// What [`touched`] reads of an item, after a place that is that of the row or of a note: first what stands in an index
/// as well, then the story that several tell, and whether it leads that.
const ENTRY: &str = "i.begins, i.ends, i.born, i.shelf, \
     case when i.story <> i.id or exists (select 1 from item f where f.story = i.id and f.story <> f.id) then i.story end, \
     cast(case when i.story = i.id then 1 else 0 end as bigint)";

/// Numbers of an entry in the text that says many of them.
const NUMBERS: usize = 5;

/// A generation, and when items last changed.
type State = (i64, Option<Moment>);

impl Roll {
    fn come_to(&mut self, (generation, updated): State) {
        (self.generation, self.updated) = (Some(generation), updated);
    }
}

impl Store {
    /// Brings the roll to the generation that this transaction sees, or leaves it if it is of a later one. Gives the
    /// generation that it sees.
    pub(crate) async fn bring_up(&self, tx: &mut Tx) -> Sql<i64> {
        let (generation, updated) = state(tx).await?;
        let behind = |roll: &Roll| roll.generation.is_none_or(|known| known < generation);
        if !behind(&self.roll.read()) {
            return Ok(generation);
        }
        let _turn = self.roll.turn.lock().await;
        if !behind(&self.roll.read()) {
            return Ok(generation);
        }
        let known = self.roll.read().generation;
        match known {
            Some(known) if known >= generation - NOTED => self.catch_up(tx, known, (generation, updated)).await?,
            _ => self.read_all(tx, (generation, updated)).await?,
        }
        self.hold(tx).await?;
        Ok(generation)
    }

    /// Reads the whole roll anew: who is there, and then who tells which story.
    async fn read_all(&self, tx: &mut Tx, state: State) -> Sql<()> {
        let mut roll = Roll::empty();
        put_up(&mut roll, tx).await?;
        let mut last = i64::MIN;
        loop {
            let entries = entries(tx, last, &roll).await?;
            let more = entries.len() as i64 == AT_A_TIME;
            last = entries.last().map_or(last, |entry| entry.seq);
            entries.into_iter().for_each(|entry| roll.put(Fresh { entry, story: None, leads: true }));
            if !more {
                break;
            }
        }
        tell(&mut roll, tx).await?;
        roll.come_to(state);
        *self.roll.write() = roll;
        Ok(())
    }

    /// Reads what was touched since a generation.
    async fn catch_up(&self, tx: &mut Tx, known: i64, state: State) -> Sql<()> {
        let last = self.roll.read().shelves.last();
        let mut shelves = Vec::new();
        shelf::behind(tx, last, |id, label| shelves.push((id, label))).await?;
        let changed = query("select distinct seq from touched where generation > $1").bind(known).fetch_all(tx).await?;
        let changed = changed.iter().map(|row| row.try_get(0)).collect::<Sql<Vec<i64>>>()?;
        // As a list, of which SQLite knows that it is short: of a table that may be long it would first read all items
        // to learn which of its places are none. Who joins a story makes its lead one that several tell.
        let (list, of) = (tx.dialect().rows("$1"), tx.dialect().in_list("f.seq", "$1"));
        let text = format!(
            "select t.seq, {ENTRY} from (select value as seq from {list} union \
             select l.seq from item f join item l on l.id = f.story where f.story <> f.id and {of}) t \
             left join item i on i.seq = t.seq and i.relevant = 1"
        );
        let rows = query(text).bind(changed).fetch_all(tx).await?;
        let mut roll = self.roll.write();
        shelves.iter().for_each(|(id, label)| roll.shelves.add(*id, label));
        let mut touched = rows.iter().map(|row| touched(row, &roll)).collect::<Sql<Vec<_>>>()?;
        if touched.iter().any(|place| place.seq == EVERYTHING) {
            roll.whole.clear();
        }
        touched.retain(|place| place.seq != EVERYTHING);
        roll.change(touched);
        // Under one lock: nobody may take what is of this generation for that of the last.
        roll.come_to(state);
        Ok(())
    }

    /// Reads the newest items whole, as far as they are not there.
    async fn hold(&self, tx: &mut Tx) -> Sql<()> {
        let wanted = self.roll.read().worth_holding();
        let missing: Vec<i64> = {
            let roll = self.roll.read();
            wanted.iter().copied().filter(|seq| !roll.whole.contains_key(seq)).collect()
        };
        for some in missing.chunks(WHOLE) {
            let read = raws(tx, some).await?;
            let mut roll = self.roll.write();
            roll.whole.extend(read.into_iter().map(|(seq, raw)| (seq, Arc::new(raw))));
        }
        let mut roll = self.roll.write();
        // A few too many do no harm; to look through all each time would.
        if roll.whole.len() > wanted.len() + wanted.len() / 4 {
            roll.whole.retain(|seq, _| wanted.binary_search(seq).is_ok());
        }
        Ok(())
    }
}

/// How often the items changed, and when last.
pub(crate) async fn state(tx: &mut Tx) -> Sql<State> {
    let row = query("select generation, updated from state").fetch_one(tx).await?;
    Ok((row.try_get(0)?, row.try_get::<Option<i64>>(1)?.map(Moment::from_ms)))
}

/// Forgets what generations touched that are too old.
pub(crate) async fn forget_touched(tx: &mut Tx, generation: i64) -> Sql<()> {
    query("delete from touched where generation <= $1").bind(generation - NOTED).execute(tx).await?;
    Ok(())
}

/// The stories behind one, by name, that others tell beside their leads: of each the length of its name, that, its lead
/// if it is there, and who follows. Names and followers are read from their index alone, and thousands as one text.
const STORIES: &str = "select string_agg(cast(octet_length(story) as text) || ' ' || story || ' ' || \
     coalesce((select cast(seq as text) from item l where l.id = f.story and l.story = l.id), '-') || ' ' || followers, \
     '\n' order by story) from (select story, string_agg(cast(seq as text), ' ') as followers from item \
     where story <> id and story > $1 group by story order by story limit ";

/// Says of all that are on the roll which stories they tell.
async fn tell(roll: &mut Roll, tx: &mut Tx) -> Sql<()> {
    let (statement, mut last) = (format!("{STORIES}{}) as f", most("$2")), String::new());
    loop {
        let row = query(statement.clone()).bind(&last).bind(AT_A_TIME).fetch_one(tx).await?;
        let mut text = row.try_get::<Option<&str>>(0)?.unwrap_or_default();
        let mut many = 0;
        while !text.is_empty() {
            let story = story(&mut text).ok_or_else(|| sqlx::Error::Decode("no list of stories".into()));
            let (name, tellers) = story?;
            roll.tell(name, &tellers);
            many += 1;
            if text.is_empty() {
                name.clone_into(&mut last);
            }
        }
        if many < AT_A_TIME {
            return Ok(());
        }
    }
}

/// Takes the first story of such a text from it: its name, and who tells it in the order of places, and whether they lead.
pub(super) fn story<'t>(text: &mut &'t str) -> Option<(&'t str, Vec<(i64, bool)>)> {
    let (length, rest) = text.split_once(' ')?;
    let (name, rest) = rest.split_at_checked(length.parse().ok()?)?;
    let (line, rest) = rest.split_once('\n').unwrap_or((rest, ""));
    *text = rest;
    let (lead, followers) = line.strip_prefix(' ')?.split_once(' ')?;
    let mut tellers = match lead {
        "-" => Vec::new(),
        lead => vec![(lead.parse().ok()?, true)],
    };
    for follower in followers.split(' ') {
        tellers.push((follower.parse().ok()?, false));
    }
    tellers.sort_unstable();
    Some((name, tellers))
}

/// The next entries behind a place, in order: read from an index alone, and as one text of numbers, since a row as the
/// driver hands it over takes three times as long, and ten times the room.
async fn entries(tx: &mut Tx, last: i64, roll: &Roll) -> Sql<Vec<Entry>> {
    let numbers = ["seq", "shelf", "begins", "ends", "born"].map(|column| format!("cast({column} as text)"));
    let text = format!(
        "select string_agg({}, ' ') from (select seq, shelf, begins, ends, born from item \
         where relevant = 1 and seq > $1 order by seq limit {}) as ahead",
        numbers.join(" || ' ' || "),
        most("$2")
    );
    let numbers = query(text).bind(last).bind(AT_A_TIME).fetch_one(tx).await?.numbers(0)?;
    let entry = |numbers: &[i64]| {
        let [seq, shelf, begins, ends, born] = *numbers else { return None };
        // What stands on no shelf is not taken up.
        let shelf = roll.shelves.place(shelf).unwrap_or(u32::MAX);
        Some(Entry::new(seq, [begins, ends], born, shelf))
    };
    let mut entries: Vec<Entry> = numbers.chunks_exact(NUMBERS).filter_map(entry).collect();
    // The database may put them together in any order.
    entries.sort_unstable_by_key(|entry| entry.seq);
    Ok(entries)
}

async fn put_up(roll: &mut Roll, tx: &mut Tx) -> Sql<()> {
    shelf::behind(tx, roll.shelves.last(), |id, label| roll.shelves.add(id, &label)).await
}

/// A place, and [`ENTRY`] of what stands there, if something does.
fn touched(row: &Row, roll: &Roll) -> Sql<Touched> {
    let seq = row.try_get(0)?;
    let Some(begins) = row.try_get(1)? else { return Ok(Touched { seq, now: None }) };
    let Some(shelf) = roll.shelves.place(row.try_get(4)?) else { return Ok(Touched { seq, now: None }) };
    let entry = Entry::new(seq, [begins, row.try_get(2)?], row.try_get(3)?, shelf);
    let now = Some(Fresh { entry, story: row.try_get(5)?, leads: row.try_get::<i64>(6)? != 0 });
    Ok(Touched { seq, now })
}
