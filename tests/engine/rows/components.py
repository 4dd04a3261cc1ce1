"""Connected components of a list of edges, by plain union-find: what `units` must agree with."""

from __future__ import annotations

from app.engine.relation.edges import Edges


def components(edges: Edges, inputs: int, outputs: int) -> list[tuple[int, int]]:
    """(inputs, outputs) of each component, in the order of their first outputs; elements without edges are none."""
    parent = list(range(inputs + outputs))

    def root(x: int) -> int:
        while parent[x] != x:
            parent[x] = parent[parent[x]]
            x = parent[x]
        return x

    pairs = list(zip(edges.input.tolist(), edges.output.tolist(), strict=True))
    for i, o in pairs:
        parent[root(i)] = root(inputs + o)
    members: dict[int, tuple[set[int], set[int]]] = {}
    for i, o in pairs:
        ins, outs = members.setdefault(root(i), (set(), set()))
        ins.add(i)
        outs.add(o)
    ordered = sorted(members.values(), key=lambda group: min(group[1]))
    return [(len(ins), len(outs)) for ins, outs in ordered]
