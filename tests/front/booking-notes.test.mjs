import assert from "node:assert/strict";
import { test } from "node:test";
import { atOnce, leftOver } from "../../static/js/why/booking-notes.js";
import { drawerOf } from "../../static/js/trace/bookings.js";
import { twice } from "./traces.mjs";

/** @param {number} position @param {ReturnType<typeof twice>} [given] */
function drawer(position, given = twice()) {
  const found = drawerOf(given, position, 0);
  assert.ok(found);
  return found;
}

test("what an earlier call left is written as PyTorch prints it", () => {
  assert.equal(leftOver(drawer(1), [2]), "[3, −8]");
  assert.equal(leftOver(drawer(1), [2, 1]), "[[3], [−8]]");
  assert.equal(leftOver(drawer(1), [12]), "…");
});

test("an empty drawer and one that was set to zero hold nothing of the last call", () => {
  assert.equal(leftOver(drawer(0), [2]), null);
  const given = twice();
  given.backward[1].accumulated[0] = { tensor: 0, before: [0, 0], after: [6, 8] };
  assert.equal(leftOver(drawer(1, given), [2]), null);
});

test("two calls book what one call on the sum of their targets would", () => {
  assert.equal(atOnce(twice(), drawer(1)), "(z*G).sum() + out");
  assert.equal(atOnce(twice(), drawer(0)), null);
  const given = twice();
  given.backward[1].roots[0].gradient = [2];
  given.tensors[4].name = null;
  given.tensors[4].label = "z.sum() + 1";
  assert.equal(atOnce(given, drawer(1, given)), "(z*G).sum() + 2*(z.sum() + 1)");
});
