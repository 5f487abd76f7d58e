//! Who is in the demo. First names are unique, so that `@first` names one person.

use throughline_core::model::Relation;

/// Somebody, before the calendar makes a person of them.
pub(super) struct Somebody {
    pub(super) name: &'static str,
    pub(super) email: &'static str,
    pub(super) relation: Relation,
    pub(super) aliases: &'static [&'static str],
}

impl Somebody {
    /// The handle they will have.
    pub(super) fn handle(&self) -> String {
        self.name.split(' ').next().unwrap_or(self.name).to_lowercase()
    }
}

/// The user.
pub(super) const ME: &str = "alex";

/// Who goes by this handle.
pub(super) fn find(handle: &str) -> Option<&'static Somebody> {
    EVERYBODY.iter().find(|s| s.handle() == handle)
}

macro_rules! everybody {
    ($($name:literal $email:literal $relation:ident [$($alias:literal),*];)+) => {
        &[$(Somebody { name: $name, email: $email, relation: Relation::$relation, aliases: &[$($alias),*] }),+]
    };
}

pub(super) const EVERYBODY: &[Somebody] = everybody! {
    // The user's own company.
    "Alex Novak" "alex.novak@meridian.example" None [];
    "Dana Brooks" "dana.brooks@meridian.example" Manager [];
    "Priya Raman" "priya.raman@meridian.example" Report [];
    "Sam Whitfield" "sam.whitfield@meridian.example" Report ["Samuel Whitfield"];
    "Mei Chen" "mei.chen@meridian.example" Report [];
    "Leo Martin" "leo.martin@meridian.example" Peer [];
    "Ravi Menon" "ravi.menon@meridian.example" Peer [];
    "Ana Silva" "ana.silva@meridian.example" Peer [];
    "Jonas Eriksen" "jonas.eriksen@meridian.example" Peer [];
    "Kofi Mensah" "kofi.mensah@meridian.example" Peer [];
    "Lucia Ferrer" "lucia.ferrer@meridian.example" Report ["Lucía Ferrer"];
    "Ben Adler" "ben.adler@meridian.example" None [];
    "Noor Khan" "noor.khan@meridian.example" None [];
    "Oskar Lind" "oskar.lind@meridian.example" None [];
    "Hugo Petit" "hugo.petit@meridian.example" None [];
    "Rita Moreau" "rita.moreau@meridian.example" Peer [];
    "Greta Hoffmann" "greta.hoffmann@meridian.example" Peer [];
    "Theo Vance" "theo.vance@meridian.example" Peer [];
    "Ellen Price" "ellen.price@meridian.example" None [];
    "Isaac Cole" "isaac.cole@meridian.example" None [];
    // Clients: in Europe, in New York, in Singapore.
    "Tom Marsh" "tom.marsh@acme.example" Client ["Thomas Marsh"];
    "Lena Kowalski" "lena.kowalski@acme.example" Client [];
    "Jo Ostrom" "jo.ostrom@acme.example" Client ["Johanna Ostrom"];
    "Paula Schmidt" "paula.schmidt@acme.example" Client [];
    "Henrik Dahl" "henrik.dahl@acme.example" Client [];
    "Clara Weiss" "clara.weiss@acme.example" Client [];
    "Walter Boyd" "wboyd@northwind.example" Client ["Walt Boyd"];
    "Grace Okafor" "gokafor@northwind.example" Client [];
    "Miguel Santos" "msantos@northwind.example" Client [];
    "Erin Walsh" "ewalsh@northwind.example" Client [];
    "Devon Hart" "dhart@northwind.example" Client [];
    "Wei Tan" "wei.tan@straits-logistics.example" Client ["Tan Wei Ling"];
    "Siti Rahman" "siti.rahman@straits-logistics.example" Client [];
    "Marcus Lim" "marcus.lim@straits-logistics.example" Client [];
    "Joyce Koh" "joyce.koh@straits-logistics.example" Client [];
    // A vendor, a recruiter, an investor.
    "Bruno Keller" "bruno@portico.example" None [];
    "Yuki Arai" "yuki@portico.example" None [];
    "Tessa Moore" "tessa@portico.example" None [];
    "Fiona Burke" "fiona.burke@talentbridge.example" None [];
    "Omar Haddad" "omar.haddad@talentbridge.example" None [];
    "Victor Lang" "victor.lang@harbor-ventures.example" None [];
    "Ingrid Solheim" "ingrid.solheim@harbor-ventures.example" None [];
    // On free mail: two freelancers, two candidates.
    "Nils Bergman" "nils.bergman.studio@gmail.com" None [];
    "Carla Mendes" "carla.mendes.writes@proton.me" None [];
    "Tomas Rivera" "tomas.rivera.dev@outlook.com" None [];
    "Hana Sato" "hana.sato.eng@gmail.com" None [];
};
