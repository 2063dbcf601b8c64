"""Graph algorithms: shortest paths, topological order, components, spanning tree, max flow."""

import heapq
from collections import defaultdict, deque


class Graph:
    def __init__(self, edges, directed=True):
        self.edges = list(edges)
        self.near = defaultdict(dict)
        for a, b, weight in self.edges:
            self.near[a][b] = weight
            if not directed:
                self.near[b][a] = weight
            self.near.setdefault(b, {})

    def __iter__(self):
        return iter(sorted(self.near))

    def shortest(self, start):
        distance, previous = {start: 0}, {}
        heap = [(0, start)]
        while heap:
            d, node = heapq.heappop(heap)
            if d > distance[node]:
                continue
            for other, weight in self.near[node].items():
                if (new := d + weight) < distance.get(other, float("inf")):
                    distance[other], previous[other] = new, node
                    heapq.heappush(heap, (new, other))
        return distance, previous

    def path(self, start, end):
        _, previous = self.shortest(start)
        route = [end]
        while route[-1] != start:
            route.append(previous[route[-1]])
        return route[::-1]

    def topological(self):
        state, order = {}, []

        def visit(node, trail):
            match state.get(node):
                case "done":
                    return
                case "open":
                    raise ValueError("cycle: " + " -> ".join([*trail, node]))
            state[node] = "open"
            for other in sorted(self.near[node]):
                visit(other, [*trail, node])
            state[node] = "done"
            order.append(node)

        for node in self:
            visit(node, [])
        return order[::-1]

    def components(self):
        index, low, stack, result = {}, {}, [], []

        def connect(v):
            index[v] = low[v] = len(index)
            stack.append(v)
            for w in sorted(self.near[v]):
                if w not in index:
                    connect(w)
                    low[v] = min(low[v], low[w])
                elif w in stack:
                    low[v] = min(low[v], index[w])
            if low[v] == index[v]:
                component = []
                while (w := stack.pop()) != v:
                    component.append(w)
                result.append(sorted([*component, v]))

        for v in self:
            if v not in index:
                connect(v)
        return sorted(result)

    def spanning_tree(self):
        parent = {node: node for node in self}

        def root(node):
            while parent[node] != node:
                parent[node] = node = parent[parent[node]]
            return node

        tree = []
        for a, b, weight in sorted(self.edges, key=lambda e: (e[2], e)):
            if (ra := root(a)) != (rb := root(b)):
                parent[ra] = rb
                tree.append((a, b, weight))
        return tree

    def max_flow(self, source, sink):
        residual = {a: dict(b) for a, b in self.near.items()}
        total = 0
        while True:
            queue, seen = deque([source]), {source: None}
            while queue and sink not in seen:
                a = queue.popleft()
                for b, capacity in sorted(residual[a].items()):
                    if capacity > 0 and b not in seen:
                        seen[b] = a
                        queue.append(b)
            if sink not in seen:
                return total
            route, node = [], sink
            while (before := seen[node]) is not None:
                route.append((before, node))
                node = before
            flow = min(residual[a][b] for a, b in route)
            for a, b in route:
                residual[a][b] -= flow
                residual[b][a] = residual[b].get(a, 0) + flow
            total += flow


roads = Graph([("a", "b", 7), ("a", "c", 3), ("c", "b", 1), ("b", "d", 2), ("c", "d", 8), ("e", "a", 1)])
print(roads.shortest("a")[0], roads.path("a", "d"), roads.topological())
cyclic = Graph([("x", "y", 1), ("y", "z", 1), ("z", "x", 1), ("z", "w", 1), ("w", "v", 1), ("v", "w", 1)])
print(cyclic.components())
try:
    cyclic.topological()
except ValueError as error:
    print(error)
print(Graph(roads.edges, directed=False).spanning_tree())
print(Graph([("s", "a", 10), ("s", "b", 5), ("a", "b", 15), ("a", "t", 5), ("b", "t", 10)]).max_flow("s", "t"))
grid = {(x, y): (x * 7 + y * 13) % 9 + 1 for x in range(12) for y in range(12)}
maze = Graph(
    ((x, y), (x + dx, y + dy), grid[x + dx, y + dy])
    for x, y in grid
    for dx, dy in ((0, 1), (1, 0), (0, -1), (-1, 0))
    if (x + dx, y + dy) in grid
)
print(maze.shortest((0, 0))[0][11, 11], len(maze.path((0, 0), (11, 11))))
