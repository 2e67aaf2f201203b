//! TLS: whom we trust, and what is said of those we do not.

use origin::Origin;
use rcgen::{BasicConstraints, Certificate, CertificateParams, IsCa, Issuer, KeyPair};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};

use super::*;

/// An authority, and the certificates it or others have signed.
struct Authority {
    certificate: Certificate,
    issuer: Issuer<'static, KeyPair>,
}

impl Authority {
    fn new(name: &str, above: Option<&Authority>) -> Self {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.distinguished_name.push(rcgen::DnType::CommonName, name);
        let key = KeyPair::generate().unwrap();
        let certificate = match above {
            None => params.self_signed(&key).unwrap(),
            Some(above) => params.signed_by(&key, &above.issuer).unwrap(),
        };
        Authority { certificate, issuer: Issuer::new(params, key) }
    }

    /// A server with a certificate for this name; `chain` goes with it.
    async fn serve(&self, name: &str, expired: bool, chain: &[&Certificate]) -> Origin {
        let mut params = CertificateParams::new(vec![name.to_owned()]).unwrap();
        if expired {
            params.not_before = rcgen::date_time_ymd(2020, 1, 1);
            params.not_after = rcgen::date_time_ymd(2021, 1, 1);
        }
        let key = KeyPair::generate().unwrap();
        let leaf = params.signed_by(&key, &self.issuer).unwrap();
        let chain = std::iter::once(&leaf).chain(chain.iter().copied()).map(|one| one.der().clone()).collect();
        start(chain, &key).await
    }
}

async fn start(chain: Vec<CertificateDer<'static>>, key: &KeyPair) -> Origin {
    secured(chain, key, &[]).await
}

/// A server that speaks these protocols.
async fn secured(chain: Vec<CertificateDer<'static>>, key: &KeyPair, protocols: &[&[u8]]) -> Origin {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let key = PrivateKeyDer::try_from(key.serialize_der()).unwrap();
    let mut tls = rustls::ServerConfig::builder().with_no_client_auth().with_single_cert(chain, key).unwrap();
    tls.alpn_protocols = protocols.iter().map(|protocol| protocol.to_vec()).collect();
    let origin = Origin::secured(tls).await;
    origin.at("/feed.xml").then(feed());
    origin
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn certificates_are_checked_and_an_own_authority_is_trusted() {
    let root = Authority::new("Beispielwurzel", None);
    let middle = Authority::new("Beispielzwischenstelle", Some(&root));
    let alone = KeyPair::generate().unwrap();
    let selfsigned = CertificateParams::new(vec!["127.0.0.1".to_owned()]).unwrap().self_signed(&alone).unwrap();
    let origins = [
        ("good", middle.serve("127.0.0.1", false, &[&middle.certificate]).await, "fresh"),
        ("name", middle.serve("amt.example", false, &[&middle.certificate]).await, "not valid for"),
        ("expired", middle.serve("127.0.0.1", true, &[&middle.certificate]).await, "xpired"),
        ("chain", middle.serve("127.0.0.1", false, &[]).await, "UnknownIssuer"),
        ("self", start(vec![selfsigned.der().clone()], &alone).await, "certificate"),
    ];
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("wurzel.pem");
    std::fs::write(&file, root.certificate.pem()).unwrap();
    let sources = || origins.iter().map(|(id, origin, _)| source(id, origin.url("/feed.xml"))).collect::<Vec<_>>();
    let trusting = FetchConfig { ca_file: Some(file), ..config() };
    let (poller, store) = poller(sources(), &trusting).await;
    poller.once(&[]).await.unwrap();
    for (id, _, expected) in &origins {
        let state = state(&store, id).await;
        let (said, wait) = (said(&state), (state.next_due.ms() - state.last_visit.unwrap().ms()) / MINUTE);
        assert!(said.contains(expected), "{id}: {said}");
        assert_eq!(said.starts_with("failed"), *id != "good", "{id}: no matter of robots.txt: {said}");
        let may = if *id == "good" { FINE } else { SOON };
        assert!((may.0..=may.1).contains(&wait), "{id}: next in {wait} min");
    }
    let (poller, store) = super::poller(sources(), &config()).await;
    poller.once(&[]).await.unwrap();
    let said = said(&state(&store, "good").await);
    assert!(said.contains("UnknownIssuer"), "nobody else's authority is trusted: {said}");
}

#[tokio::test]
async fn who_speaks_http_2_is_spoken_to_in_http_2() {
    let root = Authority::new("Beispielwurzel", None);
    let key = KeyPair::generate().unwrap();
    let params = CertificateParams::new(vec!["127.0.0.1".to_owned()]).unwrap();
    let leaf = params.signed_by(&key, &root.issuer).unwrap();
    let origin = secured(vec![leaf.der().clone()], &key, &[b"h2", b"http/1.1"]).await;
    origin.at("/h2").then(feed());
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("wurzel.pem");
    std::fs::write(&file, root.certificate.pem()).unwrap();
    let (poller, store) =
        poller(vec![source("a", origin.url("/feed.xml"))], &FetchConfig { ca_file: Some(file), ..config() }).await;
    poller.once(&[]).await.unwrap();
    assert_eq!(said(&state(&store, "a").await), "fresh");
    // Whatever is asked for in HTTP/2 is on record under that path: robots.txt and the feed, on one connection.
    assert_eq!((origin.requests("/h2").len(), origin.all_requests().len(), origin.connections()), (2, 2, 1));
}
