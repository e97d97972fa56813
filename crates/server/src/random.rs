//! What has to be unguessable.

/// Random bytes from the operating system.
///
/// # Panics
/// If the operating system has none to give, in which case nothing this server hands out would be safe.
pub fn make_bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
    bytes
}

/// Random bytes as lower-case hexadecimal text.
pub fn make_hex<const N: usize>() -> String {
    hex(&make_bytes::<N>())
}

/// Bytes as lower-case hexadecimal text.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
