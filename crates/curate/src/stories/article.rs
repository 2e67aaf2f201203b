//! One article under several addresses of its source: permalink and number, page and print version, teaser and page.
//!
//! Those are one telling, not two: whoever counts who tells a story counts the article once, by the address that is
//! meant to last.

use std::cmp::Reverse;
use std::collections::HashMap;

use german::fold::fold;
use model::Told;

/// The articles of one story, in order: indices of `items`, the address to quote first, the others in order. Articles
/// are one if their source gives both and their titles say the same; a source without a name is nobody's.
#[must_use]
pub fn articles(items: &[Told], members: &[usize]) -> Vec<Vec<usize>> {
    let mut articles: Vec<Vec<usize>> = Vec::new();
    let mut known: HashMap<(&str, String), usize> = HashMap::new();
    for &at in members {
        let item = &items[at];
        let title = fold(&item.title);
        if item.source.is_empty() || title.is_empty() {
            articles.push(vec![at]);
            continue;
        }
        let nth = *known.entry((&item.source, title)).or_insert(articles.len());
        match articles.get_mut(nth) {
            Some(article) => article.push(at),
            None => articles.push(vec![at]),
        }
    }
    for article in &mut articles {
        article.sort_by_key(|at| (Reverse(lasting(&items[*at].url)), *at));
    }
    articles
}

/// Whether an address names its page: `?p=49368` leads there, too, and content management systems give it as well.
fn lasting(url: &str) -> bool {
    !url.contains('?')
}

#[cfg(test)]
mod tests;
