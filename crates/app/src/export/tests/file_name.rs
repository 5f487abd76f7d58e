use crate::export::file_name::{Taken, sound};

#[test]
fn names_are_ones_every_platform_takes() {
    let long = "word ".repeat(60);
    for (text, expected) in [
        ("Weekly sync", "Weekly sync"),
        ("Q3/Q4: plan | \\o", "Q3-Q4- plan - -o"),
        ("what? <b>\"no\"</b> *#^[]", "what b no -b"),
        ("../../etc/passwd", "etc-passwd"),
        ("...hidden", "hidden"),
        ("ends in dots. . .", "ends in dots"),
        ("-rf", "rf"),
        ("a\u{0}\u{7}\n\tb", "a b"),
        ("exe\u{202e}dm.txt", "exedm.txt"),
        ("CON", "_CON"),
        ("nul.txt", "_nul.txt"),
        ("Com1", "_Com1"),
        ("LPT³", "_LPT³"),
        ("COM10", "COM10"),
        ("Conrad", "Conrad"),
        ("aux .notes", "_aux .notes"),
        ("日本語の会議", "日本語の会議"),
        ("👩\u{200d}💻 Ana", "👩\u{200d}💻 Ana"),
        ("   ", ""),
        ("???", ""),
        (&long, &long[..109]),
    ] {
        assert_eq!(sound(text), expected, "{text:?}");
        assert_eq!(sound(expected), expected, "again: {expected:?}");
    }
}

#[test]
fn long_names_are_cut_between_characters() {
    for text in ["é".repeat(200), "日".repeat(200), "👩\u{200d}💻".repeat(60)] {
        let name = sound(&text);
        assert!(name.len() <= 110 && name.len() > 90, "{name}");
        assert!(text.starts_with(&name));
    }
}

#[test]
fn names_a_disk_could_take_for_the_same_are_numbered() {
    let mut taken = Taken::default();
    for (name, expected) in [
        ("Weekly", "2026/Weekly.md"),
        ("weekly", "2026/weekly (2).md"),
        ("Weekly (2)", "2026/Weekly (2) (2).md"),
        ("WEEKLY", "2026/WEEKLY (3).md"),
        ("Caf\u{e9}", "2026/Caf\u{e9}.md"),
        ("Cafe\u{301}", "2026/Cafe\u{301} (2).md"),
        ("ΟΔΟΣ", "2026/ΟΔΟΣ.md"),
        ("οδος", "2026/οδος (2).md"),
    ] {
        assert_eq!(taken.path("2026", name), expected);
    }
    assert_eq!(taken.path("2027", "Weekly"), "2027/Weekly.md");
}
