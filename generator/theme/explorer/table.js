/** The rows of the table, as the page itself writes them, and the columns that can be added. */

import { choicesOf, facet, LEAST_DAY } from "./data.js";
import { make, money } from "./dom.js";

/** @typedef {import("./data.js").Awards} Awards */
/** @typedef {import("./data.js").Store} Store */

const MONTHS = [
  ...["January", "February", "March", "April", "May", "June", "July"],
  ...["August", "September", "October", "November", "December"],
];
const META = ["year", "theme", "attribution"];
const NOT_COLUMNS = new Set(["recipient", "band"]);
const MISSING = "not published";

/**
 * The columns that can be added: recipients and amount are always there.
 *
 * @param {Awards} awards
 */
export function columnsOf(awards) {
  const facets = awards.facets.filter((one) => !NOT_COLUMNS.has(one.name));
  return [...facets, ...awards.dates].map(({ name, title }) => ({ name, title }));
}

/**
 * @param {Awards} awards
 * @param {string} name
 * @param {number} row
 */
function text(awards, name, row) {
  const one = facet(awards, name);
  if (one) {
    return choicesOf(one, row)
      .map((choice) => choice.title)
      .join("; ");
  }
  const day = awards.dates.find((date) => date.name === name)?.days[row] ?? 0;
  if (day < LEAST_DAY) return awards.missing[day];
  return `${day % 100} ${MONTHS[(Math.floor(day / 100) % 100) - 1]} ${Math.floor(day / 10000)}`;
}

/**
 * @param {string} pattern
 * @param {string} id
 * @param {Node | string} words
 */
function link(pattern, id, words) {
  return make("a", { href: pattern.replace("{id}", id) }, words);
}

/**
 * @param {Awards} awards
 * @param {number} row
 */
function who(awards, row) {
  const line = make("span", { class: "who" });
  const recipients = /** @type {import("./data.js").Facet} */ (facet(awards, "recipient"));
  const named = choicesOf(recipients, row).filter((choice) => choice.id !== MISSING);
  named.forEach((choice, place) => {
    line.append(place ? "; " : "", link(awards.links.recipient, choice.id, choice.title));
  });
  const attribution = /** @type {import("./data.js").Facet} */ (facet(awards, "attribution"));
  const [{ id }] = choicesOf(attribution, row);
  if (id === "partial") line.append(" and others not named");
  if (!named.length) {
    const words = id === "unnamed" ? "Recipients not named" : "No recipient printed";
    line.append(make("a", { class: "missing", href: awards.links.unnamed }, words));
  }
  return line;
}

/**
 * @param {Awards} awards
 * @param {number} row
 * @param {string[]} columns
 */
function meta(awards, row, columns) {
  const words = META.filter((name) => !columns.includes(name))
    .map((name) => ({ name, words: text(awards, name, row) }))
    .filter((one) => one.name !== "theme" || one.words !== awards.missing[0])
    .map((one) =>
      one.name === "attribution" ? one.words[0].toLowerCase() + one.words.slice(1) : one.words,
    );
  const line = make("span", { class: "meta" }, words.join(" · "));
  if (row >= awards.standing) line.prepend(make("strong", {}, "Withdrawn, in no total. "));
  return line;
}

/**
 * @param {Awards} awards
 * @param {string} name
 */
function titleOf(awards, name) {
  return columnsOf(awards).find((one) => one.name === name)?.title ?? name;
}

/**
 * A cell with its role and its column's words, for narrow screens where rows are cards.
 *
 * @param {string} label
 * @param {Record<string, string>} attributes
 * @param {Node | string} words
 */
function cell(label, attributes, words) {
  return make("td", { role: "cell", "data-label": label, ...attributes }, words);
}

/**
 * One award. Its id and title must have been loaded.
 *
 * @param {Store} store
 * @param {number} row
 * @param {string[]} columns
 */
export function rowOf(store, row, columns) {
  const { awards } = store;
  const title = make("span", { class: "as-published" }, store.titles[row]);
  return make(
    "tr",
    { role: "row", id: `award-${store.ids[row]}`, "data-row": store.ids[row] },
    make(
      "th",
      { scope: "row", role: "rowheader" },
      link(awards.links.award, store.ids[row], title),
      who(awards, row),
      meta(awards, row, columns),
    ),
    ...columns.map((name) => cell(titleOf(awards, name), {}, text(awards, name, row))),
    cell("Amount", { class: "number" }, money(awards.amounts[row], awards.currency)),
  );
}

/**
 * @param {Awards} awards
 * @param {string[]} columns
 */
export function headOf(awards, columns) {
  const column = { scope: "col", role: "columnheader" };
  return make(
    "tr",
    { role: "row" },
    make("th", column, "Award, and who it names"),
    ...columns.map((name) => make("th", column, titleOf(awards, name))),
    make("th", { ...column, class: "number" }, "Amount"),
  );
}
