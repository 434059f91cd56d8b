//! Who and where we are, and the only source of entropy.

use std::path::PathBuf;

use crate::clock::{Clock, Moment, SystemClock};
use crate::digest::{Digest, Hasher};

/// A source of random bytes. Injected, so that a log repeats to the byte in tests.
pub trait Entropy: Send + Sync {
    /// Fills `buffer` with bytes that nobody can guess.
    fn fill(&self, buffer: &mut [u8]) -> std::io::Result<()>;
}

impl<E: Entropy + ?Sized> Entropy for std::sync::Arc<E> {
    fn fill(&self, buffer: &mut [u8]) -> std::io::Result<()> {
        (**self).fill(buffer)
    }
}

/// The operating system's cryptographic generator.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemEntropy;

impl Entropy for SystemEntropy {
    #[expect(clippy::disallowed_methods, reason = "this is the one source of entropy")]
    fn fill(&self, buffer: &mut [u8]) -> std::io::Result<()> {
        getrandom::fill(buffer).map_err(|error| {
            let why = format!("failed to get random bytes from the system: {error}");
            std::io::Error::other(why)
        })
    }
}

/// Everything outside the incident that ends up in an entry.
pub struct World {
    clock: Box<dyn Clock>,
    entropy: Box<dyn Entropy>,
    /// Name of this machine.
    pub host: String,
    /// Name of the system account that runs the tool.
    pub user: String,
    /// Identity of this boot; changes when the machine starts again.
    pub boot: String,
    /// Identity of this machine. Never written as it is, only inside a digest.
    pub machine: String,
    /// The login session (POSIX session id) in which the tool was started.
    pub login: u32,
    /// Folder, outside every home, in which this account remembers what it writes. None: nothing is
    /// remembered.
    pub state: Option<PathBuf>,
    /// Where the running program is.
    program: Option<PathBuf>,
}

impl World {
    /// The world as this machine shows it.
    pub fn system() -> Self {
        let host = nix::unistd::gethostname()
            .ok()
            .and_then(|name| name.into_string().ok())
            .unwrap_or_else(|| "unknown".to_owned());
        let uid = nix::unistd::getuid();
        let user = nix::unistd::User::from_uid(uid)
            .ok()
            .flatten()
            .map_or_else(|| format!("uid {uid}"), |user| user.name);
        let machine = first_line(&["/etc/machine-id", "/var/lib/dbus/machine-id"]);
        Self {
            clock: Box::new(SystemClock::default()),
            entropy: Box::new(SystemEntropy),
            machine: format!("{host}/{}/{uid}", machine.unwrap_or_default()),
            boot: first_line(&["/proc/sys/kernel/random/boot_id"])
                .unwrap_or_else(|| "unknown".to_owned()),
            host,
            user,
            login: nix::unistd::getsid(None)
                .ok()
                .and_then(|sid| u32::try_from(sid.as_raw()).ok())
                .unwrap_or(0),
            state: state(),
            program: std::env::current_exe().ok(),
        }
    }

    /// A world in which time and chance are given. For tests.
    pub fn given(clock: impl Clock + 'static, entropy: impl Entropy + 'static) -> Self {
        Self {
            clock: Box::new(clock),
            entropy: Box::new(entropy),
            host: "jump-01".to_owned(),
            user: "ops".to_owned(),
            boot: "00000000-0000-4000-8000-000000000001".to_owned(),
            machine: "jump-01/test".to_owned(),
            login: 1,
            state: None,
            program: None,
        }
    }

    /// Reads the clocks.
    pub fn now(&self) -> Moment {
        self.clock.now()
    }

    /// The clock itself, for whoever has to resolve a local time.
    pub fn clock(&self) -> &dyn Clock {
        &*self.clock
    }

    /// `N` random bytes.
    pub fn random<const N: usize>(&self) -> std::io::Result<[u8; N]> {
        let mut bytes = [0; N];
        self.entropy.fill(&mut bytes)?;
        Ok(bytes)
    }

    /// A new entry id: UUID version 7, so that ids sort by time.
    pub fn entry_id(&self) -> std::io::Result<String> {
        let millis = u64::try_from(self.now().at.timestamp_millis()).unwrap_or(0);
        let random = self.random::<10>()?;
        let id = uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid();
        Ok(id.hyphenated().to_string())
    }

    /// Digest of the running program, so that a log names the code that wrote it.
    pub fn binary(&self) -> Option<Digest> {
        let mut file = std::fs::File::open(self.program.as_ref()?).ok()?;
        let mut hasher = Hasher::default();
        std::io::copy(&mut file, &mut hasher).ok()?;
        Some(hasher.finish())
    }

    /// Whether the system says that its clock is kept by a time service: systemd-timesyncd left its
    /// mark.
    ///
    /// The kernel's own answer (`adjtimex`) needs a call that no safe library offers, so `false` only
    /// means that nothing can be claimed.
    pub fn is_clock_kept(&self) -> bool {
        std::path::Path::new("/run/systemd/timesync/synchronized").exists()
    }
}

/// The state folder by the XDG Base Directory Specification, which ignores paths that are relative.
fn state() -> Option<PathBuf> {
    let set = |name| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let state = set("XDG_STATE_HOME").or_else(|| Some(set("HOME")?.join(".local/state")))?;
    Some(state.join("breach"))
}

fn first_line(paths: &[&str]) -> Option<String> {
    paths.iter().find_map(|path| {
        let text = std::fs::read_to_string(path).ok()?;
        let line = text.lines().next()?.trim();
        (!line.is_empty()).then(|| line.to_owned())
    })
}
