/** The filters in use, in words, and how each is taken away. */

import { facet } from "./data.js";
import { dayNumber } from "./filter.js";
import { pence } from "./money.js";
import { choose } from "./state.js";

/** @typedef {import("./data.js").Awards} Awards */
/** @typedef {import("./state.js").State} State */

/**
 * @typedef {object} Filter
 * @property {string} filter The facet's name, or words, amount or date.
 * @property {string} words
 * @property {(state: State) => State} remove
 */

/**
 * @param {Awards} awards
 * @param {State} state
 * @returns {Filter[]}
 */
function facetFilters(awards, state) {
  return [...state.chosen].flatMap(([name, ids]) => {
    const one = /** @type {import("./data.js").Facet} */ (facet(awards, name));
    return [...ids].map((id) => {
      const number = one.numbers.get(id);
      const title =
        number === undefined ? `${id} (not in this publication)` : one.choices[number].label;
      return {
        filter: name,
        words: `${one.title}: ${title}`,
        remove: (/** @type {State} */ now) => choose(now, name, id, false),
      };
    });
  });
}

/**
 * @param {string} from
 * @param {string} to
 */
function range(from, to) {
  return [from && `from ${from}`, to && `to ${to}`].filter(Boolean).join(" ");
}

/**
 * @param {Awards} awards
 * @param {State} state
 * @returns {Filter[]}
 */
export function filtersOf(awards, state) {
  const found = facetFilters(awards, state);
  if (state.words) {
    found.unshift({
      filter: "words",
      words: `Words: ${state.words}`,
      remove: (now) => ({ ...now, words: "" }),
    });
  }
  // What is no amount or no day filters nothing.
  const [least, most] = [state.least, state.most].map((text) =>
    pence(text, awards.currency) === undefined ? "" : text,
  );
  if (least || most) {
    found.push({
      filter: "amount",
      words: `Amount ${range(least, most)}`,
      remove: (now) => ({ ...now, least: "", most: "" }),
    });
  }
  const [from, to] = [state.from, state.to].map((text) => (dayNumber(text) ? text : ""));
  if (from || to) {
    const title = awards.dates.find((one) => one.name === state.date)?.title;
    found.push({
      filter: "date",
      words: `${title} ${range(from, to)}`,
      remove: (now) => ({ ...now, from: "", to: "", undated: false }),
    });
  }
  return found;
}
