"""Both passes in plain Python, over lists: what the numpy passes are measured against. One calendar, links FS and others."""

from __future__ import annotations

from dataclasses import dataclass

from milestone_desktop.scheduling.network import Network


@dataclass(slots=True)
class PlainNetwork:
    """Lists by row in an order in which predecessors come first, in working minutes. before, after: (row, lag) of the
    finish-to-start links of each row."""

    first: list[int]
    duration: list[int]
    before: list[list[tuple[int, int]]]
    after: list[list[tuple[int, int]]]

    def both_passes(self) -> tuple[list[int], list[int]]:
        """Early and late finishes."""
        finish: list[int] = []
        for row, links in enumerate(self.before):
            start = self.first[row]
            for other, lag in links:
                moment = finish[other] + lag
                if moment > start:
                    start = moment
            finish.append(start + self.duration[row])
        end = max(finish)
        late = [end] * len(finish)
        for row in range(len(finish) - 1, -1, -1):
            latest = end
            for other, lag in self.after[row]:
                moment = late[other] - self.duration[other] - lag
                if moment < latest:
                    latest = moment
            late[row] = latest
        return finish, late


def plain_network(network: Network) -> PlainNetwork:
    """The same network as lists."""
    frame = network.frame
    before: list[list[tuple[int, int]]] = [[] for _ in range(frame.count)]
    after: list[list[tuple[int, int]]] = [[] for _ in range(frame.count)]
    for source, target, lag in zip(
        frame.forward.source.tolist(), frame.forward.target.tolist(), frame.forward.lag.tolist(), strict=True
    ):
        before[target].append((source, lag))
        after[source].append((target, lag))
    first = [max(value >> 1, 0) for value in network.bounds.first.tolist()]
    return PlainNetwork(first, frame.duration.tolist(), before, after)
