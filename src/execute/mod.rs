//! Running a step's command: in a group of its own, with a time-out, its output shown and kept.

mod editor;
mod foreground;
mod pager;

use std::io::{self, IsTerminal, Read, Write};
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use chrono::TimeDelta;
use nix::sys::signal::{Signal, killpg};
use nix::unistd::Pid;

use crate::incident::event::{Ended, Kept};
use crate::vault::{Incoming, Vault};
use crate::world::World;

pub use editor::edit;
use foreground::Foreground;
pub use pager::page;

/// Most bytes of one stream that are kept; the rest is read, shown and counted as truncated.
const MOST: u64 = 64 << 20;
/// How long a group gets between SIGTERM and SIGKILL, and its pipes after its leader has ended.
const GRACE: TimeDelta = TimeDelta::seconds(2);
const TICK: Duration = Duration::from_millis(40);

/// How a command went.
#[derive(Debug)]
pub struct Ran {
    /// How it ended.
    pub ended: Ended,
    /// What it wrote to standard output, if it could be kept.
    pub stdout: Option<Kept>,
    /// What it wrote to standard error, if it could be kept.
    pub stderr: Option<Kept>,
    /// True if we were told to stop while it ran.
    pub interrupted: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Stream {
    Stdout,
    Stderr,
}

/// Runs `argv` with our environment. `show` gets the output as it comes, cut between characters.
///
/// At a terminal the command gets it for its input and its Ctrl-C, so that `sudo` can ask;
/// elsewhere its input is empty, because standard input holds our own answers.
///
/// # Errors
/// The output cannot be kept. A command that cannot be started is an outcome, not an error.
pub fn run(
    argv: &[String],
    timeout: TimeDelta,
    vault: &Vault,
    world: &World,
    show: &mut dyn FnMut(&[u8]),
) -> io::Result<Ran> {
    let mut keep = [Keeper::new(vault, world)?, Keeper::new(vault, world)?];
    let told = Told::new()?;
    let at_terminal = io::stdin().is_terminal();
    let input = if at_terminal { Stdio::inherit() } else { Stdio::null() };
    let (program, arguments) = argv.split_first().map_or(("", &[][..]), |(p, a)| (p.as_str(), a));
    let spawned = Command::new(program)
        .args(arguments)
        .stdin(input)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .process_group(0)
        .spawn();
    let mut child = match spawned {
        Ok(child) => child,
        Err(error) => {
            let why = match error.kind() {
                io::ErrorKind::NotFound => format!("`{program}` is not on this machine"),
                _ => format!("`{program}`: {error}"),
            };
            let ended = Ended::NotStarted(why);
            return Ok(Ran { ended, stdout: None, stderr: None, interrupted: false });
        }
    };
    let group = Pid::from_raw(i32::try_from(child.id()).unwrap_or(0));
    let foreground = at_terminal.then(|| Foreground::give(group)).flatten();
    let output = read_both(&mut child);
    let mut watch = Watch {
        world,
        group,
        deadline: deadline(world, timeout),
        killed_at: None,
        timed_out: false,
    };
    let status = watch.until_end(&mut child, &output, &mut keep, &told, show)?;
    drop(foreground);
    let [stdout, stderr] = keep;
    Ok(Ran {
        ended: if watch.timed_out { Ended::TimedOut } else { ended(status) },
        stdout: Some(stdout.keep()?),
        stderr: Some(stderr.keep()?),
        interrupted: told.was_told(),
    })
}

fn deadline(world: &World, after: TimeDelta) -> u64 {
    world.now().mono + u64::try_from(after.num_microseconds().unwrap_or(i64::MAX)).unwrap_or(0)
}

/// Whether the grace of a group that was asked to end at `at` is over.
fn is_over(at: u64, now: u64) -> bool {
    now.saturating_sub(at) > GRACE.num_milliseconds().unsigned_abs() * 1000
}

fn ended(status: ExitStatus) -> Ended {
    match (status.code(), status.signal()) {
        (Some(code), _) => Ended::Exit(code),
        (None, Some(signal)) => Ended::Signal(signal),
        (None, None) => Ended::Unknown,
    }
}

/// Watches the clock, the signals and the child while output comes in.
struct Watch<'w> {
    world: &'w World,
    group: Pid,
    deadline: u64,
    /// When the group was asked to end.
    killed_at: Option<u64>,
    timed_out: bool,
}

impl Watch<'_> {
    fn until_end(
        &mut self,
        child: &mut Child,
        output: &Receiver<(Stream, Vec<u8>)>,
        keep: &mut [Keeper; 2],
        told: &Told,
        show: &mut dyn FnMut(&[u8]),
    ) -> io::Result<ExitStatus> {
        let mut status = None;
        let mut pipes_until = None;
        loop {
            match output.recv_timeout(TICK) {
                Ok((stream, piece)) => {
                    let keeper = &mut keep[usize::from(stream == Stream::Stderr)];
                    keeper.take(&piece, show)?;
                    // A chatty command must not keep us from looking at the clock.
                }
                Err(RecvTimeoutError::Disconnected) if status.is_some() && !self.lingers() => break,
                Err(RecvTimeoutError::Disconnected) => std::thread::sleep(TICK),
                Err(RecvTimeoutError::Timeout) => {}
            }
            let now = self.world.now().mono;
            if status.is_none() {
                wake_if_stopped(self.group);
                status = child.try_wait()?;
                // Whoever inherited the pipes may hold them open for good; the leader's end counts.
                pipes_until = status.map(|_| deadline(self.world, GRACE));
            }
            if pipes_until.is_some_and(|until| now > until) && !self.lingers() {
                break;
            }
            if status.is_none() {
                self.end_if_due(now, told);
            }
        }
        if self.killed_at.is_some() {
            // The leader obeyed; whoever of its group did not is ended here.
            let _ = killpg(self.group, Signal::SIGKILL);
        }
        for keeper in keep {
            keeper.flush(show);
        }
        match status {
            Some(status) => Ok(status),
            None => child.wait(),
        }
    }

    /// True while somebody of a group that was asked to end may still take its time for it.
    fn lingers(&self) -> bool {
        let now = self.world.now().mono;
        self.killed_at.is_some_and(|at| !is_over(at, now)) && killpg(self.group, None).is_ok()
    }

    fn end_if_due(&mut self, now: u64, told: &Told) {
        let late = now > self.deadline;
        match self.killed_at {
            None if late || told.was_told() => {
                self.timed_out = late;
                self.killed_at = Some(now);
                let _ = killpg(self.group, Signal::SIGTERM);
                let _ = killpg(self.group, Signal::SIGCONT);
            }
            Some(at) if is_over(at, now) => {
                let _ = killpg(self.group, Signal::SIGKILL);
            }
            _ => {}
        }
    }
}

/// Ctrl-Z would leave the command stopped and us without a terminal: it goes on at once.
#[cfg(target_os = "linux")]
fn wake_if_stopped(group: Pid) {
    use nix::sys::wait::{Id, WaitPidFlag, WaitStatus, waitid};
    let flags = WaitPidFlag::WSTOPPED | WaitPidFlag::WNOHANG | WaitPidFlag::WNOWAIT;
    if let Ok(WaitStatus::Stopped(..)) = waitid(Id::Pid(group), flags) {
        let _ = killpg(group, Signal::SIGCONT);
    }
}

/// Elsewhere nothing tells that it stopped without reaping it; the time-out ends it.
#[cfg(not(target_os = "linux"))]
fn wake_if_stopped(_: Pid) {}

/// Reads both pipes on threads of their own, so that neither can block the other.
fn read_both(child: &mut Child) -> Receiver<(Stream, Vec<u8>)> {
    let (sender, receiver) = sync_channel(64);
    if let Some(pipe) = child.stdout.take() {
        read_one(pipe, Stream::Stdout, sender.clone());
    }
    if let Some(pipe) = child.stderr.take() {
        read_one(pipe, Stream::Stderr, sender);
    }
    receiver
}

fn read_one(
    mut pipe: impl Read + Send + 'static,
    stream: Stream,
    to: SyncSender<(Stream, Vec<u8>)>,
) {
    std::thread::spawn(move || {
        let mut buffer = vec![0; 64 << 10];
        loop {
            match pipe.read(&mut buffer) {
                Ok(0) => break,
                Ok(n) if to.send((stream, buffer[..n].to_vec())).is_err() => break,
                Err(error) if error.kind() != io::ErrorKind::Interrupted => break,
                Ok(_) | Err(_) => {}
            }
        }
    });
}

/// Keeps a stream, and shows it cut between characters.
struct Keeper {
    incoming: Incoming,
    kept: u64,
    truncated: bool,
    carry: Vec<u8>,
}

impl Keeper {
    fn new(vault: &Vault, world: &World) -> io::Result<Self> {
        Ok(Self { incoming: vault.incoming(world)?, kept: 0, truncated: false, carry: Vec::new() })
    }

    fn take(&mut self, piece: &[u8], show: &mut dyn FnMut(&[u8])) -> io::Result<()> {
        let room = usize::try_from(MOST - self.kept).unwrap_or(usize::MAX).min(piece.len());
        self.incoming.write_all(&piece[..room])?;
        self.kept += room as u64;
        self.truncated |= room < piece.len();
        self.carry.extend_from_slice(piece);
        let whole = match std::str::from_utf8(&self.carry) {
            Err(error) if error.error_len().is_none() => error.valid_up_to(),
            _ => self.carry.len(),
        };
        show(&self.carry[..whole]);
        self.carry.drain(..whole);
        Ok(())
    }

    fn flush(&mut self, show: &mut dyn FnMut(&[u8])) {
        if !self.carry.is_empty() {
            show(&std::mem::take(&mut self.carry));
        }
    }

    fn keep(self) -> io::Result<Kept> {
        let truncated = self.truncated;
        self.incoming.keep().map(|kept| Kept { truncated, ..kept })
    }
}

/// Whether somebody told us to stop while a command runs.
///
/// The handlers stay for good, because taking one away would leave its signal ignored. While no
/// command runs, they do what the signal does by default.
struct Told(&'static Flags);

struct Flags {
    told: Arc<AtomicBool>,
    idle: Arc<AtomicBool>,
}

impl Told {
    fn new() -> io::Result<Self> {
        static FLAGS: OnceLock<Result<Flags, String>> = OnceLock::new();
        let flags = FLAGS
            .get_or_init(|| register().map_err(|error| error.to_string()))
            .as_ref()
            .map_err(|error| io::Error::other(error.as_str()))?;
        flags.told.store(false, Ordering::SeqCst);
        flags.idle.store(false, Ordering::SeqCst);
        Ok(Self(flags))
    }

    fn was_told(&self) -> bool {
        self.0.told.load(Ordering::SeqCst)
    }
}

impl Drop for Told {
    fn drop(&mut self) {
        self.0.idle.store(true, Ordering::SeqCst);
    }
}

fn register() -> io::Result<Flags> {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    let flags =
        Flags { told: Arc::new(AtomicBool::new(false)), idle: Arc::new(AtomicBool::new(false)) };
    for signal in [SIGINT, SIGTERM, SIGHUP] {
        signal_hook::flag::register_conditional_default(signal, Arc::clone(&flags.idle))?;
        signal_hook::flag::register(signal, Arc::clone(&flags.told))?;
    }
    Ok(flags)
}
