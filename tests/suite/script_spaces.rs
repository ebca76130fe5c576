//! How the build takes spaces out of scripts and style sheets (`build/strip_spaces.rs`).

#[path = "../../build/strip_spaces.rs"]
mod strip_spaces;

#[test]
fn spaces_go_where_nothing_runs_together() {
    for (written, tight) in [
        ("const a = b + c;", "const a=b+c;"),
        ("return a in b ? -1 : + +c;", "return a in b?-1:+ +c;"),
        ("a - -b; a / b / c;", "a- -b;a/b/c;"),
        (
            "import { a, b } from './a b.js';",
            "import{a,b}from'./a b.js';",
        ),
        (
            "static #a = async (b) => { c(); };",
            "static #a=async(b)=>{c();};",
        ),
    ] {
        assert_eq!(strip_spaces::without_spaces(written), tight);
    }
}

#[test]
fn text_stays_as_it_is() {
    for (written, tight) in [
        ("a('it\\'s , b', \" : \");", "a('it\\'s , b',\" : \");"),
        (
            "`a , ${b + `c , ${ d }`} , e` + f;",
            "`a , ${b+`c , ${d}`} , e`+f;",
        ),
        ("`${ { a: 1 } } , b`;", "`${{a:1}} , b`;"),
        (
            "a = /b , [/ '] \\/ c/ . test(d , e);",
            "a=/b , [/ '] \\/ c/.test(d,e);",
        ),
        ("return / , / in a;", "return/ , /in a;"),
        ("`\\` , ${a}`; b = c;", "`\\` , ${a}`;b=c;"),
        ("'ü , é' + ü;", "'ü , é'+ü;"),
    ] {
        assert_eq!(strip_spaces::without_spaces(written), tight);
    }
}

#[test]
fn a_style_sheet_keeps_the_spaces_that_mean_something() {
    for (written, tight) in [
        ("a { b: c, d; e: f; }", "a{b:c,d;e:f}"),
        ("a :is(b, c) > d { e: f g; }", "a :is(b,c)>d{e:f g}"),
        (
            "@media (a: b) and (c) { d { e: f } }",
            "@media (a:b) and (c){d{e:f}}",
        ),
        (
            "a[b=\"c: d, e;}\"] { content: ' {'; }",
            "a[b=\"c: d, e;}\"]{content:' {'}",
        ),
    ] {
        assert_eq!(strip_spaces::style_without_spaces(written), tight);
    }
}
