/* Data for the pages. It comes by <script>, which a browser loads from a folder as well as from
   a server: cardfile.load("search/meta") adds search/meta.js, which calls cardfile.put. */
(function () {
  "use strict";
  const base = `${JSON.parse(document.getElementById("__config").textContent).base}/`;
  const values = new Map(), promises = new Map();

  function load(name) {
    if (!promises.has(name)) promises.set(name, fetchScript(name));
    return promises.get(name);
  }

  const fetchScript = (name) => new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = `${base}${name}.js`;
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
