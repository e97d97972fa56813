//! How much one challenge may hold.

use countersign_protocol::resources::challenge::Details;

use super::Malformed;

/// What one challenge may hold: several times what the API lets an issuer write (section 9.5), and not more.
pub(super) const MAX_BODY: usize = 64 * 1024;
const MAX_MESSAGE: usize = 1024;
const MAX_FIELDS: usize = 64;
const MAX_LABEL: usize = 256;
const MAX_VALUE: usize = 1024;

/// Refuses details that hold more.
pub(super) fn refuse_excess(details: &Details) -> Result<(), Malformed> {
    let longer = |text: &str, limit| text.len() > limit && text.chars().count() > limit;
    let excess = [
        (
            longer(&details.message, MAX_MESSAGE),
            "its message is longer than 1024 characters",
        ),
        (details.fields.len() > MAX_FIELDS, "it has more than 64 fields"),
        (
            details.fields.iter().any(|it| longer(&it.label, MAX_LABEL)),
            "a label in it is longer than 256 characters",
        ),
        (
            details.fields.iter().any(|it| longer(&it.value, MAX_VALUE)),
            "a value in it is longer than 1024 characters",
        ),
    ];
    match excess.into_iter().find(|(is_excess, _)| *is_excess) {
        Some((_, what)) => Err(Malformed { what }),
        None => Ok(()),
    }
}
