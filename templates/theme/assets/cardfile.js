/* Data for the pages. It comes by <script>, which a browser loads from a folder as well as from
   a server: cardfile.load("search/meta") adds search/meta.js, which calls cardfile.put. */
(function () {
  "use strict";
  // Asked for as a script: a heading of an article may bear any id. One slash at the end: two
  // would be another host.
  const told = JSON.parse(document.querySelector("script#__config").textContent).base;
  const base = told.replace(/[/]*$/, "/");
  // The one door for scripts that the pages' policy leaves open; no text of a page leads through it.
  const door = window.trustedTypes?.createPolicy("cardfile", { createScriptURL: checked });
  const values = new Map(), promises = new Map();

  function load(name) {
    if (!promises.has(name)) promises.set(name, fetchScript(name));
    return promises.get(name);
  }

  function checked(address) {
    if (/^(?!\/\/)[\w./~%-]*search\/[\w/]+\.js$/.test(address)) return address;
    throw new TypeError(`${address} is no data of this site`);
  }

  const fetchScript = (name) => new Promise((resolve, reject) => {
    const script = document.createElement("script");
    const address = `${base}${name}.js`;
    script.src = door ? door.createScriptURL(address) : checked(address);
    script.onload = script.onerror = () => {
      script.remove();
      if (values.has(name)) return resolve(values.get(name));
      promises.delete(name); // it may be there at the next try
      reject(new Error(`${script.src} is missing`));
    };
    document.head.append(script);
  });

  // A page may have set `words` before.
  const put = (name, value) => values.set(name, value);
  window.cardfile = Object.assign(window.cardfile || {}, { base, load, put });

  // The zip for offline readers is offered to those who read online.
  if (!location.protocol.startsWith("http")) return;
  for (const element of document.querySelectorAll("[data-online]")) element.hidden = false;
})();
