/** The panel of filters. It shows a state and reports what the reader changes. */

import { isWide, make } from "./dom.js";
import { FacetBox } from "./facets.js";
import { pence } from "./money.js";
import { choose } from "./state.js";

/** @typedef {import("./data.js").Awards} Awards */
/** @typedef {import("./filter.js").Result} Result */
/** @typedef {import("./state.js").State} State */
/** @typedef {(edit: (state: State) => State, typing?: boolean) => void} Change */

const TYPING_PAUSE = 200; // milliseconds

export class Panel {
  /**
   * @param {HTMLElement} place
   * @param {Awards} awards
   * @param {{name: string, title: string}[]} columns
   * @param {Change} change
   */
  constructor(place, awards, columns, change) {
    this.awards = awards;
    this.change = change;
    this.facets = awards.facets.map(
      (one) => new FacetBox(one, (id, on) => change((state) => choose(state, one.name, id, on))),
    );
    this.words = this.#words();
    this.least = this.#amount("least");
    this.most = this.#amount("most");
    this.fault = make("p", { id: "explorer-amount-fault", class: "explorer-fault" });
    this.date = make(
      "select",
      { onchange: () => change((state) => ({ ...state, date: this.date.value })) },
      ...awards.dates.map((one) => make("option", { value: one.name }, one.title)),
    );
    this.from = this.#day("from");
    this.to = this.#day("to");
    this.undated = make("input", {
      type: "checkbox",
      onchange: () => change((state) => ({ ...state, undated: this.undated.checked })),
    });
    this.columns = columns.map((one) =>
      make("input", { type: "checkbox", value: one.name, onchange: () => this.#columnsChanged() }),
    );
    const folded = make(
      "details",
      { class: "explorer-filters", open: isWide() },
      make("summary", {}, "Filter the awards"),
      make(
        "form",
        {
          onsubmit: (/** @type {Event} */ event) => event.preventDefault(),
          "aria-label": "Filter the awards",
        },
        make("label", {}, "Words in the title, purpose, recipients or ids", this.words),
        ...this.facets.map((one) => one.element),
        this.#group(
          "Amount",
          make("label", {}, "From", this.least),
          make("label", {}, "To", this.most),
          this.fault,
        ),
        this.#group(
          "Date",
          make("label", {}, "Which date", this.date),
          make("label", {}, "From", this.from),
          make("label", {}, "To", this.to),
          this.#tick(this.undated, "Also awards whose date is not published"),
        ),
        this.#group(
          "Columns",
          ...columns.map((one, place) => this.#tick(this.columns[place], one.title)),
        ),
      ),
    );
    place.replaceChildren(folded);
  }

  #words() {
    /** @type {number | undefined} */
    let pause;
    const send = (/** @type {boolean} */ typing) => {
      clearTimeout(pause);
      this.change((state) => ({ ...state, words: this.words.value.trim() }), typing);
    };
    return make("input", {
      type: "search",
      autocomplete: "off",
      oninput: () => {
        clearTimeout(pause);
        pause = setTimeout(send, TYPING_PAUSE, true);
      },
      onchange: () => send(true),
    });
  }

  /** @param {"least" | "most"} name */
  #amount(name) {
    const input = make("input", {
      type: "text",
      inputmode: "decimal",
      autocomplete: "off",
      "aria-describedby": "explorer-amount-fault",
      onchange: () => this.change((state) => ({ ...state, [name]: input.value.trim() })),
    });
    return input;
  }

  /** @param {"from" | "to"} name */
  #day(name) {
    const input = make("input", {
      type: "date",
      onchange: () => this.change((state) => ({ ...state, [name]: input.value })),
    });
    return input;
  }

  /**
   * @param {string} title
   * @param {...Node} children
   */
  #group(title, ...children) {
    return make(
      "details",
      { class: "explorer-facet" },
      make("summary", {}, title),
      make("fieldset", {}, make("legend", { class: "purse-hidden" }, title), ...children),
    );
  }

  /**
   * @param {Node} box
   * @param {string} words
   */
  #tick(box, words) {
    return make(
      "div",
      { class: "explorer-choices" },
      make("label", {}, box, make("span", {}, words)),
    );
  }

  #columnsChanged() {
    const columns = this.columns.filter((box) => box.checked).map((box) => box.value);
    this.change((state) => ({ ...state, columns }));
  }

  /**
   * @param {State} state
   * @param {Result} result
   */
  update(state, result) {
    for (const box of this.facets) {
      const counts = /** @type {Uint32Array} */ (result.counts.get(box.facet.name));
      box.update(state.chosen.get(box.facet.name) ?? new Set(), counts);
    }
    if (this.words.value.trim() !== state.words) this.words.value = state.words;
    this.date.value = state.date;
    this.from.value = state.from;
    this.to.value = state.to;
    this.undated.checked = state.undated;
    for (const box of this.columns) box.checked = state.columns.includes(box.value);
    const wrong = [
      [this.least, state.least],
      [this.most, state.most],
    ].filter(([input, text]) => {
      input.value = text;
      const bad = Boolean(text) && pence(text, this.awards.currency) === undefined;
      input.setAttribute("aria-invalid", String(bad));
      return bad;
    });
    this.fault.textContent = wrong.length
      ? "Not used yet: write an amount such as 1250 or 1250.50."
      : "";
  }
}
