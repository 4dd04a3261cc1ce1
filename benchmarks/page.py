"""How fast the page is, in a real browser: `python benchmarks/page.py`. Prints one line per promise, with its limit.

Times of script are sums over one frame of all that the page's own listeners and animation callbacks took; times of
frames are what lies between two of them. A busy machine shows in both, so read them on a quiet one.
"""

from __future__ import annotations

import os
import shutil
import statistics

from playwright.sync_api import Browser, Page, sync_playwright
from serving import served

QUIET = ["--disable-gpu", "--disable-background-networking", "--no-first-run", "--no-sandbox"]

# Sums up, frame by frame, what listeners and animation callbacks of the page take.
WATCH = """
window.frames_ = []; let spent = 0, last = performance.now();
const timed = (f) => typeof f !== 'function' ? f : function (...given) {
  const start = performance.now();
  try { return f.apply(this, given); } finally { spent += performance.now() - start; }
};
const frame = window.requestAnimationFrame.bind(window);
window.requestAnimationFrame = (f) => frame(timed(f));
const listen = EventTarget.prototype.addEventListener;
EventTarget.prototype.addEventListener = function (type, f, options) {
  return listen.call(this, type, /^(pointer|wheel|mouse|input)/.test(type) ? timed(f) : f, options);
};
const tick = (now) => { window.frames_.push([spent, now - last]); spent = 0; last = now; frame(tick); };
frame(tick);
"""

EDGES_3000 = (
    "import torch\nW = torch.randn(10, 10)\na = x = torch.randn(10, requires_grad=True)\n"
    "for _ in range(14):\n    a = torch.softmax(W @ a, dim=0)\na.backward(torch.randn(10))\n"
)
EDGES_100000 = (
    "import torch\nx = torch.randn(25, 64, requires_grad=True)\ny = torch.softmax(x, dim=1)\n"
    "z = torch.softmax(y @ torch.ones(64, 64), dim=0)\nz.sum().backward()\n"
)


def open_program(browser: Browser, address: str, code: str) -> Page:
    """The workspace with this code run, watched from its first script on."""
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.add_init_script(WATCH)
    page.goto(f"{address}/?lang=en")
    page.wait_for_selector("html[data-ready]")
    page.fill("#paste", code)
    page.click(".paste [type=submit]")
    page.wait_for_selector("#canvas [data-tensor]")
    page.wait_for_timeout(1500)
    return page


def loads(browser: Browser, address: str) -> list[float]:
    """Milliseconds from navigation to the first node of a built-in program's diagram, with a warm cache."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    taken = []
    for _ in range(8):
        page = context.new_page()
        page.goto(f"{address}/?lang=en#program=softmax", wait_until="commit")
        page.wait_for_selector("#canvas .node")
        taken.append(float(page.evaluate("performance.now()")))
        page.close()
    return taken[1:]


def frames(page: Page) -> tuple[list[float], list[float]]:
    """Script and duration of the frames since the last call, in ms."""
    rows = page.evaluate("window.frames_.splice(0)")
    return [row[0] for row in rows], [row[1] for row in rows]


def hover(browser: Browser, address: str) -> list[float]:
    """Script per frame while the pointer crosses a picture of 3,000 edges."""
    page = open_program(browser, address, EDGES_3000)
    page.locator("[data-level=elements]").click()
    page.wait_for_timeout(1500)
    box = page.locator("#canvas svg.diagram").bounding_box()
    assert box
    frames(page)
    for i in range(120):
        x, y = box["x"] + box["width"] * (0.35 + 0.3 * (i % 20) / 20), box["y"] + box["height"] * (0.2 + 0.6 * i / 120)
        page.mouse.move(x, y)
        page.wait_for_timeout(20)
    return frames(page)[0]


def pan_and_zoom(browser: Browser, address: str) -> list[float]:
    """Duration of frames while a picture of 100,000 edges is dragged and zoomed."""
    page = open_program(browser, address, EDGES_100000)
    box = page.locator("#canvas svg.diagram").bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] - 30
    frames(page)
    page.mouse.move(x, y)
    page.mouse.down()
    for i in range(60):
        page.mouse.move(x + 3 * i, y - i)
        page.wait_for_timeout(8)
    page.mouse.up()
    page.keyboard.down("Control")
    for i in range(30):
        page.mouse.wheel(0, -40 if i < 15 else 40)
        page.wait_for_timeout(8)
    page.keyboard.up("Control")
    return frames(page)[1][1:]


def steps(browser: Browser, address: str) -> list[float]:
    """Milliseconds of script for one step through the two-layer network."""
    page = browser.new_page(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
    page.goto(f"{address}/?lang=en#program=two-layers")
    page.wait_for_selector("#canvas [data-tensor]")
    page.wait_for_timeout(1000)
    press = """key => { const t = performance.now();
      document.querySelector('#canvas').dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true}));
      return performance.now() - t; }"""
    return [float(page.evaluate(press, "ArrowLeft" if i < 40 else "ArrowRight")) for i in range(80)]


def told(what: str, times: list[float], limit: float, share: float) -> None:
    """One line: the promise, the quantile that it is about, the median and the worst."""
    ranked = sorted(times)
    at = ranked[min(len(ranked) - 1, int(share * len(ranked)))]
    verdict = "ok  " if at <= limit else "OVER"
    print(
        f"{verdict} {what:<58} p{share * 100:.0f} {at:7.1f} ms (limit {limit:g}; "
        f"median {statistics.median(ranked):.1f}, worst {ranked[-1]:.1f}, n = {len(ranked)})"
    )


def main() -> None:
    """Measures everything once."""
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with served() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=QUIET)
        told("first diagram after navigation, warm cache", loads(browser, address), 1000, 0.5)
        told("script of one step, two-layer network", steps(browser, address), 16, 0.5)
        told("script per frame while hovering, 3,000 edges", hover(browser, address), 16, 0.95)
        told("frame while panning and zooming, 100,000 edges", pan_and_zoom(browser, address), 17, 0.95)
        browser.close()


if __name__ == "__main__":
    main()
