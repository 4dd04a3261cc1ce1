import assert from "node:assert/strict";
import { test } from "node:test";
import { fitting, frameOf, needsTight, revealing, shift } from "../../static/js/layout/fitting.js";
import { pictureAt } from "../../static/js/picture/picture.js";
import { steps } from "../../static/js/trace/steps.js";
import { twice } from "./traces.mjs";

const VIEW = { width: 1100, height: 496 };

test("a picture that fits is shown whole and in the middle; a small one grows by a quarter at most", () => {
  const { x, y, k } = fitting({ x: 0, y: 0, width: 100, height: 100 }, VIEW);
  assert.equal(k, 1.25);
  assert.equal(x, (VIEW.width - 125) / 2);
  assert.ok(y > 52);
});

test("a picture that is too large stops shrinking where text can still be read, and shows its top left", () => {
  const { x, y, k } = fitting({ x: -40, y: -10, width: 4000, height: 3000 }, VIEW);
  assert.equal(k, 0.8);
  assert.equal(x - 40 * k, 22);
  assert.equal(y - 10 * k, 52);
});

test("a low canvas asks for the tight picture", () => {
  const bounds = { x: 0, y: 0, width: 900, height: 455 };
  assert.equal(needsTight(bounds, VIEW), false);
  assert.equal(needsTight(bounds, { width: 980, height: 362 }), true);
});

test("the tight picture is lower, and nothing in it is left out", () => {
  const trace = twice();
  const list = steps(trace);
  const roomy = pictureAt(trace, list, list.length - 1);
  const tight = pictureAt(trace, list, list.length - 1, true);
  assert.ok(roomy && tight && roomy !== tight);
  assert.ok(tight.layout.bounds.height < roomy.layout.bounds.height);
  assert.deepEqual([...tight.layout.boxes.keys()], [...roomy.layout.boxes.keys()]);
});

test("a stretch is moved just far enough; one that is too long shows its beginning", () => {
  assert.equal(shift({ from: 30, size: 50 }, 20, 200), 0);
  assert.equal(shift({ from: 190, size: 50 }, 20, 200), -40);
  assert.equal(shift({ from: -5, size: 50 }, 20, 200), 25);
  assert.equal(shift({ from: -100, size: 500 }, 20, 200), 120);
});

test("a picture that would lie under the switches at the foot leaves them their row", () => {
  const view = { width: 1000, height: 500 };
  const wide = { x: 0, y: 0, width: 800, height: 420 };
  const { y, k } = fitting(wide, view);
  assert.ok(wide.height * k + y <= view.height - 50);
  const slim = { x: 0, y: 0, width: 60, height: 420 };
  const centred = fitting(slim, view);
  assert.ok(
    slim.height * centred.k + centred.y > view.height - 50,
    "between the switches it may use the row",
  );
});

test("what is revealed lies under none of the canvas's own controls", () => {
  const view = { width: 1100, height: 496 };
  const node = { width: 104, height: 48 };
  const study = frameOf("study", 1, view.width);
  assert.deepEqual(revealing({ x: 300, y: 200, ...node }, view, study), { right: 0, down: 0 });
  assert.equal(revealing({ x: 300, y: 20, ...node }, view, study).down, 30, "below the buttons above");
  assert.equal(
    revealing({ x: 500, y: 440, ...node }, view, study).down,
    0,
    "between the switches at the foot",
  );
  assert.equal(
    revealing({ x: 30, y: 440, ...node }, view, study).down,
    -44,
    "above the switches at the foot",
  );
  assert.deepEqual(revealing({ x: 1060, y: 440, ...node }, view, study), { right: -86, down: -44 });
});
