/** Leads from a permanent address, such as `/awards/2020-21-p01/`, to the row that stands for it.
 *
 * It runs on the page `find/`, which names the address after `#`, and on the page for what isn't
 * found, which a host shows at the address itself. On a site of several publications that page
 * names the folder of each that has such rows, and how many files its index has.
 */

const place = /** @type {HTMLElement} */ (document.querySelector("#find"));
const top = new URL(place.dataset.root ?? "", location.href);
const [folder, files] = (place.dataset.mounts ?? `=${place.dataset.files}`)
  .split(" ")
  .map((one) => one.split("="))
  .find(([mount]) => location.pathname.startsWith(new URL(mount, top).pathname)) ?? ["", "0"];
const root = new URL(folder, top);

/** As `places.py` makes it: FNV-1a in 32 bits, of the text's UTF-8.
 * @param {string} text
 */
function hashed(text) {
  let number = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) {
    number = Math.imul(number ^ byte, 0x01000193) >>> 0;
  }
  return number;
}

/** The address that is looked for, `awards/2020-21-p01/`. */
function wanted() {
  const named = decodeURIComponent(location.hash.slice(1));
  const below = named || decodeURIComponent(location.pathname.slice(root.pathname.length));
  return below.endsWith("/") ? below : `${below}/`;
}

async function lead() {
  const address = wanted();
  if (files === "0" || !/^(awards|recipients)\/[^/]+\/$/.test(address)) return;
  const number = hashed(address) % Number(files);
  const answer = await fetch(new URL(`find/${number}.json`, root));
  const row = answer.ok ? (await answer.json())[address] : undefined;
  if (typeof row === "string") location.replace(new URL(row, root));
}

addEventListener("hashchange", lead);
lead();
