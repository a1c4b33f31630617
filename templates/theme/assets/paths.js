/* How two entities are connected: the shortest ways along sentences that name both ends of a step.
   generator/pages/card_shards.py makes the links, generator/pages/search_texts.py the sentences. */
(function () {
  "use strict";
  const whole = document.querySelector(".cf-paths");
  if (!whole) return;
  const WORDS = Object.assign({
    paths_from: "From", paths_to: "to", paths_show: "Show how", paths_way: "Way {n}",
    paths_none: "No sentence, and no row of a few sentences, connects the two.",
    paths_unknown: "There is no such name here.",
  }, cardfile.words);
  const WAYS = 3, DEEP = 3; // ways shown, steps looked ahead from each end
  const from = element("input", { type: "text", id: "cf-from", autocomplete: "off", required: "" });
  const to = element("input", { type: "text", id: "cf-to", autocomplete: "off", required: "" });
  const form = element("form", { class: "cf-paths__form" },
    element("label", { for: "cf-from" }, WORDS.paths_from), from,
    element("label", { for: "cf-to" }, WORDS.paths_to), to,
    element("button", { class: "md-button" }, WORDS.paths_show));
  const out = element("div", { "aria-live": "polite" });
  whole.replaceChildren(form, out);

  /* --- the search from both ends */

  async function linksOf(id) {
    return (await cardfile.shard("links", id)) || [];
  }

  async function widen(edge, seen, apart) { // one step further from all of `edge`
    const next = [];
    const all = await Promise.all(edge.map(async (id) => [id, await linksOf(id)]));
    for (const [id, links] of all) {
      for (const [other, row, label] of links) {
        if (seen.has(other) || (apart && apart.has(id) && apart.has(other))) continue;
        seen.set(other, { back: id, row, label });
        next.push(other);
      }
    }
    return next;
  }

  function steps(seen, id) { // from the end of a search to `id`
    const found = [];
    for (let at = seen.get(id); at.back; at = seen.get(id)) {
      found.push({ from: at.back, to: id, row: at.row, label: at.label });
      id = at.back;
    }
    return found.reverse();
  }

  async function way(a, b, barred, apart) { // `apart`: two that may not follow one another
    const start = () => new Map([[a, {}], [b, {}]]);
    const ahead = start(), behind = start();
    for (const id of barred) ahead.set(id, {}), behind.set(id, {});
    ahead.delete(b);
    behind.delete(a);
    let one = [a], two = [b];
    for (let step = 0; step < 2 * DEEP && one.length && two.length; step++) {
      if (step % 2) two = await widen(two, behind, apart);
      else one = await widen(one, ahead, apart);
      const edge = step % 2 ? two : one, other = step % 2 ? ahead : behind;
      const met = edge.find((id) => other.has(id) && !barred.has(id));
      if (met === undefined) continue;
      const rest = steps(behind, met).reverse().map((s) => ({ ...s, from: s.to, to: s.from }));
      return [...steps(ahead, met), ...rest];
    }
    return null;
  }

  async function ways(a, b) { // each further way avoids what stood between in those before
    const found = [], barred = new Set();
    let apart;
    while (found.length < WAYS) {
      const next = await way(a, b, barred, apart);
      if (!next) break;
      found.push(next);
      if (next.length === 1) apart = new Set([a, b]);
      for (const { to: between } of next.slice(0, -1)) barred.add(between);
    }
    return found;
  }

  /* --- showing */

  async function sentence(number) {
    const meta = await cardfile.load("search/meta");
    const [article, place, text] = number < meta.titles ? [number, 0]
      : await at("rows", number - meta.titles, meta.rows);
    const [id, title, about] = await at("articles", article, meta.articles);
    return { text: text || title, title, about, uri: `articles/${id}.html${place ? `#s${place}` : ""}` };
  }
  const at = async (list, number, size) =>
    (await cardfile.load(`search/${list}/${Math.floor(number / size)}`))[number % size];

  function element(tag, attributes, ...children) {
    const made = document.createElement(tag);
    for (const name in attributes) made.setAttribute(name, attributes[name]);
    made.append(...children);
    return made;
  }

  async function entity(id) {
    const { kinds } = await cardfile.load("search/meta");
    const [name, kind] = await cardfile.shard("cards", id);
    const [type, folder] = kinds[kind];
    return element("a", { class: `cf-name cf-${type}`, href: `${cardfile.base}${folder}/${id}.html` }, name);
  }

  async function stepItem({ from: a, to: b, row, label }) {
    const [one, two, said] = await Promise.all([entity(a), entity(b), sentence(row)]);
    return element("li", {}, one, " — ", two, ...(label ? [" ", element("span", { class: "cf-by" }, label)] : []),
      element("blockquote", {}, element("q", {}, said.text), " ",
        element("a", { href: cardfile.base + said.uri }, said.title), ` ${said.about}`));
  }

  async function show(a, b) {
    out.setAttribute("aria-busy", "true");
    const found = a === b ? [] : await ways(a, b);
    const lists = await Promise.all(found.map(async (steps, n) => [
      element("h2", { id: `way-${n + 1}` }, WORDS.paths_way.replace("{n}", n + 1)),
      element("ol", { class: "cf-way" }, ...await Promise.all(steps.map(stepItem)))]));
    out.replaceChildren(...(found.length ? lists.flat() : [element("p", {}, WORDS.paths_none)]));
    out.removeAttribute("aria-busy");
  }

  /* --- the form: a name becomes an id as in the search */

  async function idOf(text) {
    const groups = await cardfile.find(text, null);
    const [, hits] = groups[0] || [null, []];
    return hits.length ? hits[0].uri.match(/([a-z0-9-]+)\.html/)[1] : null;
  }
  const nameOf = async (id) => (await cardfile.shard("cards", id) || [""])[0];

  const unknown = () => out.replaceChildren(element("p", {}, WORDS.paths_unknown));

  async function run() {
    const [a, b] = await Promise.all([idOf(from.value), idOf(to.value)]);
    if (!a || !b) return unknown();
    history.replaceState(null, "", `#${new URLSearchParams({ from: a, to: b })}`);
    await show(a, b);
  }

  form.onsubmit = (event) => {
    event.preventDefault();
    run();
  };

  async function read() { // paths.html#from=ID&to=ID, or ?from=ID as the pages of entities link
    const asked = new URLSearchParams(location.hash.slice(1) || location.search);
    const [a, b] = [asked.get("from"), asked.get("to")];
    if (a) from.value = await nameOf(a);
    if (b) to.value = await nameOf(b);
    if ((a && !from.value) || (b && !to.value)) unknown();
    else if (a && b) await show(a, b);
    else if (a) to.focus();
  }
  addEventListener("hashchange", read);
  read();
})();
