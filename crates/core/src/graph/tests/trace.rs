use super::world::{id, name, names, world};
use crate::graph::{NodeRef, Trace};

fn steps(trace: &Trace) -> Vec<String> {
    let line = |node: &NodeRef| match node {
        NodeRef::Meeting(id) => name(*id),
        NodeRef::Item(id) => name(*id),
        _ => unreachable!("a trace leads over meetings and items"),
    };
    trace.steps.iter().map(|step| format!("{} {}", step.date, line(&step.node))).collect()
}

#[test]
fn a_trace_leads_from_where_it_was_raised_over_what_is_linked() {
    let world = world(
        "meeting m1 2026-01-10 with me
         meeting m2 2026-02-10 with me
         meeting m3 2026-03-10 with me
         meeting m4 2026-03-11 with me
         question q in m1
         decision d1 in m2 answers=q
         decision d2 in m3 supersedes=d1
         decision stray in m4
         action a in m2 after=b
         action b in m1 after=c
         action c in m4",
    );
    let trace = |item: &str| world.graph.trace(id(item).into());
    let d2 = trace("d2").unwrap();
    assert_eq!(steps(&d2), ["2026-01-10 m1", "2026-01-10 q", "2026-02-10 m2", "2026-02-10 d1", "2026-03-10 m3"]);
    let b = trace("b").unwrap();
    assert_eq!((names(b.blocks.clone()).as_str(), names(b.blocked_by.clone()).as_str()), ("a", "c"));
    assert_eq!(steps(&b), ["2026-01-10 m1", "2026-02-10 m2", "2026-02-10 a", "2026-03-11 m4", "2026-03-11 c"]);
    assert_eq!(steps(&trace("stray").unwrap()), ["2026-03-11 m4"]);
    assert_eq!(trace("ghost"), None);
}

#[test]
fn a_trace_of_links_in_a_circle_ends() {
    let world = world("decision a created=2026-01-01 supersedes=b\ndecision b created=2026-01-02 supersedes=a");
    assert_eq!(steps(&world.graph.trace(id("a").into()).unwrap()), ["2026-01-02 b"]);
}
