//! What a domain stands for.

use super::{free_mail::FREE_MAIL, name::capitalize, normalize_email};

/// The registrable domain of an address (public suffix list), lower case: `mail.acme.co.uk` is `acme.co.uk`. `None` for
/// free-mail domains, which stand for no organization, for public suffixes themselves, and for what is no address.
#[must_use]
pub fn organization_domain(email: &str) -> Option<String> {
    let address = normalize_email(email)?;
    let domain = address.rsplit('@').next()?;
    if is_free_mail(domain) || !domain.contains('.') || domain.bytes().all(|b| b.is_ascii_digit() || b == b'.') {
        return None;
    }
    let registrable = psl::domain_str(domain)?;
    (!is_free_mail(registrable)).then(|| registrable.to_owned())
}

/// Whether anybody can have an address there: `gmail.com`, `web.de`, …
#[must_use]
pub fn is_free_mail(domain: &str) -> bool {
    let domain = domain.trim().to_lowercase();
    if FREE_MAIL.binary_search(&domain.as_str()).is_ok() {
        return true;
    }
    // The large ones have a domain for each country: yahoo.co.jp, hotmail.fr, live.com.au.
    let brand = domain.split('.').next().unwrap_or_default();
    let suffix = psl::suffix_str(&domain).unwrap_or_default();
    matches!(brand, "yahoo" | "hotmail" | "live" | "outlook" | "googlemail" | "ymail" | "rocketmail" | "gmx")
        && domain.len() == brand.len() + 1 + suffix.len()
}

/// A name for a domain nobody has named: `acme.com` is "Acme", `northwind-traders.co.uk` "Northwind Traders",
/// `ibm.com` "IBM" (up to three letters are taken for an abbreviation).
#[must_use]
pub fn organization_name(domain: &str) -> String {
    let domain = domain.trim().trim_end_matches('.').to_lowercase();
    let registrable = psl::domain_str(&domain).unwrap_or(&domain);
    let suffix = psl::suffix_str(registrable).unwrap_or_default();
    let label = registrable.strip_suffix(suffix).unwrap_or(registrable).trim_end_matches('.');
    let label = if label.is_empty() { registrable } else { label };
    let words: Vec<String> = label
        .split(['-', '_'])
        .filter(|word| !word.is_empty())
        .map(|word| if word.chars().count() <= 3 && label.len() <= 3 { word.to_uppercase() } else { capitalize(word) })
        .collect();
    if words.is_empty() { domain } else { words.join(" ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_of_free_mail_domains_is_sorted_and_has_no_doubles() {
        for pair in FREE_MAIL.windows(2) {
            assert!(pair[0] < pair[1], "{} stands before {}", pair[0], pair[1]);
        }
        assert!(FREE_MAIL.len() >= 200);
    }

    #[test]
    fn an_address_belongs_to_the_organization_of_its_registrable_domain() {
        for (email, expected) in [
            ("ana@acme.com", Some("acme.com")),
            ("mailto:ana@ACME.com", Some("acme.com")),
            ("ana@mail.eu.acme.co.uk", Some("acme.co.uk")),
            ("ana@acme.test", Some("acme.test")),
            ("ana@gmail.com", None),
            ("ana@googlemail.com", None),
            ("ana@yahoo.co.jp", None),
            ("ana@hotmail.fr", None),
            ("ana@outlook.com.br", None),
            ("ana@web.de", None),
            ("ana@proton.me", None),
            ("ana@icloud.com", None),
            ("ana@live.acme.com", Some("acme.com")),
            ("ana@yahoo-inc.com", Some("yahoo-inc.com")),
            ("ana@co.uk", None),
            ("ana@localhost", None),
            ("ana@10.0.0.1", None),
            ("ana", None),
        ] {
            assert_eq!(organization_domain(email).as_deref(), expected, "{email}");
        }
    }

    #[test]
    fn a_domain_gives_a_name() {
        for (domain, expected) in [
            ("acme.com", "Acme"),
            ("northwind-traders.co.uk", "Northwind Traders"),
            ("mail.acme.com", "Acme"),
            ("ibm.com", "IBM"),
            ("w3.org", "W3"),
            ("big-co.com", "Big Co"),
            ("müller.de", "Müller"),
            ("localhost", "Localhost"),
            ("", ""),
        ] {
            assert_eq!(organization_name(domain), expected, "{domain}");
        }
    }
}
