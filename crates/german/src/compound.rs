//! Where German compounds come apart, by the words one has learned.
//!
//! A [`Lexicon`] knows the parts that stand in `LEXICON` and those it is given to learn, say the words of a
//! catalogue. A compound comes apart where both sides are made of such words: "Kommunalverwaltungsreform" holds
//! "verwaltung", "Überverwaltungs…" does not if nobody knows "über" as a part. Linking letters belong to neither side.

use std::collections::HashSet;

/// Parts of compounds in texts about administration: folded, by subject.
pub(crate) const LEXICON: &[&str] = &[
    // what is digitalised
    "akte",
    "akten",
    "antrag",
    "antraege",
    "amt",
    "aemter",
    "behoerde",
    "behoerden",
    "daten",
    "dienst",
    "dienste",
    "gericht",
    "gerichte",
    "gesetz",
    "gesetze",
    "leistung",
    "leistungen",
    "netz",
    "netze",
    "portal",
    "portale",
    "recht",
    "register",
    "schule",
    "schulen",
    "steuer",
    "vergabe",
    "verfahren",
    "verwaltung",
    "ausweis",
    "konto",
    "konten",
    "urkunde",
    "urkunden",
    "zulassung",
    "kataster",
    "haushalt",
    "gesundheit",
    "justiz",
    "polizei",
    // who does it
    "bund",
    "buerger",
    "gemeinde",
    "gemeinden",
    "kommune",
    "kommunen",
    "kommunal",
    "kreis",
    "kreise",
    "land",
    "landes",
    "laender",
    "minister",
    "ministerin",
    "ministerium",
    "rathaus",
    "staat",
    "stadt",
    "staedte",
    "unternehmen",
    "bundes",
    "behoerdenchef",
    "personal",
    // what is done
    "aenderung",
    "abbau",
    "ausbau",
    "ausschreibung",
    "beratung",
    "digitalisierung",
    "einfuehrung",
    "entwicklung",
    "foerderung",
    "fortbildung",
    "gestaltung",
    "konferenz",
    "kongress",
    "modernisierung",
    "nutzung",
    "planung",
    "projekt",
    "projekte",
    "reform",
    "schutz",
    "sicherheit",
    "steuerung",
    "strategie",
    "tagung",
    "transformation",
    "umsetzung",
    "vernetzung",
    "vertrag",
    "wandel",
    "zugang",
    "programm",
    "programme",
    "veranstaltung",
    // with what
    "cloud",
    "cyber",
    "digital",
    "infrastruktur",
    "intelligenz",
    "online",
    "plattform",
    "plattformen",
    "software",
    "standard",
    "standards",
    "technik",
    "technologie",
    "system",
    "systeme",
    "zentrum",
    "zentren",
    "server",
    "identitaet",
    "souveraenitaet",
    "barriere",
    "freiheit",
    "buerokratie",
    "demokratie",
];

/// Shortest word that is learned, in bytes: shorter ones are found in everything.
const SHORTEST: usize = 4;
/// Longest head or tail of a compound that is looked at, in bytes.
const LONGEST: usize = 80;
/// Letters that German puts between the parts.
const LINKS: &[&str] = &["", "s", "es", "n", "en", "er", "e"];
/// Letters that inflection puts after the last part.
const ENDINGS: &[&str] = &["", "e", "em", "en", "er", "ern", "es", "in", "innen", "n", "nen", "s"];

/// Words that compounds are made of.
#[derive(Clone, Debug)]
pub struct Lexicon {
    words: HashSet<String>,
    longest: usize,
}

impl Default for Lexicon {
    fn default() -> Self {
        Lexicon::learn([])
    }
}

impl Lexicon {
    /// Learns folded words beside those that are known anyway.
    #[must_use]
    pub fn learn<'a>(words: impl IntoIterator<Item = &'a str>) -> Self {
        let all = LEXICON.iter().copied().chain(words);
        let words: HashSet<String> = all.filter(|word| word.len() >= SHORTEST).map(str::to_owned).collect();
        let longest = words.iter().map(String::len).max().unwrap_or_default();
        Lexicon { words, longest }
    }

    /// Whether a folded word may come apart behind this head: it is empty, or made of known words.
    #[must_use]
    pub fn is_head(&self, head: &str) -> bool {
        head.is_empty() || self.made_of(head, &[""], LINKS)
    }

    /// Whether a folded word may come apart before this tail: it is an ending, or made of known words.
    #[must_use]
    pub fn is_tail(&self, tail: &str) -> bool {
        tail.is_empty() || ENDINGS.contains(&tail) || self.made_of(tail, LINKS, ENDINGS)
    }

    /// Whether known words, one after the other with linking letters between, make up all of this, behind one of the
    /// letters that it may begin with and before some that it may end with. One walk for all of these.
    fn made_of(&self, text: &str, before: &[&str], behind: &[&str]) -> bool {
        if text.len() < SHORTEST || text.len() > LONGEST || !text.is_ascii() {
            return false;
        }
        let mut begins = [false; LONGEST + 1];
        for link in before.iter().filter(|link| text.starts_with(**link)) {
            begins[link.len()] = true;
        }
        for at in 0..text.len() {
            if !begins[at] {
                continue;
            }
            for end in (at + SHORTEST)..=text.len().min(at + self.longest) {
                if !self.words.contains(&text[at..end]) {
                    continue;
                }
                let rest = &text[end..];
                if behind.contains(&rest) {
                    return true;
                }
                for link in LINKS.iter().filter(|link| rest.starts_with(**link)) {
                    begins[end + link.len()] = true;
                }
            }
        }
        false
    }
}

#[cfg(test)]
mod tests;
