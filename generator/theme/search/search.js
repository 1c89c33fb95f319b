/** Shows what the address asks for: `?q=words`, perhaps with `&kind=recipient`. */

import { mend, split } from "./words.js";

/**
 * @typedef {object} Found A result as Pagefind gives it.
 * @property {string} raw_url
 * @property {Record<string, string>} meta
 * @property {string} content
 * @property {string} excerpt
 */
/** @typedef {{results: {data: () => Promise<Found>}[]}} Answer */
/** @typedef {{search: (words: string) => Promise<Answer>}} Engine */

const KINDS = new Map([
  ["", "All"],
  ["award", "Awards"],
  ["recipient", "Recipients"],
  ["fund", "Funds"],
  ["page", "Other pages"],
]);
/** Results that are shown at once. */
const SHOWN = 20;
/** Letters at least that a word must share with one that was typed, to come close. */
const ALIKE = 3;

const place = /** @type {HTMLElement} */ (document.querySelector("#search"));
const home = new URL(place.dataset.home ?? "", location.href);

/**
 * An element; texts never become markup.
 *
 * @param {string} tag
 * @param {Record<string, string>} attributes
 * @param {...(Node | string)} children
 */
function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/**
 * Whether a result holds each word, or one that begins with it.
 *
 * @param {Found} one
 * @param {string[]} typed
 */
function holds(one, typed) {
  const words = split([...Object.values(one.meta), one.content].join(" "));
  return typed.every((wanted) => words.some((word) => word.startsWith(wanted)));
}

/**
 * Whether a result has a word that goes on, for a while, like one that was typed. The library
 * falls back on shorter and shorter beginnings, down to a letter.
 *
 * @param {Found} one
 * @param {string[]} typed
 */
function resembles(one, typed) {
  const words = split([...Object.values(one.meta), one.content].join(" "));
  return typed.some((wanted) => {
    const start = wanted.slice(0, Math.max(ALIKE, wanted.length - 2));
    return words.some((word) => word.startsWith(start));
  });
}

/**
 * @param {Answer} answer
 * @param {number} from
 */
function load(answer, from) {
  return Promise.all(answer.results.slice(from, from + SHOWN).map((one) => one.data()));
}

/**
 * The results for the words as typed; where nothing holds them, for what they may mean.
 *
 * @param {Engine} engine
 * @param {string} asked
 * @param {string} kind
 * @param {string} publisher
 */
async function find(engine, asked, kind, publisher) {
  // As `search.py` writes these words: a publisher's ends in x, for words are found by their start.
  const of = publisher ? ` qxof${publisher.replaceAll("-", "q")}x` : "";
  const only = (kind ? ` qx${kind}` : "") + of;
  const typed = split(asked);
  const answer = await engine.search(asked + only);
  const first = await load(answer, 0);
  if (first.some((one) => holds(one, typed))) return { answer, first, words: asked };
  const known = await (await fetch(new URL(place.dataset.words ?? "", location.href))).json();
  const better = mend(typed, known);
  if (better.join() !== typed.join()) {
    const other = await engine.search(better.join(" ") + only);
    const found = await load(other, 0);
    if (found.length) return { answer: other, first: found, words: better.join(" ") };
  }
  const near = first.filter((one) => resembles(one, typed));
  const results = near.map((one) => ({ data: () => Promise.resolve(one) }));
  return { answer: { results }, first: near, words: near.length ? "" : asked };
}

/**
 * What the page says, with the words that were found marked. The index holds the title as the
 * first sentence, which is not said twice.
 *
 * @param {Found} one
 */
function quotation(one) {
  const parsed = new DOMParser().parseFromString(one.excerpt, "text/html").body;
  let titled = parsed.textContent?.startsWith(one.meta.title) ? one.meta.title.length + 1 : 0;
  const parts = [...parsed.childNodes].map((part) => {
    const text = (part.textContent ?? "").slice(titled);
    titled -= Math.min(titled, part.textContent?.length ?? 0);
    return part.nodeName === "MARK" ? make("mark", {}, text) : text;
  });
  return make("p", { class: "search-quotation" }, ...parts);
}

/** @param {Found} one */
function item(one) {
  const { title, kind, amount, year, fund, publisher } = one.meta;
  const address = new URL(one.raw_url.replace(/^\//, ""), home);
  const facts = [kind, amount, year, fund, publisher].filter(Boolean).join(" · ");
  const link = make("a", { href: address.href }, title);
  return make(
    "li",
    { class: "search-result" },
    make("h3", {}, link),
    make("p", { class: "meta" }, facts),
    quotation(one),
  );
}

/**
 * The list of results, and a button for more of them.
 *
 * @param {Answer} answer
 * @param {Found[]} first
 */
function list(answer, first) {
  const items = make("ol", { class: "search-list" }, ...first.map(item));
  const more = make("button", { type: "button", class: "search-more" }, "Show more results");
  more.addEventListener("click", async () => {
    const next = (await load(answer, items.childElementCount)).map(item);
    more.hidden = items.childElementCount + next.length >= answer.results.length;
    items.append(...next);
    next[0]?.querySelector("a")?.focus();
  });
  more.hidden = answer.results.length <= first.length;
  return [items, more];
}

/**
 * The address of an answer.
 *
 * @param {string} asked
 * @param {string} kind
 * @param {string} publisher
 */
function query(asked, kind, publisher) {
  const found = new URLSearchParams({ q: asked });
  if (kind) found.set("kind", kind);
  if (publisher) found.set("publisher", publisher);
  return `?${found}`;
}

/**
 * Links to the results of one kind.
 *
 * @param {string} asked
 * @param {string} kind
 * @param {string} publisher
 */
function kinds(asked, kind, publisher) {
  const links = [...KINDS].map(([id, words]) => {
    const current = id === kind ? { "aria-current": "true" } : {};
    return make("li", {}, make("a", { href: query(asked, id, publisher), ...current }, words));
  });
  return make("nav", { class: "search-kinds", "aria-label": "Kinds of results" }, make("ul", {}, ...links));
}

/**
 * @param {number} count
 * @param {string} asked
 * @param {string} words What the results are for; empty where nothing holds what was asked for.
 */
function headline(count, asked, words) {
  const results = `${count} result${count === 1 ? "" : "s"}`;
  if (count === 0) return [`No results for “${asked}”`, "Every word must be found. Try fewer words, or other ones."];
  if (words === asked) return [`${results} for “${asked}”`, ""];
  const nothing = `Nothing here says “${asked}”.`;
  return words
    ? [`${results} for “${words}”`, nothing]
    : [`${results} like “${asked}”`, `${nothing} These come closest.`];
}

/** Answer the address. */
async function start() {
  const wanted = new URLSearchParams(location.search);
  const asked = (wanted.get("q") ?? "").trim();
  const kind = KINDS.has(wanted.get("kind") ?? "") ? (wanted.get("kind") ?? "") : "";
  // Only a site of many publishers has that choice.
  const choice = /** @type {HTMLSelectElement | null} */ (document.querySelector("#search-publisher"));
  if (choice) choice.value = wanted.get("publisher") ?? "";
  const publisher = choice?.value ?? "";
  choice?.addEventListener("change", () => {
    if (asked) location.search = query(asked, kind, choice.value);
  });
  const box = /** @type {HTMLInputElement | null} */ (document.querySelector("#purse-search"));
  if (!split(asked).length) return;
  if (box) box.value = asked;
  const status = make("div", { role: "status" }, make("p", {}, "Searching…"));
  const shown = /** @type {HTMLElement} */ (place.querySelector(".search-results"));
  shown.append(status);
  place.classList.add("search-asked");
  document.title = `${asked}: search - ${document.title.split(" - ").pop()}`;
  try {
    const engine = await import(new URL(place.dataset.engine ?? "", location.href).href);
    const { answer, first, words } = await find(engine, asked, kind, publisher);
    const [heading, note] = headline(answer.results.length, asked, words);
    status.replaceChildren(make("h2", {}, heading), ...(note ? [make("p", {}, note)] : []));
    shown.append(kinds(asked, kind, publisher), ...list(answer, first));
    if (!first.length) place.classList.remove("search-asked");
  } catch {
    // The browser or the server keeps the index from loading; the lists still lead everywhere.
    status.replaceChildren(
      make("p", {}, "The search doesn’t work here: its files could not be loaded. Use the lists below."),
    );
    place.classList.remove("search-asked");
  }
  place.dataset.done = "yes";
}

await start();
