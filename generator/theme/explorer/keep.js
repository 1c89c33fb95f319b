/** Ways to keep what is shown: the rows and a summary as files, and a link. */

import { rowsFile, save, summaryFile } from "./csv.js";
import { button, faultWords, isWide, make } from "./dom.js";

/** @typedef {import("./data.js").Store} Store */

export class Keep {
  /**
   * @param {Store} store
   * @param {() => Uint32Array} rows The awards that are shown, in their order.
   * @param {(words: string) => void} say Tells the reader how it went.
   */
  constructor(store, rows, say) {
    this.store = store;
    this.rows = rows;
    this.say = say;
    this.by = make(
      "select",
      {},
      ...store.awards.facets.map((one) => make("option", { value: one.name }, one.title)),
    );
    this.link = make("input", {
      type: "text",
      readonly: true,
      hidden: true,
      "aria-label": "Link to this list",
    });
    this.element = make(
      "details",
      { open: isWide() },
      make("summary", {}, "Download or share these awards"),
      make(
        "div",
        { class: "explorer-tools" },
        button("Download these rows (CSV)", () => this.#download()),
        button("Copy link", () => this.#copy()),
      ),
      make(
        "div",
        { class: "explorer-tools" },
        make("label", {}, "Sum up by ", this.by),
        button("Download the summary (CSV)", () => this.#summary()),
      ),
      this.link,
    );
  }

  /** Other awards are shown now: a link that was offered is out of date. */
  reset() {
    this.link.hidden = true;
  }

  async #download() {
    try {
      save("awards.csv", await rowsFile(this.store, this.rows()));
    } catch (fault) {
      this.say(faultWords(fault));
    }
  }

  #summary() {
    const name = this.by.value;
    save(`awards-by-${name}.csv`, summaryFile(this.store.awards, this.rows(), name));
  }

  async #copy() {
    try {
      await navigator.clipboard.writeText(location.href);
      this.say("The link to this list is copied.");
    } catch {
      // Some browsers don't let a page copy: then the reader does it.
      this.link.value = location.href;
      this.link.hidden = false;
      this.link.select();
      this.say("Copy the link that is selected.");
    }
  }
}
