//! The version of the crate, where files name it.

/// The runtime's folder for those who copy it by hand: `pyfence/0.1.0`.
pub(super) fn folder(text: &str) -> String {
    replace_numbers(text, "pyfence/", env!("CARGO_PKG_VERSION"))
}

/// The dependency in a Cargo.toml: `pyfence = { version = "0.1"`.
pub(super) fn dependency(text: &str) -> String {
    let (compatible, _) = env!("CARGO_PKG_VERSION")
        .rsplit_once('.')
        .expect("a version has three numbers");
    replace_numbers(text, "pyfence = { version = \"", compatible)
}

/// Replaces the numbers behind `before` where they are as many as in `version`.
fn replace_numbers(text: &str, before: &str, version: &str) -> String {
    let mut pieces = text.split(before);
    let mut updated = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let is_number = |c: char| c.is_ascii_digit() || c == '.';
        let end = piece.find(|c| !is_number(c)).unwrap_or(piece.len());
        let is_version = piece[..end].split('.').count() == version.split('.').count()
            && piece.starts_with(|c: char| c.is_ascii_digit());
        updated.push_str(before);
        updated.push_str(if is_version { version } else { &piece[..end] });
        updated.push_str(&piece[end..]);
    }
    updated
}
