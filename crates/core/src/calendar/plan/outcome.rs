//! From matches to what is to be put, linked, unlinked, cancelled and removed.

use std::collections::HashSet;

use super::identity::{Found, Key, Match, Matched};
use super::{KnownMeeting, Moved, PlannedMeeting, Planner, QueueReason, Queued};
use crate::model::{MeetingStatus, SeriesId};

impl<'a> Planner<'a, '_> {
    pub(super) fn settle(&mut self, series: Matched<'a>) {
        let mut known: HashSet<usize> = HashSet::new();
        let mut keys: HashSet<Key> = HashSet::new();
        for matched in &series.matches {
            known.insert(matched.known);
            keys.insert(matched.key);
            self.keep(&series, matched);
        }
        for (key, found) in &series.live {
            let shown = key.is_none_or(|key| self.options.window.holds(&key, self.options.zone));
            if !keys.contains(key) && (shown || found.occurrence.alone) {
                self.make(series.id, found);
            }
        }
        for (index, meeting) in series.known.iter().enumerate() {
            if !known.contains(&index) && self.has(meeting) {
                self.let_go(&series, meeting);
            }
        }
    }

    fn make(&mut self, series: SeriesId, found: &Found<'a>) {
        let fingerprint = self.details.fingerprint(&found.occurrence);
        let id = self.new_meeting();
        self.plan.put.push(PlannedMeeting::of(id, true, series, &found.occurrence, fingerprint));
        self.plan.added += 1;
    }

    /// A meeting that is there, perhaps under another identity.
    fn keep(&mut self, series: &Matched<'a>, matched: &Match) {
        let meeting = series.known[matched.known];
        let found = &series.live[&matched.key];
        if matched.why.is_some() && !series.changed && self.elsewhere(meeting) {
            // Another calendar moved it and this one has not heard yet: not to be moved back.
            return;
        }
        if matched.why.is_none() && !self.leads(meeting) {
            if !self.has(meeting) {
                self.plan.link.push(meeting.id);
                self.plan.changed += 1;
            }
            return;
        }
        let fingerprint = self.details.fingerprint(&found.occurrence);
        let back = meeting.status == MeetingStatus::Cancelled;
        let same = fingerprint == meeting.fingerprint && meeting.series_id == Some(series.id);
        if same && !back && matched.why.is_none() && self.has(meeting) {
            return;
        }
        let mut planned = PlannedMeeting::of(meeting.id, false, series.id, &found.occurrence, fingerprint);
        let moves_alone = found.occurrence.alone && matched.why.is_none();
        if meeting.held && !back && !moves_alone {
            planned.times = meeting.times.clone();
        }
        if let Some(why) = matched.why.filter(|_| meeting.has_notes) {
            self.plan.moved.push(Moved {
                meeting: meeting.id,
                from: meeting.times.clone(),
                to: found.occurrence.times.clone(),
                stays: planned.times != found.occurrence.times,
                from_original: meeting.original_start,
                to_original: matched.key,
                why,
            });
        }
        if meeting.calendars.is_empty() {
            self.plan.attached.push(meeting.id);
        }
        // What has its meeting again waits for none, also where it was offered another while its account was away.
        if back || meeting.calendars.is_empty() {
            self.plan.unqueue.push(meeting.id);
        }
        self.plan.put.push(planned);
        self.plan.changed += 1;
    }

    /// A meeting the calendar had and does not list now.
    fn let_go(&mut self, series: &Matched<'a>, meeting: &KnownMeeting) {
        let called_off = series.off.contains(&meeting.original_start);
        let uid = meeting.uid.as_deref().unwrap_or_default();
        let listed = self.listing.groups.contains_key(uid);
        if meeting.status == MeetingStatus::Cancelled && meeting.has_notes {
            return;
        }
        if !called_off {
            let unseen = listed && !series.changed && !self.in_window(meeting);
            let past = self.options.subscription && meeting.times.end(self.options.zone) <= self.options.now;
            if unseen || past {
                return;
            }
        }
        if self.elsewhere(meeting) {
            self.plan.unlink.push(meeting.id);
            self.plan.changed += 1;
        } else if meeting.has_notes {
            self.plan.cancel.push(meeting.id);
            self.plan.kept += 1;
            if !called_off && !self.left_out(series, meeting) {
                let why = if listed { QueueReason::NoCounterpart } else { QueueReason::Deleted };
                self.plan.queue.push(Queued { meeting: meeting.id, why });
            }
        } else {
            self.plan.remove.push(meeting.id);
            self.plan.removed += 1;
        }
    }

    /// Whether the calendar says of this very occurrence that it is not.
    fn left_out(&mut self, series: &Matched<'a>, meeting: &KnownMeeting) -> bool {
        let Some(key) = meeting.original_start else { return false };
        let masters: Vec<_> = series.listed.iter().filter_map(|listed| listed.group.master()).collect();
        masters.into_iter().any(|master| self.expander.leaves_out(master, &key))
    }
}
