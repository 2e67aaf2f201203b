//! A page as lines, whatever its markup: each block, row and `<br>` ends one. What a line stood in is kept beside it:
//! a heading, a link, a `<time>`, the frame of the site.

use model::When;
use scraper::{ElementRef, Html, Node};

use crate::read::when;
use crate::text::{self, Folded, Gap};

/// Most lines of a page; the longest real page measured has 6,000.
const MOST_LINES: usize = 60_000;

/// One line.
#[derive(Clone, Debug, Default)]
pub(super) struct Line {
    pub(super) text: String,
    /// 1 to 6 inside a heading, 0 elsewhere.
    pub(super) heading: u8,
    /// The first link that begins or goes on in it.
    pub(super) link: Option<String>,
    /// How many of its bytes are linked.
    pub(super) linked: usize,
    /// What a `<time>` in it says, for machines or in words.
    pub(super) time: Option<When>,
    /// An element whose class says "date".
    pub(super) dated: bool,
    /// Menus, footers, comments: what frames a page.
    pub(super) frame: bool,
    /// The element that brought its first word is a paragraph, an item of a list, a cell.
    pub(super) prose: bool,
}

impl Line {
    /// Hardly anything in it but links.
    pub(super) fn is_link(&self) -> bool {
        self.link.is_some() && self.linked * 10 >= self.text.len() * 8
    }
}

/// The lines of a page. `hard`: a line feed in the source ends one too, as in text that was pasted.
pub(super) fn of(page: &Html, hard: bool) -> Vec<Line> {
    let mut walk = Walk { hard, lines: Vec::new(), line: Line::default(), text: Folded::default() };
    walk.inside(page.root_element(), &Context::default());
    walk.end();
    walk.lines
}

/// What the elements around say.
#[derive(Clone, Default)]
struct Context<'a> {
    heading: u8,
    link: Option<&'a str>,
    time: Option<When>,
    dated: bool,
    frame: bool,
    prose: bool,
    verbatim: bool,
}

struct Walk {
    hard: bool,
    lines: Vec<Line>,
    line: Line,
    text: Folded,
}

impl Walk {
    fn inside(&mut self, element: ElementRef<'_>, context: &Context<'_>) {
        for child in element.children() {
            if self.lines.len() >= MOST_LINES {
                return;
            }
            if let Node::Text(text) = child.value() {
                if self.hard || context.verbatim {
                    for piece in text.split_inclusive('\n') {
                        self.take(piece, context);
                        if piece.ends_with('\n') {
                            self.end();
                        }
                    }
                } else {
                    self.take(text, context);
                }
                continue;
            }
            let Some(inner) = ElementRef::wrap(child) else { continue };
            let name = inner.value().name();
            if text::SILENT.contains(&name) {
                continue;
            }
            let block = text::is_block(name) || matches!(name, "td" | "th" | "main" | "nav");
            if block {
                self.end();
            } else if name == "option" {
                self.text.gap = Gap::Space;
            }
            self.inside(inner, &around(inner, name, context));
            if block {
                self.end();
            }
        }
    }

    fn take(&mut self, text: &str, context: &Context<'_>) {
        let before = self.text.text.len();
        self.text.push(text);
        if self.text.text.len() == before {
            return;
        }
        if before == 0 {
            (self.line.heading, self.line.frame, self.line.prose) = (context.heading, context.frame, context.prose);
        }
        self.line.time = self.line.time.or(context.time);
        self.line.dated |= context.dated;
        if let Some(href) = context.link {
            self.line.linked += self.text.text.len() - before;
            self.line.link.get_or_insert_with(|| href.to_owned());
        }
    }

    fn end(&mut self) {
        self.text.gap = Gap::None;
        if self.text.text.is_empty() {
            return;
        }
        let text = std::mem::take(&mut self.text).text;
        self.lines.push(Line { text, ..std::mem::take(&mut self.line) });
    }
}

fn around<'a>(element: ElementRef<'a>, name: &str, context: &Context<'a>) -> Context<'a> {
    let mut inside = context.clone();
    let class = element.attr("class").unwrap_or_default();
    match name {
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => inside.heading = name.as_bytes()[1] - b'0',
        "a" => inside.link = element.attr("href").or(inside.link),
        "time" => {
            let machine = element.attr("datetime").or_else(|| element.attr("content")).and_then(when::when);
            // netzpolitik.org writes German words where machines look.
            inside.time = machine.or_else(|| super::dom::words(element).as_deref().and_then(when::found));
        }
        "pre" | "textarea" => inside.verbatim = true,
        "p" | "li" | "td" | "dd" | "blockquote" => inside.prose = true,
        _ => {}
    }
    inside.dated |= words_of(class).any(is_date_word);
    inside.frame |= is_frame(element, name, class);
    inside
}

/// "teaser__date", "news-list-date", "docData", "meta-datetime": whether a word of a class speaks of a date.
pub(super) fn is_date_word(word: &str) -> bool {
    let word = word.to_ascii_lowercase();
    matches!(word.as_str(), "date" | "datum" | "datetime" | "pubdate" | "published" | "publishdate" | "timestamp")
}

/// The words of class names, at their hyphens, underscores and capitals.
pub(super) fn words_of(class: &str) -> impl Iterator<Item = &str> {
    class.split(|c: char| !c.is_ascii_alphanumeric()).flat_map(|name| {
        let seam = name.char_indices().skip(1).find(|(_, c)| c.is_ascii_uppercase()).map(|(at, _)| at);
        let (before, after) = name.split_at(seam.unwrap_or(name.len()));
        [name, before, after].into_iter().filter(|word| !word.is_empty())
    })
}

fn is_frame(element: ElementRef<'_>, name: &str, class: &str) -> bool {
    if matches!(name, "nav" | "footer" | "aside" | "form" | "dialog" | "button" | "select" | "figcaption") {
        return true;
    }
    let role = element.attr("role").unwrap_or_default();
    if matches!(role, "navigation" | "search" | "contentinfo" | "complementary" | "dialog") {
        return true;
    }
    if matches!(name, "html" | "body" | "main" | "article") {
        return false;
    }
    let id = element.attr("id").unwrap_or_default();
    [class, id].into_iter().flat_map(|names| names.split([' ', '-', '_'])).any(|word| {
        let word = word.to_ascii_lowercase();
        ["nav", "breadcrumb", "cookie", "consent", "comment", "footer", "sidebar", "menu", "newsletter", "social"]
            .iter()
            .any(|start| {
                word.strip_prefix(start).is_some_and(|rest| rest.is_empty() || rest == "s" || rest == "igation")
            })
    })
}
