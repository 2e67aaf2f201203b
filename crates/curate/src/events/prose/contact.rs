//! Where one registers, and whether one can take part online.

use super::token::{Kind, Prose};
use super::words;

/// How far a registration's address may stand from the word that announces it, in tokens.
const NEAR: usize = 30;

/// The address to register at. The event's own line and the line below it come first, then what the text says of
/// registering; an address for papers or a programme is none.
pub(super) fn registration(
    prose: &Prose<'_>,
    own: (usize, usize),
    below: Option<(usize, usize)>,
    shared: bool,
) -> Option<String> {
    let show = |at: usize| prose.text[prose.tokens[at].at..prose.tokens[at].end].to_owned();
    let link = |at: &usize| prose.tokens[*at].kind == Kind::Link;
    if let Some((from, to)) = below
        && let Some(at) = (from..to).find(link)
    {
        return Some(show(at));
    }
    let all = if shared { (0, prose.tokens.len()) } else { own };
    for (from, to) in [own, all] {
        for at in from..to {
            let says = prose.tokens[at].word().is_some_and(|word| registers(prose, at, word));
            if !says {
                continue;
            }
            // "sich unter … registrieren": the address stands before the verb, in its sentence.
            let infinitive = prose.tokens[at].word().is_some_and(|word| word.ends_with("en"));
            let small = !prose.tokens[at].capital;
            let before = (at.saturating_sub(4).max(from)..at).find(link).filter(|_| infinitive && small);
            if let Some(at) = before.or_else(|| (at + 1..to.min(at + NEAR)).find(link)) {
                return Some(show(at));
            }
        }
    }
    let (from, to) = own;
    // Who takes part online goes where the sentence points to.
    if online(prose, from, to) {
        let mut links = (from..to).filter(link);
        if let (Some(at), None) = (links.next(), links.next()) {
            return Some(show(at));
        }
    }
    let page = (from..to).filter(link).find(|at| is_platform(&prose.tokens[*at].low) || in_brackets(prose, *at));
    let page = page
        .or_else(|| (all.0..all.1).filter(link).find(|at| is_platform(&prose.tokens[*at].low) || contact(prose, *at)));
    // "Die Vorträge werden via Zoom übertragen: https://…", "Schichten könnt ihr hier wählen: https://…".
    let streams = |at: &usize| {
        prose.tokens[*at - 1].is(':')
            && (at.saturating_sub(8)..*at)
                .any(|at| prose.tokens[at].word().is_some_and(|word| word == "hier" || channel(word)))
    };
    page.or_else(|| (all.0 + 1..all.1).filter(link).find(streams)).map(show)
}

/// "Anmeldung", "anmelden", "registrieren", "Tickets"; not the news that registration is closed.
fn registers(prose: &Prose<'_>, at: usize, word: &str) -> bool {
    let named = word.starts_with("anmeld")
        || word.starts_with("registrier")
        || word.starts_with("ticket")
        || word.starts_with("rueckmeldung")
        || word.starts_with("reservier")
        || word.starts_with("akkreditier")
        || matches!(word, "vorverkauf" | "buchbar" | "buchung" | "zusagen")
        || word.starts_with("einwahl")
        || word.starts_with("einwaehl")
        // "Zum Meeting: https://…".
        || matches!(word, "meeting" | "call") && prose.tokens.get(at + 1).is_some_and(|next| next.is(':'))
        || word == "link"
            && matches!(prose.tokens.get(at + 1).and_then(super::token::Token::word), Some("zum" | "zur"))
        || word.ends_with("formular")
        || matches!(word, "teams-link" | "zoom-link" | "webex-link" | "zugangslink" | "teilnahmelink" | "meeting-link")
        || word == "zusage"
        || word.ends_with("-anmeldung");
    // "melde dich an", "meldet euch … an".
    let split = matches!(word, "melde" | "meldet" | "melden")
        && prose.tokens[at + 1..].iter().take(8).any(|token| token.word() == Some("an"));
    // "Plätze gibt es über …", "Plätze: https://…".
    let seats = matches!(word, "plaetze" | "platz" | "teilnehmen" | "teilnahme")
        && prose.tokens[at + 1..].iter().take(8).any(|token| token.kind == Kind::Link);
    named || split || seats
}

/// An address in brackets right behind the event: its page.
fn in_brackets(prose: &Prose<'_>, at: usize) -> bool {
    at > 0 && prose.tokens[at - 1].is('(') && !prose.tokens[at].low.contains("wikipedia")
}

/// "schreibt an amt@…": an e-mail address to write to.
fn contact(prose: &Prose<'_>, at: usize) -> bool {
    prose.tokens[at].low.contains('@')
        && at > 0
        && matches!(prose.tokens[at - 1].word(), Some("an" | "unter" | "per" | "via" | "ueber" | "auf" | "bei"))
}

/// Hosts that take registrations for others.
fn is_platform(address: &str) -> bool {
    ["meetup.", "eventbrite.", "pretix.", "xing-events.", "gettogether.", "eveeno.", "doo.net", "lu.ma", "guestoo."]
        .iter()
        .any(|host| address.contains(host))
}

/// Ways to take part from elsewhere, by their names: one such word says it, wherever it stands.
fn channel(word: &str) -> bool {
    matches!(
        word,
        "zoom"
            | "webex"
            | "livestream"
            | "videokonferenz"
            | "bigbluebutton"
            | "hybrid"
            | "stream"
            | "jitsi"
            | "gotomeeting"
            | "streamen"
            | "einwahl"
            | "einwaehlen"
            | "gestreamt"
            | "livestreams"
            | "live-stream"
            | "live-uebertragung"
            | "ms-teams"
            | "webex-meeting"
            | "zoom-meeting"
            | "hybridveranstaltung"
            | "videokonferenzen"
            | "online-teilnahme"
            | "hybride"
            | "hybrides"
            | "hybriden"
            | "hybrider"
    )
}

/// Whether tokens `from..to` name a way to take part from elsewhere.
pub(super) fn streamed(prose: &Prose<'_>, from: usize, to: usize) -> bool {
    prose.tokens[from..to].iter().any(|token| token.word().is_some_and(channel))
}

/// Whether one can take part online, as far as tokens `from..to` say it. Names in quotation marks say what it is about.
pub(super) fn online(prose: &Prose<'_>, from: usize, to: usize) -> bool {
    (from..to).any(|at| {
        let token = &prose.tokens[at];
        if token.kind == Kind::Link {
            return ["bbb.", "zoom.us", "webex.", "teams.microsoft", "meet.jit", "bigbluebutton", "gotomeeting"]
                .iter()
                .any(|host| token.low.contains(host));
        }
        let Some(word) = token.word() else { return false };
        channel(word) || meets_online(prose, at, word) || !prose.quoted[at] && adverb(prose, at, from, to, word)
    })
}

/// The gathering itself is an online one: "Online-Seminar", "Webinar", "virtueller Stammtisch".
fn meets_online(prose: &Prose<'_>, at: usize, word: &str) -> bool {
    let gathers = |rest: &str| words::gathering(rest.trim_start_matches('-'));
    let call = word == "call" && prose.tokens.get(at + 1).is_none_or(|next| next.word() != Some("for"));
    call || word.starts_with("webinar")
        || word.starts_with("videokonferenz")
        || word.strip_prefix("video").is_some_and(|rest| matches!(rest, "chat" | "call" | "sprechstunde"))
        || word.strip_prefix("web-").is_some_and(words::gathering)
        || word.strip_prefix("online").is_some_and(|rest| !rest.is_empty() && (gathers(rest) || words::gathering(word)))
        || word.strip_prefix("online-").is_some_and(|rest| matches!(rest, "format" | "termin"))
        // "in unseren virtuellen Schulungsraum".
        || word.starts_with("virtuelle") && prose.tokens.get(at + 1).and_then(super::token::Token::word).is_some_and(|next| next.ends_with("raum"))
        || matches!(word, "virtuelle" | "virtueller" | "virtuelles" | "virtuellen" | "digitales")
            && gathers_at(prose, at + 1)
}

/// "online", "digital", "im Netz": how it is held, where the words around do not say that something else is.
fn adverb(prose: &Prose<'_>, at: usize, from: usize, to: usize, word: &str) -> bool {
    let token = &prose.tokens[at];
    let next = |step: usize| prose.tokens.get(at + step).and_then(super::token::Token::word).unwrap_or_default();
    let last = || at.checked_sub(1).filter(|before| *before >= from).and_then(|before| prose.tokens[before].word());
    let mark = |at: usize| matches!(prose.tokens[at].kind, Kind::Mark(_));
    let alone = (at == from || mark(at - 1)) && (at + 1 >= to || mark(at + 1));
    match word {
        "online" => !takes_online(next(1)) && !before(prose, at, from),
        "digital" | "virtuell" => {
            alone && at + 1 >= to
                || matches!(last(), Some("rein" | "komplett" | "ausschliesslich" | "vollstaendig" | "erstmals"))
                || matches!(
                    next(1),
                    "statt" | "durchgefuehrt" | "zum" | "zur" | "zusammen" | "teilnehmen" | "teil" | "moeglich"
                )
        }
        "teams" => alone || matches!(last(), Some("ms" | "microsoft" | "per" | "via" | "ueber" | "mit" | "auf")),
        "video" => matches!(last(), Some("per" | "via")),
        "netz" => matches!(last(), Some("im" | "ins")),
        "internet" => last() == Some("im") && next(1) == "uebertragen",
        // "Digitale Woche" is a name. So is "Der Digitale Stammtisch", with its capital inside a sentence.
        "digitale" | "digitaler" | "digitalen" => {
            let name = token.capital && (lasting(next(1)) || last().is_some());
            !name && gathers_at(prose, at + 1)
        }
        _ => false,
    }
}

/// "das digitale Open Lab": a gathering within a few names.
fn gathers_at(prose: &Prose<'_>, at: usize) -> bool {
    let mut names = prose.tokens[at.min(prose.tokens.len())..].iter().take(3).take_while(|token| token.capital);
    names.any(|token| token.word().is_some_and(words::gathering))
}

/// What has "digital" in its name for what it is about.
fn lasting(noun: &str) -> bool {
    matches!(noun, "woche" | "wochen" | "tag" | "tage" | "messe" | "gipfel" | "nacht")
}

/// What is done online and is no taking part.
fn takes_online(next: &str) -> bool {
    matches!(next, "schon" | "geht" | "bereit" | "gestellt" | "gehen")
        || next.starts_with("anmeld")
        || next.starts_with("beantrag")
        || next.starts_with("abruf")
        || next.starts_with("verfuegbar")
        || next.starts_with("registr")
        || next.starts_with("erledig")
        || next.starts_with("buch")
}

/// "Anmeldung online unter …", "geht online".
fn before(prose: &Prose<'_>, at: usize, from: usize) -> bool {
    (at.saturating_sub(3).max(from)..at).any(|back| {
        prose.tokens[back].word().is_some_and(|word| word.starts_with("anmeld") || matches!(word, "geht" | "gehen"))
    })
}
