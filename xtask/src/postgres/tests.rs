//! A cluster answers while it is held, and leaves nothing behind.

use std::net::TcpStream;

use super::*;

#[test]
fn a_cluster_is_there_as_long_as_it_is_held() {
    if let Err(trouble) = programs() {
        eprintln!("skipped: {trouble}");
        return;
    }
    let cluster = start().unwrap();
    let (folder, pid) = (cluster.folder.clone(), cluster.server.id());
    let address = cluster.url.split(['@', '/']).nth(3).unwrap().to_owned();
    assert!(TcpStream::connect(&address).is_ok(), "{address} answers");
    assert!(folder.join("data/postmaster.pid").is_file());
    drop(cluster);
    assert!(TcpStream::connect(&address).is_err(), "{address} is closed");
    assert!(!folder.exists() && !Path::new(&format!("/proc/{pid}")).exists());
}
