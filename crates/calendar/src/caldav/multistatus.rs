//! What a server says of its resources (RFC 4918 §13), read leniently: what cannot be read is left out, and costs no more
//! than itself.

use libdav::{PropertyName, names};
use url::Url;

use super::NO_ANSWER;
use crate::Result;

/// A multistatus answer.
#[derive(Debug, Default)]
pub(super) struct Multistatus {
    pub responses: Vec<Response>,
    pub sync_token: Option<String>,
}

/// What it says of one resource.
#[derive(Debug)]
pub(super) struct Response {
    /// Where it is; its path is as the server writes it, which is how the server wants it back.
    pub url: Url,
    /// 200 where at least one property came.
    pub status: u16,
    pub props: Props,
}

/// The properties that were asked for, as far as they came.
#[derive(Debug, Default)]
pub(super) struct Props {
    pub is_collection: bool,
    pub is_calendar: bool,
    pub name: Option<String>,
    pub color: Option<String>,
    /// `VEVENT`, `VTODO`, …; `None` where the server does not say, which is all of them (RFC 4791 §5.2.3).
    pub components: Option<Vec<String>>,
    pub principal: Option<Url>,
    pub homes: Vec<Url>,
    pub addresses: Vec<String>,
    pub owner: Option<Url>,
    pub etag: Option<String>,
    pub data: Option<String>,
}

/// Everything [`Props`] holds but contents.
pub(super) const WANTED: &[&PropertyName<'static, 'static>] = &[
    &names::RESOURCETYPE,
    &names::DISPLAY_NAME,
    &names::CALENDAR_COLOUR,
    &names::SUPPORTED_CALENDAR_COMPONENT_SET,
    &names::CURRENT_USER_PRINCIPAL,
    &names::CALENDAR_HOME_SET,
    &names::CALENDAR_USER_ADDRESS_SET,
    &OWNER,
];

const OWNER: PropertyName<'static, 'static> = PropertyName::new(names::DAV, "owner");

type Node<'a, 'i> = roxmltree::Node<'a, 'i>;

/// Reads an answer that came from `base`.
pub(super) fn read(body: &[u8], base: &Url) -> Result<Multistatus> {
    // What is no UTF-8 inside an item is that item's problem, not its neighbours'.
    let text = String::from_utf8_lossy(body);
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let options = roxmltree::ParsingOptions { allow_dtd: false, nodes_limit: 20_000_000, ..Default::default() };
    let document = roxmltree::Document::parse_with_options(text, options).map_err(|_| NO_ANSWER)?;
    let root = document.root_element();
    if root.tag_name().name() != "multistatus" {
        return Err(NO_ANSWER);
    }
    let elements = root.children().filter(Node::is_element);
    let responses = elements.filter(|node| node.tag_name() == names::RESPONSE);
    Ok(Multistatus {
        responses: responses.flat_map(|node| response(node, base)).collect(),
        sync_token: child(root, &names::SYNC_TOKEN).and_then(text_of),
    })
}

/// A response without properties may speak of several resources at once.
fn response(node: Node<'_, '_>, base: &Url) -> Vec<Response> {
    let own = child(node, &names::STATUS).and_then(status);
    let stats: Vec<_> = node.children().filter(|node| node.tag_name() == names::PROPSTAT).collect();
    let mut any = None;
    let mut props = Props::default();
    for stat in stats {
        let said = child(stat, &names::STATUS).and_then(status).unwrap_or(200);
        if (200..300).contains(&said) {
            any = Some(200);
            for prop in stat.children().filter(|node| node.tag_name() == names::PROP) {
                prop.children().filter(Node::is_element).for_each(|node| props.take(node, base));
            }
        } else {
            any = any.or(Some(said));
        }
    }
    let status = own.or(any).unwrap_or(200);
    let hrefs = node.children().filter(|node| node.tag_name() == names::HREF).filter_map(text_of);
    let mut props = Some(props);
    let resolved = hrefs.filter_map(|href| base.join(&href).ok());
    resolved.map(|url| Response { url, status, props: props.take().unwrap_or_default() }).collect()
}

impl Props {
    fn take(&mut self, node: Node<'_, '_>, base: &Url) {
        let name = node.tag_name();
        let hrefs = || node.descendants().filter(|node| node.tag_name() == names::HREF).filter_map(text_of);
        let urls = || hrefs().filter_map(|href| base.join(&href).ok());
        if name == names::RESOURCETYPE {
            self.is_collection = child(node, &names::COLLECTION).is_some();
            self.is_calendar = child(node, &names::CALENDAR).is_some();
        } else if name == names::DISPLAY_NAME {
            self.name = text_of(node);
        } else if name == names::CALENDAR_COLOUR {
            self.color = text_of(node).and_then(|text| color(&text));
        } else if name == names::SUPPORTED_CALENDAR_COMPONENT_SET {
            let named = node.children().filter_map(|node| node.attribute("name"));
            self.components = Some(named.map(str::to_ascii_uppercase).collect());
        } else if name == names::CURRENT_USER_PRINCIPAL {
            self.principal = urls().next();
        } else if name == names::CALENDAR_HOME_SET {
            self.homes = urls().collect();
        } else if name == names::CALENDAR_USER_ADDRESS_SET {
            let address = |href: String| {
                let (scheme, rest) = href.split_once(':')?;
                scheme.eq_ignore_ascii_case("mailto").then(|| rest.trim().to_lowercase())
            };
            self.addresses = hrefs().filter_map(address).filter(|address| address.contains('@')).collect();
        } else if name == OWNER {
            self.owner = urls().next();
        } else if name == names::GETETAG {
            self.etag = text_of(node);
        } else if name == names::CALENDAR_DATA {
            // Text can come in several pieces, CDATA among them.
            self.data = Some(node.descendants().filter(Node::is_text).filter_map(|node| node.text()).collect());
        }
    }
}

fn child<'a, 'i>(node: Node<'a, 'i>, name: &PropertyName<'_, '_>) -> Option<Node<'a, 'i>> {
    node.children().find(|node| node.is_element() && *name == node.tag_name())
}

fn text_of(node: Node<'_, '_>) -> Option<String> {
    let text: String = node.children().filter_map(|node| node.is_text().then(|| node.text()).flatten()).collect();
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// The code of `HTTP/1.1 404 Not Found`.
fn status(node: Node<'_, '_>) -> Option<u16> {
    text_of(node)?.split_whitespace().nth(1)?.parse().ok()
}

/// `#rrggbb` of `#RRGGBB` or Apple's `#RRGGBBAA`.
fn color(text: &str) -> Option<String> {
    let digits = text.trim().strip_prefix('#')?;
    let known = matches!(digits.len(), 6 | 8) && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    known.then(|| format!("#{}", digits[..6].to_ascii_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMESPACES: &str =
        r#"xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav" xmlns:A="http://apple.com/ns/ical/""#;

    fn parse(inner: &str) -> Result<Multistatus> {
        let base = Url::parse("https://example.org/dav/me/").expect("an address");
        let text = format!("<?xml version=\"1.0\"?>\n<multistatus {NAMESPACES}>{inner}</multistatus>");
        read(text.as_bytes(), &base)
    }

    #[test]
    fn only_properties_that_were_found_count() {
        let found = parse(
            r#"<response><href>work%20day/</href>
                 <propstat><prop>
                   <resourcetype><collection/><C:calendar/></resourcetype>
                   <displayname> Work </displayname><A:calendar-color>#FF2968FF</A:calendar-color>
                   <C:supported-calendar-component-set><C:comp name="vevent"/></C:supported-calendar-component-set>
                   <C:calendar-user-address-set><href>mailto:Me@Example.org</href><href>/me/</href></C:calendar-user-address-set>
                 </prop><status>HTTP/1.1 200 OK</status></propstat>
                 <propstat><prop><getetag>x</getetag></prop><status>HTTP/1.1 404 Not Found</status></propstat>
               </response><sync-token>t1</sync-token>"#,
        )
        .expect("an answer");
        let [response] = found.responses.as_slice() else { panic!("{found:?}") };
        assert_eq!(response.url.as_str(), "https://example.org/dav/me/work%20day/");
        assert_eq!(response.status, 200);
        let props = &response.props;
        assert!(props.is_calendar && props.is_collection);
        assert_eq!(props.name.as_deref(), Some("Work"));
        assert_eq!(props.color.as_deref(), Some("#ff2968"));
        assert_eq!(props.components.as_deref(), Some(["VEVENT".to_owned()].as_slice()));
        assert_eq!(props.addresses, ["me@example.org"]);
        assert_eq!(props.etag, None);
        assert_eq!(found.sync_token.as_deref(), Some("t1"));
    }

    #[test]
    fn a_response_may_be_of_several_resources_that_are_gone() {
        let found = parse("<response><href>/a</href><href>/b</href><status>HTTP/1.1 404 Not Found</status></response>");
        let found = found.expect("an answer").responses;
        let told: Vec<_> = found.iter().map(|response| (response.url.path(), response.status)).collect();
        assert_eq!(told, [("/a", 404), ("/b", 404)]);
    }

    #[test]
    fn what_is_no_answer_is_refused() {
        let base = Url::parse("https://example.org/").expect("an address");
        let bomb = r#"<!DOCTYPE x [<!ENTITY a "aaaa">]><multistatus xmlns="DAV:">&a;</multistatus>"#;
        let deep = "<a>".repeat(100_000);
        for text in ["", "<html></html>", "<multistatus xmlns=\"DAV:\"><response>", bomb, &deep] {
            assert!(read(text.as_bytes(), &base).is_err(), "{}", &text[..text.len().min(50)]);
        }
    }
}
