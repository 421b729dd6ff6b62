/** The page's only script: theme, opening and closing, the filter of the other groups. Everything reads without it. */
export const PAGE_SCRIPT = `"use strict";
(() => {
  const root = document.documentElement;
  const all = () => document.querySelectorAll("details");
  const dark = () => root.dataset.theme === "dark" || (root.dataset.theme === undefined && matchMedia("(prefers-color-scheme: dark)").matches);
  const fill = (one) => { const held = one.querySelector(":scope > script[type='text/plain']"); if (held) held.outerHTML = held.textContent; };
  addEventListener("toggle", ({ target }) => { if (target.open) fill(target); }, true);
  const theme = document.getElementById("theme");
  const name = () => { theme.textContent = dark() ? "Light" : "Dark"; theme.setAttribute("aria-label", dark() ? "Show on a light ground" : "Show on a dark ground"); };
  theme.hidden = false;
  name();
  theme.addEventListener("click", () => { root.dataset.theme = dark() ? "light" : "dark"; name(); });
  const fold = document.getElementById("fold");
  if (fold) {
    fold.hidden = false;
    const open = () => [...document.querySelectorAll("details.flagged")].some((one) => !one.open);
    const say = () => { fold.textContent = open() ? "Open all groups" : "Close all groups"; };
    say();
    fold.addEventListener("click", () => { const to = open(); for (const one of document.querySelectorAll("details.flagged")) one.open = to; say(); });
  }
  addEventListener("beforeprint", () => { for (const one of all()) { one.dataset.was = String(one.open); fill(one); one.open = true; } });
  addEventListener("afterprint", () => { for (const one of all()) one.open = one.dataset.was === "true"; });
  const reveal = () => { const one = location.hash.length > 1 && document.getElementById(location.hash.slice(1)); if (one && one.tagName === "DETAILS") { fill(one); one.open = true; one.scrollIntoView(); } };
  addEventListener("hashchange", reveal);
  reveal();
  const filter = document.getElementById("filter");
  if (filter) {
    const rows = [...document.getElementById(filter.dataset.filters).tBodies[0].rows];
    const texts = rows.map((row) => row.textContent.toLowerCase());
    filter.addEventListener("input", () => {
      const wanted = filter.value.trim().toLowerCase();
      let shown = 0;
      rows.forEach((row, at) => { row.hidden = !texts[at].includes(wanted); if (!row.hidden) shown += 1; });
      document.getElementById("filter-count").textContent = wanted === "" ? "" : shown + " of " + rows.length;
    });
  }
})();
`;
