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
    if (!links.length || headings.includes(null)) return;
    const mark = () => {
      const passed = headings.filter((heading) => heading.getBoundingClientRect().top < innerHeight / 3).length;
      links.forEach((link, n) => link.toggleAttribute("data-here", n === passed - 1));
    };
    new IntersectionObserver(mark, { rootMargin: "0px 0px -60%" }).observe(headings[0]);
    for (const heading of headings.slice(1)) new IntersectionObserver(mark, { rootMargin: "0px 0px -60%" }).observe(heading);
    mark();
  }
})();
