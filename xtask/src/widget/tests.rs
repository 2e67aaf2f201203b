//! Reading the sizes that the build wrote down.

use super::sizes;

#[test]
fn each_file_has_its_size() {
    let json = "{\n  \"hash\": \"543e\",\n  \"files\": {\n    \"widget.js\": {\n      \"raw\": 16677,\n      \
                \"brotli\": 5091\n    },\n    \"panel.js\": {\n      \"brotli\": 4519,\n      \"raw\": 1\n    }\n  }\n}\n";
    assert_eq!(sizes(json), [("widget.js".to_owned(), 5091), ("panel.js".to_owned(), 4519)]);
}
