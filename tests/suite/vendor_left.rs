//! What `pyfence vendor` leaves at other sites, and tells.

use crate::vendor::{LOCAL, is_set_up, site, vendor};

#[test]
fn what_no_folder_has_is_told_whoever_asks_for_it() {
    if !is_set_up() {
        return;
    }
    for block in ["install=\"contourpy\"\n1", "\nimport contourpy"] {
        let site = site(&format!("```pyodide {block}\n```\n"));
        for _ in 0..2 {
            let (code, said) = vendor(site.path(), &LOCAL);
            assert_eq!(code, Some(0), "{said}");
            assert!(said.contains("2 outside requests are left"), "{said}");
            assert!(said.contains("/full/numpy-"), "{said}");
        }
    }
}

#[test]
fn what_is_meant_to_fail_need_not_be_there() {
    if !is_set_up() {
        return;
    }
    let block = "```pyodide install=\"no-such-package\" raises=\"ValueError\"\n1\n```\n";
    let with_another = format!("{block}\n```pyodide install=\"cowsay\"\n1\n```\n");
    for page in [block, &with_another] {
        let (code, said) = vendor(site(page).path(), &LOCAL);
        assert_eq!(code, Some(0), "{said}");
        let told = "_index.md:3: no-such-package (nothing satisfies it)";
        assert!(said.contains("1 outside request is left"), "{said}");
        assert!(said.contains(told), "{said}");
    }
}
