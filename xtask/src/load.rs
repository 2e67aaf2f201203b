//! How fast kept answers go out, beside nginx serving the very same bytes from files: one run, both on the same two
//! cores as the client, turn about, so that whatever else the machine does slows both alike. What counts is the ratio.
//! And how long an answer takes at half the load of which we are capable.
//!
//! Installs Debian's nginx-light and wrk if they are missing.

use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use crate::{
    debian,
    run::{Done, ask, command, find, finish, say},
};

/// What is asked, and the file that nginx has of it.
const ASKED: [(&str, &str, &str); 3] = [
    ("20 items as JSON", "/api/v1/items?limit=20", "items.json"),
    ("20 items as Atom", "/feeds/atom.xml?limit=20", "atom.xml"),
    ("panel", "/panel", "panel.html"),
];
/// Turns of each, and how long one takes.
const TURNS: usize = 5;
const SECONDS: &str = "2s";
/// What a 200 and a 304 should come to, as a share of nginx's.
const LEAST: [f64; 2] = [0.7, 0.8];
/// At half the load, so many connections ask now and then, and 99 in 100 answers should take no longer than this.
const CALM: u32 = 256;
const P99_MS: f64 = 5.0;
const CALM_TURNS: usize = 5;
/// Where the machine is shared, a turn in which others had more than this share of a core's time says how they fared.
const STOLEN: f64 = 0.01;

/// Measures this binary and prints ours, nginx and the ratio.
pub(crate) fn run(binary: &Path) -> Done {
    if find("nginx").is_none() || find("wrk").is_none() {
        debian::install(&["nginx-light", "wrk"], "a few seconds")?;
    }
    let folder = std::env::temp_dir().join(format!("amtsticker-load-{}", std::process::id()));
    let measured = measure(binary, &folder);
    let _ = fs::remove_dir_all(&folder);
    measured
}

fn measure(binary: &Path, folder: &Path) -> Done {
    fs::create_dir_all(folder.join("files")).map_err(|error| format!("{}: {error}", folder.display()))?;
    let ours = Ours::start(binary)?;
    for (_, path, file) in ASKED {
        let answer = get(ours.address, path)?;
        let place = folder.join("files").join(file);
        fs::write(&place, answer.body).map_err(|error| format!("{}: {error}", place.display()))?;
    }
    let nginx = Nginx::start(folder)?;
    say("requests a second, 32 connections:     amtsticker      nginx   ratio   should be");
    let mut calm = Vec::new();
    for (name, path, file) in ASKED {
        let theirs = format!("/{file}");
        let tags = [get(ours.address, path)?.tag, get(nginx.address, &theirs)?.tag];
        for known in [false, true] {
            let [ours, nginx, ratio] = pair(&[(ours.address, path), (nginx.address, &theirs)], &tags, known)?;
            let (what, least) = if known { (format!("{name}, 304"), LEAST[1]) } else { (name.to_owned(), LEAST[0]) };
            let verdict = if ratio >= least { "" } else { "  too slow" };
            say(&format!("{what:<38} {ours:>10.0} {nginx:>10.0} {ratio:>7.2}   {least}{verdict}"));
            if !known {
                calm.push((name, path, theirs.clone(), ours / 2.0));
            }
        }
    }
    say("at half that load, 256 connections:    a second   p99, ms   nginx's   should be   turns, time others took");
    for (name, path, theirs, rate) in calm {
        // Turn about as well: what the client and the machine add, they add to both.
        let turns = (0..CALM_TURNS).map(|_| {
            let (begun, before) = (Instant::now(), stolen());
            let (asked, p99) = half(folder, ours.address, path, rate)?;
            let nginx = half(folder, nginx.address, &theirs, rate)?.1;
            Ok([asked, p99, nginx, (stolen() - before) / begun.elapsed().as_secs_f64()])
        });
        let mut turns = turns.collect::<Result<Vec<_>, String>>()?;
        if turns.iter().any(|turn| turn[3] <= STOLEN) {
            turns.retain(|turn| turn[3] <= STOLEN);
        }
        let [rate, p99, nginx, stolen] = [0, 1, 2, 3].map(|n| median(turns.iter().map(|turn| turn[n]).collect()));
        let verdict = if p99 <= P99_MS { "" } else { "  too slow" };
        let (many, percent) = (turns.len(), stolen * 100.0);
        say(&format!("{name:<38} {rate:>10.0} {p99:>9.2} {nginx:>9.2}   {P99_MS}{verdict}   {many}, {percent:.1} %"));
    }
    Ok(())
}

/// Seconds that whoever the machine is shared with has had of its cores since it started, all cores together
/// (`steal` in `/proc/stat`, see proc(5)); none where the system does not say.
fn stolen() -> f64 {
    let stat = fs::read_to_string("/proc/stat").unwrap_or_default();
    let ticks = stat.lines().next().and_then(|all| all.split_whitespace().nth(8)?.parse::<f64>().ok());
    // A tick is a hundredth of a second wherever Linux runs on a server.
    ticks.unwrap_or_default() / 100.0
}

/// How many a second were asked for at about this rate, and the 99th percentile of what they took, in milliseconds.
fn half(folder: &Path, address: SocketAddr, path: &str, rate: f64) -> Result<(f64, f64), String> {
    let pause = f64::from(CALM) / rate * 1e3;
    let script = folder.join("pause.lua");
    // Whole milliseconds, evenly between none and twice the pause.
    let lines = format!("function delay() return math.floor(math.random() * {} + 0.5) end\n", 2.0 * pause);
    fs::write(&script, lines).map_err(|error| format!("{}: {error}", script.display()))?;
    let mut wrk = on_two_cores("wrk");
    wrk.args(["-t", "1", "-c", &CALM.to_string(), "-d", "5s", "--latency", "-s"]).arg(&script);
    let printed = ask(wrk.arg(format!("http://{address}{path}"))).ok_or("wrk failed")?;
    let p99 = printed.lines().find_map(|line| milliseconds(line.trim().strip_prefix("99%")?.trim()));
    Ok((said(&printed)?, p99.ok_or_else(|| format!("wrk said no percentile: {printed}"))?))
}

/// A time as wrk writes it: `812.00us`, `1.50ms`, `2.00s`.
fn milliseconds(time: &str) -> Option<f64> {
    let (number, factor) = [("us", 1e-3), ("ms", 1.0), ("s", 1e3)]
        .into_iter()
        .find_map(|(unit, factor)| Some((time.strip_suffix(unit)?, factor)))?;
    Some(number.parse::<f64>().ok()? * factor)
}

/// The medians of both, measured turn about, and that of the ratios: two neighbouring turns meet the same weather.
fn pair(targets: &[(SocketAddr, &str); 2], tags: &[String; 2], known: bool) -> Result<[f64; 3], String> {
    let mut rates = [Vec::new(), Vec::new(), Vec::new()];
    for _ in 0..TURNS {
        for (n, (address, path)) in targets.iter().enumerate() {
            rates[n].push(wrk(*address, path, known.then_some(tags[n].as_str()))?);
        }
        let ratio = rates[0][rates[0].len() - 1] / rates[1][rates[1].len() - 1];
        rates[2].push(ratio);
    }
    Ok(rates.map(median))
}

/// The middle one; of an even number, the greater of the two.
fn median(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    numbers[numbers.len() / 2]
}

fn wrk(address: SocketAddr, path: &str, tag: Option<&str>) -> Result<f64, String> {
    let mut wrk = on_two_cores("wrk");
    wrk.args(["-t", "1", "-c", "32", "-d", SECONDS]);
    if let Some(tag) = tag {
        wrk.arg("-H").arg(format!("If-None-Match: {tag}"));
    }
    let printed = ask(wrk.arg(format!("http://{address}{path}"))).ok_or("wrk failed")?;
    let wrong = printed.lines().find(|line| line.contains("Non-2xx") || line.contains("Socket errors"));
    // To wrk a 304 is as good as a 200: it counts those from 400 on.
    if let Some(wrong) = wrong {
        return Err(format!("wrk on {path}: {}", wrong.trim()));
    }
    said(&printed)
}

/// The rate that wrk printed.
fn said(printed: &str) -> Result<f64, String> {
    let rate = printed.lines().find_map(|line| line.trim().strip_prefix("Requests/sec:")?.trim().parse().ok());
    rate.ok_or_else(|| format!("wrk said no rate: {printed}"))
}

/// A program on the first two cores, where there are more.
fn on_two_cores(program: &str) -> Command {
    let many = std::thread::available_parallelism().is_ok_and(|cores| cores.get() > 2);
    if !many || find("taskset").is_none() {
        return command(program);
    }
    let mut taskset = command("taskset");
    taskset.args(["--cpu-list", "0,1", program]);
    taskset
}

/// Our demo on a free port; it ends with this value.
struct Ours {
    child: Child,
    address: SocketAddr,
}

impl Ours {
    fn start(binary: &Path) -> Result<Self, String> {
        let mut server = on_two_cores(&binary.display().to_string());
        server.args(["demo", "--listen", "127.0.0.1:0"]).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = server.spawn().map_err(|error| format!("{}: {error}", binary.display()))?;
        let lines = child.stdout.take().map(|stdout| BufReader::new(stdout).lines());
        let mut lines = lines.into_iter().flatten().map_while(Result::ok);
        let address = lines.find_map(|line| line.strip_prefix("listening on http://")?.parse().ok());
        match address {
            Some(address) => Ok(Ours { child, address }),
            None => Err(format!("{} demo ended before it listened", binary.display())),
        }
    }
}

impl Drop for Ours {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// An nginx of our own on a free port, tuned for files that stay as they are; it ends with this value.
pub(crate) struct Nginx {
    child: Child,
    folder: PathBuf,
    pub(crate) address: SocketAddr,
}

impl Nginx {
    /// Serves the files in `files` of this folder.
    pub(crate) fn start(folder: &Path) -> Result<Self, String> {
        let trouble = |error: std::io::Error| format!("nginx: {error}");
        let address = TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).map_err(trouble)?;
        // As root, nginx would hand its workers to a user that may not read our folder.
        let user = if ask(command("id").arg("-u")).as_deref() == Some("0") { "user root;" } else { "" };
        let here = folder.display();
        let config = format!(
            "{user} worker_processes 2; pid {here}/nginx.pid; error_log {here}/error.log; daemon off;\n\
             events {{ worker_connections 1024; }}\n\
             http {{\n\
             types {{ application/json json; application/atom+xml xml; text/html html; }}\n\
             access_log off; sendfile on; tcp_nopush on; keepalive_requests 100000000;\n\
             open_file_cache max=100 inactive=10m; open_file_cache_valid 10m; open_file_cache_min_uses 1;\n\
             client_body_temp_path {here}/b; proxy_temp_path {here}/p; fastcgi_temp_path {here}/f;\n\
             uwsgi_temp_path {here}/u; scgi_temp_path {here}/s;\n\
             server {{ listen {address}; root {here}/files; }}\n\
             }}\n"
        );
        fs::write(folder.join("nginx.conf"), config).map_err(trouble)?;
        let child = on_two_cores("nginx").args(Self::conf(folder)).spawn().map_err(trouble)?;
        let nginx = Nginx { child, folder: folder.to_path_buf(), address };
        let begin = Instant::now();
        while TcpStream::connect(address).is_err() {
            if begin.elapsed() > Duration::from_secs(10) {
                return Err("nginx does not listen".to_owned());
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        Ok(nginx)
    }

    fn conf(folder: &Path) -> [String; 4] {
        let (prefix, file) = (folder.display().to_string(), folder.join("nginx.conf").display().to_string());
        ["-p".to_owned(), prefix, "-c".to_owned(), file]
    }
}

impl Drop for Nginx {
    fn drop(&mut self) {
        // Killed, it would leave its workers behind.
        let _ = finish(command("nginx").args(Self::conf(&self.folder)).args(["-s", "stop"]));
        let _ = self.child.wait();
    }
}

struct Answer {
    tag: String,
    body: Vec<u8>,
}

/// One answer, and its tag.
fn get(address: SocketAddr, path: &str) -> Result<Answer, String> {
    let trouble = |error: std::io::Error| format!("http://{address}{path}: {error}");
    let mut stream = TcpStream::connect(address).map_err(trouble)?;
    let request = format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).map_err(trouble)?;
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).map_err(trouble)?;
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").ok_or("an answer without an end of its head")?;
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    if !head.starts_with("HTTP/1.1 200 ") {
        return Err(format!("http://{address}{path}: {}", head.lines().next().unwrap_or_default()));
    }
    let tag = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("etag").then(|| value.trim().to_owned())
    });
    Ok(Answer { tag: tag.unwrap_or_default(), body: bytes.split_off(end + 4) })
}
