/* Laid before anything of a page runs: whatever is not ours and runs, loads, opens or leads away
   is told, and afterwards what stands on the page. */
(() => {
  "use strict";
  const told = [];
  const own = top === window;
  const trip = (...what) => {
    const text = what.flat().map(String).join(" ").slice(0, 300);
    if (own) told.push(text); else top.tripped?.(text);
  };
  const fix = (object, name, value) => Object.defineProperty(object, name, { value });
  fix(window, "tripped", trip);
  for (const name of ["alert", "confirm", "prompt", "print", "open"]) fix(window, name, (...w) => trip(name, ...w));
  for (const name of ["write", "writeln", "open"]) fix(document, name, (...w) => trip("document", name, ...w));
  addEventListener("securitypolicyviolation", (event) => trip("policy", event.violatedDirective, event.blockedURI, event.sample), true);
  window.navigation?.addEventListener("navigate", (event) => {
    if (event.destination.url.startsWith("HOME")) return;
    trip("led to", event.destination.url);
    if (event.cancelable) event.preventDefault();
  });
  if (!own) return;

  // What our shell, our pages and our scripts are made of.
  const NAMES = new Set((`html head meta title link script body a input header img form label button nav ul ol li main
    article footer div p span section aside cf-search abbr b blockquote br caption cite code dd del details dl dt em
    figcaption figure h1 h2 h3 h4 h5 h6 hr i kbd mark pre q s small strong sub summary sup table tbody td tfoot th thead
    time tr svg g circle line path rect text select option output tspan`).split(/\s+/));
  const ADDRESSES = ["href", "src", "action", "formaction", "xlink:href", "srcset", "data", "poster", "background",
    "ping", "manifest", "srcdoc", "code", "codebase", "cite", "longdesc", "usemap", "imagesrcset", "from", "to", "values"];
  const LINKS = /^(https?|mailto|file):$/;

  function odd(element) {
    const name = element.localName, found = [];
    const has = (attribute) => element.getAttribute(attribute);
    if (!NAMES.has(name)) found.push(`<${name}>`);
    if (element.shadowRoot && name !== "input") found.push(`<${name}> with a shadow`);
    for (const { name: attribute, value } of element.attributes) {
      if (/^on/i.test(attribute)) found.push(`${attribute}=`);
      if (attribute === "style" && name !== "html" && !element.closest(".cf-hover, svg")) found.push(`style=${value}`);
      if (!ADDRESSES.includes(attribute)) continue;
      const to = new URL(value || ".", location.href);
      const loads = ["script", "img"].includes(name) || (name === "link" && has("rel") !== "canonical");
      const fine = name === "a" && attribute === "href" ? LINKS.test(to.protocol) && !/^\s*[\\/]\s*[\\/]/.test(value)
        : loads ? to.href.startsWith("HOME") : name === "link";
      if (!fine) found.push(`${name} ${attribute}=${value}`);
    }
    if (name === "script" && !has("src") && !/json/.test(has("type"))) found.push("script");
    if (name === "meta" && has("http-equiv") && !/^Content-Security-Policy$/.test(has("http-equiv"))
      && !/^0; url=[\w./-]+$/.test(has("content"))) found.push(`meta ${has("http-equiv")}`);
    return found;
  }

  const pause = (time) => new Promise((done) => setTimeout(done, time));
  const all = (selector) => [...document.querySelectorAll(selector)];
  const words = (element) => element.textContent.replace(/\s+/g, " ").trim();

  /* Point at, focus and click everything that could hear it, `most` of them; leave by no link. */
  async function provoke(most) {
    const stay = (event) => {
      const link = event.target.closest?.("a");
      if (link && LINKS.test(new URL(link.getAttribute("href") || ".", location.href).protocol)) event.preventDefault();
    };
    addEventListener("click", stay);
    const hearing = all("*").filter((element) => [...element.attributes].some(({ name }) => /^on/i.test(name)));
    for (const element of hearing) {
      for (const { name } of [...element.attributes]) {
        if (/^on/i.test(name)) element.dispatchEvent(new Event(name.slice(2).toLowerCase(), { bubbles: true }));
      }
    }
    for (const element of all("main a, main summary, main button, main input, main area, main form, .cf-tabs a").slice(0, most)) {
      for (const kind of ["pointerover", "mouseover", "focusin"]) element.dispatchEvent(new Event(kind, { bubbles: true }));
      element.focus?.({ focusVisible: true });
      if (element.localName === "a") element.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
      else if (element.closest(".cf-paths, .cf-list") || element.localName === "form") continue;
      else element.click?.();
    }
    await pause(0);
    removeEventListener("click", stay);
  }

  fix(window, "provoke", provoke);
  fix(window, "findings", async (most) => {
    if (most) await provoke(most);
    await pause(1);
    const shape = [...document.body.children].map(({ localName }) => localName).filter((name) => name !== "script");
    const whole = /^a input header nav main footer( div)?$/.test(shape.join(" ")) && all("main > article, main > nav").length >= 1
      && all("main").length === 1 && all("h1").length === 1;
    const texts = (selector) => all(selector).map(words);
    return {
      tripped: told.splice(0), odd: all("*").flatMap(odd).slice(0, 20), whole, title: document.title,
      works: typeof window.cardfile?.load === "function", address: location.href,
      heading: texts("h1")[0] || "", sentences: Object.fromEntries(all(".cf-s").map((s) => [s.id, words(s)])),
      source: texts(".cf-source"), lede: texts(".cf-lede")[0] || "", aliases: texts(".cf-aliases .cf-alias"),
      description: texts(".cf-description"), named: texts(".cf-index li > a"), why: texts(".cf-why"),
      listed: texts(".cf-list td:nth-child(2) > a"), sections: texts(".cf-list td:nth-child(2) > .cf-by"),
      sources: texts(".cf-list td:nth-child(3)"), labels: texts("svg text"),
      told: all("meta[name=description]").map((meta) => meta.content),
    };
  });
})();
