/** Exact money: pence as whole numbers without a limit, never fractions. */

const WRITTEN = /^(\d{1,15})(?:\.(\d{1,2}))?$/;

/**
 * Pence from what a person typed: `1250`, `£1,250.50`. Undefined when it is no amount.
 *
 * @param {string} text
 * @param {string} currency
 */
export function pence(text, currency) {
  const plain = text.replace(currency.trim(), "").replace(/[\s,]/g, "");
  const parts = WRITTEN.exec(plain);
  return parts ? BigInt(parts[1] + (parts[2] ?? "").padEnd(2, "0")) : undefined;
}

/**
 * As files have it: `3549244.02`.
 *
 * @param {bigint} amount
 */
export function plain(amount) {
  const digits = String(amount < 0n ? -amount : amount).padStart(3, "0");
  return `${amount < 0n ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/**
 * A whole number with commas.
 *
 * @param {string | number} number
 */
export function grouped(number) {
  return String(number).replace(/\B(?=(\d{3})+(?!\d))/g, ",");
}

/**
 * As pages show it: `£3,549,244.02`.
 *
 * @param {bigint} amount
 * @param {string} currency
 */
export function shown(amount, currency) {
  const [pounds, rest] = plain(amount < 0n ? -amount : amount).split(".");
  return `${amount < 0n ? "−" : ""}${currency}${grouped(pounds)}.${rest}`;
}
