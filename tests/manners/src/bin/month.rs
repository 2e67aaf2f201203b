//! `cargo xtask bench`: a million sources on fifty thousand hosts for a month, and what deciding about one visit costs.
//! With `sources:hosts:days:slots` it runs as large as one likes.

use std::time::Instant;

use manners::{Size, pass};

fn main() -> Result<(), String> {
    let size = std::env::args().nth(1).unwrap_or_else(|| "1000000:50000:30:2048".to_owned());
    let say = || format!("{size}: sources:hosts:days:slots, in numbers");
    let numbers: Result<Vec<u32>, _> = size.split(':').map(str::parse).collect();
    let &[sources, hosts, days, slots] = numbers.map_err(|_| say())?.as_slice() else { return Err(say()) };
    if hosts < 2 || sources == 0 || slots == 0 {
        return Err(format!("{size}: at least one source, two hosts and one slot"));
    }
    let begin = Instant::now();
    let counted = pass(Size { sources, hosts, days, slots: slots as usize });
    let took = begin.elapsed();
    #[expect(clippy::print_stdout, reason = "what it is for")]
    {
        println!("{sources} sources on {hosts} hosts, {days} days:\n{counted}");
        println!("{took:.1?}, {:.2} µs for each visit", took.as_secs_f64() * 1e6 / counted.visits() as f64);
    }
    let kept = counted.too_soon + counted.intruded + counted.impatient == 0;
    if kept { Ok(()) } else { Err("manners were not kept".to_owned()) }
}
