//! What is promised next door, held.

use super::*;

#[test]
fn text_and_attributes_cannot_break_out() {
    let html = still("a")
        .attr("title", "\"><script>x</script>")
        .attr_if("href", None)
        .text("1 < 2 & 3")
        .with(still("b").text("'fett'"))
        .to_html();
    assert_eq!(html, "<a title=\"&quot;&gt;&lt;script&gt;x&lt;/script&gt;\">1 &lt; 2 &amp; 3<b>'fett'</b></a>");
}

#[test]
fn void_elements_have_no_end() {
    assert_eq!(still("input").attr("name", "kind").to_html(), "<input name=\"kind\">");
}
