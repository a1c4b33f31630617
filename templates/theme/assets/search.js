/* Search, in the theme's own box. The index lies in small files, read as a query needs them;
   generator/pages/search_*.py says what stands in each, and folds letters as `fold` does. */
(function () {
"use strict";
const WORDS = Object.assign({
  start: "Type a name in any spelling or script, or words of a text", none: "Nothing found",
  one: "1 result", many: "{n} results", failed: "The search index could not be read",
  all: "All", claims: "Claims", claim: "Claim", articles: "Articles", article: "Article",
  source: "article", sources: "articles", also: "also",
}, cardfile.words);
const SPELLED = 3; // a word of fewer letters, one of them wrong, is another word
let meta, pattern;

async function prepare() {
  meta = await cardfile.load("search/meta");
  pattern = new RegExp(meta.word, "gu");
}

/* --- words: in folded letters, each with where it stands */

const folded = new Map();
function fold(letter) {
  if (!folded.has(letter)) {
    const pieces = Array.from(letter.normalize("NFKD").toLowerCase(), (piece) => meta.letters[piece]
      ?? piece.replace(/[\p{Mn}\p{Me}\p{Cf}]/u, "").replace(/[^\p{L}\p{N}\p{Mc}]/u, " "));
    folded.set(letter, pieces.join("").normalize("NFC"));
  }
  return folded.get(letter);
}

function words(text) {
  let plain = "", at = 0;
  const places = [];
  for (const letter of text) {
    plain += fold(letter);
    while (places.length < plain.length) places.push([at, at + letter.length]);
    at += letter.length;
  }
  return Array.from(plain.matchAll(pattern), ({ 0: first, 1: second = "", index }) => {
    const word = first + second;
    return { word, start: places[index][0], end: places[index + word.length - 1][1] };
  });
}
const split = (text) => words(text.normalize("NFC")).map(({ word }) => word);

/* --- sorted lists: lines `key TAB …` in files of which the first keys are known */

async function lines(list, prefix, most = 3) {
  const starts = meta[list], files = [];
  let n = Math.max(0, starts.findLastIndex((start) => start <= prefix));
  do files.push(cardfile.load(`search/${list}/${n++}`));
  while (files.length < most && starts[n]?.startsWith(prefix));
  const texts = await Promise.all(files);
  return texts.join("\n").split("\n").filter((line) => line.startsWith(prefix));
}

const load = async (list, number) =>
  (await cardfile.load(`search/${list}/${Math.floor(number / meta[list])}`))[number % meta[list]];

/* --- entities: by any word of any name; the last word may not be typed to its end */

function oneOff(a, b) { // one letter more or less, another one, or two changed about
  let i = 0;
  while (i < a.length && a[i] === b[i]) i++;
  const x = a.slice(i), y = b.slice(i);
  return x.slice(1) === y || x === y.slice(1) || x.slice(1) === y.slice(1)
    || (x[0] === y[1] && x[1] === y[0] && x.slice(2) === y.slice(2));
}

function likeness(asked, word, last) {
  if (asked === word) return 1;
  if (last && word.startsWith(asked)) return 0.9;
  if (asked.length < SPELLED) return 0;
  return word.startsWith(asked) ? 0.7 : oneOff(asked, word) ? 0.6 : 0;
}

function weigh(query, name) { // 110 for the very name, 0 for another
  if (query.join("") === name.join("")) return 110;
  const free = [...name];
  let sum = 0, met = 0;
  query.forEach((asked, i) => {
    const likes = free.map((word) => likeness(asked, word, i === query.length - 1));
    const most = Math.max(0, ...likes);
    if (!most) return;
    free.splice(likes.indexOf(most), 1);
    sum += most;
    met++;
  });
  if (met < query.length && sum < name.length) return 0;
  const begun = name.join(" ").startsWith(query.join(" "));
  return 60 * sum / query.length + 40 * met / name.length + 5 * begun;
}

async function namesWith(word, last) {
  const best = last ? await lines("names", `${word}*\t`) : [];
  return [...best, ...await lines("names", last && !best.length ? word : `${word}\t`)];
}

async function spelledLike(word) { // the first half of it is right, or the last
  if (word.length < SPELLED) return [];
  const half = (word.length - 1) >> 1, end = Array.from(word.slice(-half)).reverse().join("");
  const near = await Promise.all([lines("starts", word.slice(0, half)), lines("ends", end)]);
  const best = near.flat().map((line) => line.split(/[\t ]/)).filter(([, , other]) => oneOff(word, other))
    .sort((a, b) => parseInt(a[1], 36) - parseInt(b[1], 36)).map(([, , other]) => other);
  const some = [...new Set(best)].slice(0, 6).map((other) => lines("names", `${other}\t`));
  return (await Promise.all(some)).flat();
}

async function entities(query, kind, count) {
  const found = new Map();
  const collect = async (some) => {
    const all = (await Promise.all(some)).flat().flatMap((line) => line.split("\t").slice(1));
    for (const [head, ...name] of all.map((entry) => entry.split(" "))) {
      const type = parseInt(head[0], 36) - 10, [number, other] = head.slice(1).split(".");
      const score = weigh(query, name) + !other;
      if (score <= 1 || (kind ?? type) !== type || score <= found.get(number)?.score) continue;
      found.set(number, { number: parseInt(number, 36), other, type, score });
    }
  };
  const rare = query.filter((word) => !meta.common.includes(word));
  const asked = rare.length ? rare : query;
  await collect([lines("names", `${query.join("")}\t`),
    ...asked.map((word) => namesWith(word, word === query.at(-1)))]);
  const best = () => [...found.values()].sort((a, b) => b.score - a.score || a.number - b.number);
  const [first, , third] = best();
  if (!(first?.score > 100 || third?.score > 60)) await collect(asked.map(spelledLike));
  return Promise.all(best().slice(0, count).map(card));
}

async function card({ number, type, other }) {
  const [id, title, text, articles, ...others] = await load("entities", number);
  const [kind, folder, label] = meta.kinds[type];
  const also = other && `${WORDS.also} ${others[other - 1]}`;
  const about = `${articles} ${articles === 1 ? WORDS.source : WORDS.sources}`;
  return { kind, label, uri: `${folder}/${id}.html`, title, also, text, about };
}

/* --- texts: rows by number: headlines, then sentences that carry claims, then the others */

async function rowsWith(word, open) {
  const some = await lines("words", open ? word : `${word}\t`, 2);
  const rows = new Map();
  if (some.includes(`${word}\t*`)) return rows; // in too many to tell
  for (const [key, steps] of some.slice(0, 80).map((line) => line.split("\t"))) {
    let number = 0, step = 0;
    for (const letter of steps) {
      step = step * 26 + parseInt(letter, 36) - 10;
      if (letter >= "a") continue;
      number += step;
      step = 0;
      if (rows.get(number) !== 1) rows.set(number, key === word ? 1 : 0.6);
    }
  }
  return rows;
}

async function rowNumbers(query) { // the best first; the rarer a word, the more it weighs
  const open = (word) => word.length >= SPELLED + (word !== query.at(-1));
  const scores = new Map();
  for (const rows of await Promise.all(query.map((word) => rowsWith(word, open(word))))) {
    const rare = Math.log(1 + meta.count / rows.size);
    rows.forEach((like, n) => scores.set(n, (scores.get(n) || 0) + like * rare));
  }
  const best = [...scores].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  return best.filter(([, score]) => score > best[0][1] * 0.75).map(([number]) => number);
}

async function row(number) {
  const [article, sentence, text, ...claims] =
    number < meta.titles ? [number] : await load("rows", number - meta.titles);
  const [id, title, about] = await load("articles", article);
  const uri = `articles/${id}.html${sentence ? `#s${sentence}` : ""}`;
  return { kind: "article", label: WORDS.article, uri, article, title, text, about, claims };
}

function claimed(query, hit) { // told by the claim that fits best
  const fit = (claim) => spans(claim, query).length;
  const title = hit.claims.reduce((a, b) => (fit(b) > fit(a) ? b : a));
  const about = `${hit.title} · ${hit.about}`;
  return { ...hit, kind: "claim", label: WORDS.claim, title, about };
}

async function texts(query, kind, most) {
  const all = await rowNumbers(query);
  const claims = (n) => kind !== "articles" && n >= meta.titles && n < meta.claims;
  const [claiming, others] = await Promise.all([all.filter(claims).slice(0, most / 2),
    all.filter((n) => !claims(n)).slice(0, most * 1.5)].map((some) => Promise.all(some.map(row))));
  const best = new Map(others.reverse().map((hit) => [hit.article, hit])); // one of each article
  const articles = kind === "claims" ? [] : [...best.values()].reverse().slice(0, most);
  return [[WORDS.claims, claiming.map((hit) => claimed(query, hit))], [WORDS.articles, articles]];
}

async function* find(text, only) { // groups of results: the entities, then the texts
  if (!meta) await prepare();
  const query = split(text), count = only ? 20 : 8;
  const type = meta.kinds.findIndex(([kind]) => kind === only);
  if (!query.length) return;
  const later = type < 0 && texts(query, only, count);
  if (!only || type >= 0) yield [[WORDS.all, await entities(query, only && type, count)]];
  if (later) yield await later;
}

/* --- what is shown: groups of options below the box, and a button for each kind */

const box = document.querySelector("[data-md-component=search-query]");
const whole = box.closest(".md-search"), toggle = document.getElementById("__search");
const [chips, status, list] = whole.querySelectorAll("[data-search]");
let kind = null, active = -1, turn = 0;

function element(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const name in attributes) made.setAttribute(name, attributes[name]);
  made.append(...children);
  return made;
}

const spans = (text, query) => words(text).filter(({ word }) => query.some((asked) =>
  word === asked || (asked.length >= SPELLED && word.startsWith(asked))));

function part(name, text, query) { // the words asked for are marked
  const parts = [];
  let at = 0;
  for (const { start, end } of spans(text, query)) {
    const from = Math.max(at, start);
    parts.push(text.slice(at, from), element("mark", {}, text.slice(from, end)));
    at = end;
  }
  return element("span", { class: `cf-hit__${name}` }, ...parts, text.slice(at));
}

function option(hit, query) {
  const names = ["label", "title", "also", "text", "about"].filter((name) => hit[name]);
  return element("li", { role: "none", class: "md-search-result__item" },
    element("a", { role: "option", tabindex: -1, href: cardfile.base + hit.uri,
      class: `md-search-result__link cf-hit cf-${hit.kind}` },
      ...names.map((name) => part(name, hit[name], query))));
}

const options = () => whole.querySelectorAll("[role=option]");

function choose(number) {
  active = number;
  options().forEach((link, n) => {
    link.id = `search-${n}`;
    link.setAttribute("aria-selected", n === number);
    if (n === number) link.scrollIntoView({ block: "nearest" });
  });
  box.setAttribute("aria-activedescendant", number < 0 ? "" : `search-${number}`);
}

function show(groups, query) {
  for (const [label, hits] of groups.filter(([, hits]) => hits.length)) {
    list.append(element("ol", { role: "group", "aria-label": label, class: "md-search-result__list" },
      ...hits.map((hit) => option(hit, query))));
  }
  list.hidden = !list.firstChild;
  box.setAttribute("aria-expanded", !list.hidden);
  choose(active);
}

async function run() {
  const mine = ++turn, text = box.value;
  let fresh = true;
  try {
    for await (const groups of find(text, kind)) {
      if (mine !== turn) return;
      if (fresh) list.replaceChildren(), active = -1;
      fresh = false;
      show(groups, split(text));
    }
    if (mine !== turn) return;
    if (fresh) list.replaceChildren(), show([]);
    if (!chips.firstChild) drawChips();
    const count = options().length, found = [WORDS.none, WORDS.one][count] ?? WORDS.many;
    status.textContent = fresh ? WORDS.start : found.replace("{n}", count);
  } catch (fault) {
    status.textContent = WORDS.failed;
  }
}

function drawChips() {
  const kinds = meta.kinds.filter((about) => about[4]).map(([key, , , plural]) => [key, plural]);
  kinds.unshift(["", WORDS.all]);
  kinds.push(["claims", WORDS.claims], ["articles", WORDS.articles]);
  chips.append(...kinds.map(([value, label]) =>
    element("button", { type: "button", class: `cf-chip cf-${value}`, value, "aria-pressed": !value }, label)));
}

chips.onclick = ({ target }) => {
  if (target === chips) return;
  kind = target.value || null;
  for (const chip of chips.children) chip.setAttribute("aria-pressed", chip === target);
  run();
};

/* --- opening, closing and keys, as readers know them from the theme */

const open = (wanted) => { if (toggle.checked !== wanted) toggle.click(); };
box.onfocus = () => { open(true); run(); };
box.oninput = run;
box.form.onsubmit = () => false;
box.form.onreset = () => { setTimeout(run); box.focus(); };
toggle.addEventListener("change", () => { if (toggle.checked) box.focus(); });
list.onclick = () => open(false);
whole.addEventListener("focusout", ({ relatedTarget }) => {
  if (relatedTarget && !whole.contains(relatedTarget)) open(false);
});

whole.onkeydown = (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key], all = options();
  if (event.key === "Escape") {
    open(false);
    box.blur();
  } else if (event.key === "Enter" && event.target === box) all[Math.max(active, 0)]?.click();
  else if (step && all.length) choose((Math.max(active, step < 0 ? 0 : -1) + step + all.length) % all.length);
  else return;
  event.preventDefault();
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || !/^[/sf]$/.test(event.key)) return;
  if (event.target.closest("input, select, textarea, [contenteditable]")) return;
  event.preventDefault();
  box.focus();
  box.select();
});

cardfile.find = async (text, only) => { // for other pages' scripts and for tests
  const groups = [];
  for await (const some of find(text, only)) groups.push(...some);
  return groups;
};
cardfile.split = async (text) => (meta || await prepare(), split(text));
})();
