"""What a theme's templates ask of a page: only what shells know of, or pages are not made so."""

from __future__ import annotations

from collections.abc import Iterator

import jinja2
from jinja2 import nodes

# Told apart by shape, or filled in later; see fast_shells.py.
_KNOWN = frozenset(
    "title canonical_url is_homepage content toc meta.title meta.robots meta.moved_to "
    "meta.hide".split()
)
# Functions of ours that are given a page, by what they look at: its folder or its content.
_GIVEN = frozenset(("head", "needed", "kind_class", "in_section"))


def asks_no_more(env: jinja2.Environment, name: str = "main.html") -> bool:
    """Return whether a template, and those it brings along, look at nothing else of a page."""
    return all(_KNOWN.issuperset(_asked(tree)) for tree in _trees(env, name, set()))


def _trees(env: jinja2.Environment, name: str, seen: set[str]) -> Iterator[nodes.Template]:
    """Yield a template and those it includes, extends or imports from."""
    if name in seen:
        return
    seen.add(name)
    assert env.loader is not None
    tree = env.parse(env.loader.get_source(env, name)[0])
    yield tree
    kinds = (nodes.Include, nodes.Extends, nodes.Import, nodes.FromImport)
    for other in tree.find_all(kinds):
        brought: nodes.Expr = other.template  # type: ignore[attr-defined]
        if isinstance(brought, nodes.Const):
            yield from _trees(env, str(brought.value), seen)
        else:
            # Which template that is may depend on anything.
            yield nodes.Template([nodes.Output([nodes.Name("page", "load")])])


def _asked(tree: nodes.Template) -> Iterator[str]:
    """Yield what a template takes of `page`: 'title', 'meta.robots', or 'page' as it is."""
    known = {id(node) for node in _looked_at(tree)}
    for node in tree.find_all(nodes.Getattr):
        above = node.node
        known.add(id(above))
        if _is_page(above) and node.attr != "meta":
            yield node.attr
        elif isinstance(above, nodes.Getattr) and above.attr == "meta" and _is_page(above.node):
            yield f"meta.{node.attr}"
    for node in tree.find_all(nodes.Getattr):
        if node.attr == "meta" and id(node) not in known:
            yield "meta"
    for name in tree.find_all(nodes.Name):
        if name.name in ("page", "pages") and id(name) not in known:
            yield name.name


def _looked_at(tree: nodes.Template) -> Iterator[nodes.Node]:
    """Yield what is only tested, compared, or given to a function that we know."""
    for node in tree.find_all((nodes.If, nodes.CondExpr, nodes.And, nodes.Call, nodes.Compare)):
        if isinstance(node, nodes.And):
            yield from (node.left, node.right)
        elif isinstance(node, nodes.Compare):
            yield from (operand.expr for operand in node.ops)
        elif isinstance(node, nodes.Call):
            yield from node.args if getattr(node.node, "name", None) in _GIVEN else ()
        else:
            yield node.test  # type: ignore[attr-defined]


def _is_page(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Name) and node.name == "page"
