/* What every page does before it is drawn: the colours the reader chose, so that none flash; and
   once it is there, which part of it is being read. */
(function () {
  "use strict";
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const ORDER = ["auto", "light", "dark"];
  root.classList.replace("no-js", "js");

  function chosen() {
    try {
      return ORDER.find((name) => name === localStorage.getItem("cardfile.colours")) || "auto";
    } catch {
      return "auto"; // storage may be forbidden
    }
  }

  function choose(name) {
    try {
      localStorage.setItem("cardfile.colours", name);
    } catch {
      // then the choice lasts for this page
    }
    colour(name);
  }

  function colour(name) {
    const night = name === "dark" || (name === "auto" && dark.matches);
    document.body.dataset.mdColorScheme = night ? "slate" : "default";
    root.style.colorScheme = night ? "dark" : "light";
    const button = document.querySelector(".cf-colours");
    if (!button) return;
    button.value = name;
    button.title = button.dataset[name];
    button.setAttribute("aria-label", button.dataset[name]);
  }

  function make(tag, look, attributes, ...inside) {
    const made = document.createElement(tag);
    if (look) made.className = look;
    for (const name in attributes) made.setAttribute(name, attributes[name]);
    made.append(...inside);
    return made;
  }
  const label = (look) => make("label", look, { for: "__search", "aria-hidden": "true" });

  // Drawn while the page is read, so that nothing jumps. Most pages weigh less than this would.
  customElements.define("cf-search", class extends HTMLElement {
    connectedCallback() {
      const { name, hint, clear, kinds } = this.dataset;
      const box = make("input", "md-search__input", {
        "data-md-component": "search-query", type: "text", required: "", role: "combobox", "aria-label": name,
        "aria-controls": "search-results", "aria-expanded": "false", "aria-autocomplete": "list",
        autocapitalize: "off", autocomplete: "off", autocorrect: "off", spellcheck: "false", placeholder: hint,
      });
      const reset = make("button", "md-search__icon md-icon", { type: "reset", "aria-label": clear });
      const form = make("form", "md-search__form", {}, box, label("md-search__icon"),
        make("div", "md-search__options", {}, reset));
      const results = make("div", "md-search-result", { "data-md-component": "search-result" },
        make("div", "cf-chips", { role: "group", "data-search": "chips", "aria-label": kinds }),
        make("div", "md-search-result__meta", { role: "status", "data-search": "status" }),
        make("div", "", { id: "search-results", role: "listbox", "data-search": "list", hidden: "", "aria-label": name }));
      const output = make("div", "md-search__output", {}, make("div", "md-search__scrollwrap", {}, results));
      const inner = make("div", "md-search__inner", { role: "search" }, form, output);
      this.append(label("cf-open-search"), make("div", "md-search", {}, label("md-search__overlay"), inner));
    }
  });

  colour(chosen());
  dark.addEventListener("change", () => colour(chosen()));

  document.addEventListener("DOMContentLoaded", () => {
    colour(chosen());
    const button = document.querySelector(".cf-colours");
    button.addEventListener("click", () => choose(ORDER[(ORDER.indexOf(button.value) + 1) % 3]));
    const tab = document.querySelector(".cf-tabs [aria-current]");
    if (tab) tab.closest("ul").scrollLeft = tab.offsetLeft - tab.closest("ul").clientWidth / 2;
    follow([...document.querySelectorAll(".cf-toc a")]);
  });

  /* The heading last passed is marked in the list of headings. */
  function follow(links) {
    const headings = links.map((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))));
    if (headings.includes(null)) return;
    const mark = () => {
      const passed = headings.filter((heading) => heading.getBoundingClientRect().top < innerHeight / 3).length;
      links.forEach((link, n) => link.toggleAttribute("data-here", n === passed - 1));
    };
    const watch = new IntersectionObserver(mark, { rootMargin: "0px 0px -60%" });
    for (const heading of headings) watch.observe(heading);
  }
})();
