//! The signs: the same in lists, in briefs and on screen.

use throughline_app::model::ActionStatus;
use throughline_app::view::{Action, Decision, DecisionStatus, MarkStatus, Question, QuestionStatus};

use super::span::{Span, Tone};

pub fn action(action: &Action) -> Span {
    match action.status {
        ActionStatus::Open if action.overdue => Span::new("○", Tone::Late),
        ActionStatus::Open => Span::new("○", Tone::Open),
        ActionStatus::Done => Span::quiet("●"),
        ActionStatus::Dropped => Span::quiet("−"),
    }
}

pub fn decision(decision: &Decision) -> Span {
    match decision.status {
        DecisionStatus::Holds => Span::accent("◆"),
        DecisionStatus::Proposed => Span::accent("◈"),
        DecisionStatus::Superseded => Span::quiet("◇"),
    }
}

pub fn question(question: &Question) -> Span {
    match question.status {
        QuestionStatus::Open => Span::new("?", Tone::Ask),
        QuestionStatus::Answered => Span::quiet("?"),
    }
}

/// Of something found: an item as it stands.
pub fn found(kind: &str, status: Option<MarkStatus>) -> Span {
    match status {
        Some(MarkStatus::Done) => Span::quiet("●"),
        Some(MarkStatus::Dropped) => Span::quiet("−"),
        Some(MarkStatus::Superseded) => Span::quiet("◇"),
        Some(MarkStatus::Proposed) => Span::accent("◈"),
        Some(MarkStatus::Answered) => Span::quiet("?"),
        Some(MarkStatus::Open | MarkStatus::Holds) | None => self::kind(kind),
    }
}

/// As [`found`], of an item's status as a word.
pub fn node(kind: &str, status: Option<&str>) -> Span {
    let status = match status {
        Some("done") => Some(MarkStatus::Done),
        Some("dropped") => Some(MarkStatus::Dropped),
        Some("superseded") => Some(MarkStatus::Superseded),
        Some("proposed") => Some(MarkStatus::Proposed),
        Some("answered") => Some(MarkStatus::Answered),
        _ => None,
    };
    found(kind, status)
}

/// Of a kind of thing.
pub fn kind(kind: &str) -> Span {
    match kind {
        "action" => Span::new("○", Tone::Open),
        "decision" => Span::accent("◆"),
        "question" => Span::new("?", Tone::Ask),
        "person" => Span::accent("@"),
        "topic" => Span::accent("#"),
        _ => Span::quiet("•"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_a_decision_stands_is_told_by_shape_and_not_by_colour_alone() {
        let sign = |status| found("decision", Some(status)).text;
        let signs = [MarkStatus::Holds, MarkStatus::Proposed, MarkStatus::Superseded].map(sign);
        assert_eq!(signs, ["◆", "◈", "◇"]);
    }
}
