use proptest::prelude::*;

use super::*;

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn action(text: &str, owners: &[&str], due: Option<&str>, status: ActionStatus) -> RecapAction {
    RecapAction {
        text: text.to_owned(),
        owners: owners.iter().map(|&name| name.to_owned()).collect(),
        due: due.map(date),
        status,
    }
}

fn sample() -> RecapInput {
    RecapInput {
        title: "Acme weekly".to_owned(),
        when: "Tue 3 Dec 2024, 15:00–16:00 CET".to_owned(),
        people: vec!["Ana Silva".to_owned(), "Ben Ode".to_owned()],
        presence_known: true,
        absent: vec!["Carol Diaz".to_owned()],
        decisions: vec![RecapDecision {
            text: "Ship on Monday".to_owned(),
            rationale: Some("The fix is in.\nNobody is away.".to_owned()),
            decided_by: vec!["Ana Silva".to_owned(), "Ben Ode".to_owned()],
        }],
        actions: vec![
            action("look for a room", &[], None, ActionStatus::Open),
            action("@ana send the draft by Friday", &["Ana Silva"], Some("2024-12-06"), ActionStatus::Open),
            action("write the notes", &["Ben Ode"], None, ActionStatus::Done),
            action("forget this", &["Ben Ode"], None, ActionStatus::Dropped),
            action("ask Carol due:2024-12-09", &["Ana Silva"], Some("2024-12-09"), ActionStatus::Open),
        ],
        questions: vec![RecapQuestion { text: "Who pays?".to_owned(), asked_by: Some("Ben Ode".to_owned()) }],
    }
}

#[test]
fn markdown_groups_actions_by_owner_and_keeps_their_boxes() {
    insta::assert_snapshot!(render(&sample(), Format::Markdown));
}

#[test]
fn text_reads_without_markup() {
    insta::assert_snapshot!(render(&sample(), Format::Text));
}

#[test]
fn a_mail_is_a_subject_an_empty_line_and_the_text() {
    let mail = render(&sample(), Format::Email);
    let (subject, body) = mail.split_once("\n\n").unwrap();
    assert_eq!(subject, "Subject: Recap: Acme weekly (Tue 3 Dec 2024, 15:00–16:00 CET)");
    assert_eq!(body, render(&sample(), Format::Text));
}

#[test]
fn html_is_one_whole_document() {
    insta::assert_snapshot!(render(&sample(), Format::Html));
}

#[test]
fn sections_with_nothing_in_them_are_left_out() {
    let empty = RecapInput { title: "Weekly".to_owned(), ..RecapInput::default() };
    for format in [Format::Markdown, Format::Html, Format::Text, Format::Email] {
        let recap = render(&empty, format);
        for section in
            ["<h2>", "## ", "Decisions\n", "Action items\n", "Open questions\n", "Present", "Invited", "When", "Absent"]
        {
            assert!(!recap.contains(section), "{format:?} {section}: {recap}");
        }
        assert!(recap.contains("Weekly") && recap.contains(NOTHING), "{recap}");
    }
}

#[test]
fn those_invited_are_not_said_to_have_been_there() {
    let recap = RecapInput { presence_known: false, ..sample() };
    let text = render(&recap, Format::Text);
    assert!(text.contains("Invited: Ana Silva, Ben Ode") && !text.contains("Present"), "{text}");
}

#[test]
fn a_title_cannot_add_lines_to_a_mails_head() {
    let recap = RecapInput { title: "Hi\r\nBcc: eve@evil.example".to_owned(), ..sample() };
    let mail = render(&recap, Format::Email);
    assert!(mail.starts_with("Subject: Recap: Hi Bcc: eve@evil.example ("), "{mail}");
}

#[test]
fn markdown_keeps_texts_from_being_markup() {
    for (text, expected) in [
        ("use snake_case", "use snake_case"),
        ("_this_ and *that*", r"\_this\_ and \*that\*"),
        ("<script>alert(1)</script>", r"\<script>alert(1)\</script>"),
        ("[a](javascript:b)", r"\[a\](javascript:b)"),
        ("# no heading", r"\# no heading"),
        ("#client/acme first", "#client/acme first"),
        ("1. no list", r"1\. no list"),
        ("R&D &amp; more", r"R\&D \&amp; more"),
        ("a | b", r"a \| b"),
        ("@ana send it by Friday (really) - now!", "@ana send it by Friday (really) - now!"),
    ] {
        let recap = RecapInput {
            decisions: vec![RecapDecision { text: text.to_owned(), ..RecapDecision::default() }],
            ..RecapInput::default()
        };
        let markdown = render(&recap, Format::Markdown);
        assert!(markdown.contains(&format!("\n- {expected}\n")), "{markdown}");
    }
}

fn anything() -> impl Strategy<Value = RecapInput> {
    let text = || "([a-z ]|[<>&\"'\\\\\r\n`*\\[\\]()]|<script>|&lt;|\\PC){0,12}";
    (text(), text(), prop::collection::vec(text(), 0..3), prop::collection::vec(text(), 0..3)).prop_map(
        |(title, when, people, texts)| RecapInput {
            title,
            when,
            presence_known: true,
            absent: people.clone(),
            decisions: texts
                .iter()
                .map(|text| RecapDecision {
                    text: text.clone(),
                    rationale: Some(text.clone()),
                    decided_by: people.clone(),
                })
                .collect(),
            actions: texts
                .iter()
                .map(|text| RecapAction {
                    text: text.clone(),
                    owners: people.clone(),
                    due: None,
                    status: ActionStatus::Open,
                })
                .collect(),
            questions: texts
                .iter()
                .map(|text| RecapQuestion { text: text.clone(), asked_by: people.first().cloned() })
                .collect(),
            people,
        },
    )
}

proptest! {
    /// What is left when the tags a recap is made of are taken out holds no tag and no bare ampersand.
    #[test]
    fn html_never_contains_unescaped_input(recap in anything()) {
        let html = render(&recap, Format::Html);
        let body = html.split_once("</style>").unwrap().1;
        let own = regex::Regex::new(r#"</?(head|body|html|h1|h2|h3|ul|li|b|p|s|small|br|time|title)( class="[a-z]+")?>"#).unwrap();
        let rest = own.replace_all(body, "");
        prop_assert!(!rest.contains(['<', '>', '"', '\'']), "{}", rest);
        let entity = regex::Regex::new("&(amp|lt|gt|quot|#39|#9744|#9745);").unwrap();
        let rest = entity.replace_all(&rest, "");
        prop_assert!(!rest.contains('&'), "{}", rest);
    }

    #[test]
    fn a_mail_has_one_line_of_head(recap in anything()) {
        let mail = render(&recap, Format::Email);
        let (head, _) = mail.split_once("\n\n").unwrap();
        prop_assert!(head.starts_with("Subject: Recap: ") && head.lines().count() == 1, "{}", mail);
    }
}
