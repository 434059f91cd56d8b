//! False alarms: ordinary notes, logs and code hold no secrets.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use breach::incident::sensitive;

/// Numbers that look drawn, the same in every run.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, most: u64) -> u64 {
        self.next() % most
    }

    fn of<'w>(&mut self, words: &[&'w str]) -> &'w str {
        words[usize::try_from(self.below(words.len() as u64)).expect("small")]
    }

    fn hex(&mut self, count: usize) -> String {
        let digit =
            |_| char::from(b"0123456789abcdef"[usize::from(self.next().to_le_bytes()[3] % 16)]);
        (0..count).map(digit).collect()
    }
}

const NAMES: [&str; 24] = [
    "Ada",
    "grace",
    "alan.turing",
    "ops",
    "root",
    "svc-backup",
    "Łukasz",
    "Müller",
    "deploy",
    "www-data",
    "nobody",
    "José",
    "katherine.j",
    "helpdesk",
    "dba_team",
    "night-shift",
    "CISO",
    "李",
    "counsel",
    "j.doe2",
    "ubuntu",
    "Administrator",
    "hopper",
    "intern4",
];
const HOSTS: [&str; 20] = [
    "web-01",
    "db2.corp.example",
    "10.20.30.40",
    "vpn",
    "mail.example.org",
    "k8s-node-17",
    "bastion",
    "fileserver01",
    "dc1.ad.corp",
    "192.168.100.200",
    "2001:db8::17",
    "laptop-4711",
    "s3-eu-central-1",
    "checkout",
    "jira",
    "ip-172-31-4-9",
    "HR-PC0042",
    "gw",
    "build7",
    "fe80::1%eth0",
];
/// Words that stand near secrets, and are none: what a false alarm would be made of.
const THINGS: [&str; 44] = [
    "password",
    "passwords",
    "token",
    "tokens",
    "secret",
    "api key",
    "API keys",
    "credentials",
    "session",
    "certificate",
    "private key",
    "key-rotation",
    "password_hash",
    "access token",
    "refresh-token",
    "MFA",
    "passphrase",
    "client secret",
    "database",
    "backup",
    "mailbox",
    "invoice",
    "firewall rule",
    "shadow file",
    "card number",
    "IBAN",
    "CVV",
    "cookie",
    "Authorization header",
    "JWT",
    "SSH key",
    "basic auth",
    "bearer token",
    "keychain",
    "vault",
    "token bucket",
    "sk-spinner",
    "pat",
    "AKIA id",
    "passwd entry",
    "login page",
    "hash",
    "npm package",
    "pypi-mirror",
];
const DONE: [&str; 26] = [
    "was reset",
    "is rotated",
    "is no longer valid",
    "was seen in the logs",
    "is still unknown",
    "was revoked by",
    "has expired",
    "is required for",
    "was sent to",
    "must be changed before",
    "is stored in the vault of",
    "was found on",
    "is 12 characters long",
    "was not exposed",
    "is being checked by",
    "was copied to",
    "needs a second look by",
    "belongs to",
    "was turned off at",
    "is shared with",
    "is managed by",
    "was disabled on",
    "is encrypted at rest on",
    "was created for",
    "leaked through",
    "never left",
];
const CODE: [&str; 48] = [
    "let token = lexer.next_token()?;",
    "password: String,",
    "pub token: Option<Token<'a>>,",
    "if password != confirm {",
    "const pass = await bcrypt.hash(password, 12);",
    "password = os.environ[\"DB_PASSWORD\"]",
    "secret = config.get('secret')",
    "token := r.Header.Get(\"Authorization\")",
    "conn = connect(user=user, password=password, host=host)",
    "String password = request.getParameter(\"password\");",
    "self.token = token",
    "api_key=settings.API_KEY,",
    "token: Token::Ident(\"x1\".into()),",
    "assert_eq!(token.kind, TokenKind::Str);",
    "pwd=$(pwd)",
    "export PGPASSWORD=\"$DB_PASS\"",
    "<input type=\"password\" name=\"password\" id=\"pw1\">",
    "\"password\": { \"type\": \"string\", \"minLength\": 12 },",
    "ALTER TABLE users ADD COLUMN password_hash varchar(255) NOT NULL;",
    "password: ${{ secrets.DB_PASSWORD }}",
    "token: ${GITHUB_TOKEN}",
    "passwd: files systemd",
    "auth required pam_unix.so nullok_secure",
    "secretKeyRef: { name: db, key: password }",
    "passwordFile = /run/secrets/db",
    "api_key = \"\"",
    "token = None",
    "secret: !Ref DatabaseSecret",
    "GRANT SELECT ON t TO app_ro;",
    "return jwt.verify(token, publicKey, { algorithms: ['RS256'] });",
    "let key = \"key-{id}\";",
    "impl FromStr for ApiKey {",
    "curl -sSfL https://example.org/install.sh | sh -s -- -b /usr/local/bin",
    "mysql -u root -p shop < dump.sql",
    "docker run -p 8080:80 nginx:1.27",
    "sshpass -f /run/pw ssh ada@web-01",
    "openssl x509 -in cert.pem -noout -fingerprint -sha256",
    "ssh -i ~/.ssh/id_ed25519 -p 2222 ops@bastion",
    "psql postgres://localhost:5432/shop?sslmode=require",
    "git clone https://github.com/example/shop.git",
    "kubectl get secret db -o yaml",
    "for token in tokens[1:]:",
    "import { Token } from './token';",
    "echo $1$2 | awk '{print $6$7}'",
    "std::fs::read_to_string(path)?",
    "passwords = [p for p in lines if p]",
    "next_page_token=abcd1234",
    "#define TOKEN_MAX 4096",
];

/// One line of what people and programs write.
#[expect(clippy::too_many_lines, reason = "a line of source for each kind of line")]
fn line(dice: &mut Dice) -> String {
    let (name, host, other) = (dice.of(&NAMES), dice.of(&HOSTS), dice.of(&HOSTS));
    let (thing, done) = (dice.of(&THINGS), dice.of(&DONE));
    let (n, m, port) = (dice.below(100_000), dice.below(1000), 1024 + dice.below(64_000));
    let (h, min, s) = (dice.below(24), dice.below(60), dice.below(60));
    let day = 1 + dice.below(28);
    let path = format!(
        "/{}/{}/{}",
        dice.of(&["api", "v2", "static", "login"]),
        dice.of(&["users", "token", "password", "reset", "cards"]),
        n
    );
    let uuid = format!(
        "{}-{}-4{}-a{}-{}",
        dice.hex(8),
        dice.hex(4),
        dice.hex(3),
        dice.hex(3),
        dice.hex(12)
    );
    match dice.below(34) {
        0 => format!("{name}: the {thing} on {host} {done} {other}, {n} records"),
        1 => format!("{h:02}:{min:02} Called {name} about the {thing}; it {done} {host}."),
        2 => format!("The {thing} {done} {name} (ticket SEC-{n}, 2026-03-{day:02})."),
        3 => format!("- [ ] {thing}: {done} {name}"),
        4 => format!("{thing}: {n} of {}", n + m),
        5 => format!(
            "Decided with {name} at {h:02}:{min:02}: the {thing} {done} {host}, port {port}."
        ),
        6 => format!(
            "{other} - {name} [{day:02}/Nov/2026:{h:02}:{min:02}:{s:02} +0100] \"GET {path}?page={m}&sort=name HTTP/1.1\" 200 {n} \"https://{host}/\" \"Mozilla/5.0 (X11; Linux x86_64; rv:{m}.0)\""
        ),
        7 => format!(
            "2026-11-{day:02}T{h:02}:{min:02}:{s:02}.{m:03}Z {host} sshd[{n}]: Failed password for {name} from {other} port {port} ssh2"
        ),
        8 => format!(
            "Nov {day} {h:02}:{min:02}:{s:02} {host} sudo: {name} : TTY=pts/{m} ; PWD=/home/{name} ; USER=root ; COMMAND=/bin/ls {path}"
        ),
        9 => format!(
            "{{\"time\":\"2026-11-{day:02}T{h:02}:{min:02}:{s:02}Z\",\"user\":\"{name}\",\"event\":\"token.refresh\",\"id\":\"{uuid}\",\"ok\":true}}"
        ),
        10 => format!(
            "level=info msg=\"{thing} {done} {host}\" request_id={uuid} took={m}ms tokens={n}"
        ),
        11 => format!("{}  {}.tar.gz", dice.hex(64), host),
        12 => format!("commit {}", dice.hex(40)),
        13 => format!("index {}..{} 100644", dice.hex(7), dice.hex(7)),
        14 => dice.of(&CODE).to_owned(),
        15 => format!("    {} // {thing} {n}", dice.of(&CODE)),
        16 => format!("title = \"The {thing} {done} {host}\""),
        17 => format!("run = [\"curl\", \"-u\", \"{{item}}\", \"https://{host}:{port}{path}\"]"),
        18 => format!("{name},{host},{thing},{n},2026-11-{day:02},{done}"),
        19 => format!(
            "  {}: {}",
            dice.of(&["password", "token", "secret", "api_key", "user", "pass", "replicas"]),
            dice.of(&[
                "",
                "null",
                "true",
                "<from vault>",
                "${DB_PASS}",
                "{{ lookup }}",
                "!vault |",
                "string",
                "\"\"",
                "********"
            ])
        ),
        20 => format!(
            "{} = {}",
            dice.of(&["token", "password", "secret", "timeout", "pw", "pass"]),
            dice.of(&[
                "None",
                "self._next()",
                "get_secret(name)",
                "input.value",
                "tokens[0]",
                "true",
                "next(it)",
                "args.password",
                "''"
            ])
        ),
        21 => format!("INSERT INTO events VALUES ({n}, '{name}', '{host}', {m}.{s:02}, NULL);"),
        22 => format!(
            "Order {n}-{port}{day:02} of 1764{n:05}{m:03}{s:02} paid by invoice, {n} EUR, id 12{n:05}{m:03}{port:05}{day:02}9"
        ),
        23 => format!("phone +44 20 7946 {n:04}, fax +49 30 {port} {m}"),
        24 => format!(
            "{host}.{port} > {other}.443: Flags [P.], seq {n}{port}:{n}{}, ack {m}, win 501, length {m}",
            port + m
        ),
        25 => format!("arn:aws:iam::{:012}:role/{thing}-reader", dice.below(999_999_999_999))
            .replace(' ', "-"),
        26 => format!("{} {name} {n} {host} {}", uuid, dice.hex(32)),
        27 => format!("pass: {n} fail: {m} PASS={n} FAIL={m} skipped={s}"),
        28 => format!("| {thing} | {name} | {n} | {done} {host} |"),
        29 => format!(
            "[{n}.{m:06}] usb {s}-{day}: new high-speed USB device number {m} using xhci_hcd"
        ),
        30 => format!("WARN {host} o.e.{thing}Service - {thing} {done} {name} (attempt {s}/{m})"),
        31 => format!(
            "EventID=4624 LogonType={s} TargetUserName={name} IpAddress={other} LogonId=0x{} ProcessName=C:\\Windows\\System32\\lsass.exe",
            dice.hex(8)
        ),
        32 => format!("md5 {} sha1 {} size {n} {path}.bin", dice.hex(32), dice.hex(40)),
        _ => format!(
            "From: {name}@example.org Subject: Re: {thing} {done} {host} Message-ID: <{}.{n}@{host}>",
            dice.hex(20)
        ),
    }
}

/// Fewer than one in 10,000, and the lines that were taken for secrets.
fn check(texts: &[String]) {
    let (mut lines, mut alarms, mut shown) = (0, 0, String::new());
    for text in texts {
        lines += text.lines().count();
        for found in sensitive(text) {
            let from = text[..found.span.start].rfind('\n').map_or(0, |at| at + 1);
            let line = text[from..].lines().next().expect("a line");
            // A playbook may say why one of its lines is none.
            if !line.contains("breach: allow BR306") {
                alarms += 1;
                let _ = writeln!(shown, "{}: {line}", found.what);
            }
        }
    }
    assert!(lines >= 10_000, "only {lines} lines");
    assert!(alarms * 10_000 < lines, "{alarms} alarms in {lines} lines:\n{shown}");
}

#[test]
fn fewer_than_one_in_ten_thousand_lines_is_a_false_alarm() {
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let texts: Vec<String> = (0..40_000).map(|_| line(&mut dice)).collect();
    check(&texts);
    // The same as one text: what stands around a line makes no secret of it.
    check(&[texts.join("\n")]);
}

#[test]
fn our_own_sources_playbooks_and_texts_hold_no_secret() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders: Vec<PathBuf> =
        ["src", "playbooks", "benches"].map(|dir| root.join(dir)).into();
    let mut texts = vec![std::fs::read_to_string(root.join("README.md")).expect("a text")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                // The table of shapes has examples, and its reader, too.
                if !path.ends_with("sensitive") {
                    folders.push(path);
                }
            } else if let Ok(text) = std::fs::read_to_string(&path) {
                texts.push(text);
            }
        }
    }
    check(&texts);
}
