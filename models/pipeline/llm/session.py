"""Runs a built graph as the page does: one prefix, then many short continuations of it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from pipeline.llm.packed import Floats

Tokens = Sequence[int]
ROWS = 32


class LanguageModel:
    """An open graph. `adapted` says how much of its adapter is added, if it has one."""

    def __init__(self, graph: bytes | str, *, adapted: float = 1.0, threads: int = 1) -> None:
        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        options.intra_op_num_threads = threads
        options.add_session_config_entry("session.disable_quant_qdq", "1")
        self._session = onnxruntime.InferenceSession(
            graph, options, providers=["CPUExecutionProvider"]
        )
        inputs = {it.name: it.shape for it in self._session.get_inputs()}
        self._more = {"adapted": np.array([adapted], np.float32)} if "adapted" in inputs else {}
        self._no_past = np.zeros((0, *inputs["past"][1:]), np.float32)

    def run(
        self,
        output: str,
        input_ids: NDArray[np.int32],
        targets: NDArray[np.int32],
        past: Floats | None = None,
    ) -> Floats:
        """One output of the graph, and nothing that it does not need."""
        feeds = {
            "input_ids": input_ids,
            "targets": targets,
            "past": self._no_past if past is None else past,
            **self._more,
        }
        options = onnxruntime.RunOptions()
        options.only_execute_path_to_fetches = True
        found: Floats = self._session.run([output], feeds, options)[0]
        return found

    def prefix(self, tokens: Tokens) -> Floats:
        """Keys and values of all tokens but the last, which begins every continuation."""
        if len(tokens) < 2:
            return self._no_past
        return self.run("present", _row(tokens[:-1]), _row([0]))

    def log_probs(self, tokens: Tokens, continuations: Sequence[Tokens]) -> Floats:
        """The log-probability of each continuation after `tokens`."""  # (continuations,)
        past, found = self.prefix(tokens), np.zeros(len(continuations), np.float32)
        # Those of like length together: padding is computed too.
        order = np.argsort([len(it) for it in continuations], kind="stable")
        for start in range(0, len(order), ROWS):
            chosen = order[start : start + ROWS]
            targets = padded([continuations[k] for k in chosen])
            ids = np.concatenate(
                [np.full((len(chosen), 1), tokens[-1], np.int32), targets[:, :-1]], axis=1
            )
            found[chosen] = self.run("log_prob", ids, targets, past).sum(axis=1)
        return found

    def next_log_probs(self, tokens: Tokens) -> Floats:
        """The log-probability of every id after `tokens`."""  # (n_vocab,)
        logits = self.run("logits", _row(tokens), _row([0]))[0]
        peak = logits.max()
        return np.asarray(logits - peak - np.log(np.exp(logits - peak).sum()), np.float32)


def padded(rows: Sequence[Tokens]) -> NDArray[np.int32]:
    """Rows of unlike length, 0 on the right."""
    found = np.zeros((len(rows), max(len(row) for row in rows)), np.int32)
    for k, row in enumerate(rows):
        found[k, : len(row)] = row
    return found


def _row(tokens: Tokens) -> NDArray[np.int32]:
    return np.array([tokens], np.int32)
