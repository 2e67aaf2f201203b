//! Whether a place is one on the net: for calendars, lists and texts alike.

/// What only events on the net are held in.
const ONLINE: [&str; 6] = ["online", "virtuell", "webex", "zoom", "videokonferenz", "teams-"];

/// "Online", "Rathaus und online", "Amt-Campus.digital"; a house may be called "Digitalhub".
pub(super) fn is_online(place: &str) -> bool {
    let place = place.to_lowercase();
    ONLINE.iter().any(|word| place.contains(word)) || place == "digital" || place.ends_with(".digital")
}

#[cfg(test)]
mod tests;
