//! What our own pages say beside the panel. Apart from [`super::Words`], because the widget need not carry it.

mod de;
mod en;

use model::Lang;

/// The words of our own pages.
pub(crate) struct PageWords {
    pub name: &'static str,
    pub headline: &'static str,
    pub lead: &'static str,
    pub pages: &'static str,
    pub nav: [(&'static str, &'static str); 7],
    pub embed: &'static str,
    pub embed_hint: &'static str,
    pub state: &'static str,
    pub topic: &'static str,
    pub view: &'static str,
    pub views: [&'static str; 4],
    pub tab: &'static str,
    pub theme: &'static str,
    pub themes: [&'static str; 3],
    pub lang: &'static str,
    pub langs: [&'static str; 3],
    pub width: &'static str,
    pub widths: [&'static str; 3],
    pub limit: &'static str,
    pub any: &'static str,
    pub apply: &'static str,
    pub tag: &'static str,
    pub other_ways: &'static str,
    pub element: &'static str,
    pub frame: &'static str,
    pub pinned: &'static str,
    pub copy: &'static str,
    pub copied: &'static str,
    pub policy: &'static str,
    pub policy_hint: &'static str,
    pub policy_label: &'static str,
    pub policy_needs: &'static str,
    pub policy_good: &'static str,
    pub policy_missing: &'static str,
    pub policy_wasm: &'static str,
    pub policy_frame: &'static str,
    pub feeds: &'static str,
    pub json: &'static str,
    pub zip: &'static str,
    pub trends_lead: &'static str,
    pub per_week: &'static str,
    pub week: &'static str,
    pub items: &'static str,
    pub rising: &'static str,
    pub rising_hint: &'static str,
    pub before: &'static str,
    pub now: &'static str,
    pub map: &'static str,
    pub map_hint: &'static str,
    pub sources_lead: &'static str,
    pub source_columns: [&'static str; 4],
    pub never: &'static str,
    pub off: &'static str,
    pub well: &'static str,
    pub failing: &'static str,
    pub topics_lead: &'static str,
    pub api: &'static str,
    pub api_lead: &'static str,
    pub api_parameters: &'static str,
    pub api_fields: &'static str,
    pub api_columns: [&'static str; 4],
    pub api_always: &'static str,
    pub privacy: &'static [(&'static str, &'static [&'static str])],
    pub accessibility: &'static [(&'static str, &'static [&'static str])],
}

/// The words of this language. Simple German has simple words for the panel; the pages about it are in plain German.
pub(crate) fn of(lang: Lang) -> &'static PageWords {
    match lang {
        Lang::De | Lang::Simple => &de::PAGES,
        Lang::En => &en::PAGES,
    }
}
