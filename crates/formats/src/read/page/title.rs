//! Titles: the kicker that only markup parts from them, the name of the site around them, and which of several to
//! believe.

use scraper::ElementRef;

use super::dom::words;
use crate::read::when;
use crate::text;

/// Longest kicker, in characters.
const LONGEST_KICKER: usize = 60;

/// Marks between a title and the name of its site. A colon parts a kicker, which is no noise.
const MARKS: [&str; 9] = [" | ", " - ", " – ", " — ", " :: ", " » ", " · ", " // ", " > "];

/// Marks between a kicker and its title.
const SEPARATORS: [char; 5] = [':', '|', '–', '-', '·'];

/// Letters and digits alone, in lower case: what two ways to write one title share.
pub(super) fn loose(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Kicker and title of a headline, where only the markup parts them: `<h3><span>Hamburg</span>CDO für …</h3>` would
/// be "HamburgCDO für …".
pub(super) fn parted(headline: ElementRef<'_>) -> (Option<String>, Option<String>) {
    let title = words(headline);
    let kicker = title.as_deref().and_then(|title| {
        let first = first_inside(headline)?;
        let name = first.value().name();
        let kicker = words(first)?;
        let rest = title.strip_prefix(kicker.as_str())?;
        let named = first.attr("class").is_some_and(is_kicker_class);
        let block = text::is_block(name) && name != "a";
        let glued = matches!(name, "span" | "small")
            && kicker.ends_with(|c: char| c.is_alphanumeric() || matches!(c, ')' | '!' | '?'))
            && kicker.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
            && rest.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || matches!(c, '„' | '"' | '»'))
            && rest.contains(' ');
        let rest = rest.trim_start_matches([' ', ':', '|', '–', '-', '·']);
        let fits = kicker.chars().count() <= LONGEST_KICKER && !rest.is_empty();
        ((named || block || glued) && fits).then(|| (kicker.clone(), rest.to_owned()))
    });
    match kicker {
        Some((kicker, title)) => {
            let kicker = kicker.trim_end_matches([':', ' ', '|']).to_owned();
            // A date above a headline is no kicker.
            (Some(kicker).filter(|kicker| !kicker.is_empty() && when::found(kicker).is_none()), Some(title))
        }
        None => (None, title),
    }
}

/// Kicker and title of a headline whose title is a block of its own, below what stands before it.
pub(super) fn two_lines(headline: ElementRef<'_>) -> Option<(String, String)> {
    let last = headline.child_elements().last().filter(|last| text::is_block(last.value().name()))?;
    let (whole, title) = (words(headline)?, words(last)?);
    let kicker = whole.strip_suffix(title.as_str())?.trim_end_matches([':', ' ', '|']).to_owned();
    (!kicker.is_empty() && kicker.chars().count() <= LONGEST_KICKER).then_some((kicker, title))
}

/// What stands in the first element of a headline that holds more than that.
pub(super) fn seam(headline: ElementRef<'_>) -> Option<String> {
    first_inside(headline).and_then(words)
}

/// The first element with text in a headline, if no text stands before it; a link around everything is looked through.
fn first_inside(headline: ElementRef<'_>) -> Option<ElementRef<'_>> {
    let mut within = headline;
    for _ in 0..4 {
        let mut children = within.children().filter(|child| match child.value() {
            scraper::Node::Text(text) => !text.trim().is_empty(),
            scraper::Node::Element(_) => ElementRef::wrap(*child).is_some_and(|child| words(child).is_some()),
            _ => false,
        });
        let first = ElementRef::wrap(children.next()?)?;
        if children.next().is_some() {
            return Some(first);
        }
        within = first;
    }
    None
}

/// "teaser__kicker", "topline", "c-headline__overline", "dachzeile".
pub(super) fn is_kicker_class(class: &str) -> bool {
    const WORDS: [&str; 11] = [
        "kicker",
        "topline",
        "overline",
        "dachzeile",
        "roofline",
        "supertitle",
        "roof",
        "eyebrow",
        "preheadline",
        "pretitle",
        "rubrik",
    ];
    let class = class.to_ascii_lowercase();
    class.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| WORDS.contains(&word))
}

/// A title without the kicker that stands before it.
pub(super) fn without(title: &str, kicker: &str) -> Option<String> {
    let after = title.strip_prefix(kicker)?;
    let rest = after.trim_start_matches([' ', ':', '|', '–', '-', '·']);
    // "Gewerbe" over "Gewerbeanmeldung per Wallet" stands before no word's end.
    (!rest.is_empty() && !after.starts_with(char::is_lowercase)).then(|| rest.to_owned())
}

/// What a page says of its title, in several places.
#[derive(Debug, Default)]
pub(super) struct Said {
    /// `og:title`, else the title for Twitter.
    pub(super) open_graph: Option<String>,
    /// `headline` of its structured data.
    pub(super) headline: Option<String>,
    /// `<title>`.
    pub(super) window: Option<String>,
    /// The headings, in their order.
    pub(super) headings: Vec<String>,
    /// How many of them are of the first rank.
    pub(super) first_headings: usize,
    /// Kicker and title of headings whose markup parts them.
    pub(super) parted: Vec<(String, String)>,
    /// What stands in the first element of a heading that holds more.
    pub(super) seams: Vec<String>,
    /// Kicker and title of headings that are two lines on the screen.
    pub(super) two_lines: Vec<(String, String)>,
    /// Names of the site, its host among them.
    pub(super) site: Vec<String>,
}

/// Kicker and title that most of a page's places agree on.
///
/// Pages lie in each of them: `og:title` may be that of the list ("Pressemitteilungen"), a first `<h1>` the name of
/// the body, the headline for machines another one than readers see. What stands in two places is believed.
pub(super) fn chosen(said: &Said) -> (Option<String>, Option<String>) {
    let cut = |text: &Option<String>| text.as_deref().map(|text| without_site(text, said));
    let (open_graph, headline, window) = (cut(&said.open_graph), cut(&said.headline), cut(&said.window));
    let headings: Vec<String> = said.headings.iter().map(|heading| without_site(heading, said)).collect();
    let is_heading = |title: &str| headings.iter().any(|heading| ends_alike(heading, title));
    let is_window = |title: &str| window.as_deref().is_some_and(|window| ends_alike(window, title));
    let backed = |title: &&String| !title.is_empty() && (is_heading(title) || is_window(title));
    let heading = headings.iter().find(|heading| {
        let in_window =
            window.as_deref().is_some_and(|window| ends_alike(window, heading) || ends_alike(heading, window));
        in_window || open_graph.as_deref().is_some_and(|title| ends_alike(title, heading))
    });
    // "Medienmitteilung der Direktion: Impfen …" as heading, "Impfen …" in the window's title.
    let shorter = window.as_ref().filter(|window| heading.is_some_and(|heading| ends_alike(heading, window)));
    let best = open_graph.as_ref().filter(backed).or_else(|| headline.as_ref().filter(backed));
    let best = best.or(shorter).or(heading);
    let best = best.or_else(|| window.as_ref().filter(|window| is_heading(window)));
    // The only heading, unless it is the name of the site.
    let only = headings.first().filter(|heading| {
        let alone = said.first_headings == 1 || open_graph.is_none() && window.is_none();
        alone && !is_site(heading, "????", said)
    });
    let best = best.or(headline.as_ref()).or(open_graph.as_ref()).or(only).or(window.as_ref()).or(headings.first());
    let Some(title) = best.filter(|title| !title.is_empty()) else { return (None, None) };
    let two = said.two_lines.iter().find(|(kicker, rest)| loose(&format!("{kicker}{rest}")) == loose(title));
    if let Some((kicker, rest)) = two {
        return (Some(kicker.clone()), Some(rest.clone()));
    }
    // A kicker that nothing but markup parts from the title; where a colon does, the title is one that was written so.
    let parted = said.parted.iter().find(|(kicker, rest)| {
        let between = title.strip_prefix(kicker.as_str()).and_then(|after| after.strip_suffix(rest.as_str()));
        between.is_some_and(|between| between.trim().is_empty())
    });
    if let Some((kicker, rest)) = parted {
        return (Some(kicker.clone()), Some(rest.clone()));
    }
    let wholes: Vec<String> = headings.iter().chain(&open_graph).cloned().collect();
    let (kicker, title) = with_kicker(title, &wholes, window.as_deref(), &said.seams);
    (kicker.filter(|kicker| !is_site(kicker, "????", said)), title)
}

/// "Wahl: Neue Präsidentin gewählt" over a heading "Neue Präsidentin gewählt", or the other way round: what one has
/// before the other is a kicker.
fn with_kicker(
    title: &str,
    headings: &[String],
    window: Option<&str>,
    seams: &[String],
) -> (Option<String>, Option<String>) {
    let kicker = |whole: &str, part: &str| {
        let at = whole.len().checked_sub(part.len()).filter(|at| *at > 0 && whole.get(*at..) == Some(part))?;
        let before = whole[..at].trim_end();
        let kicker = before.trim_end_matches(SEPARATORS).trim();
        // "2 Kommentare zu Neue Regeln …" has no seam there, and no kicker.
        let apart = before.ends_with(SEPARATORS) || seams.iter().any(|seam| loose(seam) == loose(kicker));
        let fits = kicker.chars().count() <= LONGEST_KICKER && !kicker.is_empty() && when::when(kicker).is_none();
        (apart && fits).then(|| kicker.to_owned())
    };
    for heading in headings {
        if let Some(kicker) = kicker(heading, title) {
            return (Some(kicker), Some(title.to_owned()));
        }
        let alone = window.is_none_or(|window| loose(window) == loose(heading));
        if let Some(kicker) = kicker(title, heading).filter(|_| alone) {
            return (Some(kicker), Some(heading.clone()));
        }
    }
    (None, Some(title.to_owned()))
}

/// Whether a text is another, or ends in it after a kicker or a rubric.
fn ends_alike(whole: &str, part: &str) -> bool {
    let (whole, part) = (loose(whole), loose(part));
    part.len() > 3 && whole.ends_with(&part)
}

/// A title without the name of the site before or behind it.
pub(super) fn without_site(title: &str, said: &Said) -> String {
    let mut title = title.trim();
    let is_heading = said.headings.iter().any(|heading| loose(heading) == loose(title));
    // "Textarchiv - Erinnerung an … | Bundesrat" has two names around it.
    for _ in 0..3 {
        let pieces = MARKS.iter().flat_map(|mark| {
            let behind = title.rfind(mark).map(|at| (*mark, &title[..at], &title[at + mark.len()..]));
            let before = title.find(mark).map(|at| (*mark, &title[at + mark.len()..], &title[..at]));
            [behind, before]
        });
        // What stands as a heading is a title with a dash in it; but some write the site into their headings too.
        let cut = pieces.flatten().find(|(mark, rest, name)| {
            let alone = || is_heading_alone(rest, said) && !is_site(rest, name, said);
            let noise = || is_site(name, rest, said) || is_day_behind(rest, name);
            (!is_heading || *mark == " | ") && (alone() || noise())
        });
        let Some((_, rest, _)) = cut else { break };
        title = rest.trim();
    }
    title.to_owned()
}

/// "Titel – 30.01.2024", but not the end of "Wochenbericht 14. - 20. Januar 2022".
fn is_day_behind(rest: &str, name: &str) -> bool {
    when::when(name).is_some() && !rest.trim_end_matches('.').ends_with(|c: char| c.is_ascii_digit())
}

/// Whether the rest of a title stands alone as heading.
fn is_heading_alone(rest: &str, said: &Said) -> bool {
    let rest = loose(rest);
    rest.chars().count() >= 4 && said.headings.iter().any(|heading| loose(heading) == rest)
}

/// Whether a piece of a title names the site: the site says so, or its host does.
fn is_site(name: &str, rest: &str, said: &Said) -> bool {
    let name = loose(name);
    if rest.chars().count() < 4 || name.is_empty() {
        return false;
    }
    said.site.iter().map(|site| loose(site)).any(|site| {
        site == name || name.len() >= 3 && site.contains(&name) || site.len() >= 4 && name.starts_with(&site)
    })
}

#[cfg(test)]
mod tests;
