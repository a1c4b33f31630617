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

  // Drawn while the page is read, so that nothing jumps. Most pages weigh less than this would.
  customElements.define("cf-search", class extends HTMLElement {
    connectedCallback() {
      const { name, hint, clear, kinds } = this.dataset;
      this.innerHTML =
        '<label class="cf-open-search" for="__search" aria-hidden="true"></label><div class="md-search">' +
        '<label class="md-search__overlay" for="__search" aria-hidden="true"></label>' +
        '<div class="md-search__inner" role="search"><form class="md-search__form">' +
        '<input class="md-search__input" data-md-component="search-query" type="text" required role="combobox" ' +
        'aria-controls="search-results" aria-expanded="false" aria-autocomplete="list" autocapitalize="off" ' +
        'autocomplete="off" autocorrect="off" spellcheck="false">' +
        '<label class="md-search__icon" for="__search" aria-hidden="true"></label><div class="md-search__options">' +
        '<button class="md-search__icon md-icon" type="reset"></button></div></form>' +
        '<div class="md-search__output"><div class="md-search__scrollwrap">' +
        '<div class="md-search-result" data-md-component="search-result">' +
        '<div class="cf-chips" role="group" data-search="chips"></div>' +
        '<div class="md-search-result__meta" role="status" data-search="status"></div>' +
        '<div id="search-results" role="listbox" data-search="list" hidden></div></div></div></div></div></div>';
      this.querySelector("input").placeholder = hint;
      const names = { input: name, button: clear, ".cf-chips": kinds, "#search-results": name };
      for (const [part, words] of Object.entries(names)) this.querySelector(part).setAttribute("aria-label", words);
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
