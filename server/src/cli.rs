//! What can be typed: the command line of DESIGN 5.3, as clap reads it.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::commands::Form;

/// News and events about the digitalisation of public administration: polled, sorted, served.
#[derive(Debug, Parser)]
#[command(name = "amtsticker", version, about, arg_required_else_help = true)]
pub(crate) struct Cli {
    /// How log lines on standard error are written. How much is logged says `AMTSTICKER_LOG`.
    #[arg(
        long,
        global = true,
        value_enum,
        env = "AMTSTICKER_LOG_FORMAT",
        default_value = "text",
        value_name = "FORMAT"
    )]
    pub(crate) log_format: LogFormat,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum LogFormat {
    /// For people.
    Text,
    /// For machines: an object on each line.
    Json,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Poll the catalogue's sources and serve what they bring.
    Serve {
        #[command(flatten)]
        listen: Listen,
        #[command(flatten)]
        keep: Keep,
        #[command(flatten)]
        visit: VisitArgs,
    },
    /// Serve with built-in sample publishers: no network, no configuration.
    Demo {
        #[command(flatten)]
        listen: Listen,
        #[command(flatten)]
        keep: Keep,
    },
    /// Visit sources, without serving.
    Poll {
        /// Visit each enabled or named source once, due or not, and end.
        #[arg(long)]
        once: bool,
        /// End with one line of JSON: visited, unchanged, new, changed, failed.
        #[arg(long)]
        json: bool,
        /// Ids of sources; all enabled ones if none is named.
        #[arg(value_name = "SOURCE")]
        sources: Vec<String>,
        #[command(flatten)]
        keep: Keep,
        #[command(flatten)]
        visit: VisitArgs,
    },
    /// Look after the catalogue's sources.
    Sources {
        #[command(subcommand)]
        command: SourcesCommand,
    },
    /// Read documents and print what they say, a JSON object for each.
    Read {
        /// Documents to read.
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        /// The address they came from; relative links are resolved against it.
        #[arg(long, value_name = "URL", default_value = "https://localhost/")]
        url: String,
        /// Their `Content-Type` header.
        #[arg(long, value_name = "CT")]
        content_type: Option<String>,
        /// Read them as pages of this content management system (catalogue/platforms).
        #[arg(long, value_name = "P")]
        platform: Option<String>,
        #[command(flatten)]
        visit: VisitArgs,
    },
    /// Give away what is kept: what a query finds as a feed, a calendar or a table, or everything for `import`.
    Export {
        /// The form; `jsonl` is everything that is kept, secrets of subscriptions included.
        #[arg(long, value_enum, default_value = "jsonl")]
        format: Form,
        /// What is asked for, as in addresses: `state=HH&topic=noots`. Without `limit` it is all that is found.
        #[arg(value_name = "QUERY", default_value = "", hide_default_value = true)]
        query: String,
        #[command(flatten)]
        keep: Keep,
        #[command(flatten)]
        visit: VisitArgs,
    },
    /// Take over what another store exported as `jsonl`, into an empty one: from a file to a database and back.
    Import {
        /// The export; standard input if none is named.
        file: Option<PathBuf>,
        #[command(flatten)]
        keep: Keep,
        #[command(flatten)]
        settings: Settings,
    },
    /// Copy the store to a file, while a server works with it or not.
    Backup {
        /// Where to; nothing is written over.
        file: PathBuf,
        #[command(flatten)]
        keep: Keep,
        #[command(flatten)]
        settings: Settings,
    },
    /// Put a copy that `backup` made into a data folder that has no store.
    Restore {
        /// The copy.
        file: PathBuf,
        #[command(flatten)]
        keep: Keep,
        #[command(flatten)]
        settings: Settings,
    },
    /// Find feeds, calendars and lists at an address, and print an entry for the catalogue.
    Probe {
        /// The address of a site, a page or a feed.
        url: String,
        #[command(flatten)]
        visit: VisitArgs,
    },
    /// Label items: JSON Lines in (id, title, teaser, source?, url?), JSON Lines out.
    Classify {
        /// With the evidence for each label.
        #[arg(long)]
        explain: bool,
        #[command(flatten)]
        visit: VisitArgs,
    },
    /// Find the events that texts announce: JSON Lines in (id, text, title?, context_date), JSON Lines out.
    Events {
        /// With the signs for and against each event.
        #[arg(long)]
        explain: bool,
        #[command(flatten)]
        visit: VisitArgs,
    },
    /// Group items that tell one story: JSON Lines in (id, title, teaser, published, source), groups out.
    Stories {
        /// With what joined the items of each group.
        #[arg(long)]
        explain: bool,
        #[command(flatten)]
        visit: VisitArgs,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum SourcesCommand {
    /// Visit each enabled or named source once and judge it by what it brings; exit code 1 if one is bad.
    Check {
        /// Print a JSON array, one object per source.
        #[arg(long)]
        json: bool,
        /// Ids of sources; all enabled ones if none is named.
        #[arg(value_name = "SOURCE")]
        sources: Vec<String>,
        #[command(flatten)]
        keep: Keep,
        #[command(flatten)]
        visit: VisitArgs,
    },
}

#[derive(Debug, Args)]
pub(crate) struct Listen {
    /// Address to listen on; port 0 takes a free one.
    #[arg(long, value_name = "ADDR")]
    pub(crate) listen: Option<String>,
}

#[derive(Debug, Default, Args)]
pub(crate) struct Keep {
    /// Folder that holds everything that is kept.
    #[arg(long, value_name = "DIR")]
    pub(crate) data: Option<PathBuf>,
    /// PostgreSQL database to keep everything in instead: postgres://user@host/database. Where others could see the
    /// password of a command line, say AMTSTICKER_DATABASE_URL.
    #[arg(long, value_name = "URL", conflicts_with = "data")]
    pub(crate) database_url: Option<String>,
}

#[derive(Debug, Default, Args)]
pub(crate) struct Settings {
    /// Configuration file.
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
}

#[derive(Debug, Default, Args)]
pub(crate) struct VisitArgs {
    /// Folder with a catalogue; each part it holds (sources/, platforms/, places/, topics.toml, relevance.toml) stands in
    /// for the built-in one.
    #[arg(long, value_name = "DIR")]
    pub(crate) catalogue: Option<PathBuf>,
    /// Configuration file.
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
}
