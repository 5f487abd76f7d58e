//! The vault as a folder of Markdown that Obsidian opens well, and any other editor too: a file for each meeting with
//! notes and each person, lists of what was decided, promised and asked, and links between them.
//!
//! Notes are exactly as in the vault. Their anchors are Obsidian's block ids, and what links to an item links there.

mod folder;
mod index;
mod items;
mod meeting;
mod person;
mod syntax;

use super::{Exported, File};
use folder::Folder;
pub(crate) use syntax::{escape, opening};

/// `index.md`, `actions.md`, `decisions.md`, `questions.md`, `YEAR/DATE TITLE.md` and `people/NAME.md`.
pub(crate) fn markdown(exported: &Exported) -> Vec<File> {
    let folder = Folder::lay_out(exported);
    let items = exported.items();
    let mut files = vec![
        file("index.md", index::write(&folder)),
        file("actions.md", items::actions(&folder, &items)),
        file("decisions.md", items::decisions(&folder, &items)),
        file("questions.md", items::questions(&folder, &items)),
    ];
    files.extend(folder.meetings().map(|page| file(page.path, meeting::write(&folder, &page))));
    let by_person = person::ByPerson::gather(&folder, &items);
    files.extend(folder.people().map(|(person, path)| file(path, person::write(&folder, person, path, &by_person))));
    files
}

fn file(path: &str, text: String) -> File {
    File { path: path.to_owned(), bytes: text.into_bytes() }
}
