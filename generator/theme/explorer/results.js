/** What the filters give: how many awards, what they come to, the rows, and ways to keep them. */

import { filtersOf } from "./chosen.js";
import { awardsWord, button, count, faultWords, make, money } from "./dom.js";
import { Keep } from "./keep.js";
import { grouped } from "./money.js";
import { SORTS } from "./order.js";
import { cleared } from "./state.js";
import { headOf, rowOf } from "./table.js";

/** @typedef {import("./data.js").Store} Store */
/** @typedef {import("./filter.js").Result} Result */
/** @typedef {import("./state.js").State} State */

const AT_ONCE = 100;

export class Results {
  /**
   * @param {HTMLElement} place Holds the bar, the table and what stands below it.
   * @param {Store} store
   * @param {import("./panel.js").Change} change
   */
  constructor(place, store, change) {
    this.store = store;
    this.change = change;
    /** @type {Uint32Array} */
    this.rows = new Uint32Array();
    /** @type {string[]} */
    this.columns = [];
    this.shown = 0;

    this.status = make("p", { role: "status", tabindex: "-1", class: "explorer-status" });
    this.recipient = make("p");
    this.filters = make("ul", { class: "explorer-chips", "aria-label": "Filters in use" });
    this.sort = make(
      "select",
      { onchange: () => change((state) => ({ ...state, sort: this.sort.value })) },
      ...[...SORTS].map(([value, words]) => make("option", { value }, words)),
    );
    this.said = make("p", { role: "status", class: "explorer-note" });
    this.keep = new Keep(
      store,
      () => this.rows,
      (words) => (this.said.textContent = words),
    );
    const bar = /** @type {HTMLElement} */ (place.querySelector(".explorer-bar"));
    bar.replaceChildren(
      this.status,
      this.recipient,
      this.filters,
      make("div", { class: "explorer-tools" }, make("label", {}, "Order ", this.sort)),
      this.keep.element,
      this.said,
    );

    this.table = /** @type {HTMLTableElement} */ (place.querySelector("table"));
    this.body = make("tbody", { role: "rowgroup" });
    this.more = button("", () => this.#showMore());
    this.more.hidden = true;
    this.box = make("div", {
      class: "scroll",
      role: "region",
      "aria-label": "Awards",
      tabindex: "0",
    });
    this.table.replaceWith(this.box);
    this.box.append(this.table);
    this.box.after(this.more);
  }

  /**
   * Show a result. The texts of its first rows must have been loaded.
   *
   * @param {State} state
   * @param {Result} result
   * @param {Uint32Array} rows The result's rows in the order asked for.
   */
  update(state, result, rows) {
    this.rows = rows;
    this.columns = state.columns;
    this.sort.value = state.sort;
    this.said.textContent = "";
    this.keep.reset();
    this.#tell(state, result);
    this.#tellRecipient(state, result);
    this.#listFilters(state);
    this.box.hidden = rows.length === 0;
    this.box.classList.toggle("wide", state.columns.length > 0);
    // The table no longer is the CSV beside the page, row by row.
    delete this.table.dataset.csv;
    this.table.caption?.replaceChildren(`Awards, ${SORTS.get(state.sort)?.toLowerCase()}`);
    this.table.tHead?.replaceChildren(headOf(this.store.awards, state.columns));
    this.body.replaceChildren();
    this.shown = 0;
    this.#draw();
    for (const old of [...this.table.tBodies]) if (old !== this.body) old.remove();
    this.table.append(this.body);
  }

  /** The first rows that a result shows. */
  static first(/** @type {Uint32Array} */ rows) {
    return rows.subarray(0, AT_ONCE);
  }

  #draw() {
    const next = this.rows.subarray(this.shown, this.shown + AT_ONCE);
    this.body.append(...Array.from(next, (row) => rowOf(this.store, row, this.columns)));
    this.shown += next.length;
    const left = this.rows.length - this.shown;
    this.more.hidden = left === 0;
    this.more.textContent = `Show ${Math.min(left, AT_ONCE)} more of ${grouped(left)} not shown yet`;
  }

  async #showMore() {
    const from = this.shown;
    try {
      await this.store.name(this.rows.subarray(from, from + AT_ONCE));
    } catch (fault) {
      this.fail(fault);
      return;
    }
    this.#draw();
    this.body.rows[from]?.querySelector("a")?.focus();
  }

  /**
   * @param {State} state
   * @param {Result} result
   */
  #tell(state, result) {
    const { awards } = this.store;
    const words = [];
    if (result.count) {
      const all = awards.standing;
      const some =
        result.count === all ? ["All ", count(all)] : [count(result.count), " of ", count(all)];
      const total = make("strong", {}, money(result.total, awards.currency));
      words.push(make("strong", {}, ...some, ` ${awardsWord(all)}`), ", worth ", total, ".");
    } else {
      words.push(make("strong", {}, "No award matches."));
    }
    if (result.withdrawn) {
      words.push(
        " And ",
        count(result.withdrawn),
        ` withdrawn ${awardsWord(result.withdrawn)}, in no total.`,
      );
    }
    if (result.undated) {
      words.push(
        " Left out because this date isn’t published: ",
        count(result.undated),
        ` ${awardsWord(result.undated)}. `,
        button("Show them too", () => this.#edit((now) => ({ ...now, undated: true }))),
      );
    }
    if (!result.count && !result.withdrawn) words.push(...this.#waysOut(state, result));
    this.status.replaceChildren(...words);
  }

  /**
   * @param {State} state
   * @param {Result} result
   */
  #waysOut(state, result) {
    const filters = filtersOf(this.store.awards, state);
    const ways = [...new Set(filters.map((one) => one.filter))]
      .map((name) => ({
        own: filters.filter((one) => one.filter === name),
        left: result.without.get(name) ?? 0,
      }))
      .filter(({ left }) => left)
      .map(({ own, left }) =>
        button(
          `Remove “${own.map((one) => one.words).join("”, “")}”: ${grouped(left)} ${awardsWord(left)}`,
          () => this.#edit((now) => own.reduce((then, one) => one.remove(then), now)),
        ),
      );
    return [
      " ",
      ...(ways.length ? ways : [button("Remove all filters", () => this.#edit(cleared))]),
    ];
  }

  /**
   * A recipient's money is two figures, and a reminder of what names nobody.
   *
   * @param {State} state
   * @param {Result} result
   */
  #tellRecipient(state, result) {
    const { awards } = this.store;
    const [id, ...others] = state.chosen.get("recipient") ?? [];
    const one = id !== undefined && !others.length && id !== "not published" && result.count;
    this.recipient.hidden = !one;
    if (!one) return;
    this.recipient.replaceChildren(
      "This recipient got at least ",
      make("strong", {}, money(result.alone, awards.currency)),
      " of it: the awards that it holds alone. It is named in awards worth ",
      make("strong", {}, money(result.total, awards.currency)),
      "; how shared ones were divided isn’t published. ",
    );
    if (result.nobody) {
      this.recipient.append(
        "A further ",
        money(result.nobody, awards.currency),
        " names nobody, and may have gone to it as well.",
      );
    }
  }

  /** @param {State} state */
  #listFilters(state) {
    const found = filtersOf(this.store.awards, state);
    const chips = found.map(({ words, remove }) => {
      const chip = button(`${words} ✕`, () => this.#edit(remove));
      chip.setAttribute("aria-label", `Remove the filter ${words}`);
      return make("li", {}, chip);
    });
    if (found.length > 1)
      chips.push(
        make(
          "li",
          {},
          button("Remove all filters", () => this.#edit(cleared)),
        ),
      );
    this.filters.hidden = !chips.length;
    this.filters.replaceChildren(...chips);
  }

  /**
   * Change the state from a button that then goes away: the count keeps the focus.
   *
   * @param {(state: State) => State} edit
   */
  #edit(edit) {
    this.status.focus();
    this.change(edit);
  }

  /** @param {unknown} fault */
  fail(fault) {
    this.said.textContent = faultWords(fault);
  }
}
