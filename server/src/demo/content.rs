//! The sample data as authored in `demo/*.toml`, and its place in time.
//!
//! Editors write days before or after today; [`Content::posts`] makes moments of them. It refuses to publish
//! anything in the future or to hold an event at a week-end.

use anyhow::Context as _;
use model::{Date, Moment, State, When};
use serde::Deserialize;

/// All that the demo knows.
#[derive(Debug)]
pub(crate) struct Content {
    pub(crate) habits: Vec<Habit>,
    pub(crate) items: Vec<Item>,
    pub(crate) events: Vec<Happening>,
}

/// One publisher and how its site writes.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Habit {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) path: String,
    pub(crate) render: Render,
    #[serde(default)]
    pub(crate) kicker: Kicker,
    #[serde(default)]
    pub(crate) states: Vec<State>,
    /// What it hangs on its links; `{hash}` is filled in.
    #[serde(default)]
    pub(crate) tail: String,
    /// Teasers are HTML paragraphs.
    #[serde(default)]
    pub(crate) markup: bool,
    /// Charset of the document, if not UTF-8; `iso-8859-1` is all we write.
    #[serde(default)]
    pub(crate) charset: Option<String>,
    #[serde(default)]
    pub(crate) events: bool,
}

/// Which document it publishes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Render {
    Rss,
    Atom,
    Json,
    Html,
    Ics,
}

/// How the word before a title is set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Kicker {
    /// Not at all, or in an element of its own where the document has one.
    #[default]
    Apart,
    /// "HessenE-Akte in der Fläche", as left behind when a site's markup is stripped.
    Glued,
    /// "Hessen: E-Akte in der Fläche".
    Colon,
}

/// A piece of news as authored.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Item {
    #[serde(rename = "in")]
    pub(crate) source: String,
    day: i64,
    at: String,
    kicker: Option<String>,
    title: String,
    teaser: String,
    about: String,
    #[serde(default)]
    pub(crate) copies: Vec<Copied>,
}

/// The same matter at another publisher; what is missing is as in the first telling.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Copied {
    #[serde(rename = "in")]
    pub(crate) source: String,
    day: Option<i64>,
    at: Option<String>,
    kicker: Option<String>,
    title: Option<String>,
    teaser: Option<String>,
}

/// An event as authored.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Happening {
    #[serde(rename = "in")]
    pub(crate) source: String,
    ahead: i64,
    from: Option<String>,
    to: Option<String>,
    #[serde(default = "one")]
    days: i64,
    title: String,
    teaser: String,
    place: Option<String>,
    #[serde(default)]
    online: bool,
    registration: Option<Registration>,
    #[serde(default)]
    status: model::Status,
    about: String,
    /// Who else tells of it; `day` and `at` say when.
    #[serde(default)]
    pub(crate) copies: Vec<Copied>,
}

fn one() -> i64 {
    1
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Registration {
    Url,
    Mail,
}

/// One thing in one document: authored words with their place in time and on the site.
#[derive(Clone, Debug)]
pub(crate) struct Post {
    pub(crate) source: String,
    pub(crate) slug: String,
    pub(crate) kicker: Option<String>,
    pub(crate) title: String,
    pub(crate) teaser: String,
    pub(crate) published: Moment,
    pub(crate) about: String,
    pub(crate) event: Option<model::Event>,
}

/// Reads the compiled-in data.
pub(crate) fn load() -> anyhow::Result<Content> {
    #[derive(Deserialize)]
    struct Habits {
        source: Vec<Habit>,
    }
    #[derive(Deserialize)]
    struct Items {
        item: Vec<Item>,
    }
    #[derive(Deserialize)]
    struct Happenings {
        event: Vec<Happening>,
    }
    let habits: Habits = toml::from_str(include_str!("sources.toml")).context("demo/sources.toml")?;
    let stories: Items = toml::from_str(include_str!("stories.toml")).context("demo/stories.toml")?;
    let items: Items = toml::from_str(include_str!("items.toml")).context("demo/items.toml")?;
    let events: Happenings = toml::from_str(include_str!("events.toml")).context("demo/events.toml")?;
    let items = stories.item.into_iter().chain(items.item).collect();
    Ok(Content { habits: habits.source, items, events: events.event })
}

impl Content {
    /// Everything as of `now`, newest first. `base` is the address of the site, for links in the text.
    pub(crate) fn posts(&self, base: &str, now: Moment) -> Vec<Post> {
        let mut posts: Vec<Post> = self.items.iter().flat_map(|item| item.posts(now)).collect();
        posts.extend(self.events.iter().enumerate().flat_map(|(nth, event)| event.posts(base, nth, now)));
        posts.sort_by_key(|post| std::cmp::Reverse(post.published));
        posts
    }
}

impl Item {
    /// The first telling and its copies.
    pub(super) fn posts(&self, now: Moment) -> impl Iterator<Item = Post> {
        let first = Post {
            source: self.source.clone(),
            slug: slug(&self.title),
            kicker: self.kicker.clone(),
            title: self.title.clone(),
            teaser: self.teaser.clone(),
            published: past(self.day, &self.at, now),
            about: self.about.clone(),
            event: None,
        };
        let copies = self.copies.iter().map(|copy| {
            let title = copy.title.as_ref().unwrap_or(&self.title);
            Post {
                source: copy.source.clone(),
                slug: slug(title),
                kicker: copy.kicker.clone(),
                title: title.clone(),
                teaser: copy.teaser.clone().unwrap_or_else(|| self.teaser.clone()),
                published: past(copy.day.unwrap_or(self.day), copy.at.as_ref().unwrap_or(&self.at), now),
                ..first.clone()
            }
        });
        let copies: Vec<_> = copies.collect();
        std::iter::once(first).chain(copies)
    }
}

impl Happening {
    /// The organiser's entry, and what others write of it.
    pub(super) fn posts(&self, base: &str, nth: usize, now: Moment) -> Vec<Post> {
        let first = self.post(base, nth, now);
        let copy = |copy: &Copied| {
            let title = copy.title.as_ref().unwrap_or(&self.title);
            let at = copy.at.as_deref().unwrap_or("09:00");
            Post {
                source: copy.source.clone(),
                slug: slug(title),
                kicker: copy.kicker.clone(),
                title: title.clone(),
                teaser: copy.teaser.clone().unwrap_or_else(|| self.teaser.clone()),
                published: past(copy.day.unwrap_or(1), at, now),
                ..first.clone()
            }
        };
        let copies: Vec<Post> = self.copies.iter().map(copy).collect();
        std::iter::once(first).chain(copies).collect()
    }

    fn post(&self, base: &str, nth: usize, now: Moment) -> Post {
        let mut first = now.date().plus_days(self.ahead);
        while first.weekday() > 4 || first.plus_days(self.days - 1).weekday() > 4 {
            first = first.plus_days(1);
        }
        let at = |time: &Option<String>| time.as_ref().map(|time| When::At(moment(first, time)));
        let last = first.plus_days(self.days - 1);
        let start = at(&self.from).unwrap_or(When::Day(first));
        let end = at(&self.to).or((self.days > 1).then_some(When::Day(last)));
        let slug = slug(&self.title);
        let registration = self.registration.map(|kind| match kind {
            Registration::Url => format!("{base}/anmeldung/{slug}"),
            Registration::Mail => format!("anmeldung@{}.example", self.source),
        });
        Post {
            source: self.source.clone(),
            kicker: None,
            title: self.title.clone(),
            teaser: self.teaser.clone(),
            published: past(nth as i64 % 20 + 1, "09:00", now),
            about: self.about.clone(),
            event: Some(model::Event {
                start,
                end,
                all_day: self.from.is_none(),
                place: self.place.clone(),
                online: self.online,
                registration,
                organiser: None,
                status: self.status,
            }),
            slug,
        }
    }
}

/// So many days before today, at this time; never later than an hour ago.
fn past(days: i64, time: &str, now: Moment) -> Moment {
    moment(now.date().plus_days(-days), time).min(Moment::from_ms(now.ms() - 3_600_000))
}

/// `HH:MM` of a day in Berlin. The data is compiled in and tests read all of it: anything else is midnight.
fn moment(day: Date, time: &str) -> Moment {
    let clock = time.split_once(':').and_then(|(hour, minute)| Some((hour.parse().ok()?, minute.parse().ok()?)));
    let (hour, minute) = clock.unwrap_or_default();
    Moment::from_berlin(day, hour, minute)
}

/// A title as part of an address: `ä` is `ae`, everything else that is not a letter or digit a hyphen.
fn slug(title: &str) -> String {
    let mut slug = String::new();
    for letter in title.to_lowercase().chars().filter(|letter| *letter != '\u{ad}') {
        match letter {
            'ä' => slug.push_str("ae"),
            'ö' => slug.push_str("oe"),
            'ü' => slug.push_str("ue"),
            'ß' => slug.push_str("ss"),
            'a'..='z' | '0'..='9' => slug.push(letter),
            _ if slug.ends_with('-') || slug.is_empty() => {}
            _ => slug.push('-'),
        }
    }
    slug.trim_end_matches('-').to_owned()
}
