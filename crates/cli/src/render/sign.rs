//! The signs: the same in lists, in briefs and on screen.

use throughline_app::model::ActionStatus;
use throughline_app::view::{Action, Decision, DecisionStatus, Question, QuestionStatus};

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
        DecisionStatus::Proposed => Span::quiet("◆"),
        DecisionStatus::Superseded => Span::quiet("◇"),
    }
}

pub fn question(question: &Question) -> Span {
    match question.status {
        QuestionStatus::Open => Span::new("?", Tone::Ask),
        QuestionStatus::Answered => Span::quiet("?"),
    }
}

/// Of a node of the graph, or of something found.
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
