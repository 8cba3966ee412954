//! What a wording uses: everything in braces, in reading order, each a slice of the source.

use fluent_syntax::ast;

/// Braces open at once, at most: the parser calls itself for each, and a thousand of them end the
/// process. Nobody reads more than four.
const DEPTH_LIMIT: usize = 32;

/// The first brace beyond the limit. A line that is not indented begins a new message.
pub(super) fn too_deep(source: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let mut line_begins = true;
    source.char_indices().find_map(|(at, letter)| {
        if line_begins && letter.is_ascii_alphabetic() {
            depth = 0;
        }
        line_begins = letter == '\n';
        match letter {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        (depth > DEPTH_LIMIT).then_some(at)
    })
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Found<'s> {
    Variable(&'s str),
    Message(&'s str),
    Term(&'s str),
    Function(&'s str),
    Attribute(&'s str),
    /// `{ { … } }`: the formatter panics on it in a message with too many placeables.
    Nested,
    /// `{ 1 -> … }`: likewise.
    Chosen(&'s str),
}

pub(super) fn in_pattern<'s>(pattern: &ast::Pattern<&'s str>) -> Vec<Found<'s>> {
    let mut found = Vec::new();
    pattern_of(pattern, &mut found);
    found
}

fn pattern_of<'s>(pattern: &ast::Pattern<&'s str>, found: &mut Vec<Found<'s>>) {
    for element in &pattern.elements {
        if let ast::PatternElement::Placeable { expression } = element {
            expression_of(expression, found);
        }
    }
}

fn expression_of<'s>(expression: &ast::Expression<&'s str>, found: &mut Vec<Found<'s>>) {
    match expression {
        ast::Expression::Inline(inline) => inline_of(inline, found),
        ast::Expression::Select { selector, variants } => {
            if let ast::InlineExpression::StringLiteral { value }
            | ast::InlineExpression::NumberLiteral { value } = selector
            {
                found.push(Found::Chosen(value));
            }
            inline_of(selector, found);
            for variant in variants {
                pattern_of(&variant.value, found);
            }
        }
    }
}

fn inline_of<'s>(inline: &ast::InlineExpression<&'s str>, found: &mut Vec<Found<'s>>) {
    match inline {
        ast::InlineExpression::StringLiteral { .. }
        | ast::InlineExpression::NumberLiteral { .. } => {}
        ast::InlineExpression::FunctionReference { id, arguments } => {
            found.push(Found::Function(id.name));
            call_of(arguments, found);
        }
        ast::InlineExpression::MessageReference { id, attribute } => {
            found.push(Found::Message(id.name));
            found.extend(attribute.as_ref().map(|attribute| Found::Attribute(attribute.name)));
        }
        // A term may have attributes: they are how it says its gender to the messages around it.
        ast::InlineExpression::TermReference { id, attribute: _, arguments } => {
            found.push(Found::Term(id.name));
            if let Some(arguments) = arguments {
                call_of(arguments, found);
            }
        }
        ast::InlineExpression::VariableReference { id } => found.push(Found::Variable(id.name)),
        ast::InlineExpression::Placeable { expression } => {
            found.push(Found::Nested);
            expression_of(expression, found);
        }
    }
}

fn call_of<'s>(arguments: &ast::CallArguments<&'s str>, found: &mut Vec<Found<'s>>) {
    for argument in &arguments.positional {
        inline_of(argument, found);
    }
}
