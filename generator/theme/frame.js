/**
 * What the frame of a page does with script: light or dark colours, where one is in the list of
 * sections, what the keyboard can scroll, paper with nothing folded. It reads without.
 *
 * The head loads it before anything is painted, so that no page flashes in the other colours.
 */
{
  /** Where the browser keeps a reader's choice of colours: the theme's name of the scheme. */
  const KEPT = "purse-scheme";
  const LIGHT = "default";
  const DARK = "slate";
  /** A section is where one is once its heading is this near the top, in the page's root em. */
  const NEAR = 4;

  const root = document.documentElement;
  const darkScreen = matchMedia("(prefers-color-scheme: dark)");

  /** What a reader chose before. A browser may forbid to keep anything, and even to ask. */
  function chosen() {
    try {
      return localStorage.getItem(KEPT);
    } catch {
      return null;
    }
  }

  /** Show the colours that the reader chose here, else those that the screen asks for. */
  function colour() {
    const scheme = chosen() ?? (darkScreen.matches ? DARK : LIGHT);
    show(scheme === DARK ? DARK : LIGHT);
  }

  /** @param {string} scheme */
  function show(scheme) {
    root.dataset.mdColorScheme = scheme;
    const button = document.querySelector(".purse-scheme");
    button?.setAttribute("title", `Switch to ${scheme === DARK ? "light" : "dark"} colours`);
  }

  /** Change the colours, on this page and the next. */
  function change() {
    const scheme = root.dataset.mdColorScheme === DARK ? LIGHT : DARK;
    show(scheme);
    try {
      localStorage.setItem(KEPT, scheme);
    } catch {
      // Then the choice holds for this page alone.
    }
  }

  /** Mark in the list of sections the one that is read, and those before it. */
  function followSections() {
    const links = /** @type {HTMLAnchorElement[]} */ ([
      ...document.querySelectorAll(".md-nav--secondary a"),
    ]);
    if (!links.length) return;
    const heads = links.map((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))));
    const mark = () => {
      const near = NEAR * parseFloat(getComputedStyle(root).fontSize);
      const here = heads.findLastIndex((head) => head && head.getBoundingClientRect().top < near);
      links.forEach((link, place) => {
        link.classList.toggle("md-nav__link--passed", place < here);
        link.classList.toggle("md-nav__link--active", place === here);
      });
    };
    addEventListener("scroll", mark, { passive: true });
    mark();
  }

  /** Let the keyboard scroll what is wider than the page in hand-written text. */
  function reachWide() {
    for (const box of document.querySelectorAll("article pre > code, article table:not([class])")) {
      box.toggleAttribute("tabindex", box.scrollWidth > box.clientWidth);
      if (box.hasAttribute("tabindex")) box.setAttribute("tabindex", "0");
    }
  }

  /** Unfold on paper what is folded, for browsers whose style sheets can't. */
  function unfoldOnPaper() {
    /** @type {HTMLDetailsElement[]} */
    let folded = [];
    addEventListener("beforeprint", () => {
      folded = [...document.querySelectorAll("details")].filter((one) => !one.open);
      for (const one of folded) one.open = true;
    });
    addEventListener("afterprint", () => {
      for (const one of folded) one.open = false;
    });
  }

  colour();
  darkScreen.addEventListener("change", colour);
  addEventListener("DOMContentLoaded", () => {
    colour();
    document.querySelector(".purse-scheme")?.addEventListener("click", change);
    reachWide();
    addEventListener("resize", reachWide);
    unfoldOnPaper();
    followSections();
  });
}
