/* Theme, search, and the outline beside a wide page. Every page reads without it. */
const root = document.documentElement;
const stored = (value) => {
  try {
    if (value === undefined) return localStorage.getItem("theme");
    return localStorage.setItem("theme", value);
  } catch {
    return null;
  }
};
if (stored() !== null) root.dataset.theme = stored();

document.addEventListener("DOMContentLoaded", () => {
  prepareTheme(document.getElementById("theme"));
  prepareSearch(document.getElementById("search"), document.getElementById("found"));
  for (const one of document.querySelectorAll("pre")) one.tabIndex = 0;
  showCurrent(document.getElementById("contents"));
  const outline = document.querySelector(".outline");
  if (outline !== null) outline.open = matchMedia("(min-width: 1360px)").matches;
});

/** Brings the page's own entry into sight where the contents scroll by themselves. */
function showCurrent(contents) {
  const entry = contents.querySelector("[aria-current]");
  if (entry !== null && getComputedStyle(contents).overflowY === "auto")
    contents.scrollTop = Math.max(0, entry.offsetTop - contents.offsetTop - 200);
}

function prepareTheme(button) {
  const dark = () =>
    root.dataset.theme === "dark" ||
    (root.dataset.theme === undefined && matchMedia("(prefers-color-scheme: dark)").matches);
  const name = () => {
    button.textContent = dark() ? "Light" : "Dark";
    button.setAttribute("aria-label", `${dark() ? "Light" : "Dark"} ground`);
  };
  button.hidden = false;
  name();
  button.addEventListener("click", () => {
    root.dataset.theme = dark() ? "light" : "dark";
    stored(root.dataset.theme);
    name();
  });
}

function prepareSearch(field, panel) {
  const status = panel.querySelector("p");
  const list = panel.querySelector("ol");
  const top = document.body.dataset.top;
  const show = () => {
    const words = wordsOf(field.value);
    panel.hidden = words.length === 0;
    if (panel.hidden || globalThis.searchEntries === undefined) return;
    const found = search(globalThis.searchEntries, words);
    const sections = found.length === 1 ? "1 section" : `${found.length} sections`;
    status.textContent =
      found.length === 0
        ? "Nothing found. Every word must occur in one section."
        : `${sections} found${found.length > 20 ? ", the best 20 shown" : ""}.`;
    list.replaceChildren(...found.slice(0, 20).map((entry) => resultOf(entry, words, top)));
  };
  const close = () => {
    panel.hidden = true;
    field.value = "";
    field.focus();
  };
  field.form.hidden = false;
  field.form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!panel.hidden) list.querySelector("a")?.click();
  });
  field.addEventListener("focus", () => loadEntries(top, show), { once: true });
  field.addEventListener("input", show);
  list.addEventListener("click", (event) => {
    if (event.target.closest("a") !== null) panel.hidden = true;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !panel.hidden) close();
    if (event.key === "ArrowDown" || event.key === "ArrowUp") stepThrough(event, field, panel);
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.target === field) return;
    event.preventDefault();
    field.focus();
  });
}

/** Arrow keys walk from the field through the results and back. */
function stepThrough(event, field, panel) {
  const stops = [field, ...panel.querySelectorAll("a")];
  const at = stops.indexOf(document.activeElement);
  if (panel.hidden || at < 0) return;
  event.preventDefault();
  stops[Math.min(stops.length - 1, Math.max(0, at + (event.key === "ArrowDown" ? 1 : -1)))].focus();
}

function loadEntries(top, then) {
  const script = document.createElement("script");
  script.src = `${top}/search-index.js`;
  script.addEventListener("load", then);
  document.head.append(script);
}

function wordsOf(text) {
  return text.toLowerCase().split(/\s+/).filter(Boolean);
}

/** Sections that hold every word, those with the words in headings first. */
function search(entries, words) {
  return entries
    .map((entry) => ({ entry, score: scoreOf(entry, words) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .map(({ entry }) => entry);
}

function scoreOf([, page, heading, text], words) {
  const [inPage, inHeading, inText] = [page, heading, text].map((one) => one.toLowerCase());
  let score = 0;
  for (const word of words) {
    const times = Math.min(5, inText.split(word).length - 1);
    const own = times + (inHeading.includes(word) ? 12 : 0) + (inPage.includes(word) ? 4 : 0);
    if (own === 0) return 0;
    score += own;
  }
  return score;
}

function resultOf([url, page, heading, text], words, top) {
  const item = document.createElement("li");
  const link = document.createElement("a");
  link.href = `${top}/${url}`;
  link.textContent = heading === "" || heading === page ? page : `${page}: ${heading}`;
  const piece = document.createElement("small");
  const near = text.toLowerCase().indexOf(words[0]) - 50;
  const at = near > 0 ? text.indexOf(" ", near) + 1 : 0;
  const end = text.lastIndexOf(" ", at + 180);
  const shown = text.length <= at + 180 ? text.slice(at) : `${text.slice(at, end)} …`;
  piece.append(...marked((at > 0 ? "… " : "") + shown, words));
  item.append(link, piece);
  return item;
}

/** The text with the words marked, as nodes. */
function marked(text, words) {
  const pattern = words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|");
  return text.split(new RegExp(`(${pattern})`, "i")).map((part, at) => {
    if (at % 2 === 0) return part;
    const mark = document.createElement("mark");
    mark.textContent = part;
    return mark;
  });
}
