"""Script time per frame while a number of G is dragged on the two-layer network: p50, p95 and the largest, in ms.

    python benchmarks/drag_g.py [--url http://localhost:8000] [--frames 120] [--program slug]

Chromium's own count of script time is read after every frame; style, layout and painting are told beside it.
The budget of the issue is 16 ms of script per frame (p95) on two cores with software rendering.
"""

from __future__ import annotations

import argparse
import math
import shutil
from typing import Any

from playwright.sync_api import CDPSession, Page, sync_playwright
from serving import served

BUDGET = 16
FORWARD = """
import torch

x = torch.tensor([[1.0, 2.0], [3.0, -1.0]])
W1 = torch.tensor([[1.0, -1.0, 0.5], [0.5, 1.0, -1.0]], requires_grad=True)
b1 = torch.tensor([0.0, 0.5, 0.0], requires_grad=True)
W2 = torch.tensor([[1.0], [2.0], [-1.0]], requires_grad=True)
hidden = torch.relu(x @ W1 + b1)
out = hidden @ W2
squared = (out - torch.tensor([[1.0], [2.0]])) ** 2
""".strip()
BACKWARD = "squared.backward(torch.tensor([[0.5], [0.5]]))\nprint(W1.grad)\nprint(b1.grad)\nprint(W2.grad)"
METRICS = ("ScriptDuration", "RecalcStyleDuration", "LayoutDuration", "TaskDuration")


def open_program(page: Page, url: str, program: str | None) -> None:
    """The program with its sliders out."""
    page.goto(f"{url}/?lang=en" + (f"#program={program}" if program else ""))
    page.wait_for_selector("html[data-ready]")
    if not program:
        page.fill("#paste", f"{FORWARD}\n# %%\n{BACKWARD}")
        page.click(".paste [type=submit]")
    page.wait_for_selector(".g-toggle:visible")
    if page.locator(".g-toggle").get_attribute("aria-pressed") != "true":
        page.click(".g-toggle")
    page.wait_for_timeout(500)


def metrics(session: CDPSession) -> dict[str, float]:
    """Chromium's counters, in ms."""
    told = session.send("Performance.getMetrics")["metrics"]
    return {entry["name"]: entry["value"] * 1000 for entry in told if entry["name"] in METRICS}


def drag(page: Page, frames: int) -> list[dict[str, float]]:
    """What each frame of a drag from end to end cost."""
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    box: Any = page.locator(".g-track").first.bounding_box()
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] / 2, middle)
    page.mouse.down()
    costs = []
    for frame in range(frames):
        share = 0.5 + 0.5 * math.sin(frame / frames * 4 * math.pi)
        before = metrics(session)
        page.mouse.move(box["x"] + box["width"] * share, middle)
        page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        after = metrics(session)
        costs.append({name: after[name] - before[name] for name in METRICS})
    page.mouse.up()
    return costs


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--url", help="a running server; without it one is started")
    parser.add_argument("--frames", type=int, default=120)
    parser.add_argument("--program", help="a built-in program instead of the two-layer network")
    given = parser.parse_args()
    with served(given.url) as url, sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu", "--no-first-run"]
        chromium = shutil.which("chromium") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(executable_path=chromium, args=arguments)
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        open_program(page, url, given.program)
        drag(page, 20)
        costs = drag(page, given.frames)
        browser.close()
    for name in METRICS:
        values = sorted(cost[name] for cost in costs)
        p50, p95 = values[len(values) // 2], values[math.ceil(len(values) * 0.95) - 1]
        print(f"{name:20} p50 {p50:6.1f} ms   p95 {p95:6.1f} ms   max {values[-1]:6.1f} ms")
    script = sorted(cost["ScriptDuration"] for cost in costs)[math.ceil(len(costs) * 0.95) - 1]
    print(f"script p95 {script:.1f} ms of {BUDGET} ms: {'within' if script <= BUDGET else 'OVER'} the budget")


if __name__ == "__main__":
    main()
