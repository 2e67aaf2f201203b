//! Dates in lists: "Dienstag, 13.06.2023, 10:00 - 11:30, Zoom: Netzwerktreffen", "Künstliche Intelligenz (26.01.)",
//! the line a list stands under, the lines below an item, and a date over lines with hours.

use model::Date;

use super::contact;
use super::judge::Sign;
use super::scene::{Reading, Sentence, Title, Told};
use super::title::clean;
use super::token::{Kind, Token};
use super::when::{Mention, date, resolve};
use super::words;

/// So many rows above a row its table's head is looked for.
const LONGEST_TABLE: usize = 40;

impl Reading<'_> {
    pub(super) fn bulleted(&self, line: usize) -> bool {
        // The items of a list share an address that stands outside of it; their own stand in them.
        let line_tokens = &self.prose.lines[line];
        let own = self.prose.tokens[line_tokens.from..line_tokens.to].iter().any(|token| token.kind == Kind::Link);
        let below = self.below(line).is_some();
        let others = self.items.iter().flatten().count() > 1;
        self.items[line].is_some() && others && (own || below || self.sub_lines())
    }

    /// Whether items of the list have lines of their own below them.
    pub(super) fn sub_lines(&self) -> bool {
        (0..self.prose.lines.len()).any(|line| self.items[line].is_some() && self.below(line).is_some())
    }

    fn stamped(&self, mention: &Mention, signs: &mut Vec<Sign>) {
        let today = self.context.is_some_and(|today| date(mention.start, today.year()) == Some(today));
        if today {
            signs.push(Sign { rule: "stamp: the day of writing", points: -9, from: mention.from, to: mention.to });
        }
    }

    /// What a list says of its items, and a label of its date.
    pub(super) fn list_signs(&self, sentence: Sentence, mention: &Mention, signs: &mut Vec<Sign>) {
        self.label_signs(sentence, mention, signs);
        let over = [self.intro(sentence.line), self.heading(sentence.line)];
        for line in over.into_iter().flatten() {
            let line = &self.prose.lines[line];
            if let Some(at) = (line.from..line.to).find(|at| self.word(*at).is_some_and(words::other_list)) {
                signs.push(Sign { rule: "a list of something else", points: -9, from: at, to: at + 1 });
                return;
            }
        }
        let alone = self.items.iter().flatten().count() == 1 && !self.prose.lines[sentence.line].bullet;
        if alone || self.items[sentence.line].is_none() {
            self.heading_signs(sentence, mention, signs);
        }
        if self.items[sentence.line].is_none() {
            let before = self.previous(sentence);
            let before =
                before.filter(|one| one.line == sentence.line && self.inside(one.from, one.to).next().is_none());
            let named = before.and_then(|one| (one.from..one.to).find(|at| self.prose.tokens[*at].gathering));
            if let Some(at) = named {
                signs.push(Sign { rule: "the sentence before names a gathering", points: 1, from: at, to: at + 1 });
            }
        } else if alone {
            // A date before a text is the day it was written on, more often than not.
            self.stamped(mention, signs);
            self.alone_signs(sentence, mention, signs);
        } else {
            self.item_signs(sentence, mention, signs);
        }
    }

    /// "Wann: 5. Mai", "Termin: 5. Mai", "Datum: 5. Mai" beside "Ort: Rathaus".
    fn label_signs(&self, sentence: Sentence, mention: &Mention, signs: &mut Vec<Sign>) {
        let (from, to) = (mention.from, mention.to);
        let first = self.word(sentence.from).unwrap_or_default();
        let labelled = self.prose.tokens.get(sentence.from + 1).is_some_and(|token| token.is(':'))
            && mention.from == sentence.from + 2;
        // Beside "Ort:", "Uhrzeit:", "Format:" it is the date of what they tell of.
        let told = |line: &super::token::Line| {
            line.from + 1 < line.to
                && self.prose.tokens[line.from + 1].is(':')
                && matches!(
                    self.word(line.from),
                    Some(
                        "uhrzeit"
                            | "format"
                            | "zielgruppe"
                            | "referent"
                            | "referentin"
                            | "referierende"
                            | "dozentin"
                            | "dozent"
                    )
                )
        };
        let near = self.prose.lines.iter().skip(sentence.line.saturating_sub(4)).take(9);
        let beside = self.labelled.is_some() || { near }.any(told);
        let sure = matches!(
            first,
            "wann"
                | "termin"
                | "termine"
                | "veranstaltungstermin"
                | "kursstart"
                | "kursbeginn"
                | "seminarbeginn"
                | "veranstaltungsbeginn"
        );
        let inner = from >= 2
            && self.prose.tokens[from - 1].is(':')
            && matches!(self.word(from - 2), Some("wann" | "termin"))
            && beside;
        if labelled && (sure || matches!(first, "datum" | "zeit" | "beginn" | "start") && beside) {
            signs.retain(|sign| !sign.rule.starts_with("stamp"));
            signs.push(Sign { rule: "labelled", points: 4, from: sentence.from, to });
        } else if inner {
            signs.push(Sign { rule: "labelled", points: 4, from: from - 2, to });
        }
    }

    /// What the line over a date says that is no item of a list.
    fn heading_signs(&self, sentence: Sentence, mention: &Mention, signs: &mut Vec<Sign>) {
        let Some(over) = self.heading(sentence.line).filter(|over| *over == 0 || over + 1 == sentence.line) else {
            return;
        };
        let line = &self.prose.lines[over];
        let near = over + 1 == sentence.line;
        if let Some(at) = (line.from..line.to).find(|at| self.prose.tokens[*at].gathering) {
            let points = if near { 2 } else { 1 };
            signs.push(Sign { rule: "a heading names a gathering", points, from: at, to: at + 1 });
        }
        let clocked = |at: usize| self.clocks.iter().any(|clock| at >= clock.from && at < clock.to);
        let bare = |at: usize| {
            self.dated[at] || clocked(at) || self.word(at).is_none_or(|word| word == "uhr" || words::small(word))
        };
        let hours = (sentence.from..sentence.to).any(clocked) && (sentence.from..sentence.to).all(bare);
        if hours && near {
            let (from, to) = (mention.from, mention.to);
            signs.push(Sign { rule: "day and hours under a heading", points: 2, from, to });
        }
    }

    /// One item of several, and what the line over them says.
    fn item_signs(&self, sentence: Sentence, mention: &Mention, signs: &mut Vec<Sign>) {
        let hour = self.clocks.iter().any(|clock| clock.from >= sentence.from && clock.to <= sentence.to);
        if !hour && mention.weekday.is_none() && self.below(sentence.line).is_none() {
            // News are listed with their days as well.
            self.stamped(mention, signs);
        }
        signs.push(Sign { rule: "an item of a list", points: 2, from: mention.from, to: mention.to });
        if self.under_header(sentence.line) {
            signs.retain(|sign| sign.rule != "record");
            signs.push(Sign { rule: "a list of gatherings", points: 2, from: mention.from, to: mention.to });
            return;
        }
        let Some(line) = self.intro(sentence.line) else { return };
        let line = &self.prose.lines[line];
        let says = |at: &usize| self.prose.tokens[*at].gathering || self.word(*at).is_some_and(words::listing);
        if let Some(at) = (line.from..line.to).find(says) {
            signs.push(Sign { rule: "a list of gatherings", points: 2, from: at, to: at + 1 });
        }
    }

    /// Whether the row is one of a table whose columns are days, names and places: "| Datum | Thema | Ort |".
    fn under_header(&self, row: usize) -> bool {
        let lines = &self.prose.lines;
        let bar = |line: &super::token::Line| line.from < line.to && self.prose.tokens[line.from].is('|');
        let Some(head) = (0..row).rev().take(LONGEST_TABLE).find(|at| self.items[*at].is_none()) else { return false };
        let head = &lines[head];
        let column =
            |names: &[&str]| (head.from..head.to).any(|at| self.word(at).is_some_and(|word| names.contains(&word)));
        bar(head)
            && bar(&lines[row])
            && column(&["datum", "termin", "wann", "tag"])
            && column(&["thema", "titel", "veranstaltung", "seminar", "kurs", "workshop", "was"])
            && column(&["ort", "wo", "raum", "format", "uhrzeit", "zeit", "referent", "referentin", "anmeldung"])
    }

    /// A line with its day that stands alone, of a day that is well ahead; "Save the Date" may stand over it.
    fn alone_signs(&self, sentence: Sentence, mention: &Mention, signs: &mut Vec<Sign>) {
        let day = resolve(mention.start, mention.weekday, None, self.context, false);
        let leads = self.inside(sentence.from, mention.from).next().is_none();
        let ahead = leads && self.context.zip(day).is_some_and(|(today, day)| day.days() > today.days() + 1);
        if !ahead {
            return;
        }
        signs.push(Sign { rule: "a line of its own", points: 1, from: mention.from, to: mention.to });
        let over = sentence.line.checked_sub(1).map(|over| &self.prose.lines[over]);
        let says = |at: &usize| {
            matches!(self.word(*at), Some("date" | "vormerken" | "vormerkung" | "terminhinweis" | "terminankuendigung"))
        };
        if let Some(at) = over.and_then(|over| (over.from..over.to).find(says)) {
            signs.push(Sign { rule: "announces", points: 2, from: at, to: at + 1 });
        }
    }

    /// The line over a list tells of no roll-out, and somewhere the text says that one takes part.
    pub(super) fn invites_to_list(&self, intro: usize) -> bool {
        let line = &self.prose.lines[intro];
        let other =
            |word: &str| words::service(word) || words::record(word) || words::organ(word) || words::closed(word);
        let takes_part = |word: &str| {
            ["anmeld", "teilnahm", "teilnehm", "ticket", "eintritt", "veranstalt", "referent", "einladung", "platz"]
                .iter()
                .any(|start| word.starts_with(start))
                || matches!(
                    word,
                    "plaetze" | "termine" | "themen" | "module" | "bausteine" | "kostenfrei" | "kostenlos"
                )
        };
        let tokens = &self.prose.tokens;
        !tokens[line.from..line.to].iter().filter_map(Token::word).any(other)
            && tokens.iter().filter_map(Token::word).any(takes_part)
    }

    pub(super) fn heading(&self, line: usize) -> Option<usize> {
        (0..line).rev().find(|at| self.prose.lines[*at].heading && self.items[*at].is_none())
    }

    /// The lines right below an item that belong to it: deeper, or an address alone.
    pub(super) fn below(&self, line: usize) -> Option<(usize, usize)> {
        let own = &self.prose.lines[line];
        self.items[line]?;
        let next = self.prose.lines.get(line + 1).filter(|_| self.items[line + 1].is_none())?;
        let alone = next.from < next.to && self.prose.tokens[next.from].kind == Kind::Link;
        if next.indent <= own.indent {
            return alone.then_some((next.from, next.to));
        }
        let deeper = |at: &usize| self.items[*at].is_none() && self.prose.lines[*at].indent > own.indent;
        let last = (line + 1..self.prose.lines.len()).take(6).take_while(deeper).last()?;
        Some((next.from, self.prose.lines[last].to))
    }

    /// "veranstalten am Samstag, 3. März:" over lines that each have an hour.
    pub(super) fn hours_below(&self, sentence: Sentence) -> Vec<usize> {
        let line = &self.prose.lines[sentence.line];
        if sentence.to != line.to || line.to == line.from || !self.prose.tokens[line.to - 1].is(':') {
            return Vec::new();
        }
        let lines = (sentence.line + 1..self.prose.lines.len()).take(30);
        let timed = |at: &usize| {
            let line = &self.prose.lines[*at];
            let dateless = self.inside(line.from, line.to).next().is_none();
            dateless && self.clocks.iter().any(|clock| clock.from > line.from && clock.to <= line.to)
        };
        let found: Vec<usize> = lines.take_while(timed).collect();
        if found.len() > 1 { found } else { Vec::new() }
    }

    pub(super) fn listed_hour(
        &self,
        line: usize,
        mention: &Mention,
        head: Sentence,
        signs: &[Sign],
        start: Date,
    ) -> Told {
        let tokens = &self.prose.lines[line];
        let clock = self.clocks.iter().find(|clock| clock.from >= tokens.from && clock.to <= tokens.to);
        let (before, after) = clock.map_or((tokens.to, tokens.to), |clock| (clock.from, clock.to));
        let name = clean(self.prose.words(tokens.from, before));
        let over = |one: &Sentence| {
            self.titles()
                .gatherings(one.from, one.to)
                .into_iter()
                .find(|phrase| !phrase.bare && !self.is_over(phrase.from))
        };
        // "Der Datentag steht vor der Tür. Diese Ämter sind am 5. Mai dabei:".
        let over = over(&head).or_else(|| {
            let before = self.previous(head)?;
            over(before).filter(|_| self.inside(before.from, before.to).next().is_none())
        });
        let title =
            over.map_or(name.clone(), |over| format!("{name}: {}", clean(self.prose.words(over.from, over.to))));
        let mut signs = signs.to_vec();
        signs.push(Sign { rule: "over a list of hours", points: 2, from: mention.from, to: mention.to });
        let own = (tokens.from, tokens.to);
        let place = self.places().address(after, tokens.to).map(|found| found.words);
        Told {
            item: Some(title.clone()),
            title: Title { words: title, rank: 3 },
            start,
            end: None,
            hours: clock.map(|clock| (clock.start, clock.end)),
            place: place.or_else(|| self.segment(after, tokens.to)),
            online: contact::online(self.prose, tokens.from, tokens.to),
            registration: contact::registration(self.prose, own, None, false),
            organiser: Some(name).filter(|name| !name.is_empty()),
            points: signs.iter().map(|sign| sign.points).sum(),
            signs,
            said: own,
        }
    }

    /// The words between marks, as a place: "…, Seeburg, Düsternbrooker Weg 2, Kiel: …".
    pub(super) fn segment(&self, from: usize, to: usize) -> Option<String> {
        let words = clean(self.prose.words(from, to));
        let words = ["an der ", "in der ", "im ", "in ", "am ", "bei der ", "beim ", "an ", "auf der "]
            .iter()
            .find_map(|lead| words.strip_prefix(lead))
            .unwrap_or(&words)
            .to_owned();
        (words.chars().filter(|c| c.is_alphabetic()).count() >= 3).then_some(words)
    }

    /// The title of an item; one that is a bare noun says little: "Konferenz: 06.11.2025".
    pub(super) fn ranked(&self, words: String) -> Title {
        let rank = if super::words::generic(&german::fold::fold(&words)) { 1 } else { 3 };
        Title { words, rank }
    }

    pub(super) fn online_only(&self, from: usize, to: usize) -> bool {
        contact::online(self.prose, from, to) && (from..to).filter(|at| self.word(*at).is_some()).count() <= 2
    }

    /// What the items of a list are, by the line over it: "Drei Auftaktveranstaltungen …:".
    pub(super) fn over_list(&self, line: usize) -> String {
        let over = self.intro(line).and_then(|at| {
            let line = &self.prose.lines[at];
            let phrase = self.titles().gatherings(line.from, line.to).into_iter().next()?;
            let one = Sentence { line: at, from: line.from, to: line.to };
            // "Digitalcafé auf Tour: Das Amt besucht vier Orte – am 5. Mai, …".
            let lead = self.before_sentence(one).filter(|_| phrase.from == line.from);
            let (from, to) = self.whole_heading(&one, phrase).unwrap_or((phrase.from, phrase.to));
            let words = clean(self.prose.words(from, to));
            lead.filter(|lead| lead.len() > words.len()).or(Some(words))
        });
        let words = over;
        let above = || self.line_over(Sentence { line, from: 0, to: 0 });
        let words = words.or_else(above).unwrap_or_default();
        // The items are singular.
        self.one_of(&words)
    }

    /// The line that a list stands under: what ends in a colon, or a heading.
    pub(super) fn intro(&self, line: usize) -> Option<usize> {
        let own = &self.prose.lines[line];
        let mut at = line;
        while at > 0 {
            at -= 1;
            let before = &self.prose.lines[at];
            let member = self.items[at].is_some() || before.indent > own.indent || (own.bullet && before.bullet);
            if !member {
                let colon = before.to > before.from && self.prose.tokens[before.to - 1].is(':');
                return (colon || before.heading).then_some(at);
            }
        }
        None
    }
}
