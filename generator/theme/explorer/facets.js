/** One facet of the panel: its choices as tick boxes, with how many awards each would give. */

import { fold } from "./data.js";
import { count, make } from "./dom.js";
import { grouped } from "./money.js";

/** @typedef {import("./data.js").Facet} Facet */

/** A facet with more choices shows the most frequent ones, and has a box to find others. */
const FEW = 12;
const MOST_SHOWN = 10;
const MISSING = new Set(["not published", "not applicable", "withheld"]);

export class FacetBox {
  /**
   * @param {Facet} facet
   * @param {(id: string, on: boolean) => void} change
   */
  constructor(facet, change) {
    this.facet = facet;
    this.change = change;
    this.keys = facet.choices.map((choice) => fold(choice.title));
    /** @type {Map<number, {label: HTMLElement, box: HTMLInputElement, count: HTMLElement}>} */
    this.lines = new Map();
    /** @type {Set<string>} */
    this.chosen = new Set();
    /** @type {Uint32Array} */
    this.counts = new Uint32Array(facet.choices.length);
    this.note = make("span", { class: "explorer-note" });
    this.list = make("div", { class: "explorer-choices" });
    this.more = make("p", { class: "explorer-note" });
    this.find = make("input", { type: "search", autocomplete: "off", oninput: () => this.draw() });
    this.element = make(
      "details",
      { class: "explorer-facet", "data-facet": facet.name, ontoggle: () => this.draw() },
      make("summary", {}, facet.title, this.note),
      make(
        "fieldset",
        {},
        make("legend", { class: "purse-hidden" }, facet.title),
        ...(facet.choices.length > FEW ? [make("label", {}, "Find in this list", this.find)] : []),
        this.list,
        this.more,
      ),
    );
  }

  /**
   * @param {Set<string>} chosen
   * @param {Uint32Array} counts
   */
  update(chosen, counts) {
    this.chosen = chosen;
    this.counts = counts;
    this.note.textContent = chosen.size ? ` (${chosen.size} chosen)` : "";
    this.draw();
  }

  /** The numbers of the choices to show. */
  wanted() {
    const { choices } = this.facet;
    const all = [...choices.keys()];
    if (choices.length <= FEW) return all;
    const asked = fold(this.find.value.trim());
    const found = all.filter((number) => this.keys[number].includes(asked));
    const ranked = found
      .filter((number) => this.counts[number])
      .sort((a, b) => this.counts[b] - this.counts[a] || a - b);
    const kept = found.filter(
      (number) => this.chosen.has(choices[number].id) || MISSING.has(choices[number].id),
    );
    return [...new Set([...ranked.slice(0, MOST_SHOWN), ...kept])];
  }

  /** Show the choices, unless the facet is folded. */
  draw() {
    if (!this.element.open) return;
    const wanted = this.wanted();
    const labels = wanted.map((number) => this.line(number).label);
    const now = [...this.list.children];
    if (labels.length !== now.length || labels.some((label, place) => label !== now[place])) {
      const focused = document.activeElement;
      this.list.replaceChildren(...labels);
      if (this.list.contains(focused)) /** @type {HTMLElement} */ (focused).focus();
    }
    for (const number of wanted) {
      const line = this.line(number);
      line.box.checked = this.chosen.has(this.facet.choices[number].id);
      line.count.replaceChildren("(", count(this.counts[number]), ")");
    }
    const left = this.facet.choices.length - wanted.length;
    this.more.textContent = left ? `${grouped(left)} more can be found by their words.` : "";
  }

  /** @param {number} number */
  line(number) {
    const known = this.lines.get(number);
    if (known) return known;
    const { id, label: words } = this.facet.choices[number];
    const box = make("input", {
      type: "checkbox",
      value: id,
      onchange: () => this.change(id, box.checked),
    });
    const amount = make("span", { class: "explorer-note" });
    const line = {
      label: make("label", {}, box, make("span", {}, words, " ", amount)),
      box,
      count: amount,
    };
    this.lines.set(number, line);
    return line;
  }
}
