//! Making a vault.

use std::path::Path;

use throughline_core::model::{Person, PersonId, Relation};
use throughline_core::people::{display_name, handle_for, name_from_email, normalize_email};
use throughline_store::{Kind, person};

use crate::app::App;
use crate::clock::Clock;
use crate::entropy::Entropy;
use crate::notes::Writer;
use crate::tell::Teller;
use crate::view;
use crate::{Failure, Result, store_people};

/// Makes a vault in `dir`, and says who the user is. A vault that does not know yet who the user is learns it.
///
/// # Errors
/// `vault_exists`, `unreadable_email`, and as writing the folder.
pub async fn init(dir: &Path, clock: Clock, name: Option<&str>, email: Option<&str>) -> Result<view::Init> {
    let email = email.map(read_email).transpose()?;
    let app = match App::create(dir, clock, Entropy::system()).await {
        Ok(app) => app,
        Err(failure) if failure.code == "vault_exists" && (name.is_some() || email.is_some()) => {
            let app = App::open(dir, clock).await?;
            if crate::people::me(&app).await?.is_some() {
                return Err(failure);
            }
            app
        }
        Err(failure) => return Err(failure),
    };
    let me = match (name, &email) {
        (None, None) => None,
        _ => Some(introduce(&app, name, email.as_deref()).await?),
    };
    let vault = tokio::fs::canonicalize(dir).await.unwrap_or_else(|_| dir.to_owned()).display().to_string();
    Ok(view::Init { vault, me })
}

/// Looks at a folder before a vault is put there or opened: whether it is there, empty, writable, holds a vault, and
/// which file-sync program holds it, which may damage a database.
pub async fn check_folder(dir: &Path) -> view::FolderCheck {
    let probe = Entropy::system().anchor();
    crate::folder::check(dir, &probe).await
}

fn read_email(text: &str) -> Result<String> {
    normalize_email(text).ok_or_else(|| {
        Failure::usage("unreadable_email", "That is not an e-mail address.").hint("Write it as name@example.org.")
    })
}

/// Says who the user is: somebody known by that address, or somebody new.
pub(crate) async fn introduce(app: &App, name: Option<&str>, email: Option<&str>) -> Result<view::Person> {
    let mut writer = Writer::begin(app).await?;
    let known = email.and_then(|email| writer.directory.by_email(email));
    let id = match known {
        Some(id) => id,
        None => make(&mut writer, name, email)?,
    };
    store_people::put_changes(&mut writer.tx, &mut writer.directory).await?;
    writer.tx.touch(Kind::Person, id).await?;
    if let Some(mut record) = person::record(&mut writer.tx, id).await? {
        record.is_me = true;
        if let Some(name) = name.map(display_name).filter(|name| !name.is_empty()) {
            record.name = name;
        }
        person::put(&mut writer.tx, &[record]).await?;
    }
    let told = Teller::new(&mut writer.tx, *app.clock()).people_by_ids(&[id]).await?.pop();
    // Not in the change log: undo is not to make the vault forget whose it is.
    writer.tx.commit(None).await?;
    told.ok_or_else(|| Failure::new("unknown_person", "The person is not there any more."))
}

fn make(writer: &mut Writer<'_>, name: Option<&str>, email: Option<&str>) -> Result<PersonId> {
    let app = writer.app;
    let name = name.map(display_name).filter(|name| !name.is_empty());
    let name = name.or_else(|| email.map(name_from_email)).unwrap_or_else(|| "Me".to_owned());
    let handle = handle_for(&name, email, &|handle| writer.directory.by_handle(handle).is_some());
    let organization_id = email.and_then(|email| writer.directory.organization_of(email, &mut || app.id()));
    let id: PersonId = app.id();
    writer.directory.insert(Person {
        id,
        handle,
        name,
        emails: email.map(str::to_owned).into_iter().collect(),
        aliases: Vec::new(),
        organization_id,
        employments: Vec::new(),
        relation: Relation::None,
        is_me: true,
        merged_into: None,
    });
    Ok(id)
}
