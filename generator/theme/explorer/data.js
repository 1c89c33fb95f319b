/** The awards as columns, loaded a piece at a time. */

/**
 * @typedef {object} Choice One value of a facet: its id as in the CSV, and its words.
 * @property {string} id
 * @property {string} title
 * @property {string} label The words, with the id where several have the same.
 *
 * @typedef {object} Facet Award i has the choices codes[starts[i]] to codes[starts[i + 1] - 1].
 * @property {string} name
 * @property {string} title
 * @property {Choice[]} choices
 * @property {Map<string, number>} numbers The number of each choice, by its id.
 * @property {Uint32Array} starts
 * @property {Uint32Array} codes
 *
 * @typedef {object} Dates Days are numbers such as 20200401; smaller ones say why there is none.
 * @property {string} name
 * @property {string} title
 * @property {Uint32Array} days
 *
 * @typedef {object} Awards All awards: those that stand, largest first, then the withdrawn.
 * @property {number} count
 * @property {number} standing How many stand; later ones are withdrawn and in no total.
 * @property {BigInt64Array} amounts In pence.
 * @property {Facet[]} facets
 * @property {Dates[]} dates
 * @property {string} currency What stands before an amount.
 * @property {string[]} missing The reasons why a date is absent, by their number.
 * @property {string[]} tables The CSVs with these awards, one after another, in this order.
 * @property {number[]} [ends] How many awards stand in each CSV and those before it, where a list
 *   is in parts; else the standing ones are in the first.
 * @property {{award: string, recipient: string, unnamed: string}} links
 * @property {number} chunk How many awards one file of texts holds.
 * @property {string} build What all files of one build share.
 */

export const LEAST_DAY = 10000101;

/** What a reader is told when the files don't belong together. */
export class Renewed extends Error {
  constructor() {
    super("The site was renewed while you were reading. Load this page again.");
  }
}

/**
 * @param {URL} address
 * @returns {Promise<any>}
 */
async function loadJson(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address} can't be loaded (${answer.status}).`);
  return answer.json();
}

/**
 * @param {{name: string, title: string, choices: [string, string][], codes: (number | number[])[]}} raw
 * @returns {Facet}
 */
function facetOf(raw) {
  const starts = new Uint32Array(raw.codes.length + 1);
  const [seen, twice] = [new Set(), new Set()];
  for (const [, title] of raw.choices) (seen.has(title) ? twice : seen).add(title);
  const choices = raw.choices.map(([id, title]) => ({
    id,
    title,
    label: twice.has(title) ? `${title} (${id})` : title,
  }));
  raw.codes.forEach((code, i) => {
    starts[i + 1] = starts[i] + (typeof code === "number" ? 1 : code.length);
  });
  return {
    name: raw.name,
    title: raw.title,
    choices,
    numbers: new Map(choices.map((choice, number) => [choice.id, number])),
    starts,
    codes: Uint32Array.from(raw.codes.flat()),
  };
}

/**
 * The awards from the document that the build wrote.
 *
 * @param {any} head
 * @returns {Awards}
 */
export function decode(head) {
  const amounts = BigInt64Array.from(head.amounts.split(" "), BigInt);
  return {
    ...head,
    count: amounts.length,
    amounts,
    facets: head.facets.map(facetOf),
    dates: head.dates.map((/** @type {any} */ one) => ({
      ...one,
      days: Uint32Array.from(one.days),
    })),
  };
}

/**
 * Words as a search compares them: small letters, no accents, no apostrophes.
 *
 * @param {string} text
 */
export function fold(text) {
  return text
    .normalize("NFD")
    .replace(/[\u0300-\u036f'‘’]/g, "")
    .toLowerCase();
}

/** The awards with their texts, which are loaded when they are asked for. */
export class Store {
  /**
   * @param {Awards} awards
   * @param {URL} address Where the head was loaded from.
   */
  constructor(awards, address) {
    this.awards = awards;
    this.address = address;
    /** @type {string[]} */
    this.ids = [];
    /** @type {string[]} */
    this.titles = [];
    /** @type {Promise<string[]> | undefined} */
    this.searched = undefined;
    /** @type {string[] | undefined} */
    this.keys = undefined;
    /** @type {Map<string, Promise<any>>} */
    this.asked = new Map();
  }

  /** @param {URL} address */
  static async load(address) {
    return new Store(decode(await loadJson(address)), address);
  }

  /** The number of every file of texts. */
  get chunks() {
    return [...Array(Math.ceil(this.awards.count / this.awards.chunk)).keys()];
  }

  /**
   * One file of texts, loaded once.
   *
   * @param {string} kind
   * @param {number} number
   * @returns {Promise<any>}
   */
  part(kind, number) {
    const name = `${kind}-${number}.json`;
    let part = this.asked.get(name);
    if (!part) {
      part = loadJson(new URL(name, this.address)).then((loaded) => {
        if (loaded.build !== this.awards.build) throw new Renewed();
        return loaded;
      });
      part.catch(() => this.asked.delete(name));
      this.asked.set(name, part);
    }
    return part;
  }

  /**
   * Make sure that the ids and titles of some awards are there.
   *
   * @param {Iterable<number>} rows
   */
  async name(rows) {
    const { chunk } = this.awards;
    const numbers = new Set();
    for (const row of rows) {
      if (this.titles[row] === undefined) numbers.add(Math.floor(row / chunk));
    }
    await Promise.all(
      [...numbers].map(async (number) => {
        const { ids, titles } = await this.part("titles", number);
        for (let i = 0; i < ids.length; i += 1) {
          this.ids[number * chunk + i] = ids[i];
          this.titles[number * chunk + i] = titles[i];
        }
      }),
    );
  }

  /** Make sure that all ids and titles are there. */
  nameAll() {
    return this.name(this.chunks.map((number) => number * this.awards.chunk));
  }

  /**
   * Every title as the order by title compares them.
   *
   * @returns {Promise<string[]>}
   */
  async titleKeys() {
    await this.nameAll();
    this.keys ??= this.titles.map(fold);
    return this.keys;
  }

  /**
   * What a search reads of each award: id, title, recipients, purpose, services, references.
   *
   * @returns {Promise<string[]>}
   */
  words() {
    this.searched ??= this.#words();
    this.searched.catch(() => (this.searched = undefined));
    return this.searched;
  }

  async #words() {
    const { awards } = this;
    const [parts] = await Promise.all([
      Promise.all(this.chunks.map((number) => this.part("words", number))),
      this.nameAll(),
    ]);
    const recipients = /** @type {Facet} */ (facet(awards, "recipient"));
    return parts
      .flatMap((part) => part.words)
      .map((words, row) => {
        const names = choicesOf(recipients, row).map((choice) => choice.title);
        return fold([this.ids[row], this.titles[row], ...names, words].join("\n"));
      });
  }
}

/**
 * @param {Awards} awards
 * @param {string} name
 */
export function facet(awards, name) {
  return awards.facets.find((one) => one.name === name);
}

/**
 * The choices that an award has in a facet.
 *
 * @param {Facet} one
 * @param {number} row
 */
export function choicesOf(one, row) {
  return Array.from(
    one.codes.subarray(one.starts[row], one.starts[row + 1]),
    (code) => one.choices[code],
  );
}
