//! The network as GraphML (<http://graphml.graphdrawing.org>): a directed graph, as yEd, Gephi and networkx read it.

use std::collections::BTreeSet;
use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};
use throughline_core::graph::{EdgeKind, Fact, NodeRef};
use throughline_core::model::{ItemId, ItemKind, MeetingId, OrganizationId, PersonId, SeriesId};

use super::{Exported, one_line};

/// What may stand on nodes and edges: id, whose, name, type.
const KEYS: [[&str; 4]; 6] = [
    ["node_kind", "node", "kind", "string"],
    ["node_label", "node", "label", "string"],
    ["node_date", "node", "date", "string"],
    ["edge_kind", "edge", "kind", "string"],
    ["edge_date", "edge", "date", "string"],
    ["edge_weight", "edge", "weight", "double"],
];

/// Nodes with `kind`, `label` and `date`, edges with `kind`, `date` and `weight`. Dates are `YYYY-MM-DD`; a weight of 1
/// counts in full, an attendance as little as a quarter.
pub(crate) fn graphml(exported: &Exported) -> Vec<u8> {
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
    write(&mut writer, exported).expect("XML is written to memory");
    let mut bytes = writer.into_inner();
    bytes.push(b'\n');
    bytes
}

type Xml = Writer<Vec<u8>>;

fn write(xml: &mut Xml, exported: &Exported) -> io::Result<()> {
    let leaving = Leaving::of(exported);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    xml.create_element("graphml")
        .with_attributes([
            ("xmlns", "http://graphml.graphdrawing.org/xmlns"),
            ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
            (
                "xsi:schemaLocation",
                "http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd",
            ),
        ])
        .write_inner_content(|xml| {
            for [id, whose, name, kind] in KEYS {
                xml.create_element("key")
                    .with_attributes([("id", id), ("for", whose), ("attr.name", name), ("attr.type", kind)])
                    .write_empty()?;
            }
            let graph =
                xml.create_element("graph").with_attributes([("id", "throughline"), ("edgedefault", "directed")]);
            graph.write_inner_content(|xml| {
                nodes(xml, exported, &leaving)?;
                edges(xml, exported, &leaving)
            })?;
            Ok(())
        })?;
    Ok(())
}

fn nodes(xml: &mut Xml, exported: &Exported, leaving: &Leaving) -> io::Result<()> {
    for (node, fact) in exported.graph.nodes.iter().filter(|(node, _)| leaving.has(node)) {
        let Some((kind, label, date)) = describe(node, fact.as_ref(), exported) else { continue };
        xml.create_element("node").with_attribute(("id", node_id(node).as_str())).write_inner_content(|xml| {
            data(xml, "node_kind", kind)?;
            data(xml, "node_label", &label)?;
            date.map_or(Ok(()), |date| data(xml, "node_date", &date.to_string()))
        })?;
    }
    Ok(())
}

fn edges(xml: &mut Xml, exported: &Exported, leaving: &Leaving) -> io::Result<()> {
    let edges = exported.graph.edges.iter().filter(|edge| leaving.has(&edge.from) && leaving.has(&edge.to));
    for (number, edge) in edges.enumerate() {
        let (id, from, to) = (format!("e{number}"), node_id(&edge.from), node_id(&edge.to));
        let ends = [("id", id.as_str()), ("source", from.as_str()), ("target", to.as_str())];
        xml.create_element("edge").with_attributes(ends).write_inner_content(|xml| {
            data(xml, "edge_kind", edge.kind.as_str())?;
            if let Some(date) = edge.date {
                data(xml, "edge_date", &date.to_string())?;
            }
            data(xml, "edge_weight", &format!("{:?}", f64::from(edge.weight) / 4.0))
        })?;
    }
    Ok(())
}

fn data(xml: &mut Xml, key: &str, text: &str) -> io::Result<()> {
    xml.create_element("data").with_attribute(("key", key)).write_text_content(BytesText::new(text))?;
    Ok(())
}

/// A node's kind, label and date; none of a node of which nothing is known.
fn describe(
    node: &NodeRef,
    fact: Option<&Fact>,
    exported: &Exported,
) -> Option<(&'static str, String, Option<chrono::NaiveDate>)> {
    let (kind, label, date) = match (node, fact) {
        (NodeRef::Topic(topic), _) => ("topic", format!("#{topic}"), None),
        (_, Some(Fact::Person(person))) => ("person", person.name.clone(), None),
        (_, Some(Fact::Organization(organization))) => ("organization", organization.name.clone(), None),
        (_, Some(Fact::Series(series))) => ("series", series.title.clone(), None),
        (_, Some(Fact::Meeting(meeting))) => ("meeting", meeting.title.clone(), Some(meeting.times.own_date())),
        (_, Some(Fact::Item(item))) => {
            let kind = match item.kind {
                ItemKind::Action => "action",
                ItemKind::Decision => "decision",
                ItemKind::Question => "question",
            };
            (kind, item.text.clone(), Some(item.created_at.with_timezone(&exported.zone).date_naive()))
        }
        (_, None) => return None,
    };
    let in_xml = |c: &char| !matches!(c, '\u{fffe}' | '\u{ffff}');
    Some((kind, one_line(&label.chars().filter(in_xml).collect::<String>()), date))
}

/// The same in every export: an id of the vault, or a topic in the characters of an NMTOKEN.
fn node_id(node: &NodeRef) -> String {
    match node {
        NodeRef::Person(id) => id.to_string(),
        NodeRef::Organization(id) => id.to_string(),
        NodeRef::Series(id) => id.to_string(),
        NodeRef::Meeting(id) => id.to_string(),
        NodeRef::Item(id) => id.to_string(),
        NodeRef::Topic(topic) => {
            let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '.';
            let escape = |c| if plain(c) { String::from(c) } else { format!("_{:x}_", u32::from(c)) };
            format!("topic:{}", topic.chars().map(escape).collect::<String>())
        }
    }
}

/// The nodes that leave: those the lists name, and the series and topics that one of them leads to.
struct Leaving<'a> {
    people: BTreeSet<PersonId>,
    organizations: BTreeSet<OrganizationId>,
    meetings: BTreeSet<MeetingId>,
    items: BTreeSet<ItemId>,
    series: BTreeSet<SeriesId>,
    topics: BTreeSet<&'a str>,
}

impl<'a> Leaving<'a> {
    fn of(exported: &'a Exported) -> Self {
        let mut leaving = Self {
            people: exported.people.iter().map(|person| person.id).collect(),
            organizations: exported.organizations.iter().map(|organization| organization.id).collect(),
            meetings: exported.meetings.iter().map(|meeting| meeting.id).collect(),
            items: exported.item_ids(),
            series: BTreeSet::new(),
            topics: BTreeSet::new(),
        };
        let known: BTreeSet<_> =
            exported.graph.nodes.iter().filter(|(_, fact)| fact.is_some()).map(|(node, _)| node).collect();
        leaving.people.retain(|id| known.contains(&NodeRef::Person(*id)));
        leaving.organizations.retain(|id| known.contains(&NodeRef::Organization(*id)));
        leaving.meetings.retain(|id| known.contains(&NodeRef::Meeting(*id)));
        leaving.items.retain(|id| known.contains(&NodeRef::Item(*id)));
        for edge in &exported.graph.edges {
            match (edge.kind, &edge.to) {
                (EdgeKind::OccurrenceOf, NodeRef::Series(id))
                    if known.contains(&edge.to) && leaving.has(&edge.from) =>
                {
                    leaving.series.insert(*id);
                }
                (EdgeKind::About, NodeRef::Topic(topic)) if leaving.has(&edge.from) => {
                    leaving.topics.insert(topic);
                }
                _ => {}
            }
        }
        leaving
    }

    fn has(&self, node: &NodeRef) -> bool {
        match node {
            NodeRef::Person(id) => self.people.contains(id),
            NodeRef::Organization(id) => self.organizations.contains(id),
            NodeRef::Meeting(id) => self.meetings.contains(id),
            NodeRef::Item(id) => self.items.contains(id),
            NodeRef::Series(id) => self.series.contains(id),
            NodeRef::Topic(topic) => self.topics.contains(topic.as_str()),
        }
    }
}
