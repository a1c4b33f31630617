/* The list of articles can be sorted and filtered, the names in a text marked by kind or not.
   Without this script the list is a table by date, and the names are marked. */
(() => {
  "use strict";
  const { words } = cardfile;
  const make = (name, fields, ...inside) => {
    const element = Object.assign(document.createElement(name), fields);
    element.append(...inside);
    return element;
  };

  function setUp(table) {
    const heads = [...table.tHead.rows[0].cells];
    const body = table.tBodies[0];
    // What can be chosen of a row: its year, its source, the kinds it names.
    const rows = [...body.rows].map((row, place) => {
      const [date, title, source, named] = [...row.cells].map((cell) => cell.textContent);
      const kinds = named.split(", ").map((part) => part.replace(/ \d+$/, ""));
      // The rows stand newest first: their place is their date.
      return { row, keys: [place, title, source, named], has: [date.match(/\d{4}/g) || ["–"], [], [source], kinds] };
    });
    const number = (row, kind) => [...row.keys[3].matchAll(`${kind} (\\d+)`)].reduce((sum, found) => sum + +found[1], 0);
    const shown = make("output", {});
    const chosen = new Map();

    function refresh() {
      const kept = rows.filter((row) => [...chosen].every(([column, value]) => !value || row.has[column].includes(value)));
      rows.forEach(({ row }) => { row.hidden = true; });
      kept.forEach(({ row }) => { row.hidden = false; });
      shown.textContent = words.articles_shown.replace("{n}", kept.length).replace("{m}", rows.length);
    }

    function compare(column, a, b) {
      if (column === 3) return number(b, chosen.get(3) || "") - number(a, chosen.get(3) || "");
      return column ? a.keys[column].localeCompare(b.keys[column]) : a.keys[0] - b.keys[0];
    }

    function sort(column) {
      const way = heads[column].ariaSort === "ascending" ? -1 : 1;
      heads.forEach((head) => { head.ariaSort = null; });
      heads[column].ariaSort = way > 0 ? "ascending" : "descending";
      body.append(...rows.sort((a, b) => compare(column, a, b) * way || a.keys[0] - b.keys[0]).map(({ row }) => row));
    }

    const choices = [0, 2, 3].map((column) => {
      const values = [...new Set(rows.flatMap(({ has }) => has[column]))].sort();
      const select = make("select", {}, ...["", ...values].map((value) => make("option", { value }, value || words.all)));
      select.onchange = () => { chosen.set(column, select.value); refresh(); };
      return make("label", {}, heads[column].textContent, " ", select);
    });
    heads.forEach((head, column) => {
      head.replaceChildren(make("button", { type: "button", onclick: () => sort(column) }, head.textContent));
    });
    heads[0].ariaSort = "ascending";
    table.before(make("p", { className: "cf-choices" }, ...choices, shown));
    refresh();
  }

  function addSwitch(text) {
    const key = "cardfile.names"; // not every browser keeps it for files
    const recall = () => { try { return localStorage.getItem(key); } catch (error) { return null; } };
    const box = make("input", { type: "checkbox", checked: recall() !== "plain" });
    const apply = () => text.classList.toggle("cf-plain", !box.checked);
    box.onchange = () => {
      apply();
      try { localStorage.setItem(key, box.checked ? "marked" : "plain"); } catch (error) { /* for this page only */ }
    };
    apply();
    text.parentElement.before(make("label", { className: "cf-switch" }, box, " ", words.articles_names));
  }

  document.querySelectorAll(".cf-list table").forEach(setUp);
  document.querySelectorAll(".cf-text").forEach((text) => { if (text.querySelector(".cf-name")) addSwitch(text); });
})();
