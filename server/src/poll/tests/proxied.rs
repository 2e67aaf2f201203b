//! Through proxies: HTTP, and SOCKS with names resolved on either side. With a proxy its rules hold; ours hold for what
//! is an address already.

use std::net::SocketAddr;
use std::sync::Mutex;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

use super::*;

/// A SOCKS5 proxy (RFC 1928) that lets everybody in, and leads everywhere to one origin.
struct Socks {
    address: SocketAddr,
    /// Where it was asked to lead.
    asked: Arc<Mutex<Vec<String>>>,
    task: JoinHandle<()>,
}

impl Socks {
    async fn to(origin: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let (address, asked) = (listener.local_addr().unwrap(), Arc::<Mutex<Vec<String>>>::default());
        let noted = Arc::clone(&asked);
        let task = tokio::spawn(async move {
            let mut connections = JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                connections.spawn(lead(stream, origin, Arc::clone(&noted)));
            }
        });
        Socks { address, asked, task }
    }

    fn asked(&self) -> Vec<String> {
        let mut asked = self.asked.lock().unwrap().clone();
        asked.dedup();
        asked
    }
}

impl Drop for Socks {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn lead(mut stream: TcpStream, origin: SocketAddr, asked: Arc<Mutex<Vec<String>>>) {
    let mut head = [0; 2];
    stream.read_exact(&mut head).await.unwrap();
    let mut methods = vec![0; usize::from(head[1])];
    stream.read_exact(&mut methods).await.unwrap();
    stream.write_all(&[5, 0]).await.unwrap();
    let mut request = [0; 4];
    stream.read_exact(&mut request).await.unwrap();
    let target = match request[3] {
        1 => {
            let mut address = [0; 4];
            stream.read_exact(&mut address).await.unwrap();
            std::net::Ipv4Addr::from(address).to_string()
        }
        _ => {
            let mut name = vec![0; usize::from(stream.read_u8().await.unwrap())];
            stream.read_exact(&mut name).await.unwrap();
            String::from_utf8(name).unwrap()
        }
    };
    stream.read_u16().await.unwrap();
    asked.lock().unwrap().push(target);
    stream.write_all(&[5, 0, 0, 1, 0, 0, 0, 0, 0, 0]).await.unwrap();
    let mut there = TcpStream::connect(origin).await.unwrap();
    let _ = copy_bidirectional(&mut stream, &mut there).await;
}

fn through(proxy: String) -> FetchConfig {
    FetchConfig { proxy: Some(proxy), direct: false, allow_private: Vec::new(), ..config() }
}

/// How a visit to this address through these proxies ended.
async fn visit(url: &str, config: &FetchConfig) -> String {
    let (poller, store) = poller(vec![source("a", url.to_owned())], config).await;
    poller.once(&[]).await.unwrap();
    said(&state(&store, "a").await)
}

#[tokio::test]
async fn a_socks_proxy_may_resolve_names_and_we_may() {
    let origin = Origin::start().await;
    origin.at("/feed.xml").then(feed());
    let socks = Socks::to(origin.address()).await;
    let at = |scheme: &str| through(format!("{scheme}://{}", socks.address));
    // A name that only the proxy knows.
    assert_eq!(visit("http://amt.intern.example/feed.xml", &at("socks5h")).await, "fresh");
    assert_eq!(socks.asked(), ["amt.intern.example"]);
    // A name that we resolve has to lead to the public.
    let refused = visit("http://localhost/feed.xml", &at("socks5")).await;
    assert!(refused.contains("localhost has no public address"), "{refused}");
    let refused = visit("http://10.0.0.1/feed.xml", &at("socks5h")).await;
    assert!(refused.contains("not a public address"), "an address is judged by us: {refused}");
    let exempt = FetchConfig { allow_private: vec!["localhost".to_owned()], ..at("socks5") };
    assert_eq!(visit("http://localhost/feed.xml", &exempt).await, "fresh");
    assert_eq!(socks.asked(), ["amt.intern.example", "127.0.0.1"]);
}

#[tokio::test]
async fn an_http_proxy_is_asked_for_whole_addresses_and_single_hosts_go_past_it() {
    // A proxy is asked for whole addresses where a server is asked for paths.
    let (proxy, direct) = (Origin::start().await, Origin::start().await);
    let url = "http://amt.intern.example/feed.xml";
    proxy.at(url).then(feed());
    direct.at("/feed.xml").then(feed());
    let port = proxy.address().port();
    let mut config = through(format!("http://localhost:{port}"));
    assert_eq!(visit(url, &config).await, "fresh");
    let asked: Vec<String> = proxy.all_requests().into_iter().map(|request| request.path).collect();
    assert_eq!(asked, ["http://amt.intern.example/robots.txt", url]);
    let refused = visit(&format!("http://localhost:{port}/feed.xml"), &config).await;
    assert!(refused.contains("localhost is a proxy, not a source"), "{refused}");

    config.proxies = [("127.0.0.1".to_owned(), "direct".to_owned())].into();
    config.allow_private = vec!["127.0.0.1".to_owned()];
    assert_eq!(visit(&direct.url("/feed.xml"), &config).await, "fresh");
    assert_eq!(direct.requests("/feed.xml").len(), 1);
}
