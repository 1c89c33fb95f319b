/**
 * Which awards a state asks for, what they come to, and how many each choice would give.
 *
 * Each filter has a bit. A pass over the awards sets the bits of the filters that an award
 * fails: none, and it is shown; only one, and it counts among the choices of that filter.
 */

import { facet, fold, LEAST_DAY } from "./data.js";
import { pence } from "./money.js";

/** @typedef {import("./data.js").Awards} Awards */
/** @typedef {import("./data.js").Facet} Facet */
/** @typedef {import("./state.js").State} State */

/**
 * @typedef {object} Result
 * @property {Uint32Array} rows The awards that are shown, largest first, withdrawn ones last.
 * @property {number} count How many of them stand.
 * @property {number} withdrawn How many are withdrawn; in no total.
 * @property {bigint} total What those that stand come to, in pence, each whole.
 * @property {bigint} alone The part of it that one named recipient holds alone.
 * @property {bigint} nobody What awards that name no recipient come to, the filters but that of
 *   recipients applied.
 * @property {Map<string, Uint32Array>} counts For each facet, the awards of each choice, the
 *   other filters applied.
 * @property {Map<string, number>} without How many awards that stand would be shown without a filter.
 * @property {number} undated Awards left out only because the date asked for isn't published.
 */

const WITHDRAWN = "withdrawn";

/**
 * What can filter: the facets, then words, amount and date.
 *
 * @param {Awards} awards
 */
function filterNames(awards) {
  return [...awards.facets.map((one) => one.name), "words", "amount", "date"];
}

/**
 * @param {Facet} one
 * @param {Set<string>} ids
 * @param {Uint16Array} failed
 * @param {number} bit
 */
function failFacet(one, ids, failed, bit) {
  const wanted = new Uint8Array(one.choices.length);
  for (const id of ids) {
    const number = one.numbers.get(id);
    if (number !== undefined) wanted[number] = 1;
  }
  for (let row = 0; row < failed.length; row += 1) {
    let found = 0;
    for (let i = one.starts[row]; i < one.starts[row + 1]; i += 1) found |= wanted[one.codes[i]];
    if (!found) failed[row] |= bit;
  }
}

/**
 * A withdrawn award is shown only when it is asked for by its status.
 *
 * @param {Awards} awards
 * @param {State} state
 * @param {Uint16Array} failed
 * @param {number} bit
 */
function failWithdrawn(awards, state, failed, bit) {
  if (state.chosen.get("status")?.has(WITHDRAWN)) return;
  for (let row = awards.standing; row < awards.count; row += 1) failed[row] |= bit;
}

/**
 * @param {string} asked
 * @param {string[]} words Each award's words, folded.
 * @param {Uint16Array} failed
 * @param {number} bit
 */
function failWords(asked, words, failed, bit) {
  const wanted = fold(asked).split(/\s+/).filter(Boolean);
  for (let row = 0; row < failed.length; row += 1) {
    if (!wanted.every((word) => words[row].includes(word))) failed[row] |= bit;
  }
}

/**
 * @param {Awards} awards
 * @param {State} state
 * @param {Uint16Array} failed
 * @param {number} bit
 */
function failAmount(awards, state, failed, bit) {
  const least = pence(state.least, awards.currency);
  const most = pence(state.most, awards.currency);
  if (least === undefined && most === undefined) return;
  for (let row = 0; row < failed.length; row += 1) {
    const amount = awards.amounts[row];
    if ((least !== undefined && amount < least) || (most !== undefined && amount > most)) {
      failed[row] |= bit;
    }
  }
}

/**
 * A day as a number such as 20200401; undefined when the text is no day.
 *
 * @param {string} text
 */
export function dayNumber(text) {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) ? Number(text.replaceAll("-", "")) : undefined;
}

/**
 * The column of the date that a state is about.
 *
 * @param {Awards} awards
 * @param {State} state
 */
export function daysOf(awards, state) {
  const found = awards.dates.find((one) => one.name === state.date) ?? awards.dates[0];
  return found.days;
}

/**
 * @param {Awards} awards
 * @param {State} state
 * @param {Uint16Array} failed
 * @param {number} bit
 */
function failDate(awards, state, failed, bit) {
  const from = dayNumber(state.from) ?? 0;
  const to = dayNumber(state.to) ?? Infinity;
  if (from === 0 && to === Infinity) return;
  const days = daysOf(awards, state);
  for (let row = 0; row < failed.length; row += 1) {
    const day = days[row];
    const fits = day < LEAST_DAY ? state.undated : day >= from && day <= to;
    if (!fits) failed[row] |= bit;
  }
}

/**
 * @param {Facet} one
 * @param {Uint16Array} failed
 * @param {number} others The bits of all other filters.
 */
function countChoices(one, failed, others) {
  const counts = new Uint32Array(one.choices.length);
  for (let row = 0; row < failed.length; row += 1) {
    if (failed[row] & others) continue;
    for (let i = one.starts[row]; i < one.starts[row + 1]; i += 1) counts[one.codes[i]] += 1;
  }
  return counts;
}

/**
 * Sums of the shown awards that stand.
 *
 * @param {Awards} awards
 * @param {Uint32Array} rows
 */
function totals(awards, rows) {
  const attribution = /** @type {Facet} */ (facet(awards, "attribution"));
  const sole = attribution.numbers.get("sole");
  let [total, alone, count] = [0n, 0n, 0];
  for (const row of rows) {
    if (row >= awards.standing) break;
    total += awards.amounts[row];
    if (attribution.codes[row] === sole) alone += awards.amounts[row];
    count += 1;
  }
  return { total, alone, count, withdrawn: rows.length - count };
}

/**
 * What awards that name no recipient come to, in pence: any of it may be a recipient's.
 *
 * @param {Awards} awards
 * @param {Uint16Array} failed
 * @param {number} others The bits of all filters but that of recipients.
 */
function namingNobody(awards, failed, others) {
  const recipients = /** @type {Facet} */ (facet(awards, "recipient"));
  const nobody = recipients.numbers.get("not published");
  let total = 0n;
  for (let row = 0; row < awards.standing; row += 1) {
    const named = recipients.codes[recipients.starts[row]] !== nobody;
    if (!named && !(failed[row] & others)) total += awards.amounts[row];
  }
  return total;
}

/**
 * Apply a state.
 *
 * @param {Awards} awards
 * @param {State} state
 * @param {string[]} words Each award's words, folded; may be empty while none are searched.
 * @returns {Result}
 */
export function apply(awards, state, words) {
  const names = filterNames(awards);
  const bits = new Map(names.map((name, place) => [name, 1 << place]));
  const bit = (/** @type {string} */ name) => bits.get(name) ?? 0;
  const failed = new Uint16Array(awards.count);
  for (const one of awards.facets) {
    const ids = state.chosen.get(one.name);
    if (ids) failFacet(one, ids, failed, bit(one.name));
  }
  failWithdrawn(awards, state, failed, bit("status"));
  if (state.words) failWords(state.words, words, failed, bit("words"));
  failAmount(awards, state, failed, bit("amount"));
  failDate(awards, state, failed, bit("date"));

  const all = (1 << names.length) - 1;
  const days = daysOf(awards, state);
  const onlyFailed = new Map(names.map((name) => [bit(name), 0]));
  const rows = new Uint32Array(awards.count);
  let [found, standing, undated] = [0, 0, 0];
  for (let row = 0; row < awards.count; row += 1) {
    const bitsFailed = failed[row];
    if (bitsFailed === 0) {
      rows[found] = row;
      found += 1;
    }
    if (row >= awards.standing) continue;
    const before = onlyFailed.get(bitsFailed);
    if (before !== undefined) onlyFailed.set(bitsFailed, before + 1);
    if (bitsFailed === 0) standing += 1;
    if (bitsFailed === bit("date") && days[row] < LEAST_DAY) undated += 1;
  }
  const shown = rows.slice(0, found);
  return {
    rows: shown,
    ...totals(awards, shown),
    counts: new Map(
      awards.facets.map((one) => [one.name, countChoices(one, failed, all & ~bit(one.name))]),
    ),
    without: new Map(names.map((name) => [name, standing + (onlyFailed.get(bit(name)) ?? 0)])),
    nobody: namingNobody(awards, failed, all & ~bit("recipient")),
    undated,
  };
}
