//! What a block adds to a page before anybody turns to it: its HTML has at most twice the bytes of its
//! code and 400 more. What a page shows besides, recorded output and the parts of exercises, is content.

use std::fs;
use std::path::{Path, PathBuf};

const GOLDEN: &str = "tests/golden";

/// The element and its code, without what follows the code in it.
const ENDS: &str = "</pre>";

#[test]
fn the_html_of_a_block_is_little_more_than_its_code() {
    let mut count = 0;
    for path in pages_in(Path::new(GOLDEN)) {
        let page = fs::read_to_string(&path).expect("a page");
        for block in page.split("<pyodide-block").skip(1) {
            let (block, _) = block.split_once(ENDS).expect("a block has its code");
            let (_, code) = block.split_once("<code").expect("a block has its code");
            let (_, code) = code.split_once('>').expect("a tag ends");
            let bytes =
                "<pyodide-block".len() + block.len() + ENDS.len() + "</pyodide-block>".len();
            let most = 2 * text_of(code).len() + 400;
            assert!(
                bytes <= most,
                "{bytes} bytes, where {most} are enough, in {}:\n{block}",
                path.display()
            );
            count += 1;
        }
    }
    assert!(count >= 100, "{count} blocks");
}

fn pages_in(folder: &Path) -> Vec<PathBuf> {
    let mut pages = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            pages.extend(pages_in(&path));
        } else if path
            .extension()
            .is_some_and(|extension| extension == "html")
        {
            pages.push(path);
        }
    }
    pages
}

/// The text of HTML.
fn text_of(html: &str) -> String {
    let mut text = String::new();
    for part in html.split('<') {
        text += part.split_once('>').map_or(part, |(_, text)| text);
    }
    for (reference, character) in [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&amp;", "&"),
    ] {
        text = text.replace(reference, character);
    }
    text
}
