/** The orders in which awards can stand. */

import { LEAST_DAY } from "./data.js";
import { daysOf } from "./filter.js";

/** @typedef {import("./data.js").Awards} Awards */
/** @typedef {import("./state.js").State} State */

/** The orders by name, the usual one first. */
export const SORTS = new Map([
  ["largest", "Largest first"],
  ["smallest", "Smallest first"],
  ["title", "By title"],
  ["newest", "Newest first"],
  ["oldest", "Oldest first"],
]);

/**
 * The shown awards in the order that was asked for; those of equal rank stay largest first.
 *
 * @param {Awards} awards
 * @param {State} state
 * @param {Uint32Array} rows
 * @param {string[]} titles Only the order by title needs them.
 * @returns {Uint32Array}
 */
export function sorted(awards, state, rows, titles) {
  if (state.sort === "largest") return rows;
  const ordered = rows.slice();
  if (state.sort === "smallest") {
    const { amounts } = awards;
    return ordered.sort((a, b) => Number(amounts[a] - amounts[b]) || a - b);
  }
  if (state.sort === "title") {
    return ordered.sort((a, b) => (titles[a] < titles[b] ? -1 : titles[a] > titles[b] ? 1 : a - b));
  }
  const days = daysOf(awards, state);
  const newest = state.sort === "newest";
  // What has no date comes last, whichever end is first.
  const rank = (/** @type {number} */ row) => {
    if (days[row] < LEAST_DAY) return Infinity;
    return newest ? -days[row] : days[row];
  };
  return ordered.sort((a, b) => (rank(a) === rank(b) ? a - b : rank(a) - rank(b)));
}
