//! The server goes away and comes back: what is asked meanwhile fails and says so, what is asked later does not.
//!
//! Between store and server stands a wire that can be cut. A file cannot go away, so on SQLite there is nothing to see.

use std::error::Error as _;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use model::Query;
use store::{Pick, Store, StoreError};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, copy};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinHandle, JoinSet};

use crate::hand::*;
use crate::place::{self, Place};

/// Hands on what is said between a port of its own and the server, until it is cut.
struct Wire {
    at: SocketAddr,
    server: String,
    /// All that the store said.
    said: Said,
    carrying: JoinHandle<()>,
}

type Said = Arc<Mutex<Vec<u8>>>;

impl Wire {
    async fn to(server: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let (at, said) = (listener.local_addr().unwrap(), Said::default());
        let carrying = tokio::spawn(carry(listener, server.to_owned(), Arc::clone(&said)));
        Wire { at, server: server.to_owned(), said, carrying }
    }

    /// All connections break, and there are no new ones.
    async fn cut(&mut self) {
        self.carrying.abort();
        assert!((&mut self.carrying).await.unwrap_err().is_cancelled());
    }

    async fn mend(&mut self) {
        let listener = TcpListener::bind(self.at).await.unwrap();
        self.carrying = tokio::spawn(carry(listener, self.server.clone(), Arc::clone(&self.said)));
    }

    fn carried(&self, words: &str) -> bool {
        self.said.lock().unwrap().windows(words.len()).any(|window| window == words.as_bytes())
    }
}

async fn carry(listener: TcpListener, server: String, said: Said) {
    // Dropped with this task, and with it all connections.
    let mut connections = JoinSet::new();
    while let Ok((here, _)) = listener.accept().await {
        let (server, said) = (server.clone(), Arc::clone(&said));
        connections.spawn(async move {
            let there = TcpStream::connect(server).await.unwrap();
            let ((mut from_store, mut to_store), (mut from_server, mut to_server)) =
                (here.into_split(), there.into_split());
            let asking = async {
                let mut bytes = [0; 4096];
                while let Ok(n @ 1..) = from_store.read(&mut bytes).await {
                    said.lock().unwrap().extend(&bytes[..n]);
                    if to_server.write_all(&bytes[..n]).await.is_err() {
                        break;
                    }
                }
            };
            // Who breaks the connection off is not of interest.
            tokio::select! {
                () = asking => {}
                _ = copy(&mut from_server, &mut to_store) => {}
            }
        });
    }
}

/// A store behind a wire, if the database is one that can go away.
async fn behind_a_wire(parameters: &str) -> Option<(Store, Wire)> {
    place::database()?;
    let address = Place::new().await.name();
    let (server, _) = address.split_once('@').unwrap().1.split_once('/').unwrap();
    let wire = Wire::to(server).await;
    let store = place::open(&(address.replace(server, &wire.at.to_string()) + parameters)).await;
    store.sync(&["nord", "sued"].map(source), ago(DAY)).await.unwrap();
    Some((store, wire))
}

fn says_that_it_is_away(error: &StoreError, doing: &str) {
    assert!(matches!(error, StoreError::Database { .. }), "{error:?}");
    assert_eq!(error.to_string(), format!("the store cannot {doing}"));
    let cause = error.source().unwrap().to_string();
    assert!(cause.contains("database cannot be reached"), "{cause}");
}

#[tokio::test]
async fn reads_and_writes_fail_while_it_is_away_and_go_on_after() {
    let Some((store, mut wire)) = behind_a_wire("").await else { return };
    new(&store, "nord", [news("a", HOUR).terms("register")]).await;
    let lease = store.lease(Pick::Due, now(), 1, DAY).await.unwrap().remove(0);
    let visit = visit(&lease.source, lease.epoch);
    let brought = batch([model::Change::New(news("b", MINUTE).terms("register"))]);
    // Connections of both sorts are in the pools now, and all of them will be dead.
    tokio::join!(search(&store, "", "register"), search(&store, "", "register"), search(&store, "", "register"));
    wire.cut().await;
    let asked = (Query { q: Some("register".to_owned()), ..query("") }, words("register"));
    let (read, written) = tokio::join!(store.find(&asked.0, &asked.1, now()), store.keep(&visit, &brought, now()));
    says_that_it_is_away(&read.unwrap_err(), "answer a query");
    says_that_it_is_away(&written.unwrap_err(), "keep what a visit brought");
    wire.mend().await;
    assert_eq!(ids(&search(&store, "", "register").await), "a", "the first question is answered");
    assert_eq!(store.keep(&visit, &brought, now()).await.unwrap().new, 1, "the lease is still ours");
    assert_eq!(found(&store, "").await, "b a");
}

/// Lists, filters and counts go on from what is in memory: the newest items whole, and of all others where they stand.
#[tokio::test]
async fn what_was_seen_last_is_answered_while_it_is_away() {
    let Some((store, mut wire)) = behind_a_wire("").await else { return };
    let old = (0..2_100).map(|n| news(&format!("alt{n:04}"), DAY + n * MINUTE).about("SH", "ozg"));
    new(&store, "nord", old).await;
    new(&store, "nord", [news("a", HOUR).about("HH", "noots"), news("b", DAY).told_with("a"), news("c", DAY)]).await;
    let asked = ["", "stories=1", "state=HH", "topic=ozg&limit=5", "since=2d&stories=1", "kind=event", "limit=200"];
    let mut before = Vec::new();
    for asked in asked {
        before.push(find(&store, asked).await);
    }
    assert_eq!(store.remembered(), 0);
    wire.cut().await;
    for (asked, before) in asked.iter().zip(&before) {
        assert_eq!(find(&store, asked).await, *before, "{asked}");
    }
    assert_eq!(store.remembered(), asked.len() as u64);
    let several = asked.map(|asked| (query(asked), words("")));
    assert_eq!(store.find_all(&several, now()).await.unwrap(), before, "one after the other");
    assert_eq!(find(&store, "source=nord&until=2d").await.total, 660, "never asked before");
    // Where a page's items are not in memory, that is said, and not a part of the page shown.
    let (oldest, none) = (query("sort=soonest"), words(""));
    says_that_it_is_away(&store.find(&oldest, &none, now()).await.unwrap_err(), "answer a query");
    wire.mend().await;
    assert_eq!(store.find(&oldest, &none, now()).await.unwrap().total, 2_103);
    let remembered = store.remembered();
    assert_eq!((find(&store, "").await, store.remembered()), (before.remove(0), remembered));
}

/// A pooler hands each transaction to another connection, which knows no statement by its name.
#[tokio::test]
async fn behind_a_pooler_no_statement_has_a_name() {
    for (parameters, names) in [("", true), ("&statement-cache-capacity=0", false)] {
        let Some((store, wire)) = behind_a_wire(parameters).await else { return };
        new(&store, "nord", [news("a", HOUR).about("HH", "noots").terms("register").told_with("b"), news("b", DAY)])
            .await;
        assert_eq!(ids(&search(&store, "stories=1&sort=relevance", "register -land").await), "a");
        assert_eq!(store.known("nord").await.unwrap().len(), 2);
        // The driver's names of statements.
        assert_eq!(wire.carried("sqlx_s_"), names, "{parameters}");
        assert!(wire.carried("set local statement_timeout"), "each transaction brings its settings along");
    }
}

/// What a restart of the server, or its administrator, does to connections that wait in the pools.
#[tokio::test]
async fn connections_that_were_ended_are_replaced_unseen() {
    if place::database().is_none() {
        return;
    }
    let address = Place::new().await.name();
    let (_, schema) = address.rsplit_once('=').unwrap();
    // The tests beside this one keep their connections.
    let store = place::open(&format!("{address}&application_name={schema}")).await;
    store.sync(&[source("nord")], ago(DAY)).await.unwrap();
    let end = format!("select pg_terminate_backend(pid) from pg_stat_activity where application_name = '{schema}'");
    for round in 1..5 {
        new(&store, "nord", [news(&format!("n{round}"), MINUTE)]).await;
        tokio::join!(find(&store, ""), find(&store, ""), find(&store, ""));
        place::run(&address, &end).await;
        assert_eq!(find(&store, "").await.total, round);
    }
    // In the middle of a turn as well: it is kept once more, and once.
    for number in 0..5 {
        let many = (0..400).map(|n| model::Change::Changed(news(&format!("m{n}"), n * MINUTE).hash(number)));
        let (visit, many) = (visit("nord", epoch(&store, "nord").await), batch(many));
        let kept = store.keep(&visit, &many, now());
        let ended = async {
            // Each time a little later.
            for _wait in 0..number {
                place::run(&address, "select 1").await;
            }
            place::run(&address, &end).await;
        };
        let (kept, ()) = tokio::join!(kept, ended);
        kept.unwrap();
        assert_eq!(find(&store, "").await.total, 4 + 400);
    }
}

#[tokio::test]
async fn an_address_that_is_none_is_refused_and_not_repeated() {
    for (url, reason) in [
        ("mysql://a:geheim@db/news", "it has to begin with postgres://"),
        ("postgres://a:geheim@db:99999/news", "invalid port"),
        ("postgres://a:geheim@db/news?sslmode=vielleicht", "ssl_mode"),
    ] {
        let error = Store::connect(url, 5).await.unwrap_err();
        assert!(matches!(&error, StoreError::BadUrl { reason: said } if said.contains(reason)), "{error}");
        assert!(!error.to_string().contains("geheim"), "{error}");
    }
}
