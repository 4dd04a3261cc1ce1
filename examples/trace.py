"""Asks Backpass for a program's backward pass, prints the score of every leaf, and checks the sum rule.

    python3 trace.py http://127.0.0.1:8000 net.py

The sum rule: an element's score is the sum, over the edges that leave it, of weight × score of the other end.
Needs Python 3.11 and nothing else.
"""

import json
import sys
import time
import urllib.error
import urllib.request
from collections import defaultdict
from pathlib import Path


def ask(server, path, body):
    """POSTs JSON, waits when the server says that it is busy, returns the answer."""
    headers = {"Content-Type": "application/json", "X-Backpass-Page": "example-trace"}
    while True:
        request = urllib.request.Request(server + path, json.dumps(body).encode(), headers)
        try:
            with urllib.request.urlopen(request) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            if error.code != 429:
                sys.exit(f"the server says {error.code}: {json.load(error)['error']['message']}")
            time.sleep(int(error.headers["Retry-After"]))
        except urllib.error.URLError as error:
            sys.exit(f"no server at {server}: {error.reason}")


def shares(trace, call):
    """For each tensor and element: every weight × score that flows into it in this call."""
    scores = {score["tensor"]: score["values"] for score in call["scores"]}
    found = defaultdict(lambda: defaultdict(list))
    for root in call["roots"]:
        for element, gradient in enumerate(root["gradient"]):
            found[root["tensor"]][element].append(float(gradient))
    for op in trace["ops"]:
        for relation in op["relations"] if op["id"] in call["order"] else []:
            source, target = op["inputs"][relation["input"]], op["outputs"][relation["output"]]
            if relation["carries"] and target in scores:
                edges = relation["edges"]
                for i, o, weight in zip(edges["input"], edges["output"], edges["weight"], strict=True):
                    found[source][i].append(float(weight) * float(scores[target][o]))
    return found


def main(server, path):
    trace = ask(server, "/api/trace", {"code": Path(path).read_text("utf-8")})
    if trace["error"]:
        sys.exit(f"{path} failed: {trace['error']['type']}: {trace['error']['message']}")
    tensors = {tensor["id"]: tensor for tensor in trace["tensors"]}
    for call in trace["backward"]:
        found, checked = shares(trace, call), 0
        for score in call["scores"]:
            tensor = tensors[score["tensor"]]
            if tensor["is_leaf"]:
                print(f"{tensor['name'] or tensor['label']}: {score['values']}")
            for element, value in enumerate(score["values"]):
                terms = found[score["tensor"]][element]
                assert abs(sum(terms) - float(value)) <= 1e-5 * sum(map(abs, terms)), (tensor, element)
                checked += 1
        print(f"backward call {call['id']}: the sum rule holds for {checked} elements")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
