//! "Did you mean": the known name that a mistyped one is closest to.

/// Names that are longer than this are nobody's slip of the pen, and comparing takes the product of
/// both lengths.
const MAX_NAME_BYTES: usize = 100;

/// The name among `known` that `name` was probably meant to be.
pub(crate) fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if name.len() > MAX_NAME_BYTES {
        return None;
    }
    let name = name.to_lowercase();
    known
        .into_iter()
        .filter(|candidate| candidate.len() <= MAX_NAME_BYTES)
        .map(|candidate| {
            let distance = strsim::damerau_levenshtein(&name, &candidate.to_lowercase());
            (distance, candidate)
        })
        // A third of the letters may be wrong: more of them are another word.
        .filter(|(distance, candidate)| *distance <= 1 + candidate.len() / 3)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn the_nearest_name_is_one_that_could_be_meant() {
        let known = ["height", "hidden", "id"];
        assert_eq!(nearest("hieght", known), Some("height"));
        assert_eq!(nearest("HIDDEN", known), Some("hidden"));
        assert_eq!(nearest("ids", known), Some("id"));
        assert_eq!(nearest("colour", known), None);
        assert_eq!(nearest("", known), None);
        assert_eq!(nearest(&"height".repeat(1000), known), None);
        assert_eq!(nearest("x", []), None);
    }
}
