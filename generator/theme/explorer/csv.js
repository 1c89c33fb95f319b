/** Files to download: the very rows of the published CSV, and summaries of what is shown. */

import { facet, Renewed } from "./data.js";
import { plain } from "./money.js";

/** @typedef {import("./data.js").Awards} Awards */
/** @typedef {import("./data.js").Facet} Facet */
/** @typedef {import("./data.js").Store} Store */

/**
 * The lines of a CSV, each with its end, as they stand: a line break in quotes ends none.
 *
 * @param {string} text
 */
export function lines(text) {
  const found = [];
  let start = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i += 1) {
    const mark = text.charCodeAt(i);
    if (mark === 34) quoted = !quoted;
    else if (mark === 10 && !quoted) {
      found.push(text.slice(start, i + 1));
      start = i + 1;
    }
  }
  return found;
}

/**
 * A row of a CSV, quoted where it must be.
 *
 * @param {(string | number)[]} cells
 */
function line(cells) {
  const quoted = cells.map((cell) => {
    const text = String(cell);
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  });
  return `${quoted.join(",")}\n`;
}

/**
 * The rows of some awards, byte for byte as the published CSVs have them.
 *
 * @param {Store} store
 * @param {Iterable<number>} rows
 */
export async function rowsFile(store, rows) {
  const { awards } = store;
  const chosen = [...rows];
  const ends = awards.ends ?? [awards.standing, awards.count];
  const files = chosen.map((row) => ends.findIndex((end) => row < end));
  const needed = new Set(files.length ? files : [0]);
  const [texts] = await Promise.all([
    Promise.all(
      awards.tables.map(async (table, number) => {
        if (!needed.has(number)) return [];
        const answer = await fetch(new URL(table, document.baseURI));
        if (!answer.ok) throw new Error(`${table} can't be loaded (${answer.status}).`);
        return lines(await answer.text());
      }),
    ),
    store.name(chosen),
  ]);
  return [
    texts.find((one) => one.length)?.[0],
    ...chosen.map((row, place) => {
      const [file, before] = [files[place], ends[files[place] - 1] ?? 0];
      const found = texts[file][row - before + 1];
      if (!found?.startsWith(`${store.ids[row]},`)) throw new Renewed();
      return found;
    }),
  ].join("");
}

/**
 * The rows of each choice of a facet that some awards have. Withdrawn awards are left out.
 *
 * @param {Awards} awards
 * @param {Facet} by
 * @param {Iterable<number>} rows
 */
function groups(awards, by, rows) {
  /** @type {number[][]} */
  const found = by.choices.map(() => []);
  for (const row of rows) {
    if (row >= awards.standing) continue;
    for (let i = by.starts[row]; i < by.starts[row + 1]; i += 1) found[by.codes[i]].push(row);
  }
  return by.choices
    .map((choice, number) => ({ choice, rows: found[number] }))
    .filter((one) => one.rows.length);
}

/**
 * Awards and money by the choices of a facet. An award of several areas or recipients is whole
 * in each, so a recipient has two figures and never a share.
 *
 * @param {Awards} awards
 * @param {Iterable<number>} rows
 * @param {string} name
 */
export function summaryFile(awards, rows, name) {
  const by = /** @type {Facet} */ (facet(awards, name));
  const attribution = /** @type {Facet} */ (facet(awards, "attribution"));
  const sole = attribution.numbers.get("sole");
  const sum = (/** @type {number[]} */ some) =>
    plain(some.reduce((total, row) => total + awards.amounts[row], 0n));
  const found = groups(awards, by, rows);
  if (name !== "recipient") {
    return [
      line(["id", "title", "awards", "amount"]),
      ...found.map(({ choice, rows: own }) =>
        line([choice.id, choice.title, own.length, sum(own)]),
      ),
    ].join("");
  }
  const none = "not applicable";
  return [
    line(["id", "name", "awards", "at_least", "named_in", "names_nobody"]),
    ...found.map(({ choice, rows: own }) => {
      const alone = own.filter((row) => attribution.codes[row] === sole);
      const named = choice.id !== "not published";
      const figures = named ? [sum(alone), sum(own), none] : [none, none, sum(own)];
      return line([choice.id, choice.title, own.length, ...figures]);
    }),
  ].join("");
}

/**
 * Hand a file to the reader.
 *
 * @param {string} name
 * @param {string} text
 */
export function save(name, text) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
