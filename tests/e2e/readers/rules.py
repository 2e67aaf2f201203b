"""What validators of feeds ask, of the feeds that we write: Atom by the grammar of RFC 4287, and what no grammar says.

Called with pairs of a file and its address; prints a line for each rule that a file breaks. Each rule stands under the
name that the W3C feed validator has for its breach.
"""

import datetime
import json
import re
import sys
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import urlsplit

from lxml import etree, html

ATOM = "{http://www.w3.org/2005/Atom}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
GRAMMAR = etree.RelaxNG(etree.parse(str(Path(__file__).with_name("atom.rng"))))
LANGUAGE = re.compile(r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$")
RFC3339 = re.compile(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$")
RFC822 = re.compile(
    r"^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} "
    r"\d\d:\d\d:\d\d ([+-]\d{4}|GMT)$"
)
# What RSS 2.0 and the modules that we declare know, and how often it may be there.
CHANNEL = {"title", "link", "description", "language", "lastBuildDate", "generator", "docs", "ttl", "item",
           f"{ATOM}link"}
DC, EV = "{http://purl.org/dc/elements/1.1/}", "{http://purl.org/rss/1.0/modules/event/}"
ITEM = {"title", "link", "guid", "pubDate", "description", "category", "source", f"{ATOM}updated", f"{DC}creator",
        f"{DC}language", f"{DC}rights"}
ITEM |= {f"{EV}{name}" for name in ("startdate", "enddate", "location", "organizer", "type")}
OFTEN = {"item", "category", f"{ATOM}link"}
DANGEROUS = {"script", "object", "embed", "iframe", "meta", "link", "style", "form", "base", "applet"}


class Rules:
    def __init__(self, file, address):
        self.file, self.address, self.broken = file, address, []

    def hold(self, rule, good, what=""):
        if not good:
            self.broken.append(f"{self.file}: {rule}: {what}")

    def full(self, rule, value):
        """An address that needs no other to be understood."""
        parts = urlsplit(value or "")
        web = parts.scheme in ("http", "https") and parts.netloc
        self.hold(rule, value and value.isprintable() and " " not in value and (web or parts.scheme in ("urn", "mailto")), value)

    def date(self, value):
        self.hold("InvalidRFC3339Date", RFC3339.match(value or ""), value)
        if value and RFC3339.match(value):
            year = datetime.datetime.fromisoformat(value.replace("Z", "+00:00")).year
            self.hold("ImplausibleDate", 1970 <= year < 2100, value)

    def language(self, value):
        self.hold("InvalidLanguage", LANGUAGE.match(value or ""), value)

    def once(self, rule, values):
        seen = set()
        for value in values:
            self.hold(rule, value not in seen, value)
            seen.add(value)

    def markup(self, text):
        """What readers take for HTML must be harmless and complete by itself."""
        if not text or "<" not in text:
            return
        for element in html.fragment_fromstring(text, create_parent="div").iter():
            self.hold("SecurityRisk", element.tag not in DANGEROUS, element.tag)
            for name, value in element.attrib.items():
                self.hold("SecurityRiskAttr", not name.startswith("on") and name != "style", name)
                if name in ("href", "src"):
                    self.full("ContainsRelRef", value)

    def text(self, element):
        if element is None:
            return
        kind = element.get("type", "text")
        self.hold("InvalidTextType", kind in ("text", "html"), kind)
        if kind == "html":
            self.markup(element.text)
        else:
            self.hold("ContainsHTML", not re.search(r"</?[a-zA-Z!]|&\w+;", element.text or ""), element.text)


def atom(rules, root):
    for error in () if GRAMMAR.validate(root) else GRAMMAR.error_log:
        rules.hold("RFC 4287", False, f"line {error.line}: {error.message}")
    links = {link.get("rel", "alternate"): link.get("href") for link in root.findall(f"{ATOM}link")}
    rules.hold("MissingSelf", "self" in links)
    rules.hold("SelfDoesntMatchLocation", links.get("self") == rules.address, links.get("self"))
    rules.language(root.get(XML_LANG))
    entries = root.findall(f"{ATOM}entry")
    ids = [root.findtext(f"{ATOM}id")] + [entry.findtext(f"{ATOM}id") for entry in entries]
    rules.once("DuplicateEntries", ids)
    for one in root.iter(f"{ATOM}id", f"{ATOM}uri"):
        rules.full("InvalidFullLink", one.text)
    for link in root.iter(f"{ATOM}link"):
        rules.full("InvalidLink", link.get("href"))
    for date in root.iter(f"{ATOM}updated", f"{ATOM}published"):
        rules.date(date.text)
    rules.text(root.find(f"{ATOM}title"))
    for entry in entries:
        title = entry.find(f"{ATOM}title")
        rules.hold("MissingTitle", title is not None and (title.text or "").strip(), entry.findtext(f"{ATOM}id"))
        rules.hold("MissingAuthor", entry.findtext(f"{ATOM}author/{ATOM}name"), entry.findtext(f"{ATOM}id"))
        for name in ("title", "summary", "content", "rights"):
            rules.text(entry.find(f"{ATOM}{name}"))
        alternate = [link for link in entry.findall(f"{ATOM}link") if link.get("rel", "alternate") == "alternate"]
        rules.once("DuplicateAlternateLink", [(link.get("type"), link.get("hreflang")) for link in alternate])
        rules.hold("MissingAlternate", alternate or entry.find(f"{ATOM}content") is not None)
        for category in entry.findall(f"{ATOM}category"):
            rules.hold("MissingAttribute", (category.get("term") or "").strip(), "term")
            rules.full("InvalidURIAttribute", category.get("scheme"))
        rules.language(entry.get(XML_LANG))


def rss(rules, root):
    rules.hold("InvalidRSSVersion", root.get("version") == "2.0", root.get("version"))
    channels = root.findall("channel")
    rules.hold("MissingChannel", len(channels) == 1 and len(root) == 1)
    channel = channels[0]
    known(rules, channel, CHANNEL)
    for name in ("title", "link", "description"):
        rules.hold("MissingElement", (channel.findtext(name) or "").strip(), name)
    own = [link for link in channel.findall(f"{ATOM}link") if link.get("rel") == "self"]
    rules.hold("MissingAtomSelfLink", len(own) == 1)
    for link in own:
        rules.hold("SelfDoesntMatchLocation", link.get("href") == rules.address, link.get("href"))
        rules.hold("InvalidMIMEAttribute", link.get("type") == "application/rss+xml", link.get("type"))
    for link in channel.findall(f"{ATOM}link"):
        rules.full("InvalidLink", link.get("href"))
    rules.full("InvalidLink", channel.findtext("link"))
    rules.full("InvalidLink", channel.findtext("docs"))
    rules.language(channel.findtext("language"))
    rules.hold("InvalidTTL", (channel.findtext("ttl") or "").isdigit(), channel.findtext("ttl"))
    items = channel.findall("item")
    rules.once("DuplicateSemantics", [item.findtext("guid") for item in items])
    for date in root.iter("pubDate", "lastBuildDate"):
        rules.hold("InvalidRFC2822Date", RFC822.match(date.text or ""), date.text)
        if RFC822.match(date.text or ""):
            rules.hold("IncorrectDOW", parsedate_to_datetime(date.text).strftime("%a") == date.text[:3], date.text)
    for date in root.iter(f"{ATOM}updated"):
        rules.date(date.text)
    for item in items:
        known(rules, item, ITEM)
        rules.hold("MissingGuid", item.findtext("guid"))
        rules.hold("InvalidPermalink", item.find("guid").get("isPermaLink") == "false")
        rules.full("InvalidFullLink", item.findtext("guid"))
        rules.hold("ItemMustContainTitleOrDescription", (item.findtext("title") or item.findtext("description") or "").strip())
        if item.find("link") is not None:
            rules.full("InvalidLink", item.findtext("link"))
        for source in item.findall("source"):
            rules.full("InvalidURLAttribute", source.get("url"))
        rules.markup(item.findtext("title"))
        rules.markup(item.findtext("description"))
        rules.language(item.findtext(f"{DC}language"))


def known(rules, element, names):
    """No element that nobody knows, and none twice that may be there once."""
    for child in element:
        rules.hold("UndefinedElement", child.tag in names, child.tag)
    rules.once("DuplicateElement", [child.tag for child in element if child.tag not in OFTEN])


def json_feed(rules, feed):
    rules.hold("version", feed.get("version") == "https://jsonfeed.org/version/1.1")
    rules.hold("title", (feed.get("title") or "").strip())
    rules.hold("feed_url", feed.get("feed_url") == rules.address, feed.get("feed_url"))
    for name in ("home_page_url", "feed_url", "next_url", "icon"):
        if name in feed:
            rules.full(name, feed[name])
    rules.language(feed.get("language"))
    rules.once("id", [item.get("id") for item in feed["items"]])
    for item in feed["items"]:
        rules.hold("id", isinstance(item.get("id"), str) and item["id"])
        rules.hold("content", isinstance(item.get("content_text", item.get("content_html")), str), item.get("id"))
        rules.markup(item.get("content_html"))
        for name in ("url", "external_url", "image"):
            if name in item:
                rules.full(name, item[name])
        for name in ("date_published", "date_modified"):
            if name in item:
                rules.date(item[name])
        rules.hold("author", "author" not in item, "1.1 has authors")
        for author in item.get("authors", []):
            rules.hold("authors", author.get("name") or author.get("url"))
        rules.hold("tags", all(isinstance(tag, str) for tag in item.get("tags", [])))
        rules.hold("null", None not in item.values(), item.get("id"))


def main():
    broken = []
    for file, address in zip(sys.argv[1::2], sys.argv[2::2]):
        rules = Rules(file, address)
        data = Path(file).read_bytes()
        if file.endswith(".json"):
            json_feed(rules, json.loads(data))
        else:
            root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
            (atom if root.tag == f"{ATOM}feed" else rss)(rules, root)
        broken += rules.broken
    for line in broken:
        print(line)


main()
