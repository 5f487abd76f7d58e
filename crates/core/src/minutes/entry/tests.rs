use super::*;

fn show(text: &str) -> String {
    let Some(person) = read(text) else { return String::new() };
    let mut shown = person.name;
    for (mark, value) in [
        ("@", person.handle),
        ("<", person.email),
        ("i:", person.initials),
        ("o:", person.organization),
        ("a:", Some(person.aliases.join("+")).filter(|all| !all.is_empty())),
    ] {
        if let Some(value) = value {
            shown.push_str(&format!(" {mark}{value}"));
        }
    }
    if let Some(group) = person.group {
        shown.push_str(&format!(
            " [{} {}{}]",
            group.role,
            group.present,
            group.response.map_or(String::new(), |r| format!(" {r}"))
        ));
    }
    shown
}

#[test]
fn an_entry_is_a_name_and_what_stands_beside_it() {
    for (text, expected) in [
        ("Ana Silva", "Ana Silva"),
        ("Ana Silva (@ana)", "Ana Silva @ana"),
        ("Ana Silva(@ana)", "Ana Silva @ana"),
        ("Ana Silva (@ana", "Ana Silva @ana"),
        ("Ana Silva @ana (chair)", "Ana Silva @ana [organizer yes]"),
        ("Ana Silva @ana/Acme", "Ana Silva @ana o:Acme"),
        ("@ana", "ana @ana"),
        ("Ana Silva - @ana", "Ana Silva @ana"),
        ("[@ana](https://github.com/ana) - Ana Silva", "Ana Silva @ana"),
        ("@ana (Ana Silva)", "Ana Silva @ana"),
        ("Ana Silva (@ana, Acme)", "Ana Silva @ana o:Acme"),
        ("[Ana Silva](https://a.example/#i) (Chair)", "Ana Silva [organizer yes]"),
        ("Ana Silva <ana@acme.com>", "Ana Silva <ana@acme.com"),
        ("Ana Silva (ana@acme.com)", "Ana Silva <ana@acme.com"),
        ("[Ana Silva](mailto:Ana@acme.com), Acme", "Ana Silva <ana@acme.com o:Acme"),
        ("ana.silva@acme.com", "Ana Silva <ana.silva@acme.com"),
        ("Ana Silva (Acme)", "Ana Silva o:Acme"),
        ("Ana Silva (she/her) (Acme)", "Ana Silva o:Acme"),
        ("Ana Silva, Acme (AS)", "Ana Silva i:AS o:Acme"),
        ("AS: Ana Silva", "Ana Silva i:AS"),
        ("AS - Ana Silva", "Ana Silva i:AS"),
        ("Ana Silva [AS]", "Ana Silva i:AS"),
        ("Ana Silva – Acme", "Ana Silva o:Acme"),
        ("Ana Silva - voting", "Ana Silva"),
        ("Ana Silva - product manager", "Ana Silva"),
        ("Ana Silva (left at 11:00)", "Ana Silva"),
        ("Ana Silva (until 16:34CET)", "Ana Silva"),
        ("Ana Silva (Acme)(40 min in)", "Ana Silva o:Acme"),
        ("Ana Silva (Univ. St Gallen, Inria) co-chair WebAgents CG", "Ana Silva o:Univ. St Gallen, Inria"),
        ("Ana Silva, aka. anasi", "Ana Silva a:anasi"),
        ("Ana Silva (anasi)", "Ana Silva a:anasi"),
        ("Ana Silva // TallAna (she/her) (Acme.com)", "Ana Silva o:Acme.com a:TallAna"),
        ("Ana Silva (regrets)", "Ana Silva [required no declined]"),
        ("Ana Silva - absent", "Ana Silva [required no declined]"),
        ("Ana Silva (guest)", "Ana Silva [optional yes]"),
        ("Ana Silva (observer, Acme)", "Ana Silva o:Acme [optional yes]"),
        ("Ana Silva (remote)", "Ana Silva"),
        ("Ana Silva (?)", "Ana Silva"),
        ("karl (Karl Dubost)", "Karl Dubost a:karl"),
        ("Natasha \"Tasha\" Yar", "Natasha Yar a:Tasha"),
        ("Ana Silva - (Acme S.p.A.)", "Ana Silva o:Acme S.p.A."),
        ("[anasi](https://a.example)(Acme) &lt;ana@[acme.com](http://acme.com)&gt;", "anasi <ana@acme.com o:Acme"),
        ("Ana Silva (TSC)", "Ana Silva"),
        ("Сковорода Никита Андреевич @ChALkeR (TSC)", "Сковорода Никита Андреевич @ChALkeR"),
        ("_fill in_", ""),
        ("130+ participants", ""),
        ("Ana (Annie) Silva", "Ana Silva a:Annie"),
        ("Ben Peachey <sup>(without microphone)</sup>  [Potherca](https://a.example)", "Ben Peachey o:Potherca"),
        ("GitHub:[@TallAna](https://github.com/TallAna) Ana Silva", "Ana Silva @TallAna"),
        ("Ana Silva // Mastodon:@ana // GitHub:@TallAna", "Ana Silva @TallAna"),
        ("Ana B.", "Ana B."),
        ("Ana Silva.", "Ana Silva"),
        ("**Ana Silva**", "Ana Silva"),
        ("elf Pavlik", "elf Pavlik"),
        ("michal/mrkvon", "michal/mrkvon"),
        ("李雷", "李雷"),
        ("HK", "HK"),
        ("TBD", ""),
        ("- Your name here", ""),
        ("*add your name*", ""),
        ("…", ""),
        ("none", ""),
        ("None.", ""),
        ("N/A", ""),
        ("[Name] - [Role]", ""),
        ("{{name}}", ""),
        ("<name>", ""),
        ("All present", ""),
        ("10 people from Acme", ""),
        ("Note: Some attendees introduced themselves but not listed above.", ""),
        ("We will start with the agenda", ""),
        ("https://acme.com/x", ""),
        ("?", ""),
        ("", ""),
    ] {
        assert_eq!(show(text), expected, "{text}");
    }
}
