//! The start page: what this is, the live panel, and the configurator: choose, see, copy.
//!
//! Works without scripts: the panel comes in a declarative shadow root, its controls are links and a form, and so is the
//! configurator. `start.js` only makes it immediate, and checks a policy; its words stand here.

use std::fmt::Write as _;

use model::{Kind, Lang, State};

use crate::paper::Paper;
use crate::render::{discovery, escape, fragment_dsd};
use crate::words::pages::{self, PageWords};
use crate::{PanelData, Theme, View, links, words};

/// The loader under an address that never changes its content, with the checksum that a page can hold it to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pinned {
    /// Path on our host.
    pub path: String,
    /// As in the attribute `integrity`.
    pub integrity: String,
}

/// The whole page. `stylesheet` is the address of the panel's stylesheet on our own host.
#[must_use]
pub fn start(data: &PanelData, stylesheet: &str, pinned: Option<&Pinned>) -> String {
    let lang = data.query.lang.unwrap_or_default();
    let words = pages::of(lang);
    let filter = links::plain(&data.query);
    let name = words::filter_title(&filter, &data.names);
    let mut head = discovery(data, &name);
    let _ = writeln!(head, "<link rel=\"stylesheet\" href=\"{}\">", escape(stylesheet));
    head.push_str("<script async src=\"/widget.js\"></script>\n<script type=\"module\" src=\"/start.js\"></script>\n");
    let mut body = format!("<h1>{}</h1><p class=\"at-lead\">{}</p>\n", words.headline, words.lead);
    // The panel comes first, what makes one of one's own beside it, or below where there is no room.
    let _ = writeln!(
        body,
        "<div class=\"at-studio\"><div id=\"at-preview\">{}</div>\n<section class=\"at-build\" id=\"einbinden\"><h2>{}</h2>\
         <p>{}</p>{}{}</section></div>",
        fragment_dsd(data, stylesheet),
        words.embed,
        words.embed_hint,
        form(data, words),
        snippets(data, words, &name, pinned),
    );
    body.push_str(&policy(data, words));
    body.push_str(&feeds(data, words, pinned.is_some()));
    Paper { lang, title: &name, here: "/", head: &head, body: &body }.html()
}

/// What can be chosen beside the filters of the panel itself. A form that asks for this page again.
fn form(data: &PanelData, words: &PageWords) -> String {
    let (filter, look) = (&data.query, &data.look);
    let panel = words::of(filter.lang.unwrap_or_default());
    let states = State::ALL
        .map(|state| (state.code().to_owned(), panel.state(state).to_owned(), filter.states.first() == Some(&state)));
    let topic = |(slug, label): &(String, String)| (slug.clone(), label.clone(), filter.topics.first() == Some(slug));
    let any = |on: bool| (String::new(), words.any.to_owned(), on);
    let choice = |value: &str, label: &str, on: bool| (value.to_owned(), label.to_owned(), on);
    let views = View::ALL.iter().zip(words.views).map(|(view, label)| choice(view.word(), label, *view == look.view));
    let themes = Theme::ALL.iter().zip(words.themes);
    let themes = themes.map(|(theme, label)| choice(theme.word(), label, *theme == look.theme));
    let langs = Lang::ALL.iter().zip(words.langs);
    let langs = langs.map(|(lang, label)| choice(lang.code(), label, *lang == filter.lang.unwrap_or_default()));
    let tabs = [(Kind::News, panel.news), (Kind::Event, panel.events)];
    let tabs = tabs.map(|(kind, label)| choice(kind.word(), label, kind == links::kind(filter)));
    let limits = [5, 10, 20, 50].map(|n: u16| choice(&n.to_string(), &n.to_string(), n == filter.page_size()));
    let widths = ["full", "side", "phone"].into_iter().zip(words.widths);
    let widths = widths.map(|(value, label)| choice(value, label, value == "full"));
    let mut out = String::from("<form class=\"at-choose\" id=\"at-choose\" method=\"get\" action=\"/\">");
    let first = [any(filter.states.is_empty())].into_iter().chain(states);
    out.push_str(&select("state", words.state, first));
    let first = [any(filter.topics.is_empty())].into_iter().chain(data.names.topics.iter().map(topic));
    out.push_str(&select("topic", words.topic, first));
    out.push_str(&select("kind", words.tab, tabs));
    out.push_str(&select("view", words.view, views));
    out.push_str(&select("limit", words.limit, limits));
    out.push_str(&select("theme", words.theme, themes));
    out.push_str(&select("lang", words.lang, langs));
    // The width is the page's affair, not the panel's: only a script has a use for it, so it has no name to be sent.
    out.push_str(&select("", words.width, widths));
    let _ = write!(out, "<button type=\"submit\">{}</button></form>", words.apply);
    out
}

fn select(name: &str, label: &str, choices: impl IntoIterator<Item = (String, String, bool)>) -> String {
    let named = if name.is_empty() { " id=\"at-width\"".to_owned() } else { format!(" name=\"{name}\"") };
    let mut out = format!("<label><span>{label}</span><select{named}>");
    for (value, label, on) in choices {
        let on = if on { " selected" } else { "" };
        let _ = write!(out, "<option value=\"{}\"{on}>{}</option>", escape(&value), escape(&label));
    }
    out.push_str("</select></label>");
    out
}

/// The attributes that make this panel, in the order of the form.
fn attributes(data: &PanelData) -> Vec<(&'static str, String)> {
    let mut pairs = links::plain(&data.query).pairs();
    pairs.retain(|(name, _)| *name != "kind");
    if links::kind(&data.query) == Kind::Event {
        pairs.push(("tab", "events".to_owned()));
    }
    pairs.extend(data.look.pairs().into_iter().filter(|(name, _)| matches!(*name, "view" | "theme" | "heading")));
    pairs
}

fn snippets(data: &PanelData, words: &PageWords, title: &str, pinned: Option<&Pinned>) -> String {
    let origin = &data.origin;
    let filter = links::plain(&data.query);
    let with = |prefix: &str| {
        attributes(data).iter().fold(String::new(), |mut out, (name, value)| {
            let _ = write!(out, " {prefix}{name}=\"{}\"", escape(value));
            out
        })
    };
    let address = escape(&links::embed(origin, &filter, &data.look));
    let title = escape(title);
    let tag = format!("<script async src=\"{}/widget.js\" crossorigin{}></script>", escape(origin), with("data-"));
    let element = format!(
        "<script async src=\"{}/widget.js\" crossorigin></script>\n<amts-ticker{}><a href=\"{address}\">{title}</a></amts-ticker>",
        escape(origin),
        with(""),
    );
    let frame =
        format!("<iframe src=\"{address}\" title=\"{title}\" loading=\"lazy\" width=\"100%\" height=\"640\"></iframe>");
    let mut out = copy("at-tag", words.tag, &tag, words);
    let _ = write!(out, "<details><summary>{}</summary>", words.other_ways);
    out.push_str(&copy("at-element", words.element, &element, words));
    out.push_str(&copy("at-frame", words.frame, &frame, words));
    if let Some(Pinned { path, integrity }) = pinned {
        let attributes = with("data-");
        let tag = format!(
            "<script async src=\"{}{path}\" integrity=\"{integrity}\" crossorigin{attributes}></script>",
            escape(origin)
        );
        out.push_str(&copy("at-pinned", words.pinned, &tag, words));
    }
    out.push_str("</details>");
    out
}

/// A text to copy. The button needs a script and is not there without one.
fn copy(id: &str, label: &str, text: &str, words: &PageWords) -> String {
    format!(
        "<div class=\"at-copy\"><label for=\"{id}\">{label}</label>\
         <textarea id=\"{id}\" rows=\"{}\" readonly spellcheck=\"false\">{}</textarea>\
         <button type=\"button\" hidden data-copy=\"{id}\" data-copied=\"{}\">{}</button></div>",
        if text.len() > 160 { 3 } else { 2 },
        escape(text),
        words.copied,
        words.copy,
    )
}

/// What a host's policy has to allow, and a field to check one.
fn policy(data: &PanelData, words: &PageWords) -> String {
    let origin = escape(&data.origin);
    format!(
        "<section class=\"at-text\" id=\"at-policy\" data-origin=\"{origin}\"><h2>{}</h2><p>{}</p>\
         <pre><code>script-src {origin} 'wasm-unsafe-eval'; connect-src {origin}</code></pre>\
         <div class=\"at-csp\" hidden><p>{}</p><label for=\"at-csp\">{}</label>\
         <textarea id=\"at-csp\" rows=\"3\" spellcheck=\"false\"></textarea><div role=\"status\"><ul>\
         <li hidden data-say=\"good\">{}</li><li hidden data-say=\"missing\">{} <code></code></li>\
         <li hidden data-say=\"wasm\">{}</li><li hidden data-say=\"frame\">{}</li></ul></div></div></section>\n",
        words.policy,
        words.policy_needs,
        words.policy_hint,
        words.policy_label,
        words.policy_good,
        words.policy_missing,
        words.policy_wasm,
        words.policy_frame,
    )
}

fn feeds(data: &PanelData, words: &PageWords, packed: bool) -> String {
    let panel = words::of(data.query.lang.unwrap_or_default());
    let filter = links::plain(&data.query);
    let events = links::on_tab(&filter, Kind::Event);
    let mut list = String::new();
    for (file, label, filter) in [
        ("rss.xml", panel.rss, &filter),
        ("atom.xml", panel.atom, &filter),
        ("feed.json", panel.json_feed, &filter),
        ("events.ics", panel.ics, &events),
    ] {
        let address = escape(&links::feed(&data.origin, file, filter));
        let _ = write!(list, "<li><a href=\"{address}\">{label}</a></li>");
    }
    let query = escape(&filter.to_query_string());
    let origin = escape(&data.origin);
    let _ = write!(list, "<li><a href=\"{origin}/api/v1/items?{query}\">{}</a></li>", words.json);
    let docs = words.nav[6];
    let _ = write!(list, "<li><a href=\"{}\">{}</a></li>", escape(docs.0), docs.1);
    if packed {
        let _ = write!(list, "<li><a href=\"{origin}/widget.zip\">{}</a></li>", words.zip);
    }
    format!("<section class=\"at-text\"><h2>{}</h2><ul id=\"at-feeds\">{list}</ul></section>", words.feeds)
}

#[cfg(test)]
mod tests;
