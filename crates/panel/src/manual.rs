//! The page about the interface, for developers: every route, its parameters, and what answers are made of.
//!
//! Complete without scripts and without anything from elsewhere. The texts about routes and fields are the contract's
//! own and stay in its language.

use std::fmt::Write as _;

use model::Lang;

use crate::paper::Paper;
use crate::render::escape;
use crate::words::pages;

/// The interface, taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Manual {
    /// What holds of all of it.
    pub about: String,
    /// The routes.
    pub operations: Vec<Operation>,
    /// What answers are made of.
    pub shapes: Vec<Shape>,
}

/// A route.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Operation {
    /// As in `GET`.
    pub method: String,
    /// As in `/api/v1/items/{id}`.
    pub path: String,
    /// What it belongs to.
    pub tag: String,
    /// What it does.
    pub about: String,
    /// What can be asked.
    pub parameters: Vec<Field>,
    /// Media types, and what is in them.
    pub answers: Vec<(String, String)>,
}

/// A parameter, or a field of an answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// What its value is.
    pub kind: String,
    /// It is never missing.
    pub always: bool,
    /// What it says.
    pub about: String,
}

/// What an answer is made of: an object with fields, or one of several words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shape {
    /// Its name.
    pub name: String,
    /// What it is.
    pub about: String,
    /// Its fields.
    pub fields: Vec<Field>,
    /// The words, where it is one.
    pub words: Vec<String>,
}

/// The page.
#[must_use]
pub fn api(lang: Lang, manual: &Manual) -> String {
    let words = pages::of(lang);
    let mut body = format!(
        "<h1>{}</h1>\n<p class=\"at-lead\">{} <a href=\"/api/openapi.json\">openapi.json</a></p>\n<p lang=\"en\">{}</p>\n",
        words.api,
        words.api_lead,
        prose(&manual.about),
    );
    for operation in &manual.operations {
        let _ = write!(
            body,
            "<section class=\"at-text\" lang=\"en\"><h2><code>{} {}</code></h2><p>{}</p>",
            escape(&operation.method),
            escape(&operation.path),
            prose(&operation.about),
        );
        table(&mut body, lang, words.api_parameters, &operation.parameters);
        for (media, kind) in &operation.answers {
            let _ = write!(body, "<p><code>{}</code>: {}</p>", escape(media), linked(kind, &manual.shapes));
        }
        body.push_str("</section>\n");
    }
    for shape in &manual.shapes {
        let (name, about) = (escape(&shape.name), prose(&shape.about));
        let _ = write!(body, "<section class=\"at-text\" lang=\"en\" id=\"{name}\"><h2>{name}</h2><p>{about}</p>");
        table(&mut body, lang, words.api_fields, &shape.fields);
        if !shape.words.is_empty() {
            let list: Vec<String> = shape.words.iter().map(|word| format!("<code>{}</code>", escape(word))).collect();
            let _ = write!(body, "<p>{}</p>", list.join(" "));
        }
        body.push_str("</section>\n");
    }
    Paper { lang, title: words.api, here: "/api/docs", head: "", body: &body }.html()
}

fn table(body: &mut String, lang: Lang, label: &str, fields: &[Field]) {
    if fields.is_empty() {
        return;
    }
    let words = pages::of(lang);
    let head = words.api_columns.map(|column| format!("<th scope=\"col\">{column}</th>")).concat();
    let code = lang.code();
    let _ = write!(
        body,
        "<div class=\"at-wide\" tabindex=\"0\" role=\"region\" aria-label=\"{label}\" lang=\"{code}\"><table><thead><tr>{head}\
         </tr></thead><tbody lang=\"en\">",
    );
    for Field { name, kind, always, about } in fields {
        let mark = if *always { words.api_always } else { "" };
        let (name, kind, about) = (escape(name), escape(kind), prose(about));
        let _ = write!(
            body,
            "<tr><th scope=\"row\"><code>{name}</code></th><td>{kind}</td><td lang=\"{code}\">{mark}</td><td>{about}</td></tr>"
        );
    }
    body.push_str("</tbody></table></div>");
}

/// A text of the contract: `code` between grave accents, everything else as it is.
fn prose(text: &str) -> String {
    let parts = text.split('`').enumerate();
    parts.map(|(n, part)| if n % 2 == 1 { format!("<code>{}</code>", escape(part)) } else { escape(part) }).collect()
}

/// What a value is, with a link to where it is described.
fn linked(kind: &str, shapes: &[Shape]) -> String {
    let name = kind.trim_matches(['[', ']']);
    if !shapes.iter().any(|shape| shape.name == name) {
        return escape(kind);
    }
    let link = format!("<a href=\"#{name}\">{name}</a>", name = escape(name));
    if kind == name { link } else { format!("[{link}]") }
}

#[cfg(test)]
mod tests;
