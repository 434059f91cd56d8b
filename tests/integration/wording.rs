//! Words that stand for marks, and words that stay together.

use breach::wording::{unmarked, whole};

#[test]
fn no_sign_of_markup_is_left_and_nothing_else_is_lost() {
    for (text, shown) in [
        (
            "A nurse, **Maria Jensen**, saw `it`.\n\nNext day.",
            "A nurse, Maria Jensen, saw it.\n\nNext day.",
        ),
        ("First:\n\n- one\n- *two*\n\nthen", "First:\n\n• one\n• two\n\nthen"),
        ("- one\n  - two", "• one\n• two"),
        ("1. one\n2. __two__", "1. one\n2. two"),
        ("# Seen\n\nRows of `orders`", "Seen:\nRows of orders"),
        ("# nobody _looked_", "nobody looked"),
        ("from the [VPN](https://e/v), <https://e/x>", "from the VPN (https://e/v), https://e/x"),
        ("![plan](https://e/p.png)", "[picture: plan] (https://e/p.png)"),
        ("x <b>y</b>", "x <b>y</b>"),
        ("one\ntwo", "one\ntwo"),
        ("2 * 3 < 7_000, acme_users_list, *.log", "2 * 3 < 7_000, acme_users_list, *.log"),
        ("> 500 people", "> 500 people"),
        ("- 500", "- 500"),
        (r"on \\srv\x, C:\Users", r"on \\srv\x, C:\Users"),
        ("2. December", "2. December"),
        ("- 1. no list", "- 1. no list"),
        ("* 1. one\n* 2. two", "• 1. one\n• 2. two"),
        ("#4711 is open", "#4711 is open"),
        ("***", "***"),
        ("", ""),
    ] {
        assert_eq!(unmarked(text), shown, "{text}");
    }
    let deep = ">".repeat(20_000);
    assert_eq!(unmarked(&deep), deep);
}

#[test]
fn a_number_stays_with_its_unit_and_a_date_with_its_month() {
    for (text, shown) in [
        ("a1b2 2 B", "a1b2 2~B"),
        ("met, 1 d 6 h 46 min left, (5.1 MiB)", "met, 1~d 6~h 46~min left, (5.1~MiB)"),
        (
            "Tue 29 Dec 2026 05:59 (Mon 28 Dec 2026 23:59 -05:00)",
            "Tue~29~Dec~2026 05:59 (Mon~28~Dec~2026 23:59~-05:00)",
        ),
        ("GDPR Art. 33(1); § 899-aa", "GDPR Art.~33(1); §~899-aa"),
        ("GBP 20,000,000; 72 hours", "GBP~20,000,000; 72~hours"),
        ("line 2\nMay be", "line 2\nMay be"),
        ("12 people, web-03 5", "12 people, web-03 5"),
    ] {
        assert_eq!(whole(text), shown.replace('~', "\u{a0}"), "{text}");
    }
}
