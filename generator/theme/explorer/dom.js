/** Elements, from words. Text never becomes markup. */

import { grouped, plain, shown } from "./money.js";

/**
 * @param {string} tag
 * @param {Record<string, any>} [attributes] A function is a listener, as in `onclick`.
 * @param {...(Node | string)} children
 * @returns {any}
 */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

/**
 * @param {string} words
 * @param {(event: Event) => void} onclick
 */
export function button(words, onclick) {
  return make("button", { type: "button", class: "explorer-button", onclick }, words);
}

/**
 * A count, with its exact number for machines.
 *
 * @param {number} number
 */
export function count(number) {
  return make("data", { value: number }, grouped(number));
}

/**
 * An amount, with its exact number for machines.
 *
 * @param {bigint} pence
 * @param {string} currency
 */
export function money(pence, currency) {
  return make("data", { value: plain(pence) }, shown(pence, currency));
}

/**
 * What went wrong, for the reader.
 *
 * @param {unknown} fault
 */
export function faultWords(fault) {
  return fault instanceof Error ? fault.message : String(fault);
}

/** Whether the filters stand beside the list, as in the style sheet; else they are folded. */
export function isWide() {
  return matchMedia("(min-width: 60em)").matches;
}

/**
 * `1 award`, `2 awards`.
 *
 * @param {number} number
 */
export function awardsWord(number) {
  return number === 1 ? "award" : "awards";
}
