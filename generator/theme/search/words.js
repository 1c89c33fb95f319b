/** Words as they are compared, and what a mistyped one may mean. */

/** Letters from which on a word may have one mistake, and two. */
const [ONE, TWO] = [4, 7];

/**
 * The words of a text, as they are compared: no capitals, accents or apostrophes.
 * As `fold` in `search.py`.
 *
 * @param {string} text
 * @returns {string[]}
 */
export function split(text) {
  const folded = text
    .normalize("NFD")
    .replace(/[\u0300-\u036f'‘’]/g, "")
    .toLowerCase();
  return folded.match(/[\p{L}\p{N}]+/gu) ?? [];
}

/**
 * How many letters were left out, added, changed or swapped with their neighbour; `most + 1`
 * when it is more than `most`.
 *
 * @param {string} one
 * @param {string} other
 * @param {number} most
 */
export function mistakes(one, other, most) {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  /** @type {number[]} */
  let before = [];
  let above = Array.from({ length: other.length + 1 }, (_, place) => place);
  for (let i = 1; i <= one.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const changed = one[i - 1] === other[j - 1] ? 0 : 1;
      row[j] = Math.min(above[j] + 1, row[j - 1] + 1, above[j - 1] + changed);
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) {
        row[j] = Math.min(row[j], before[j - 2] + 1);
      }
    }
    if (Math.min(...row) > most) return most + 1;
    [before, above] = [above, row];
  }
  return Math.min(above[other.length], most + 1);
}

/**
 * The likeliest meaning of a word that nothing on the site begins with; the word itself when
 * there is none.
 *
 * @param {string} word
 * @param {string[]} known The site's words, the most frequent first.
 */
function meant(word, known) {
  if (word.length < ONE || /\d/.test(word)) return word;
  let [best, fewest] = [word, word.length < TWO ? 1 : 2];
  for (const one of known) {
    const found = mistakes(word, one, fewest);
    if (found <= fewest) [best, fewest] = [one, found - 1];
    if (fewest < 1) break;
  }
  return best;
}

/**
 * What was typed, with each word that occurs nowhere put right where it can be.
 *
 * @param {string[]} typed
 * @param {string[]} known The site's words, the most frequent first.
 */
export function mend(typed, known) {
  return typed.map((word) => (known.some((one) => one.startsWith(word)) ? word : meant(word, known)));
}
