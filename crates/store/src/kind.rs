//! The kinds of things the change log and the feed speak of.

macro_rules! kinds {
    ($($(#[$meta:meta])* $variant:ident = $word:literal),+ $(,)?) => {
        /// What an entry of the change log or of the feed speaks of.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Kind { $($(#[$meta])* $variant),+ }

        impl Kind {
            /// Every kind.
            pub const ALL: &'static [Kind] = &[$(Kind::$variant),+];

            /// The word for it in the database.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Kind::$variant => $word),+ }
            }

            pub(crate) fn read(word: &str) -> crate::Result<Self> {
                match word {
                    $($word => Ok(Kind::$variant),)+
                    _ => Err(crate::Error::Corrupt(format!("unknown kind `{word}`"))),
                }
            }
        }
    };
}

kinds! {
    /// An account, by its id.
    Account = "account",
    /// Whether a calendar is synced, by its id.
    Calendar = "calendar",
    /// A person, by their id.
    Person = "person",
    /// An organization, by its id.
    Organization = "organization",
    /// A series, by its id; in the feed only.
    Series = "series",
    /// What the user set on a meeting, or the whole of one made by hand or import; by its id.
    Meeting = "meeting",
    /// What the user said of who was at a meeting; by the meeting's id.
    Attendance = "attendance",
    /// The people the user added to a series, by its id.
    SeriesAttendees = "series_attendees",
    /// A note with its items, by its id.
    Note = "note",
    /// An item, by its id.
    Item = "item",
    /// Which occurrence of a series the notes of a meeting hang on, where a sync gave it another; by the meeting's id.
    Occurrence = "occurrence",
    /// Who confirmed a decision, by its item's id.
    Confirmation = "confirmation",
    /// What was decided about a meeting in the re-link queue, by the meeting's id.
    Queue = "queue",
    /// A setting, by its key.
    Setting = "setting",
    /// A saved query, by its name.
    Query = "query",
}

impl std::fmt::Display for Kind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.as_str())
    }
}
