//! What is offered for copying is exactly the filter that is shown.

use model::Query;

use super::*;

fn page(pairs: &[(&str, &str)]) -> String {
    let query = Query::from_pairs(pairs.iter().copied()).unwrap();
    let data = PanelData { query, origin: "https://ticker.example".to_owned(), ..PanelData::default() };
    let pinned = Pinned { path: "/w/0123/widget.js".to_owned(), integrity: "sha384-abc".to_owned() };
    start(&data, "/panel.css", Some(&pinned))
}

#[test]
fn the_tag_to_copy_carries_the_filter_and_nothing_breaks_out_of_it() {
    let page = page(&[("state", "HH"), ("q", "\"x\" </textarea><script>")]);
    assert!(page.contains(
        "&lt;script async src=&quot;https://ticker.example/widget.js&quot; crossorigin data-state=&quot;HH&quot; \
         data-q=&quot;&amp;quot;x&amp;quot; &amp;lt;/textarea&amp;gt;"
    ));
    assert_eq!(page.matches("<script").count(), 2, "the widget's own and the page's");
    assert_eq!(page.matches("</textarea>").count(), 5);
    assert!(page.contains("https://ticker.example/feeds/atom.xml?state=HH"));
    assert!(page.contains("integrity=&quot;sha384-abc&quot; crossorigin data-state=&quot;HH&quot;"), "{page}");
}

#[test]
fn the_form_shows_what_is_chosen() {
    let page = page(&[("state", "BY"), ("kind", "event"), ("lang", "en"), ("limit", "5")]);
    for chosen in
        ["value=\"BY\" selected>Bavaria", "value=\"event\" selected", "value=\"en\" selected", "value=\"5\" selected"]
    {
        assert!(page.contains(chosen), "{chosen} in {page}");
    }
    assert!(page.contains("data-tab=&quot;events&quot;"), "{page}");
    assert!(!page.contains("style=\""), "the page's own policy forbids it");
}
