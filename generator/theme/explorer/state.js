/** What the reader has asked for, and its form as the query of an address. */

import { SORTS } from "./order.js";

/**
 * @typedef {object} State Texts stay as they were typed.
 * @property {string} words
 * @property {Map<string, Set<string>>} chosen The ids chosen in each facet; facets without any are left out.
 * @property {string} least Smallest amount.
 * @property {string} most Largest amount.
 * @property {string} date The date that `from` and `to` are about.
 * @property {string} from
 * @property {string} to
 * @property {boolean} undated Whether awards without that date are shown as well.
 * @property {string} sort
 * @property {string[]} columns
 */

/** @typedef {{facets: string[], dates: string[], columns: string[]}} Names */

/**
 * The state that an address asks for. What it doesn't know is left out, but for the ids of
 * facets: an old link to something that is gone must find nothing, not everything.
 *
 * @param {string} query
 * @param {Names} names
 * @returns {State}
 */
export function parse(query, names) {
  const asked = new URLSearchParams(query);
  const text = (/** @type {string} */ name) => (asked.get(name) ?? "").trim();
  const oneOf = (/** @type {string} */ name, /** @type {string[]} */ known) =>
    known.includes(text(name)) ? text(name) : known[0];
  /** @type {Map<string, Set<string>>} */
  const chosen = new Map();
  for (const name of names.facets) {
    const ids = asked.getAll(name).filter(Boolean);
    if (ids.length) chosen.set(name, new Set(ids));
  }
  const columns = text("columns").split(",");
  return {
    words: text("words"),
    chosen,
    least: text("least"),
    most: text("most"),
    date: oneOf("date", names.dates),
    from: text("from"),
    to: text("to"),
    undated: text("undated") === "yes",
    sort: oneOf("sort", [...SORTS.keys()]),
    columns: names.columns.filter((name) => columns.includes(name)),
  };
}

/**
 * The address's query for a state: nothing for what is as usual.
 *
 * @param {State} state
 * @param {Names} names
 */
export function format(state, names) {
  const query = new URLSearchParams();
  const put = (/** @type {string} */ name, /** @type {string} */ value, usual = "") => {
    if (value !== usual) query.set(name, value);
  };
  put("words", state.words);
  for (const name of names.facets) {
    for (const id of state.chosen.get(name) ?? []) query.append(name, id);
  }
  put("least", state.least);
  put("most", state.most);
  if (state.from || state.to) put("date", state.date, names.dates[0]);
  put("from", state.from);
  put("to", state.to);
  if ((state.from || state.to) && state.undated) put("undated", "yes");
  put("sort", state.sort, "largest");
  put("columns", state.columns.join(","));
  const text = query.toString();
  return text ? `?${text}` : "";
}

/**
 * A state with one choice of a facet added or taken away.
 *
 * @param {State} state
 * @param {string} name
 * @param {string} id
 * @param {boolean} on
 * @returns {State}
 */
export function choose(state, name, id, on) {
  const ids = new Set(state.chosen.get(name));
  if (on) ids.add(id);
  else ids.delete(id);
  const chosen = new Map(state.chosen);
  if (ids.size) chosen.set(name, ids);
  else chosen.delete(name);
  return { ...state, chosen };
}

/**
 * A state without any filter; order and columns stay.
 *
 * @param {State} state
 * @returns {State}
 */
export function cleared(state) {
  const none = { words: "", least: "", most: "", from: "", to: "", undated: false };
  return { ...state, ...none, chosen: new Map() };
}
