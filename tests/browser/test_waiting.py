"""A busy class and a server that is away: the page waits, says so, and lets itself be stopped."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Request, Route, expect

from tests.browser.test_tables import choose, open_program
from tests.browser.workbench import PROGRAM, Server, current, open_start, paste

pytestmark = pytest.mark.expects_failures


class Crowd(Server):
    """Turns the page away before it answers: as many runs as `turned`, with a word on when to come back."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.turned = 0
        self.after = "2"

    def _trace(self, route: Route) -> None:
        if self.turned <= 0:
            return super()._trace(route)
        self.turned -= 1
        self.asked.append([])
        refusal = {"error": {"type": "TooManyRequests", "message": "busy"}, "detail": None}
        return route.fulfill(status=429, headers={"Retry-After": self.after}, json=refusal)


@pytest.fixture
def crowd(page: Page) -> Crowd:
    """A page that has run once, in English, and a server that can be busy from now on."""
    server = Crowd(page)
    open_start(page, "/?lang=en")
    paste(page, PROGRAM)
    server.asked.clear()
    return server


def test_a_busy_class_is_waited_for_and_the_picture_stays(page: Page, crowd: Crowd) -> None:
    crowd.turned = 1
    page.click(".run-all")
    expect(page.locator("#waiting")).to_contain_text("The class is busy; trying again in 2 s")
    expect(page.locator("#status")).to_contain_text("The class is busy")
    assert current(page) == "x.grad +=", "what was there can still be read"
    expect(page.locator("#waiting")).to_be_hidden()
    expect(page.locator("#failure")).to_be_hidden()
    assert len(crowd.asked) == 2


def test_the_wait_is_told_in_the_reader_s_language_and_ends_by_its_button(page: Page, crowd: Crowd) -> None:
    crowd.turned, crowd.after = 99, "30"
    page.click("[data-lang=zh]")
    page.click(".run-all")
    expect(page.locator("#waiting")).to_contain_text("班上正忙")
    page.click("#waiting button")
    expect(page.locator("#waiting")).to_be_hidden()
    expect(page.locator(".run-all")).not_to_have_attribute("aria-busy", "true")
    assert current(page) == "x.grad +="
    assert len(crowd.asked) == 1


def test_an_edit_ends_the_wait(page: Page, crowd: Crowd) -> None:
    crowd.turned, crowd.after = 99, "30"
    page.click(".run-all")
    expect(page.locator("#waiting")).to_be_visible()
    page.locator(".cm-content").first.click()
    page.keyboard.type("#")
    expect(page.locator("#waiting")).to_be_hidden()
    crowd.turned = 0
    page.keyboard.press("Shift+Enter")
    expect(page.locator(".cell-state").first).not_to_have_text("edited, run again")


def test_after_a_bounded_number_of_tries_the_reader_decides(page: Page, crowd: Crowd) -> None:
    crowd.turned, crowd.after = 99, "1"
    page.clock.install()
    page.click(".run-all")
    for _ in range(60):
        if page.locator("#failure").is_visible():
            break
        page.clock.run_for(1000)
    expect(page.locator("#failure")).to_contain_text("not reached")
    asked = len(crowd.asked)
    assert 2 <= asked <= 10
    crowd.turned = 0
    page.get_by_role("button", name="Try again").click()
    expect(page.locator("#failure")).to_be_hidden()
    assert current(page) == "x.grad +="
    assert len(crowd.asked) == asked + 1


AWAY = """() => {
  const real = window.fetch;
  let away = 2;
  window.fetch = (...asked) => (away-- > 0 ? Promise.reject(new TypeError("refused")) : real(...asked));
}"""


def test_a_restart_is_waited_for(page: Page, crowd: Crowd) -> None:
    page.evaluate(AWAY)
    page.click(".run-all")
    expect(page.locator("#waiting")).to_contain_text("The server does not answer")
    assert current(page) == "x.grad +="
    expect(page.locator("#waiting")).to_be_hidden()
    expect(page.locator("#failure")).to_be_hidden()
    assert len(crowd.asked) == 1


def test_every_run_and_question_carries_the_page_s_own_id(page: Page) -> None:
    sent: list[Request] = []
    page.on("request", lambda asked: sent.append(asked))
    open_start(page, "/?lang=en#program=softmax")
    page.wait_for_selector(".step")
    with page.expect_response("**/api/trace"):
        page.click(".run-all")
    ids = [asked.headers.get("x-backpass-page", "") for asked in sent if asked.url.endswith(("/trace", "/edges"))]
    assert len(set(ids)) == 1
    assert len(ids[0]) == 24
    assert not any("x-backpass-page" in asked.headers for asked in sent if asked.method == "GET")
    stored = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie, history.state])")
    assert ids[0] not in stored
    sent.clear()
    page.reload()
    page.wait_for_selector("html[data-ready]")
    page.wait_for_selector(".step")
    new = {asked.headers["x-backpass-page"] for asked in sent if asked.url.endswith("/trace")}
    assert new.isdisjoint(ids), "nothing follows a reader from one load to the next"


def test_questions_about_a_run_that_is_left_are_taken_back(page: Page) -> None:
    page.route("**/api/edges", lambda route: None)
    failed: list[str] = []
    page.on("requestfailed", lambda request: failed.append(request.url))
    open_program(page, "retain-grad")
    with page.expect_request("**/api/edges"):
        choose(page, "view", "between")
    page.locator(".cm-content").first.click()
    with page.expect_event("requestfailed"):
        page.keyboard.type("#")
    assert [url for url in failed if url.endswith("/api/edges")]
