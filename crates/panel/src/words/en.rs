//! English.

use model::{Date, Kind, Lang, State};

use super::{Shorten, Time, Words, month};

pub(super) static WORDS: Words = Words {
    lang: Lang::En,
    heading: "Digital government in Germany",
    subject: "Digital government",
    sample: "Sample data: items, events and publishers are made up.",
    views: "View",
    news: "News",
    events: "Events",
    search: "Search term",
    submit: "Search",
    facet_states: "Federation and states",
    facet_topics: "Topic",
    active: "Active filters",
    remove: "Remove filter:",
    reset: "Reset all filters",
    period: "Period",
    empty: "Nothing matches this selection",
    empty_hint: "Fewer filters or another search term will show more.",
    words_hint: "All words must be found. With an asterisk the beginning of a word is enough: regist*",
    empty_feed: "Or wait: the feed tells you as soon as there is something.",
    failed: "The new selection cannot be reached at the moment. You still see the previous one.",
    offline: "No network connection. You see what was loaded before.",
    slow: "This takes longer than usual …",
    ago: ["1 minute ago", "{n} minutes ago", "1 hour ago", "{n} hours ago", "yesterday", "{n} days ago"],
    retry: "Try again",
    skip: "Skip filters",
    facet_sources: "Source",
    any_time: "Any time",
    own_period: "Your own period",
    from: "From",
    to: "To",
    apply: "Apply period",
    wrong_period: "The end is before the beginning. Please change “From” or “To”.",
    why: "Why?",
    why_about: "Why these labels:",
    why_relevant: "Digital government",
    why_event: "Event",
    in_title: "in the title",
    in_text: "in the text",
    in_address: "in the address",
    in_source: "as the source",
    new: "New",
    new_window: "(opens a new window)",
    rss: "RSS",
    subscribe_hint: "Each address delivers exactly the selection that is set above.",
    outlook: "Outlook: Add calendar → Subscribe from web → paste the address of the calendar file.",
    copy: "Copy address",
    copied: "Copied",
    share: "Selection as a link",
    pass_on: "Share link",
    passed_on: "Link copied",
    remember: "Mark what is new since the last visit",
    remember_hint: "For this the browser stores the time of the visit and nothing else. Switching off deletes it.",
    since_visit: "New since the last visit",
    pdf: "(PDF)",
    languages: [
        ("en", "English"),
        ("fr", "French"),
        ("nl", "Dutch"),
        ("da", "Danish"),
        ("pl", "Polish"),
        ("cs", "Czech"),
        ("it", "Italian"),
        ("es", "Spanish"),
        ("hsb", "Upper Sorbian"),
    ],
    to_calendar: "Add to calendar",
    as_list: "List",
    as_calendar: "Month",
    previous_month: "Previous month",
    next_month: "Next month",
    week: ("Wk", "Week"),
    whole_month: "Show the whole month",
    more_news: "Show {n} new items",
    more: "Load more",
    next_page: "Next page",
    first_page: "Back to the first page",
    subscribe: "Subscribe to this selection",
    atom: "Atom feed",
    json_feed: "JSON Feed",
    webcal: "Subscribe in your calendar",
    ics: "Calendar file (ICS)",
    online: "Online",
    register: "Register",
    cancelled: "Cancelled",
    tentative: "Tentative",
    published: "Announced on ",
    and: " and ",
    months: [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    months_short: ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
    weekdays_short: ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
    weekdays: ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
    states: [
        "Baden-Württemberg",
        "Bavaria",
        "Berlin",
        "Brandenburg",
        "Bremen",
        "Hamburg",
        "Hesse",
        "Mecklenburg-Western Pomerania",
        "Lower Saxony",
        "North Rhine-Westphalia",
        "Rhineland-Palatinate",
        "Saarland",
        "Saxony",
        "Saxony-Anhalt",
        "Schleswig-Holstein",
        "Thuringia",
        "Federal level",
        "European Union",
    ],
    thousands: ',',
    hits,
    all: |count| format!("Show all {count}"),
    last_days,
    between,
    without: |part, least| format!("without {part}: at least {least}"),
    as_of: |date, clock| format!("As of {date}, {clock}"),
    stale: |as_of| format!("{as_of}; newer data cannot be reached at the moment."),
    month_of: |date| format!("{} {}", month(&WORDS.months, date), date.year()),
    day_with: |date, count| {
        let weekday = WORDS.weekdays[usize::from(date.weekday())];
        format!("{weekday} {} {}, {count}", date.day(), month(&WORDS.months, date))
    },
    because: |label, place, quoted| format!("{label}: {quoted} {place}"),
    quoted: |text| format!("“{text}”"),
    loaded: |count| format!("{count} of them loaded"),
    tellers: |count| format!("({count} sources)"),
    chosen: |count| format!("({count} selected)"),
    also_from,
    also,
    about,
    about_thing: "on",
    label: str::to_owned,
    within,
    by: |sources| format!("from {sources}"),
    containing: |q| format!("with “{q}”"),
    long_date: |date| format!("{} {} {}", date.day(), month(&WORDS.months, date), date.year()),
    short_date,
    clock,
};

fn hits(count: &str, one: bool, kind: Kind) -> String {
    let noun = match (kind, one) {
        (Kind::News, true) => "news item",
        (Kind::News, false) => "news items",
        (Kind::Event, true) => "event",
        (Kind::Event, false) => "events",
    };
    format!("{count} {noun}")
}

fn last_days(days: u32) -> String {
    match days {
        0 => "from now on".to_owned(),
        1 => "Last 24 hours".to_owned(),
        days => format!("Last {days} days"),
    }
}

fn between(from: Option<&str>, to: Option<&str>) -> String {
    match (from, to) {
        (Some(from), Some(to)) => format!("{from} to {to}"),
        (Some(from), None) => format!("from {from}"),
        (None, Some(to)) => format!("until {to}"),
        (None, None) => WORDS.any_time.to_owned(),
    }
}

fn also_from(sources: usize) -> String {
    match sources {
        1 => "Also reported by another source".to_owned(),
        n => format!("Also reported by {n} other sources"),
    }
}

fn also(items: usize) -> String {
    match items {
        1 => "One more item on this".to_owned(),
        n => format!("{n} more items on this"),
    }
}

fn about(state: State) -> (&'static str, &'static str) {
    match state {
        State::Bund => ("on", "the federal level"),
        State::Eu => ("on", "the EU"),
        _ => ("on", WORDS.state(state)),
    }
}

fn within(state: State) -> (&'static str, &'static str) {
    match state {
        State::Bund => ("at", "federal level"),
        State::Eu => ("in", "the EU"),
        _ => ("in", WORDS.state(state)),
    }
}

fn short_date(date: Date, shorten: Shorten) -> String {
    let (day, name, year) = (date.day(), month(&WORDS.months_short, date), date.year());
    match shorten {
        Shorten::Nothing => {
            let weekday = WORDS.weekdays_short[usize::from(date.weekday())];
            format!("{weekday}, {day} {name} {year}")
        }
        Shorten::Weekday => format!("{day} {name} {year}"),
        Shorten::Year => format!("{day} {name}"),
        Shorten::Month => day.to_string(),
    }
}

fn clock(from: Time, to: Option<Time>) -> String {
    let time = |(hour, minute): Time| format!("{hour}:{minute:02}");
    match to {
        Some(to) => format!("{}–\u{2060}{}", time(from), time(to)),
        None => time(from),
    }
}
