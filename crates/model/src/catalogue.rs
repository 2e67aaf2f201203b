//! All sources, topics and places, validated. People who do not program edit them in `catalogue/`;
//! the server reads the files into these nouns and says file, line, key and what is allowed where one is wrong.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::State;

/// Everything the catalogue holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Catalogue {
    /// Publishers, by id.
    pub publishers: Vec<Arc<Publisher>>,
    /// Sources of all publishers, by id.
    pub sources: Vec<Source>,
    /// Topics, in the order in which they are shown.
    pub topics: Vec<Topic>,
    /// Names that speak for a state.
    pub places: Vec<Place>,
    /// What speaks for and against being about the digitalisation of public administration.
    pub relevance: Vec<Evidence>,
    /// What kinds of text there are, and how each is known.
    pub kinds: Vec<TextKind>,
    /// Content management systems, and how their pages are read.
    pub platforms: Vec<Platform>,
}

impl Catalogue {
    /// The source with this id.
    #[must_use]
    pub fn source(&self, id: &str) -> Option<&Source> {
        self.sources.iter().find(|source| source.id == id)
    }

    /// The platform with this id.
    #[must_use]
    pub fn platform(&self, id: &str) -> Option<&Platform> {
        self.platforms.iter().find(|platform| platform.id == id)
    }

    /// The topic with this slug.
    #[must_use]
    pub fn topic(&self, slug: &str) -> Option<&Topic> {
        self.topics.iter().find(|topic| topic.slug == slug)
    }
}

/// Who publishes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Publisher {
    /// Id, the file's name without its ending.
    pub id: String,
    /// Name as shown.
    pub name: String,
    /// Home page.
    pub home: String,
    /// Licence, or a note on the terms.
    pub licence: Option<String>,
}

/// One endpoint we visit. All sources of a publisher share its entry.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Source {
    /// Id, unique in the catalogue.
    pub id: String,
    /// Who publishes it: some have thousands of sources.
    pub publisher: Arc<Publisher>,
    /// Address.
    pub url: String,
    /// What is expected there.
    pub format: Format,
    /// Whether it is visited.
    pub enabled: bool,
    /// How surely the address is known.
    pub status: Certainty,
    /// Where that is known from, with the day.
    pub evidence: Option<String>,
    /// What robots.txt means for it.
    pub robots: Robots,
    /// Hint for the least time between two visits, in seconds; the schedule learns.
    pub every_seconds: Option<u64>,
    /// Id of the content management system behind it.
    pub platform: Option<String>,
    /// How the entries of a page are found: its own selectors, or those of its platform. Tried in this order; the
    /// first that finds an entry counts.
    pub select: Vec<Select>,
    /// The scrape contract.
    pub expect: Option<Expect>,
    /// States that an item of it is probably about: a prior, not a verdict.
    pub states: Vec<State>,
    /// Topics that an item of it is probably about.
    pub topics: Vec<String>,
    /// Items whose relevance is below this are kept but not shown. 0 for sources on our subject alone.
    pub threshold: f32,
    /// Everything it publishes is an event.
    pub events: bool,
}

/// What a source is expected to send.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// Whatever the document turns out to be.
    #[default]
    Auto,
    /// RSS, Atom or JSON Feed.
    Feed,
    /// A page with a list.
    Html,
    /// iCalendar.
    Ics,
}

/// How surely an address is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Certainty {
    /// A third party fetched it and checked its content on the day named.
    V,
    /// Seen in the site's own HTML.
    S,
    /// Listed in public code, not known to be checked.
    L,
    /// A page of it is cited as read, no feed known.
    P,
    /// A guess from a pattern.
    #[default]
    G,
}

/// What robots.txt means for a source (RFC 9309).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Robots {
    /// Its rules hold.
    #[default]
    Honour,
    /// A feed is published to be polled: only `crawl-delay` holds; the entry's evidence says why.
    Feed,
}

/// CSS selectors for a page with a list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Select {
    /// One entry.
    pub item: String,
    /// Its title, inside the entry; the entry itself if missing.
    pub title: Option<String>,
    /// Its link, inside the entry.
    pub link: Option<String>,
    /// Its date, inside the entry.
    pub date: Option<String>,
    /// Its teaser, inside the entry.
    pub teaser: Option<String>,
    /// Its kicker, inside the entry.
    pub kicker: Option<String>,
    /// Its place, for lists of events.
    pub place: Option<String>,
}

/// A content management system: how its pages are recognised, and how they are read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Platform {
    /// Id, the file's name without its ending.
    pub id: String,
    /// Name as its makers write it.
    pub name: String,
    /// Beginnings of `<meta name="generator">` that only it writes; case does not matter.
    #[serde(default)]
    pub generator: Vec<String>,
    /// CSS selectors that only its pages match.
    #[serde(default)]
    pub marks: Vec<String>,
    /// How the entries of its lists are found; the first that finds an entry counts.
    #[serde(default)]
    pub list: Vec<Select>,
    /// How the parts of its article pages are found, `item` being the article; the first that finds a title counts.
    #[serde(default)]
    pub article: Vec<Select>,
    /// Where its sites usually have their feeds, relative to the site's root (`/feed/`) or to a page (`feed/`).
    #[serde(default)]
    pub feeds: Vec<String>,
    /// CSS selectors of links to a page that lists the site's feeds.
    #[serde(default)]
    pub overview: Vec<String>,
}

/// What a page must show to count as read: the scrape contract.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expect {
    /// Least number of items.
    pub items: Option<u32>,
    /// Share of items with a date, 0 to 1.
    pub dated: Option<f32>,
    /// Least length of the middle title, in characters: "mehr" is no title.
    pub title: Option<u32>,
    /// Greatest age of the newest dated item, in days.
    pub newest_days: Option<u32>,
}

/// A topic, with the evidence for and against it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Topic {
    /// Id in addresses.
    pub slug: String,
    /// German label.
    pub de: String,
    /// English label.
    pub en: String,
    /// What counts, in one German sentence.
    pub definition: String,
    /// Topics that hold wherever this one does.
    #[serde(default)]
    pub implies: Vec<String>,
    /// Aspects of relevance that a text on this topic has for certain.
    #[serde(default)]
    pub lends: Vec<String>,
    /// What speaks for it, and against it.
    #[serde(default)]
    pub evidence: Vec<Evidence>,
}

/// One rule: a form of words, and how much it counts where it stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// The words, as a person would write them.
    pub text: String,
    /// How they are matched.
    #[serde(default)]
    pub form: Form,
    /// 1 is enough alone; less needs company; negative speaks against.
    #[serde(default = "one")]
    pub weight: f32,
    /// Rules that name aspects count only together: as far as each aspect named in the same list is there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub aspect: Option<String>,
    /// Where alone it counts; without it, anywhere in the text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub within: Option<Within>,
}

/// The part of an item that a rule is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Within {
    /// Title and kicker.
    Head,
    /// The summary.
    Summary,
    /// The item's address: "/interview/", "/ausschreibung-".
    Address,
}

/// What kind of text an item is. Not the shelf ([`crate::Kind`]): a report on a congress is news.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Genre {
    /// Published by the body that acts.
    Press,
    /// Written about it.
    #[default]
    News,
    /// Questions and answers.
    Interview,
    /// A view: comment, statement, a vendor's text.
    Opinion,
    /// Announces an event.
    Event,
    /// Asks for offers.
    Tender,
    /// Offers a post.
    Job,
    /// Reference pages, papers, FAQ, glossaries.
    Other,
}

impl Genre {
    /// The word used in JSON and in the catalogue.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Genre::Press => "press",
            Genre::News => "news",
            Genre::Interview => "interview",
            Genre::Opinion => "opinion",
            Genre::Event => "event",
            Genre::Tender => "tender",
            Genre::Job => "job",
            Genre::Other => "other",
        }
    }
}

/// A kind of text and how it is known.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TextKind {
    /// Which.
    pub kind: Genre,
    /// Endings of the names of hosts that publish such texts unless a text shows otherwise: `bund.de`.
    #[serde(default)]
    pub hosts: Vec<String>,
    /// Rubrics that stand over headlines and are cut off as kickers: "Interview", "Kommentar".
    #[serde(default)]
    pub kickers: Vec<String>,
    /// Slugs of topics that every such text is about: a tender is about procurement.
    #[serde(default)]
    pub implies: Vec<String>,
    /// What speaks for it, and against it.
    #[serde(default)]
    pub evidence: Vec<Evidence>,
}

fn one() -> f32 {
    1.0
}

/// How the words of a rule are matched. Never on substrings: "helfen" contains "elfe".
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Form {
    /// Whole words, folded (case, umlauts, ß), hyphens and spaces alike, with German endings.
    #[default]
    Word,
    /// The beginning of a word: `Registermodernisierung` in `Registermodernisierungsgesetz`.
    Start,
    /// The end of a word: `verwaltungscloud` in `Landesverwaltungscloud`.
    End,
    /// Whole words exactly as written, capitals included: `KI`, `CDO`.
    Exact,
    /// A word, or a part of a compound where it comes apart: `verwaltung` in `Kommunalverwaltungsreform`.
    Part,
}

/// A name that speaks for a state.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// The name as written.
    pub name: String,
    /// The state it speaks for.
    pub state: State,
    /// What bears the name.
    pub role: Role,
    /// How much it counts; 1 is enough alone.
    #[serde(default = "one")]
    pub weight: f32,
    /// It counts only beside a word that shows it is a place: "Stadt Berg", "Berger Gemeinderat". For names that are
    /// words or surnames as well, as those of small places often are.
    #[serde(default)]
    pub cue: bool,
}

/// What bears a place's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// The Land itself, in any of its names.
    Land,
    /// "hessisch", "Thüringer".
    Adjective,
    /// A town, a county, a district.
    Town,
    /// An agency, a ministry, a provider, a programme.
    Body,
    /// A paper or a station of the region, by its host: it says where "die Stadt" is, but speaks for nobody.
    Outlet,
}
