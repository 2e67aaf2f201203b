//! `origin-server DIR [PORT]`: serves a folder of documents on 127.0.0.1 until it is stopped, for tests that
//! are not written in Rust. Port 0, the default, takes a free one; the line on standard output names it.

use std::io::Write as _;
use std::process::ExitCode;

use origin::Origin;

#[tokio::main]
async fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let (folder, port) = (arguments.next(), arguments.next().unwrap_or_else(|| "0".to_owned()));
    let (Some(folder), Ok(port), None) = (folder, port.parse::<u16>(), arguments.next()) else {
        eprintln!("usage: origin-server DIR [PORT], with a port from 0 to 65535");
        return ExitCode::from(2);
    };
    let served = async {
        let origin = Origin::listen(port).await?;
        let paths = origin.replay(&folder)?;
        let mut out = std::io::stdout();
        writeln!(out, "listening on http://{} with {} documents", origin.address(), paths.len())?;
        out.flush()?;
        tokio::signal::ctrl_c().await
    };
    match served.await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("origin-server: {folder}, port {port}: {error}");
            ExitCode::FAILURE
        }
    }
}
