/* A card for every link to an entity, when it is pointed at, focused or pressed long: what it is,
   since when it is written about, what it stands beside. generator/pages/card_shards.py makes the data. */
(function () {
  "use strict";
  const WORDS = Object.assign({ source: "article", sources: "articles", near: "with" }, cardfile.words);
  const LINK = "main a[href], .md-search a[href]", WAIT = 25, PRESS = 450;
  let card, link, timer, turn = 0;

  cardfile.shardOf = (id, count) => { // as Python's shard_number
    let value = 0x811c9dc5;
    for (const letter of id) value = Math.imul(value ^ letter.charCodeAt(0), 0x01000193) >>> 0;
    return value % count;
  };
  cardfile.shard = async (list, id) => {
    const { shards } = await cardfile.load("search/meta");
    return (await cardfile.load(`search/${list}/${cardfile.shardOf(id, shards)}`))[id];
  };

  function element(tag, attributes, ...children) {
    const made = document.createElementNS(
      tag === "svg" || tag === "rect" ? "http://www.w3.org/2000/svg" : document.documentElement.namespaceURI, tag);
    for (const name in attributes) made.setAttribute(name, attributes[name]);
    made.append(...children);
    return made;
  }

  const root = new URL(cardfile.base, location.href).href;
  async function idOf(target) {
    const address = target.href.split("#")[0];
    if (!address.startsWith(root) || address === location.href.split("#")[0]) return null;
    const [, folder, id] = address.slice(root.length).match(/^([a-z]+)\/([a-z0-9-]+)\.html$/) || [];
    const { kinds } = await cardfile.load("search/meta");
    return kinds.some(([, name]) => name === folder) ? id : null;
  }

  function yearBars(flat) { // one bar a year, as high as its articles
    const counts = new Map();
    for (let i = 0; i < flat.length; i += 2) counts.set(flat[i], flat[i + 1]);
    if (counts.size < 2) return "";
    const first = flat[0], last = flat.at(-2), most = Math.max(...counts.values());
    const wide = Math.max(2, Math.min(16, 200 / (last - first + 1)));
    const bars = [...counts].map(([year, count]) => element("rect", {
      x: (year - first) * wide, width: wide - 1, y: 20 - 20 * count / most, height: 20 * count / most }));
    const drawn = element("svg", { class: "cf-hover__years", "aria-hidden": true,
      viewBox: `0 0 ${(last - first + 1) * wide} 20`, width: (last - first + 1) * wide, height: 20 }, ...bars);
    return element("span", { class: "cf-hover__time" }, String(first), drawn, String(last));
  }

  function draw([name, kind, text, articles, years, near], kinds) {
    const [type, , label] = kinds[kind], beside = [];
    for (let i = 0; i < near.length; i += 2) {
      beside.push(element("span", { class: `cf-hover__near cf-${kinds[near[i + 1]][0]}` }, near[i]));
    }
    const about = `${articles} ${articles === 1 ? WORDS.source : WORDS.sources}`;
    return element("div", { class: `cf-hover cf-${type}`, id: "cf-hover", role: "tooltip" },
      element("span", { class: "cf-hover__kind" }, `${label} · ${about}`),
      element("strong", {}, name), ...(text ? [element("span", {}, text)] : []),
      yearBars(years), ...(beside.length ? [element("span", { class: "cf-hover__beside" }, ...beside)] : []));
  }

  async function show(target) {
    const mine = ++turn;
    try {
      const id = await idOf(target);
      const [data, { kinds }] = id ? await Promise.all([cardfile.shard("cards", id), cardfile.load("search/meta")]) : [];
      if (mine !== turn || !data) return;
      hide();
      link = target;
      card = draw(data, kinds);
      document.body.append(card);
      place(target.getClientRects()[0], card.getBoundingClientRect());
      link.setAttribute("aria-describedby", "cf-hover");
      card.addEventListener("pointerleave", later);
    } catch (fault) {
      hide(); // no index, no card: the link itself still leads on
    }
  }

  function place(at, size) { // below the link, or above it where there is no room
    const wide = document.documentElement.clientWidth, below = at.bottom + size.height + 8 < innerHeight;
    card.style.left = `${scrollX + Math.max(8, Math.min(at.left, wide - size.width - 8))}px`;
    card.style.top = `${scrollY + (below ? at.bottom : at.top - size.height)}px`;
  }

  function hide() {
    clearTimeout(timer);
    turn++;
    if (link) link.removeAttribute("aria-describedby");
    if (card) card.remove();
    card = link = undefined;
  }

  const later = () => { clearTimeout(timer); timer = setTimeout(hide, 250); };
  const soon = (target, wait) => {
    clearTimeout(timer);
    idOf(target).then((id) => id && cardfile.shard("cards", id)).catch(() => {}); // on its way
    timer = setTimeout(() => show(target), wait);
  };
  const linkOf = (event) => event.target.closest?.(LINK);

  document.addEventListener("pointerover", (event) => {
    if (event.pointerType !== "mouse") return;
    if (card?.contains(event.target)) return clearTimeout(timer);
    const target = linkOf(event);
    if (target && target !== link) soon(target, WAIT);
    else if (target) clearTimeout(timer);
  });
  document.addEventListener("pointerout", (event) => {
    if (event.pointerType === "mouse" && linkOf(event)) later();
  });
  document.addEventListener("focusin", (event) => {
    const target = linkOf(event);
    if (target?.matches(":focus-visible")) soon(target, 0);
    else hide();
  });
  document.addEventListener("focusout", later);
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });

  // A long press shows the card instead of the browser's menu; a tap elsewhere takes it away.
  let pressed;
  document.addEventListener("touchstart", (event) => {
    const target = linkOf(event);
    if (!card?.contains(event.target)) hide();
    if (target) pressed = setTimeout(() => show(target), PRESS);
  }, { passive: true });
  for (const end of ["touchend", "touchmove", "touchcancel"]) {
    document.addEventListener(end, () => clearTimeout(pressed), { passive: true });
  }
  document.addEventListener("contextmenu", (event) => {
    if (event.pointerType === "touch" && linkOf(event)) event.preventDefault();
  });
})();
