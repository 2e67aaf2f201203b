//! The forms that nine feeds of ten write, read from the bytes without taking them apart:
//! "Sat, 22 Aug 2009 14:03:11 +0200", "2012-05-19T18:00:00Z", and bare digits.
//!
//! Promises: what is read here reads the same by the grammar (a test holds it), many times slower.
//! `None` says only that the text is not plain.

use jiff::civil;

use super::Parsed;
use super::clock::{Clock, together};
use super::grammar::date;

/// Reads a text in a plain form.
pub(super) fn read(text: &str) -> Option<Parsed> {
    match text.as_bytes() {
        all if all.len() >= 10 && all.iter().all(u8::is_ascii_digit) => digits(text),
        bytes @ [_, _, _, _, b'-', ..] => rfc_3339(bytes),
        bytes => rfc_822(bytes),
    }
}

fn rfc_3339(bytes: &[u8]) -> Option<Parsed> {
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2, b'T', rest @ ..] = bytes else { return None };
    let day = date(number(&[*y1, *y2, *y3, *y4])?, number(&[*m1, *m2])?, number(&[*d1, *d2])?)?;
    let (time, mut rest) = time(rest)?;
    if let [b'.', fraction @ ..] = rest {
        let length = fraction.iter().take_while(|byte| byte.is_ascii_digit()).count();
        // More digits than the grammar knows are left to it.
        if !(1..=9).contains(&length) {
            return None;
        }
        rest = &fraction[length..];
    }
    let offset = match rest {
        b"Z" => 0,
        [sign, h1, h2, b':', m1, m2] => offset(*sign, &[*h1, *h2, *m1, *m2])?,
        _ => return None,
    };
    together(day, Some(Clock { time, midnight: false, offset: Some(offset) }))
}

fn rfc_822(bytes: &[u8]) -> Option<Parsed> {
    let bytes = match bytes {
        [a, b, c, b',', b' ', rest @ ..] if [a, b, c].iter().all(|byte| byte.is_ascii_alphabetic()) => rest,
        _ => bytes,
    };
    let (day, rest) = match bytes {
        [d1, d2, b' ', rest @ ..] => (number(&[*d1, *d2])?, rest),
        [d1, b' ', rest @ ..] => (number(&[*d1])?, rest),
        _ => return None,
    };
    let [n1, n2, n3, b' ', y1, y2, y3, y4, b' ', rest @ ..] = rest else { return None };
    let day = date(number(&[*y1, *y2, *y3, *y4])?, month([*n1, *n2, *n3])?, day)?;
    let (time, rest) = time(rest)?;
    let offset = match rest {
        b" GMT" | b" UTC" | b" UT" | b" Z" => 0,
        [b' ', sign, h1, h2, m1, m2] => offset(*sign, &[*h1, *h2, *m1, *m2])?,
        _ => return None,
    };
    together(day, Some(Clock { time, midnight: false, offset: Some(offset) }))
}

/// "14:03:11" and what follows.
fn time(bytes: &[u8]) -> Option<(civil::Time, &[u8])> {
    let [h1, h2, b':', m1, m2, b':', s1, s2, rest @ ..] = bytes else { return None };
    let part = |digits: [u8; 2]| i8::try_from(number(&digits)?).ok();
    let time = civil::Time::new(part([*h1, *h2])?, part([*m1, *m2])?, part([*s1, *s2])?, 0).ok()?;
    Some((time, rest))
}

fn offset(sign: u8, digits: &[u8; 4]) -> Option<i32> {
    let all = i32::try_from(number(digits)?).ok()?;
    let minutes = all / 100 * 60 + all % 100;
    match sign {
        _ if minutes > 14 * 60 => None,
        b'+' => Some(minutes),
        b'-' => Some(-minutes),
        _ => None,
    }
}

fn month(name: [u8; 3]) -> Option<u32> {
    const NAMES: &[u8; 36] = b"JanFebMarAprMayJunJulAugSepOctNovDec";
    let at = NAMES.chunks_exact(3).position(|known| known == name)?;
    u32::try_from(at + 1).ok()
}

fn number(digits: &[u8]) -> Option<u32> {
    digits.iter().try_fold(0, |sum, digit| digit.is_ascii_digit().then(|| sum * 10 + u32::from(digit - b'0')))
}

/// Ten digits and more: seconds or milliseconds since 1970 as `data-timestamp` has them, or "20241201093000".
fn digits(text: &str) -> Option<Parsed> {
    let all: i64 = text.parse().ok()?;
    let part = |from: usize, to: usize| text.get(from..to)?.parse::<u32>().ok();
    let day = date(part(0, 4)?, part(4, 6)?, part(6, 8)?);
    match text.len() {
        12 | 14 => {
            let second = if text.len() == 14 { part(12, 14)? } else { 0 };
            let small = |value: u32| i8::try_from(value).ok();
            let time = civil::Time::new(small(part(8, 10)?)?, small(part(10, 12)?)?, small(second)?, 0).ok()?;
            together(day?, Some(Clock { time, midnight: false, offset: None }))
        }
        // "2024120109" is ten digits too; which of the two it is cannot be told.
        10 if day.is_none() => since_1970(all),
        13 => since_1970(all / 1000),
        _ => None,
    }
}

/// Of the years 2000 to 2099; other numbers are numbers.
fn since_1970(seconds: i64) -> Option<Parsed> {
    let known = (946_684_800..4_102_444_800).contains(&seconds);
    known.then(|| jiff::Timestamp::from_second(seconds).ok().map(Parsed::At)).flatten()
}
