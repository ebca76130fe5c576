//! What `pyfence vendor` leaves at other sites, and tells.

use std::fs;
use std::path::Path;

use crate::vendor::{COWSAY, LOCAL, WHEELS, assert_whole_in, is_set_up, lock_of, site, vendor};

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
fn an_import_that_only_the_index_has_is_told() {
    if !is_set_up() {
        return;
    }
    let page = "```pyodide install=\"cowsay\"\nimport math\nimport cowsay\n```\n\n```pyodide file=\"own.py\"\n```\n\n```pyodide\nimport own\nimport tabulate\n```\n";
    let (code, said) = vendor(site(page).path(), &LOCAL);
    assert_eq!(code, Some(0), "{said}");
    let told = "_index.md:13: import tabulate (nothing that is locked has it)";
    assert!(said.contains("1 outside request is left"), "{said}");
    assert!(said.contains(told), "{said}");
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

#[test]
fn what_installs_packages_is_asked_of_nobody_where_no_block_needs_it() {
    if !is_set_up() {
        return;
    }
    let folder = tempfile::tempdir().expect("there is room");
    let copy = |wheel: &str| {
        let copied = fs::copy(Path::new(WHEELS).join(wheel), folder.path().join(wheel));
        copied.expect("there is room");
    };
    copy("cowsay-6.1-py3-none-any.whl");
    let wheels = folder.path().to_str().expect("it is text");
    let from = [
        "--as-published",
        "--from",
        "node_modules",
        "--wheels",
        wheels,
    ];
    let of_itself = "```pyodide install=\"wheels/own-1.0-py3-none-any.whl\"\n1\n```\n";
    for block in [of_itself, "```pyodide\nimport micropip\n```\n"] {
        let (code, said) = vendor(site(block).path(), &from);
        assert_eq!(code, Some(0), "{said}");
        assert!(said.contains("1 outside request is left"), "{said}");
        assert!(said.contains("_index.md:"), "{said}");
    }

    let site = site(COWSAY);
    let names = || {
        let lock = lock_of(site.path()).expect("it is there");
        assert_whole_in(&site.path().join("static"), &lock);
        let names = lock.packages.iter().map(|package| package.name.clone());
        names.collect::<Vec<_>>()
    };
    let (_, said) = vendor(site.path(), &from);
    assert!(said.contains("no outside request is left"), "{said}");
    assert_eq!(names(), ["cowsay"]);
    assert_eq!(vendor(site.path(), &["--check"]).0, Some(0));
    let (_, said) = vendor(site.path(), &from);
    assert!(said.contains("Nothing has changed"), "{said}");
    // For code of readers it is taken where it is.
    copy("micropip-0.11.1-py3-none-any.whl");
    assert_eq!(vendor(site.path(), &from).0, Some(0));
    assert_eq!(names(), ["cowsay", "micropip"]);
}

#[test]
fn where_the_network_is_silent_other_sources_are_named() {
    let site = site(COWSAY);
    // Nobody listens there.
    let (code, said) = vendor(site.path(), &["--mirror", "http://127.0.0.1:9"]);
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("can't be downloaded"), "{said}");
    for option in ["`--from`", "`--wheels`", "`--mirror`"] {
        assert!(said.contains(option), "{said}");
    }
}
