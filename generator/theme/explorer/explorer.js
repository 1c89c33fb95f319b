/**
 * Filters for the list of all awards. The page is complete without this: a table of a hundred
 * awards, and more pages. Here the table becomes one that answers questions.
 */

import { Store } from "./data.js";
import { apply } from "./filter.js";
import { sorted } from "./order.js";
import { Panel } from "./panel.js";
import { Results } from "./results.js";
import { format, parse } from "./state.js";
import { columnsOf } from "./table.js";

/** @typedef {import("./state.js").State} State */

/**
 * @param {HTMLElement} root
 * @param {Store} store
 */
function begin(root, store) {
  const { awards } = store;
  const columns = columnsOf(awards);
  const names = {
    facets: awards.facets.map((one) => one.name),
    dates: awards.dates.map((one) => one.name),
    columns: columns.map((one) => one.name),
  };
  let state = parse(location.search, names);
  let step = 0;
  let typing = false;

  /**
   * Show what the state asks for. A later step overtakes one that still waits for texts.
   */
  async function show() {
    step += 1;
    const mine = step;
    try {
      const words = state.words ? await store.words() : [];
      if (mine !== step) return;
      const result = apply(awards, state, words);
      const keys = state.sort === "title" ? await store.titleKeys() : [];
      const rows = sorted(awards, state, result.rows, keys);
      await store.name(Results.first(rows));
      if (mine !== step) return;
      panel.update(state, result);
      results.update(state, result, rows);
    } catch (fault) {
      results.fail(fault);
    }
    root.dataset.step = String(mine);
  }

  /** @type {import("./panel.js").Change} */
  function change(edit, isTyping = false) {
    const next = edit(state);
    const query = format(next, names);
    state = next;
    if (query !== format(parse(location.search, names), names)) {
      const address = location.pathname + query;
      // The letters of one search are one step back, not one each.
      if (isTyping && typing) history.replaceState(null, "", address);
      else history.pushState(null, "", address);
    }
    typing = isTyping;
    void show();
  }

  const panel = new Panel(
    /** @type {HTMLElement} */ (root.querySelector(".explorer-panel")),
    awards,
    columns,
    change,
  );
  const results = new Results(
    /** @type {HTMLElement} */ (root.querySelector(".explorer-results")),
    store,
    change,
  );
  addEventListener("popstate", () => {
    state = parse(location.search, names);
    typing = false;
    void show();
  });
  root.classList.add("explorer-works");
  return show();
}

/** @param {HTMLElement} root */
async function start(root) {
  const bar = /** @type {HTMLElement} */ (root.querySelector(".explorer-bar"));
  try {
    const store = await Store.load(new URL(root.dataset.head ?? "", document.baseURI));
    await begin(root, store);
    // The row that the address names was in the list that these results have replaced.
    if (location.hash) document.getElementById(location.hash.slice(1))?.scrollIntoView();
  } catch {
    bar.textContent =
      "The filters can’t be loaded now. The list below has every award, page by page.";
  }
}

const root = document.getElementById("explorer");
if (root) void start(root);
