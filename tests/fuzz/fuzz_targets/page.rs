//! Pages with a list, from any bytes: what must hold stands in `hostile::check`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| hostile::check::page(bytes));
