//! A client that asks on one connection, one request after the other, and a server that ends with its handle.
//!
//! Written out, because what a client library costs would be counted as the server's: both share the cores.

use std::fs;
use std::io::{BufRead as _, BufReader, Error, Read as _, Result, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// One connection.
#[derive(Debug)]
pub struct Client {
    stream: BufReader<TcpStream>,
}

/// A server's process.
#[derive(Debug)]
pub struct Server {
    child: Child,
    /// Where it listens.
    pub address: SocketAddr,
}

impl Client {
    /// Connects.
    ///
    /// # Errors
    /// If nobody listens there.
    pub fn connect(address: SocketAddr) -> Result<Self> {
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(Duration::from_secs(60)))?;
        Ok(Client { stream: BufReader::with_capacity(1 << 16, stream) })
    }

    /// Asks for a path; the time until the whole body was there, and the body.
    ///
    /// # Errors
    /// If the connection breaks, or the answer is none of 200.
    pub fn get(&mut self, path: &str) -> Result<(Duration, Vec<u8>)> {
        let begin = Instant::now();
        let request = format!("GET {path} HTTP/1.1\r\nHost: bench.example\r\n\r\n");
        self.stream.get_mut().write_all(request.as_bytes())?;
        let (mut length, mut status, mut line) = (0, String::new(), String::new());
        loop {
            line.clear();
            self.stream.read_line(&mut line)?;
            if status.is_empty() {
                status.clone_from(&line);
            }
            match line.trim_end().split_once(": ") {
                Some((name, value)) if name.eq_ignore_ascii_case("content-length") => {
                    length = value.parse().map_err(|_| Error::other(line.clone()))?;
                }
                None if line.trim_end().is_empty() => break,
                Some(_) | None => {}
            }
        }
        let mut body = vec![0; length];
        self.stream.read_exact(&mut body)?;
        match status.split(' ').nth(1) {
            Some("200") => Ok((begin.elapsed(), body)),
            _ => Err(Error::other(format!("{path}: {} {}", status.trim(), String::from_utf8_lossy(&body)))),
        }
    }
}

impl Server {
    /// Starts a binary of ours with these arguments, on a free port.
    ///
    /// # Errors
    /// If it ends before it listens.
    pub fn start(binary: &Path, arguments: &[&str]) -> Result<Self> {
        let mut child = Command::new(binary)
            .args(arguments)
            .args(["--listen", "127.0.0.1:0"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let lines = child.stdout.take().map(|stdout| BufReader::new(stdout).lines());
        let mut lines = lines.into_iter().flatten().map_while(Result::ok);
        let address = lines.find_map(|line| line.strip_prefix("listening on http://")?.parse().ok());
        let address = address.ok_or_else(|| Error::other("the server ended before it listened"))?;
        Ok(Server { child, address })
    }

    /// A value of `/proc/PID/status` in megabytes: `VmRSS` is what it takes now, `VmHWM` the most that it took.
    ///
    /// # Errors
    /// If there is no such file, as on other systems than Linux.
    pub fn megabytes(&self, name: &str) -> Result<f64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
        let kilobytes = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<f64>().ok());
        kilobytes.map(|kilobytes| kilobytes / 1024.0).ok_or_else(|| Error::other(format!("no {name}")))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The value at this share of the way from the least to the most, in milliseconds.
#[must_use]
pub fn percentile(times: &mut [Duration], share: f64) -> f64 {
    times.sort_unstable();
    let at = ((times.len() as f64 * share) as usize).min(times.len().saturating_sub(1));
    times.get(at).map_or(0.0, |time| time.as_secs_f64() * 1e3)
}
