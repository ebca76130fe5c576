//! What the Python of a block says of itself: which names and modules it binds, uses and calls.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use ruff_python_ast::visitor::{self, Visitor};
use ruff_python_ast::{
    Alias, ExceptHandler, Expr, ExprContext, Parameter, Pattern, Stmt, StmtFor, StmtFunctionDef,
    StmtIf, StmtImport, StmtImportFrom, StmtTry, StmtWith, TypeParam,
};
use ruff_text_size::{Ranged, TextRange};

/// How sure it is that a place in the code is reached when the block runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reached {
    Surely,
    /// In a function, a branch or a loop.
    Perhaps,
    /// Where the code itself is ready for it to fail.
    Guarded,
}

/// A word in the code, and where.
#[derive(Debug)]
pub(super) struct Found {
    pub name: String,
    pub range: Range<usize>,
    pub reached: Reached,
}

#[derive(Debug, Default)]
pub(super) struct Facts {
    /// Names that are bound in whatever scope: what another scope means by one isn't worked out.
    pub bound: HashSet<String>,
    /// Where names are read.
    pub used: Vec<Found>,
    /// Modules that are imported, with dots.
    pub imported: Vec<Found>,
    /// What is called, as far as imports tell: `os.system`, `threading.Thread.start`.
    pub called: Vec<Found>,
    /// What is asked of the browser: `js.document`, by import or by attribute.
    pub of_browser: Vec<Found>,
    /// What `micropip.install` and `pyodide_js.loadPackage` are called with.
    pub installed: Vec<Found>,
    /// Whether names may come or be meant in ways that the text doesn't show.
    pub is_dynamic: bool,
}

/// Names whose use may bind others.
const DYNAMIC: [&str; 7] = [
    "exec",
    "globals",
    "locals",
    "vars",
    "__builtins__",
    "builtins",
    "NameError",
];

/// Functions that bring packages by their names.
const INSTALLERS: [&str; 2] = ["micropip.install", "pyodide_js.loadPackage"];

/// Attributes and calls in what an expression stands for: what is looked for has fewer, and each part of a long chain is
/// read.
const LONGEST_MEANING: usize = 12;

pub(super) fn facts_of(body: &[Stmt]) -> Facts {
    let mut reader = Reader::default();
    reader.visit_body(body);
    reader.facts
}

#[derive(Default)]
struct Reader {
    facts: Facts,
    /// What names stand for: `sp` for `subprocess`, `Thread` for `threading.Thread`.
    meanings: HashMap<String, String>,
    perhaps: usize,
    guarded: usize,
}

impl Reader {
    fn found(&self, name: impl Into<String>, range: TextRange) -> Found {
        let reached = match (self.guarded, self.perhaps) {
            (0, 0) => Reached::Surely,
            (0, _) => Reached::Perhaps,
            _ => Reached::Guarded,
        };
        let (name, range) = (name.into(), bytes(range));
        Found {
            name,
            range,
            reached,
        }
    }

    fn bind(&mut self, name: &str) {
        self.facts.bound.insert(name.to_owned());
    }

    fn perhaps(&mut self, visit: impl FnOnce(&mut Self)) {
        self.perhaps += 1;
        visit(self);
        self.perhaps -= 1;
    }

    fn guarded(&mut self, visit: impl FnOnce(&mut Self)) {
        self.guarded += 1;
        visit(self);
        self.guarded -= 1;
    }

    fn import(&mut self, module: &str, range: TextRange) {
        let found = self.found(module, range);
        self.facts.imported.push(found);
    }

    fn ask_browser(&mut self, name: &str, range: TextRange) {
        if name.starts_with("js.") {
            let found = self.found(name, range);
            self.facts.of_browser.push(found);
        }
    }

    /// A requirement, or a list of them, where it is written out.
    fn install(&mut self, asked: &Expr) {
        match asked {
            Expr::StringLiteral(text) => {
                let found = self.found(text.value.to_str(), text.range);
                self.facts.installed.push(found);
            }
            Expr::List(list) => list.elts.iter().for_each(|asked| self.install(asked)),
            _ => {}
        }
    }

    fn alias(&mut self, alias: &Alias, meaning: String) {
        let name = alias.asname.as_ref().unwrap_or(&alias.name);
        let first = name.split('.').next().unwrap_or_default().to_owned();
        self.bind(&first);
        self.meanings.insert(first, meaning);
    }

    fn function(&mut self, function: &StmtFunctionDef) {
        self.bind(&function.name);
        for decorator in &function.decorator_list {
            self.visit_decorator(decorator);
        }
        if let Some(parameters) = &function.type_params {
            self.visit_type_params(parameters);
        }
        self.visit_parameters(&function.parameters);
        self.perhaps(|reader| reader.visit_body(&function.body));
    }

    fn import_statement(&mut self, import: &StmtImport) {
        for alias in &import.names {
            self.import(&alias.name, alias.name.range());
            let meaning = match &alias.asname {
                Some(_) => alias.name.to_string(),
                None => alias.name.split('.').next().unwrap_or_default().to_owned(),
            };
            self.alias(alias, meaning);
        }
    }

    fn import_from_statement(&mut self, import: &StmtImportFrom) {
        let module = import.module.as_ref();
        if let (0, Some(module)) = (import.level, module) {
            self.import(module, module.range());
        }
        let module = module.map(|module| module.as_str()).unwrap_or_default();
        for alias in &import.names {
            match alias.name.as_str() {
                "*" => self.facts.is_dynamic = true,
                name => {
                    self.ask_browser(&format!("{module}.{name}"), alias.name.range());
                    self.alias(alias, format!("{module}.{name}"));
                }
            }
        }
    }

    fn for_statement(&mut self, statement: &StmtFor) {
        self.visit_expr(&statement.iter);
        self.visit_expr(&statement.target);
        self.perhaps(|reader| {
            reader.visit_body(&statement.body);
            reader.visit_body(&statement.orelse);
        });
    }

    fn try_statement(&mut self, statement: &StmtTry) {
        match statement.handlers.is_empty() {
            true => self.visit_body(&statement.body),
            false => self.guarded(|reader| reader.visit_body(&statement.body)),
        }
        self.perhaps(|reader| {
            for handler in &statement.handlers {
                reader.visit_except_handler(handler);
            }
            reader.visit_body(&statement.orelse);
        });
        self.visit_body(&statement.finalbody);
    }

    fn if_statement(&mut self, statement: &StmtIf) {
        self.visit_expr(&statement.test);
        self.perhaps(|reader| {
            reader.visit_body(&statement.body);
            for clause in &statement.elif_else_clauses {
                reader.visit_elif_else_clause(clause);
            }
        });
    }

    fn with_statement(&mut self, statement: &StmtWith) {
        for item in &statement.items {
            self.visit_with_item(item);
        }
        let expects = |expression: &Expr| {
            let Expr::Call(call) = expression else {
                return false;
            };
            let meaning = self.meaning(&call.func).unwrap_or_default();
            ["suppress", "raises", "assertRaises"]
                .iter()
                .any(|name| meaning.ends_with(name))
        };
        match statement
            .items
            .iter()
            .any(|item| expects(&item.context_expr))
        {
            true => self.guarded(|reader| reader.visit_body(&statement.body)),
            false => self.visit_body(&statement.body),
        }
    }

    /// What an expression stands for: `os.system`, or `threading.Thread` for what this makes.
    fn meaning(&self, expression: &Expr) -> Option<String> {
        let mut expression = expression;
        let mut attributes = Vec::new();
        for _ in 0..LONGEST_MEANING {
            match expression {
                Expr::Name(name) => {
                    let name = name.id.as_str();
                    let first = self.meanings.get(name).map_or(name, String::as_str);
                    attributes.push(first);
                    attributes.reverse();
                    return Some(attributes.join("."));
                }
                Expr::Attribute(attribute) => {
                    attributes.push(attribute.attr.as_str());
                    expression = &attribute.value;
                }
                Expr::Call(call) => expression = &call.func,
                _ => return None,
            }
        }
        None
    }

    /// `t = threading.Thread(...)`: from here on `t.start` is `threading.Thread.start`.
    fn note_made(&mut self, targets: &[Expr], value: &Expr) {
        let meaning = match value {
            Expr::Call(_) => self.meaning(value),
            _ => None,
        };
        for target in targets {
            if let Expr::Name(name) = target {
                match &meaning {
                    Some(meaning) => self.meanings.insert(name.id.to_string(), meaning.clone()),
                    None => self.meanings.remove(name.id.as_str()),
                };
            }
        }
    }
}

impl<'a> Visitor<'a> for Reader {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        match statement {
            Stmt::FunctionDef(function) => self.function(function),
            Stmt::ClassDef(class) => {
                self.bind(&class.name);
                visitor::walk_stmt(self, statement);
            }
            Stmt::Import(import) => self.import_statement(import),
            Stmt::ImportFrom(import) => self.import_from_statement(import),
            Stmt::Global(global) => {
                for name in &global.names {
                    self.bind(name);
                }
            }
            Stmt::Assign(assign) => {
                visitor::walk_stmt(self, statement);
                self.note_made(&assign.targets, &assign.value);
            }
            Stmt::TypeAlias(_) => self.perhaps(|reader| visitor::walk_stmt(reader, statement)),
            Stmt::If(statement) => self.if_statement(statement),
            Stmt::Try(statement) => self.try_statement(statement),
            Stmt::With(statement) => self.with_statement(statement),
            Stmt::For(statement) => self.for_statement(statement),
            Stmt::While(_) | Stmt::Match(_) => {
                self.perhaps(|reader| visitor::walk_stmt(reader, statement));
            }
            _ => visitor::walk_stmt(self, statement),
        }
    }

    /// When annotations are evaluated, if ever, depends on Python's version.
    fn visit_annotation(&mut self, _: &'a Expr) {}

    fn visit_expr(&mut self, expression: &'a Expr) {
        match expression {
            Expr::Name(name) => match name.ctx {
                ExprContext::Load => {
                    self.facts.is_dynamic |= DYNAMIC.contains(&name.id.as_str());
                    let found = self.found(name.id.as_str(), name.range);
                    self.facts.used.push(found);
                }
                _ => self.bind(&name.id),
            },
            Expr::Call(call) => {
                visitor::walk_expr(self, expression);
                if let Some(meaning) = self.meaning(&call.func) {
                    if INSTALLERS.contains(&meaning.as_str()) {
                        call.arguments
                            .args
                            .iter()
                            .for_each(|asked| self.install(asked));
                    }
                    let found = self.found(meaning, call.func.range());
                    self.facts.called.push(found);
                }
            }
            Expr::Attribute(_) => {
                visitor::walk_expr(self, expression);
                if let Some(meaning) = self.meaning(expression) {
                    self.ask_browser(&meaning, expression.range());
                }
            }
            Expr::BoolOp(_)
            | Expr::If(_)
            | Expr::Lambda(_)
            | Expr::ListComp(_)
            | Expr::SetComp(_)
            | Expr::DictComp(_)
            | Expr::Generator(_) => {
                self.perhaps(|reader| visitor::walk_expr(reader, expression));
            }
            _ => visitor::walk_expr(self, expression),
        }
    }

    fn visit_parameter(&mut self, parameter: &'a Parameter) {
        self.bind(&parameter.name);
    }

    fn visit_type_param(&mut self, parameter: &'a TypeParam) {
        self.bind(parameter.name());
    }

    fn visit_except_handler(&mut self, handler: &'a ExceptHandler) {
        let ExceptHandler::ExceptHandler(caught) = handler;
        if let Some(name) = &caught.name {
            self.bind(name);
        }
        visitor::walk_except_handler(self, handler);
    }

    fn visit_pattern(&mut self, pattern: &'a Pattern) {
        let name = match pattern {
            Pattern::MatchAs(pattern) => pattern.name.as_ref(),
            Pattern::MatchStar(pattern) => pattern.name.as_ref(),
            Pattern::MatchMapping(pattern) => pattern.rest.as_ref(),
            _ => None,
        };
        if let Some(name) = name {
            self.bind(name);
        }
        visitor::walk_pattern(self, pattern);
    }
}

fn bytes(range: TextRange) -> Range<usize> {
    range.start().to_usize()..range.end().to_usize()
}
