//! Templates that somebody else wrote: bounded before they are read and while they are filled.

use std::time::{Duration, Instant};

use breach::document::{Diagnostic, Document};
use breach::template::fill;
use minijinja::context;

use crate::cli::room::Room;

fn filled(text: &str) -> Result<String, Box<Diagnostic>> {
    let document = Document { name: "x.md".to_owned(), text: text.to_owned() };
    let data =
        context! { name => "Ada", list => vec![1, 2], flag => true, map => context! { a => 1 } };
    fill(&document, str::to_uppercase, &data)
}

/// Templates that would overflow the stack, fill the memory or never end.
fn hostile() -> Vec<(&'static str, String)> {
    let many = |piece: &str, count: usize| piece.repeat(count);
    let double = |end: &str| {
        format!(
            "{{% set ns = namespace(l=[1,2]) %}}{{% for i in range(60) %}}\
             {{% set ns.l = ns.l + ns.l %}}{{% endfor %}}{end}"
        )
    };
    let nest = |end: &str| {
        format!(
            "{{% set ns = namespace(l=[1]) %}}{{% for i in range(90000) %}}\
             {{% set ns.l = [ns.l] %}}{{% endfor %}}{end}"
        )
    };
    vec![
        ("sum", format!("{{{{ 1{} }}}}", many("+1", 50_000))),
        ("concatenation", format!("{{{{ 'a'{} }}}}", many("~'a'", 50_000))),
        ("not", format!("{{{{ {}true }}}}", many("not ", 50_000))),
        ("minus", format!("{{{{ {}1 }}}}", many("-", 50_000))),
        ("parentheses", format!("{{{{ {}1{} }}}}", many("(", 50_000), many(")", 50_000))),
        ("lists", format!("{{{{ {}{} }}}}", many("[", 50_000), many("]", 50_000))),
        ("filters", format!("{{{{ name{} }}}}", many("|upper", 50_000))),
        ("attributes", format!("{{{{ name{} }}}}", many(".a", 50_000))),
        ("calls", format!("{{{{ name{} }}}}", many("()", 50_000))),
        ("comparisons", format!("{{{{ 1{} }}}}", many("<1", 50_000))),
        ("conditions", format!("{{{{ 1{} }}}}", many(" if 1 else 1", 50_000))),
        ("quoted end", format!("{{{{ '}}}}'{} }}}}", many("~1", 50_000))),
        ("blocks", format!("{}{}", many("{% if 1 %}", 50_000), many("{% endif %}", 50_000))),
        ("branches", format!("{{% if 0 %}}{}{{% endif %}}", many("{% elif 0 %}", 50_000))),
        ("fewer branches", format!("{{% if 0 %}}{}{{% endif %}}", many("{% elif 0 %}", 4_000))),
        ("length", many("x", 2 << 20)),
        ("doubled list", double("{{ ns.l }}")),
        ("doubled length", double("{{ ns.l|length }}")),
        ("doubled join", double("{{ ns.l|join }}")),
        ("doubled sort", double("{{ ns.l|sort }}")),
        ("doubled map", double("{{ {'a': ns.l} }}")),
        ("doubled text", double("{{ ns.l ~ '' }}")),
        ("doubled string", "{% set ns = namespace(l='x') %}{% for i in range(60) %}{% set ns.l = ns.l ~ ns.l %}{% endfor %}{{ ns.l }}".to_owned()),
        ("times", "{{ 'x' * 100000000000 }}".to_owned()),
        ("list times", "{{ [1] * 100000000000 }}".to_owned()),
        ("nested value", nest("{{ ns.l }}")),
        ("nested text", nest("{{ ns.l ~ '' }}")),
        ("nested and dropped", nest("")),
        ("nested and compared", nest("{{ ns.l == ns.l }}")),
        ("circle", "{% set ns = namespace() %}{% set ns.a = ns %}{{ ns }}".to_owned()),
        ("circle in text", "{% set ns = namespace() %}{% set ns.a = ns %}{{ ns ~ '' }}".to_owned()),
        ("circle in list", "{% set ns = namespace() %}{% set ns.a = [ns] %}{{ ns.a }}".to_owned()),
        ("circle by default", "{% set ns = namespace() %}{% set ns.a|default(ns, true) %}{% endset %}{{ ns ~ '' }}".to_owned()),
        ("circle by pair", "{% set ns = namespace() %}{% set ns.a, b = [ns], 1 %}{{ ns|string }}".to_owned()),
        ("circle by table", "{% set ns = namespace() %}{%- set ns.a = {'a': ns} -%}{{ ns == ns }}".to_owned()),
        ("recursive macro", "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}".to_owned()),
        ("loops", "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}".to_owned()),
        ("output", "{% for a in range(99999) %}{{ 'x' * 10000 }}{% endfor %}".to_owned()),
        ("indent", "{{ 'x'|indent(100000000000) }}".to_owned()),
        ("format", "{{ '%1000000000s'|format('x') }}".to_owned()),
        ("replace", "{% set ns = namespace(l='xx') %}{% for i in range(60) %}{% set ns.l = ns.l|replace('x','xx') %}{% endfor %}{{ ns.l }}".to_owned()),
    ]
}

#[test]
#[expect(clippy::disallowed_methods, reason = "it measures how long a template takes")]
fn no_template_overflows_hangs_or_fills_the_memory() {
    let room = Room::new();
    room.open();
    let mut bad = Vec::new();
    for (name, text) in hostile() {
        std::fs::write(room.path("own.md"), &text).expect("written");
        let mut command = std::process::Command::new("bash");
        let plain = room.command(&[]);
        let run = "ulimit -v 1048576; exec \"$0\" report --template own.md >out 2>err";
        command.args(["-c", run, crate::cli::room::BREACH]).env_clear();
        command.envs(plain.get_envs().filter_map(|(name, value)| Some((name, value?))));
        let started = Instant::now();
        let status = command.current_dir(room.dir.path()).status().expect("it runs");
        let took = started.elapsed();
        let said = std::fs::read_to_string(room.path("err")).expect("text");
        let fits = match status.code() {
            Some(0) => true,
            // By steps or bytes: a bound in time would depend on the machine.
            Some(3) => said.contains("own.md") && !said.contains("seconds"),
            _ => false,
        };
        if !fits || took > Duration::from_secs(60) {
            bad.push(format!("{name} took {took:?}: {status:?}: {said}"));
        }
    }
    crate::faults::row("hostile templates", 39, hostile().len(), &bad);
}

#[test]
fn a_limit_is_named_with_its_place() {
    for (text, line, limit) in [
        (format!("a\nb {{{{ 1{} }}}}", "+1".repeat(50_000)), 2, "8 KiB"),
        (format!("a\n{}", "{{ name }}\n".repeat(5_001)), 5_002, "5000 tags"),
        ("x".repeat((1 << 20) + 1), 1, "1 MiB"),
    ] {
        let found = filled(&text).expect_err("refused");
        assert!(found.message.contains(limit), "{found:?}");
        assert_eq!(text[..found.span.start].matches('\n').count() + 1, line, "{limit}");
    }
}

#[test]
fn what_is_ordinary_is_filled_as_before() {
    for (text, expected) in [
        ("{{ name }} {{ list }} {{ flag }} {{ map.a }}", "ADA 1, 2 yes 1"),
        ("{% for n in list %}{{ n }};{% endfor %}", "1;2;"),
        ("{% raw %}{{ name }} {% x{% endraw %} {{ name }}", "{{ name }} {% x ADA"),
        ("{# {{ #}{{ '}}' ~ name }}", "}}ADA"),
        ("{{ [[1, 2], [3]] }}", "1, 2, 3"),
        (
            "{% set ns = namespace(n=0, l=[]) %}{% for n in list %}{% set ns.n = ns.n + n -%}\
             {% set ns.l = ns.l + [n] %}{% endfor %}{{ ns.n }}: {{ ns.l }}",
            "3: 1, 2",
        ),
        ("{ {name} } { % }", "{ {name} } { % }"),
        ("a\r\nb\u{1b}[2J\u{202e}", "a\nb\\x1b[2J\\u{202e}"),
    ] {
        assert_eq!(filled(text).as_deref().map_err(|error| error.message.clone()), Ok(expected));
    }
}
