//! What was said, one file per series; `singles` and `people` hold the rest.

/// Every file of content.
pub(super) const FILES: &[&str] = &[
    include_str!("acme.txt"),
    include_str!("architecture.txt"),
    include_str!("board.txt"),
    include_str!("dana.txt"),
    include_str!("hiring.txt"),
    include_str!("northwind.txt"),
    include_str!("people.txt"),
    include_str!("portico.txt"),
    include_str!("priya.txt"),
    include_str!("product.txt"),
    include_str!("retro.txt"),
    include_str!("sam.txt"),
    include_str!("singles.txt"),
    include_str!("staff.txt"),
    include_str!("standup.txt"),
    include_str!("straits.txt"),
];
