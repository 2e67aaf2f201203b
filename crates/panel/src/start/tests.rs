//! What is offered for copying is exactly the filter that is shown.

use model::Query;

use super::*;

#[test]
fn the_tag_to_copy_carries_the_filter_and_nothing_breaks_out_of_it() {
    let query = Query::from_pairs([("state", "HH"), ("q", "\"x\" </textarea><script>")]).unwrap();
    let data = PanelData { query, origin: "https://ticker.example".to_owned(), ..PanelData::default() };
    let page = start(&data, "/panel.css");
    assert!(page.contains(
        "&lt;script async src=&quot;https://ticker.example/widget.js&quot; data-state=&quot;HH&quot; \
         data-q=&quot;&amp;quot;x&amp;quot; &amp;lt;/textarea&amp;gt;"
    ));
    assert_eq!(page.matches("<script").count(), 1, "the widget's own");
    assert_eq!(page.matches("</textarea>").count(), 2);
    assert!(page.contains("https://ticker.example/feeds/atom.xml?state=HH"));
}
