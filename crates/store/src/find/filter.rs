//! What a query asks of each item, as SQL, and the way to the items that reads least.

use model::{Kind, Moment, Query, Sort, Words};

use super::{Ask, Tally};
use crate::dialect::Dialect;
use crate::keep::place;
use crate::shelf::Fit;
use crate::sql::Statement;

/// Gathering this many rows and sorting them costs about as much as walking a list for as many.
const GATHER: u64 = 4_000;

/// All conditions on an item but that it be relevant.
#[derive(Clone, Debug)]
pub(super) struct Filter {
    pub(super) dialect: &'static dyn Dialect,
    since: Option<i64>,
    until: Option<i64>,
    must: Option<String>,
    not: Option<String>,
    /// 1 for events only, 0 for news only. Set by [`Filter::choose`], like all that follows: counting needs all.
    event: Option<i64>,
    /// Shelves to choose from, if not all.
    shelves: Option<Vec<i64>>,
    /// The oldest place that news since then can have.
    from_place: Option<i64>,
    /// Only what came up to this generation.
    born: Option<i64>,
}

/// How to come by the items.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Path {
    /// Along the list, newest first, leaving out what does not fit.
    List,
    /// Along the events, the earliest first.
    Events,
    /// From the shelves chosen.
    Shelves,
    /// From those that end in or after a moment.
    Span,
    /// From the terms.
    Words,
    /// Among those whose story several tell.
    Told,
}

impl Filter {
    /// No condition at all.
    pub(super) fn open(dialect: &'static dyn Dialect) -> Self {
        Filter {
            dialect,
            since: None,
            until: None,
            must: None,
            not: None,
            event: None,
            shelves: None,
            from_place: None,
            born: None,
        }
    }

    /// The conditions that hold for every facet.
    pub(super) fn of(dialect: &'static dyn Dialect, query: &Query, words: &Words, now: Moment) -> Self {
        let must = dialect.must(words);
        Filter {
            since: query.since.map(|bound| bound.from(now).ms()),
            until: query.until.map(|bound| bound.to(now).ms()),
            // Where something must match, what must not is part of the match.
            not: dialect.must_not(words).filter(|_| must.is_none()),
            must,
            ..Filter::open(dialect)
        }
    }

    /// What must match, in the database's language.
    pub(super) fn must(&self) -> Option<&str> {
        self.must.as_deref()
    }

    /// Nothing is asked: the counts of everything hold.
    pub(super) fn is_open(&self) -> bool {
        self.since.is_none() && self.until.is_none() && self.must.is_none() && self.not.is_none()
    }

    /// Adds the conditions that only the list has: kind, shelves, and the generation of the first page.
    pub(super) fn choose(&mut self, ask: &Ask<'_>, everything: &Tally) {
        self.event = ask.query.kind.map(|kind| i64::from(kind == Kind::Event));
        // The kind stands in the item itself: shelves are named only where more is asked.
        if !ask.fits.iter().all(|fit| Fit { kind: true, ..*fit }.all()) {
            let fitting = everything.places().filter(|place| ask.fits[*place].all());
            self.shelves = Some(fitting.map(|place| ask.shelves.list[place].id).collect());
        }
        if ask.query.kind == Some(Kind::News) {
            self.from_place = self.since.map(place);
        }
        self.born = ask.cursor.map(|cursor| cursor.generation);
    }

    /// The way that reads least, from exact counts. A list walked reads about one row in as many as fit; what is
    /// gathered is read whole and sorted.
    pub(super) fn path(&self, ask: &Ask<'_>, everything: &Tally, tally: &Tally) -> Path {
        if self.must.is_some() {
            return Path::Words;
        }
        let chosen = if self.shelves.is_some() { everything.fitting(&ask.fits) } else { u64::MAX };
        let sorted = ask.order == Sort::Soonest;
        if ask.query.kind == Some(Kind::Event) && (sorted || chosen > GATHER) {
            Path::Events
        } else if chosen <= GATHER {
            Path::Shelves
        } else if self.since.is_some() && (tally.all() <= GATHER || sorted) {
            Path::Span
        } else {
            Path::List
        }
    }

    /// Where the items come from, and the conditions, for the alias `i`.
    pub(super) fn source(&self, path: Path, sql: &mut Statement) -> String {
        let from = match path {
            Path::List => format!("item i {} where i.relevant = 1", self.dialect.by_index("item_list")),
            Path::Events => {
                format!("item i {} where i.relevant = 1 and i.event = 1", self.dialect.by_index("item_events"))
            }
            Path::Shelves => format!("item i {} where i.relevant = 1", self.dialect.by_index("item_shelf")),
            Path::Span => format!("item i {} where i.relevant = 1", self.dialect.by_index("item_span")),
            Path::Told => format!("item i {} where i.relevant = 1 and i.size > 1", self.dialect.by_index("item_told")),
            Path::Words => {
                let words = sql.arg(self.must.as_deref().unwrap_or_default());
                format!("{} and i.relevant = 1", self.dialect.matches(&words))
            }
        };
        from + &self.conditions("i", path != Path::Words, sql)
    }

    /// The conditions for an alias, each with its `and`.
    pub(super) fn conditions(&self, alias: &str, with_words: bool, sql: &mut Statement) -> String {
        let mut text = String::new();
        let mut and = |condition: String| {
            text.push_str(" and ");
            text.push_str(&condition);
        };
        if let Some(event) = self.event {
            and(format!("{alias}.event = {}", sql.arg(event)));
        }
        if let Some(shelves) = &self.shelves {
            and(self.dialect.in_list(&format!("{alias}.shelf"), &sql.arg(shelves.clone())));
        }
        if let Some(since) = self.since {
            and(format!("{alias}.ends >= {}", sql.arg(since)));
        }
        if let Some(until) = self.until {
            and(format!("{alias}.begins < {}", sql.arg(until)));
        }
        if let Some(place) = self.from_place {
            and(format!("{alias}.seq >= {}", sql.arg(place)));
        }
        if let Some(born) = self.born {
            and(format!("{alias}.born <= {}", sql.arg(born)));
        }
        let seq = format!("{alias}.seq");
        if let Some(must) = self.must.as_ref().filter(|_| with_words) {
            and(self.dialect.in_matches(&seq, &sql.arg(must)));
        }
        if let Some(not) = &self.not {
            and(format!("not {}", self.dialect.in_matches(&seq, &sql.arg(not))));
        }
        text
    }

    /// For counting by shelf: the narrowest way, or the one that has shelves in order.
    pub(super) fn counting_path(&self) -> Path {
        match (&self.must, self.since) {
            (Some(_), _) => Path::Words,
            (None, Some(_)) => Path::Span,
            (None, None) => Path::Shelves,
        }
    }

    /// For the members of stories that several tell: the narrowest way, or the one that has no others.
    pub(super) fn told_path(&self) -> Path {
        match self.counting_path() {
            Path::Shelves => Path::Told,
            path => path,
        }
    }
}
