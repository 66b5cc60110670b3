"""Times the encoder's int8 file in native onnxruntime on one thread: eight texts of 32 tokens."""

from __future__ import annotations

import json
import statistics
import sys
import time

import numpy as np
import onnxruntime as ort

N_TEXTS, N_TOKENS, N_ROUNDS, N_WARM_UP = 8, 32, 30, 5


def main() -> None:
    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    session = ort.InferenceSession(sys.argv[1], options, providers=["CPUExecutionProvider"])
    ids = np.random.default_rng(0).integers(1000, 30000, (N_TEXTS, N_TOKENS))
    feeds = {}
    for node in session.get_inputs():
        kind = np.int32 if node.type == "tensor(int32)" else np.int64
        is_ids = "ids" in node.name and "type" not in node.name or node.name == "tokens"
        feeds[node.name] = (ids if is_ids else np.ones_like(ids)).astype(kind)
    millis = []
    for _ in range(N_WARM_UP + N_ROUNDS):
        started = time.perf_counter()
        session.run(None, feeds)
        millis.append(1000 * (time.perf_counter() - started))
    millis = millis[N_WARM_UP:]
    print(json.dumps({"p50": statistics.median(millis), "n": len(millis)}))


main()
