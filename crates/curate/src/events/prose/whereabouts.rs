//! Place, host and form of an event, from its sentence, from labels, and from the sentences that follow it.

use super::contact;
use super::scene::{Reading, Sentence};
use super::title::{clean, opener};
use super::token::Kind;
use super::when::Mention;
use super::words;

impl Reading<'_> {
    pub(super) fn online(&self, sentence: Sentence) -> bool {
        // What a label says of the place counts for the whole text.
        let label = self.labelled.as_deref().is_some_and(says_online);
        let heading = self.heading(sentence.line).map(|line| &self.prose.lines[line]);
        let at = self.sentences.iter().position(|one| one.from == sentence.from).unwrap_or(0);
        let around = &self.sentences[at.saturating_sub(1)..(at + 3).min(self.sentences.len())];
        let later = &self.sentences[(at + 3).min(self.sentences.len())..(at + 8).min(self.sentences.len())];
        // "Abend – 5. Mai, Halle 2" over "Sprint – 9. Mai, im Videochat": each line tells of its own day.
        let of_it = |one: &Sentence| one.line == sentence.line || self.inside(one.from, one.to).next().is_none();
        let one = self.mentions.windows(2).all(|pair| pair[0].from == pair[1].from);
        label
            || one && later.iter().any(|one| contact::streamed(self.prose, one.from, one.to))
            || around.iter().filter(|one| of_it(one)).any(|one| self.online_at(one.from, one.to))
            || heading.is_some_and(|line| self.online_at(line.from, line.to))
    }

    /// Of several days each is held as the words around it say: "am 5. Mai online, die Feier am 6. Juni in Neuburg".
    pub(super) fn online_of(&self, mention: &Mention, sentence: Sentence, clause: (usize, usize)) -> bool {
        let first = self.inside(sentence.from, sentence.to).next().map_or(mention.from, |first| first.to);
        let apart = self.days_in(sentence) > 1 && clause != (sentence.from, sentence.to);
        let said = apart && self.online_at(first, sentence.to) && self.place_in(clause.0, clause.1).is_some();
        if said { self.online_at(clause.0, clause.1) } else { self.online(sentence) }
    }

    /// "findet am 5. Mai online statt, die Feier am 6. Juni in Neuburg": the place is that of the other day.
    pub(super) fn online_alone(&self, sentence: Sentence, clause: (usize, usize)) -> bool {
        self.days_in(sentence) > 1
            && clause != (sentence.from, sentence.to)
            && self.online_at(clause.0, clause.1)
            && self.place_in(clause.0, clause.1).is_none()
            && self.place_in(sentence.from, sentence.to).is_some()
    }

    pub(super) fn online_at(&self, from: usize, to: usize) -> bool {
        contact::online(self.prose, from, to)
    }

    pub(super) fn place_in(&self, from: usize, to: usize) -> Option<String> {
        let best = self
            .places()
            .phrases(from, to)
            .into_iter()
            .max_by_key(|found| (found.sure, std::cmp::Reverse(found.at)))?;
        Some(best.words)
    }

    /// A town named in a title: "Data Week Leipzig 2023".
    pub(super) fn town_in(&self, from: usize, to: usize) -> Option<String> {
        let named = |at: &usize| {
            let token = &self.prose.tokens[*at];
            // "Bürgermeister Timo Hardt" is nobody's town; "Data Week Leipzig" is one.
            let before = at.checked_sub(1).map(|before| &self.prose.tokens[before]).filter(|before| before.capital);
            let person = before.is_some_and(|before| german::names::is_given(&before.low));
            // "Lange Nacht der Verwaltung" is not in Langen.
            let named = self.prose.tokens.get(at + 1).is_some_and(|next| next.gathering && next.capital);
            !person && !named && token.capital && (self.town)(&self.prose.text[token.at..token.end])
        };
        (from..to).find(named).map(|at| self.prose.words(at, at + 1).to_owned())
    }

    /// "auf der Messe Registerwelt (5. bis 7. Mai, Messegelände Kassel)": what shares the bracket with the day.
    fn beside_day(&self, mention: &Mention, sentence: Sentence) -> Option<String> {
        let tokens = &self.prose.tokens;
        let opens = tokens.get(mention.from.wrapping_sub(1)).is_some_and(|token| token.is('('));
        let from = mention.to + 1;
        let led = opens && from < sentence.to && tokens[mention.to].is(',');
        let close = (from..sentence.to.min(from + 8)).find(|at| led && tokens[*at].is(')'))?;
        let hour = self.clocks.iter().any(|clock| clock.from >= from && clock.to <= close);
        (!hour && self.like_place(from, close)).then(|| self.segment(from, close))?
    }

    /// Of several days the place between this one and the next.
    fn place_up_to_next(&self, mention: &Mention, sentence: Sentence, to: usize) -> Option<String> {
        let next = self.inside(mention.to, to).next().map_or(to, |next| next.from);
        let phrases = self.places().phrases(mention.to, next).into_iter();
        let plain = phrases.filter(|found| !(found.at..found.to).any(|at| self.prose.tokens[at].gathering));
        let surest = plain.max_by_key(|found| found.sure).map(|found| found.words);
        surest.or_else(|| self.name_behind_hour(mention, sentence, next))
    }

    pub(super) fn place(&self, mention: &Mention, sentence: Sentence, clause: (usize, usize)) -> Option<String> {
        let places = self.places();
        if let Some(words) = &self.labelled {
            return self.labelled_place(words);
        }
        let several = self.days_in(sentence) > 1;
        let (from, to) = if several { clause } else { (sentence.from, sentence.to) };
        if let Some(found) = places.address(from, to) {
            return Some(found.words);
        }
        if let Some(words) = self.beside_day(mention, sentence) {
            return Some(words);
        }
        // Of several days each has the place that stands behind it.
        if several {
            let own = self.bracketed_place(mention, sentence).or_else(|| self.place_up_to_next(mention, sentence, to));
            if own.is_some() {
                return own;
            }
        }
        let mut own = places.phrases(from, to);
        // Behind the date before in front of it, the surest first.
        own.sort_by_key(|found| (std::cmp::Reverse(found.sure), found.at < mention.from, found.at));
        let house = own.iter().find(|found| found.at > mention.from && found.sure == 2).cloned();
        let own = own.into_iter().next();
        // "In Neuburg trifft man sich am 14.10. in der Alten Post": the house and its town.
        if let (Some(own), Some(house)) = (&own, house)
            && own.at < mention.from
            && own.sure == 3
            && (self.town)(&own.words)
        {
            return Some(format!("{}, {}", house.words, own.words));
        }
        if let Some(words) = own.as_ref().and_then(|found| self.place_of_line(found, mention, sentence)) {
            return Some(words);
        }
        if own.as_ref().is_some_and(|found| found.sure >= 3) {
            return own.map(|found| found.words);
        }
        let at = self.sentences.iter().position(|one| one.from == sentence.from).unwrap_or(0);
        let others = self.sentences[at + 1..].iter().take(8);
        let others: Vec<Sentence> =
            others.copied().take_while(|one| self.inside(one.from, one.to).next().is_none()).collect();
        let address = others.iter().find_map(|one| places.address(one.from, one.to));
        let phrase = others.iter().flat_map(|one| places.phrases(one.from, one.to)).find(|found| found.sure >= 3);
        let host = self.organiser(sentence).and_then(|(_, words)| self.seat(&words));
        if let Some(words) = self.place_behind(mention, sentence) {
            return Some(words);
        }
        own.filter(|found| address.is_none() || found.sure >= 3)
            .or(address)
            .or(phrase)
            .map(|found| found.words)
            .or_else(|| self.place_around(sentence, several))
            .or_else(|| self.place_segment(mention, sentence).filter(|_| !several))
            .or(host)
            .or_else(|| self.town_in(from, to).filter(|_| !several))
    }

    /// "Linux im Rathaus, 5. Mai, Neuburg": in a line of names the place stands behind the day.
    fn place_of_line(&self, found: &super::place::Found, mention: &Mention, sentence: Sentence) -> Option<String> {
        let comma = mention.from > sentence.from && self.prose.tokens[mention.from - 1].is(',');
        let right_before = found.sure >= 3 && found.to + 1 == mention.from;
        if comma && right_before { self.place_behind(mention, sentence) } else { None }
    }

    /// "(10 bis 13 Uhr, Neuburger Campus)": the part between marks behind the day that is a place and nothing else.
    fn place_segment(&self, mention: &Mention, sentence: Sentence) -> Option<String> {
        let mark =
            |at: &usize| matches!(self.prose.tokens[*at].kind, Kind::Mark(',' | '(' | ')' | '–' | '|' | '·' | ';'));
        let marks: Vec<usize> = (mention.to..sentence.to).filter(mark).collect();
        let end = if self.prose.tokens[sentence.to - 1].is('.') { sentence.to - 1 } else { sentence.to };
        let ends = marks.iter().skip(1).copied().chain([end]);
        let mut parts = marks.iter().map(|at| at + 1).zip(ends).filter(|(from, to)| from < to);
        let (from, to) = parts.find(|(from, to)| {
            let plain = !self.dated[*from..*to].contains(&true) && self.prose.tokens[*from].capital;
            let gathers = (*from..*to).any(|at| self.prose.tokens[at].gathering);
            plain && !gathers && self.like_place(*from, *to)
        })?;
        self.segment(from, to)
    }

    /// "Zwei Abende: Dienstag, 5. Mai, 19 Uhr, Stadl Altfelden, und …": names alone behind the hour, where the sentence has
    /// said what it is.
    fn name_behind_hour(&self, mention: &Mention, sentence: Sentence, to: usize) -> Option<String> {
        let first = self.inside(sentence.from, sentence.to).next()?.from;
        let told = (sentence.from..first).any(|at| self.prose.tokens[at].gathering);
        let hour = self.clocks.iter().find(|clock| told && clock.from >= mention.to && clock.to < to)?;
        let from = hour.to + 1;
        let name = |at: &usize| self.prose.tokens[*at].capital && !self.prose.tokens[*at].gathering && !self.dated[*at];
        let end = (from..to.min(from + 5)).take_while(name).last()? + 1;
        let closed = end >= to || matches!(self.prose.tokens[end].kind, Kind::Mark(',' | ';' | '.'));
        (self.prose.tokens[hour.to].is(',') && closed).then(|| self.segment(from, end))?
    }

    /// "Fest in Altfelden": the town that the name ends in, if it is all that it says.
    pub(super) fn place_of_name(&self, title: &str) -> Option<String> {
        let (noun, town) = title.split_once(" in ")?;
        let one = |words: &str| !words.contains(char::is_whitespace) && words.starts_with(char::is_uppercase);
        let gathers = words::gathering(&german::fold::fold(noun)) && !words::no_place(&german::fold::fold(town));
        (one(noun) && one(town) && gathers).then(|| town.to_owned())
    }

    /// "besucht vier Stadtteile: am 12. Dezember (Lobeda), am 9. Januar (Winzerla)", of a sentence that names the event.
    fn bracketed_place(&self, mention: &Mention, sentence: Sentence) -> Option<String> {
        let tokens = &self.prose.tokens;
        let open = tokens.get(mention.to).is_some_and(|token| token.is('(')) && mention.to + 2 < sentence.to;
        let word = tokens.get(mention.to + 1).filter(|token| open && token.capital && token.word().is_some())?;
        let closed = tokens[mention.to + 2].is(')');
        let gathers = (sentence.from..mention.from).any(|at| tokens[at].gathering);
        (closed && gathers && !word.gathering).then(|| self.prose.text[word.at..word.end].to_owned())
    }

    /// The place of several days at the end of their sentence, or that of the sentence before: "Die Messe steht in der
    /// Stadthalle bevor. Sie öffnet am 4. Juni".
    fn place_around(&self, sentence: Sentence, several: bool) -> Option<String> {
        let sure = |from, to| self.places().phrases(from, to).into_iter().find(|found| found.sure >= 3);
        let last = self.inside(sentence.from, sentence.to).last()?.to;
        let own = sure(last, sentence.to).filter(|_| several);
        let before = || {
            let before = self.previous(sentence)?;
            let same = before.line == sentence.line && self.inside(before.from, before.to).next().is_none();
            sure(before.from, before.to).filter(|_| same)
        };
        // "Veranstaltungsort ist das Haus der Begegnung", wherever it stands.
        let told = || {
            let says = |one: &Sentence| {
                let at = (one.from..one.to.min(one.from + 6)).find(|at| self.places().tells(*at))?;
                sure(at, one.to)
            };
            self.sentences.iter().find_map(says)
        };
        // "Gastgeberin ist die Stadt Neuburg".
        let hosts = || {
            let says =
                |one: &&Sentence| matches!(self.word(one.from), Some("gastgeber" | "gastgeberin" | "ausrichter"));
            let one = self.sentences.iter().find(says)?;
            self.town_in(one.from, one.to)
        };
        if let Some(town) = hosts().filter(|_| own.is_none() && told().is_none()) {
            return Some(town);
        }
        let found = own.or_else(told).map(|found| found.words);
        // "Montag, 19. August, 13.30 Uhr" over "Gemeindehaus, Ringstraße 8".
        let below = || {
            let after = self.sentences.iter().filter(|one| one.from >= sentence.to).take(2);
            let plain = after
                .into_iter()
                .find(|one| self.inside(one.from, one.to).next().is_none() && self.like_place(one.from, one.to))?;
            self.segment(plain.from, plain.to)
        };
        found.or_else(below).or_else(|| before().map(|found| found.words))
    }

    /// "Fachtag am 5. Mai, 18 Uhr, Gründerzentrum Hafen 7, Neuburg": what follows day and hours, if it looks like a
    /// place.
    fn place_behind(&self, mention: &Mention, sentence: Sentence) -> Option<String> {
        let hour = self.clocks.iter().find(|clock| clock.from >= mention.to && clock.from <= mention.to + 3);
        let start = hour.map_or(mention.to, |clock| clock.to).min(sentence.to);
        // "Beginn 18 Uhr (Einlass 17.30 Uhr), Foyer".
        let bracket = start < sentence.to && self.prose.tokens[start].is('(');
        let close = (start..sentence.to.min(start + 8)).find(|at| bracket && self.prose.tokens[*at].is(')'));
        let inner = |close: &usize| self.clocks.iter().any(|clock| clock.from > start && clock.to <= *close);
        let start = close.filter(inner).map_or(start, |close| close + 1);
        let mark = |at: usize| matches!(self.prose.tokens[at].kind, Kind::Mark(_));
        let apart = start < sentence.to
            && matches!(self.prose.tokens[start].kind, Kind::Mark(',' | '|' | '–' | '-' | '—' | '(' | '·' | '•'));
        let from = (start..sentence.to).find(|at| !mark(*at)).filter(|_| apart)?;
        let stops = |at: &usize| {
            let token = &self.prose.tokens[*at];
            token.kind == Kind::Link
                || self.dated[*at]
                || matches!(token.kind, Kind::Mark('!' | '?' | ':' | ';' | ')' | '|' | '·' | '•'))
        };
        let to = (from..sentence.to).find(stops).unwrap_or(sentence.to);
        let whole = (from..to).rev().find(|at| !mark(*at)).map_or(from, |at| at + 1);
        let first = (from..to).find(|at| self.prose.tokens[*at].is(',')).unwrap_or(whole);
        [whole, first].into_iter().find(|to| self.like_place(from, *to)).and_then(|to| self.segment(from, to))
    }

    /// What a label says without "online": "online & 2 Workshops in Präsenz (Institut, Musterstadt)".
    pub(super) fn labelled_place(&self, words: &str) -> Option<String> {
        if !says_online(words) {
            return Some(clean(words)).filter(|words| !words.is_empty());
        }
        let inner = words.split_once('(').and_then(|(_, rest)| rest.split_once(')')).map(|(inner, _)| inner.to_owned());
        let rest = words.split(['&', '/', '+']).find(|part| !says_online(part) && part.trim().len() > 3);
        let inner = inner.filter(|inner| {
            !matches!(german::fold::fold(inner.trim()).as_str(), "zoom" | "webex" | "teams" | "bigbluebutton")
        });
        inner.or_else(|| rest.map(str::to_owned)).map(|words| clean(&words))
    }

    /// "die Stadt Musterstadt lädt ein": there, if no other place is named.
    pub(super) fn seat(&self, organiser: &str) -> Option<String> {
        let mut words = organiser.split_whitespace();
        let town = words.clone().find(|word| (self.town)(word)).map(str::to_owned);
        let named = words.find(|word| matches!(*word, "Stadt" | "Gemeinde" | "Samtgemeinde" | "Verbandsgemeinde"));
        town.or_else(|| named.and_then(|_| words.next()).map(str::to_owned))
    }

    /// Who invites: the subject of the verb.
    pub(super) fn organiser(&self, sentence: Sentence) -> Option<(usize, String)> {
        let verb = (sentence.from..sentence.to).find(|at| {
            matches!(
                self.word(*at),
                Some(
                    "laedt"
                        | "laden"
                        | "veranstaltet"
                        | "veranstalten"
                        | "organisiert"
                        | "feiert"
                        | "richtet"
                        | "richten"
                        | "trifft"
                        | "treffen"
                        | "tagt"
                        | "tagen"
                        | "reist"
                        | "reisen"
                        | "plant"
                        | "haelt"
                        | "halten"
                )
            ) || matches!(self.word(*at), Some("stellt" | "stellen")) && self.word(at + 1) == Some("sich")
                || matches!(self.word(*at), Some("hat" | "haben"))
                    && (*at..sentence.to).any(|at| self.word(at).is_some_and(words::planned))
        })?;
        // "Das Landesamt lädt Kommunen ein": who stands before the verb invites; else who stands behind it.
        let before =
            self.name_at(sentence.from, verb).filter(|(_, end)| (*end..verb).all(|at| self.word(at).is_none()));
        // "Vorlesen, basteln: Die Zentralbibliothek lädt Kinder ein".
        let right_before = || {
            let name = |at: &usize| self.prose.tokens[*at].capital && !self.dated[*at];
            let from = (sentence.from..verb).rev().take_while(name).last()?;
            let article =
                if matches!(self.word(from), Some("der" | "die" | "das")) { from } else { from.checked_sub(1)? };
            let led = article > sentence.from && matches!(self.word(article), Some("der" | "die" | "das"));
            let opens = article > 0 && matches!(self.prose.tokens[article - 1].kind, Kind::Mark(_));
            self.name_at(from, verb).filter(|(_, end)| *end == verb && led && opens)
        };
        let before = before.or_else(right_before);
        let behind = verb + 1 + usize::from(self.word(verb + 1) == Some("sich"));
        let found = before.or_else(|| self.name_at(behind, sentence.to)).or_else(|| self.who(verb, sentence.to));
        let (from, to) = found?;
        Some((from, clean(self.prose.words(from, to))))
    }

    /// "treffen sich in Neuburg die Beauftragten der Kommunen": who stands further behind the verb.
    fn who(&self, verb: usize, to: usize) -> Option<(usize, usize)> {
        if !matches!(self.word(verb), Some("trifft" | "treffen" | "tagt" | "tagen" | "reist" | "reisen")) {
            return None;
        }
        let subject = |at: &usize| {
            let leads = self.word(at - 1).is_some_and(words::leads_to_place);
            matches!(self.word(*at), Some("der" | "die" | "das")) && !leads
        };
        (verb + 1..to.min(verb + 16)).find(subject).and_then(|at| self.name_at(at, to))
    }

    pub(super) fn name_at(&self, at: usize, to: usize) -> Option<(usize, usize)> {
        let article = matches!(self.word(at), Some("der" | "die" | "das" | "unser" | "unsere" | "ein" | "eine"));
        let from = at + usize::from(article);
        let mut end = from;
        while end < to && end - from < 8 && !self.dated[end] {
            let joins = end > from
                && matches!(self.word(end), Some("for" | "fuer" | "der" | "des"))
                && end + 1 < to
                && self.prose.tokens[end + 1].capital;
            if !(self.prose.tokens[end].capital || joins) {
                break;
            }
            end += 1;
        }
        // "lädt der Kongress ein": the event invites to itself.
        let small =
            self.word(from).is_some_and(|word| opener(word) || words::gathering(word) && !word.ends_with("lab"));
        (end > from && !small).then_some((from, end))
    }
}

fn says_online(words: &str) -> bool {
    let words = german::fold::fold(words);
    words.split(|c: char| !c.is_alphanumeric()).any(|word| {
        word.starts_with("online")
            || matches!(
                word,
                "teams" | "virtuell" | "digital" | "videokonferenz" | "livestream" | "zoom" | "webex" | "internet"
            )
    })
}
