"""Feeds and calendars as Python's readers take them: feedparser, icalendar and vobject.

Called with files; prints a line of JSON for each reader and file: what it found, and what it complained of. Files end
in .atom, .rss or .ics. Dates are seconds since 1970, days are written as such.
"""

import datetime
import html
import json
import re
import sys
import calendar

import feedparser
import icalendar
import vobject


def plain(detail):
    """A title as a reader shows it: markup gone, references resolved."""
    value = detail.get("value", "")
    if detail.get("type") == "text/plain":
        return value
    return html.unescape(re.sub(r"<[^>]*>", "", value))


def feeds(path, data):
    read = feedparser.parse(data)
    complaints = [str(read.bozo_exception)] if read.bozo else []
    entries = []
    for entry in read.entries:
        date = dict.get(entry, "published_parsed")
        entries.append({
            "id": entry.get("id"),
            "title": plain(entry.get("title_detail", {})),
            "link": entry.get("link"),
            "date": calendar.timegm(date) if date else None,
        })
    yield "feedparser", read.feed.get("title"), entries, complaints


def moment(value):
    """A day as it is written, a moment in seconds."""
    if isinstance(value, datetime.datetime):
        return int(value.timestamp())
    return value.isoformat()


def calendars(path, data):
    read = icalendar.Calendar.from_ical(data)
    complaints = [f"{part.name}: {error}" for part in read.walk() for error in part.errors]
    entries = [
        {"id": str(event["UID"]), "title": str(event["SUMMARY"]), "link": str(event.get("URL", "")) or None,
         "date": moment(event.decoded("DTSTART"))}
        for event in read.walk("VEVENT")
    ]
    yield "icalendar", str(read.get("X-WR-CALNAME")), entries, complaints

    read = vobject.readOne(data.decode("utf-8"), validate=True)
    entries = [
        {"id": event.uid.value, "title": event.summary.value, "link": event.url.value if hasattr(event, "url") else None,
         "date": moment(event.dtstart.value)}
        for event in getattr(read, "vevent_list", [])
    ]
    yield "vobject", read.contents["x-wr-calname"][0].value, entries, []


def main():
    for path in sys.argv[1:]:
        with open(path, "rb") as file:
            data = file.read()
        read = calendars if path.endswith(".ics") else feeds
        for reader, title, entries, complaints in read(path, data):
            line = {"file": path, "reader": reader, "title": title, "entries": entries, "complaints": complaints}
            print(json.dumps(line))


main()
