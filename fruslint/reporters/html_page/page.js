// The findings of a report: filtered, searched, and put on the page a few at a time.
// Words of documents reach the page as text nodes only; nothing here makes HTML out of a string.

const data = JSON.parse(document.getElementById("data").textContent);
const byId = (id) => document.getElementById(id);

// ---- What a finding is ----------------------------------------------------------------------------------------------

const findings = data.findings.map((row, index) => {
  const [document, rule, severity, line, column, page = "", slot = 0, message = "", excerpt = "", related = [], fix = null] = row;
  return { index, document, rule, severity, line, column, page, slot, message, excerpt, related, fix };
});
const rules = data.rules.map(([id, name, family]) => ({ id, name, family }));
const volumes = data.volumes.map(([name, along, slots]) => ({ name, along, slots }));
const documents = data.documents.map(([volume, path, name, title, page, lastPage, url]) => ({
  volume, path: data.paths[path], name, title, page, lastPage, url,
}));

const plural = (count, noun) => `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;
const headingOf = (document) => document.title || document.name;

// ---- Making elements -------------------------------------------------------------------------------------------------

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key === "class") made.className = value;
    else if (key in made && typeof value !== "string") made[key] = value;
    else made.setAttribute(key, value);
  }
  made.append(...children.filter((child) => child !== null));
  return made;
}

// Coded text holds signs of the report itself: \x02...\x03 around the name of what cannot be seen, \x05 where words were
// cut off, \x0e and \x0f around the place of the finding.
const SIGNS = /(\x02[^\x03]*\x03|[\x05\x0e\x0f])/;

function words(coded, name = "bdi") {
  const top = element(name);
  let into = top;
  for (const part of coded.split(SIGNS)) {
    if (part === "\x0e") into = top.appendChild(element("mark"));
    else if (part === "\x0f") into = top;
    else if (part === "\x05") into.append(element("span", { class: "cut" }, "…"));
    else if (part[0] === "\x02") into.append(sign(part.slice(1, -1)));
    else if (part) into.append(part);
  }
  return top;
}

const sign = (name) => element("span", { class: "sign", title: data.signs[name] ?? "" }, name);
const plain = (coded) => coded.replace(/[\x02\x03\x05\x0e\x0f]/g, "");

// ---- One finding -----------------------------------------------------------------------------------------------------

function card(finding) {
  const severity = data.severities[finding.severity];
  const rule = rules[finding.rule];
  const label = `finding-${finding.index}`;
  return element(
    "article",
    { class: `finding ${severity}`, tabindex: "0", "aria-labelledby": label },
    element(
      "p",
      { class: "head" },
      element("span", { class: "severity" }, severity),
      " ",
      element("a", { class: "rule-id", href: `#rule-${rule.id}`, title: rule.name }, rule.id),
      finding.page ? element("span", { class: "page" }, " page ", words(finding.page)) : null,
    ),
    element("p", { class: "message", id: label }, words(finding.message)),
    finding.excerpt ? slip(finding.line, finding.excerpt) : null,
    finding.related.length ? element("ul", { class: "related" }, ...finding.related.map((one) => related(one, finding))) : null,
    finding.fix ? fix(finding.fix) : null,
    element("div", { class: "foot" }, why(rule), place(finding)),
  );
}

function place(finding) {
  const path = documents[finding.document].path;
  return element("p", { class: "place", title: "Click to select it" }, words(path), `:${finding.line}:${finding.column}`);
}

const slip = (line, excerpt) =>
  element("div", { class: "slip" }, element("span", { class: "line", "aria-label": `line ${line}` }, String(line)), words(excerpt, "code"));

function related([path, line, column, message, excerpt], finding) {
  const same = data.paths[path] === documents[finding.document].path;
  const where = element("span", { class: "place" }, ...(same ? ["line "] : [words(data.paths[path]), ":"]), `${line}:${column}`);
  return element("li", {}, words(message), " ", where, excerpt ? element("div", { class: "slip" }, words(excerpt, "code")) : null);
}

function fix([safe, before, after]) {
  const said = safe ? "A safe fix is at hand" : "A fix is at hand that changes words";
  if (before === undefined) return element("p", { class: "fix" }, said, ".");
  const blanks = (coded) => coded.replace(/^ +$/, (found) => "␣".repeat(found.length));
  const change = [before ? words(blanks(before), "del") : "", before && after ? " becomes " : "", after ? words(blanks(after), "ins") : ""];
  return element("p", { class: "fix" }, said, ": ", ...change, before && !after ? " goes" : "", !before && after ? " is added" : "");
}

function why(rule) {
  const explained = byId(`rule-${rule.id}`)?.querySelector(".explained");
  if (!explained) return null;
  const made = element("details", { class: "why" }, element("summary", {}, "Why? ", element("span", {}, rule.name.replaceAll("-", " "))));
  // the explanation is on the page once, and copied where someone asks for it
  made.addEventListener("toggle", () => made.open && made.children.length === 1 && made.append(explained.cloneNode(true)));
  return made;
}

// ---- What is chosen --------------------------------------------------------------------------------------------------
// The choice stands in the address behind #, so that it can be kept as a bookmark and sent to a colleague.

const KEYS = ["text", "severity", "rule", "volume", "document", "at", "by"];
const form = byId("filters");

function readAddress() {
  const given = new URLSearchParams(location.hash.slice(1));
  return Object.fromEntries(KEYS.map((key) => [key, given.get(key) ?? ""]));
}

function addressOf(choice) {
  const given = new URLSearchParams(Object.entries(choice).filter(([, value]) => value));
  return `#${given.toString() || "findings"}`;
}

function readForm() {
  const given = new FormData(form);
  const severities = given.getAll("severity");
  const all = severities.length === severityBoxes().filter((box) => !box.disabled).length;
  const volume = given.get("volume") ?? "";
  const kept = volume === choice.volume || (choice.document && !volume);
  return {
    text: given.get("text").trim(),
    severity: all ? "" : severities.join(",") || "none",
    rule: given.get("rule"),
    volume,
    document: kept ? given.get("document") : "",
    at: kept && given.get("document") === choice.document ? choice.at : "",
    by: given.get("by"),
  };
}

const severityBoxes = () => [...byId("severity").querySelectorAll("input")];

function tests(choice) {
  const made = [];
  if (choice.severity) {
    const wanted = new Set(choice.severity.split(",").map((label) => data.severities.indexOf(label)));
    made.push((one) => wanted.has(one.severity));
  }
  if (choice.rule) {
    const wanted = new Set(rules.flatMap((rule, index) => (rule.id === choice.rule || rule.family === choice.rule ? [index] : [])));
    made.push((one) => wanted.has(one.rule));
  }
  if (choice.document) made.push((one) => one.document === Number(choice.document));
  if (choice.volume) made.push((one) => documents[one.document].volume === Number(choice.volume));
  const stretch = stretchOf(choice);
  if (stretch) made.push((one) => documents[one.document].volume === stretch.volume && one.slot >= stretch.first && one.slot <= stretch.last);
  for (const word of folded(choice.text).split(/\s+/).filter(Boolean)) made.push((one) => haystack(one).includes(word));
  return made;
}

function stretchOf(choice) {
  const [, volume, first, last] = /^(\d+)\.(\d+)-(\d+)$/.exec(choice.at) ?? [];
  return volumes[volume] ? { volume: Number(volume), first: Number(first), last: Number(last) } : null;
}

// Searches find Müller by muller, and are asked anew at every key: what is searched is made once.
const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const haystacks = [];

function haystack(finding) {
  return (haystacks[finding.index] ??= folded(plain(
    [
      finding.message, finding.excerpt, rules[finding.rule].id, rules[finding.rule].name,
      headingOf(documents[finding.document]), documents[finding.document].path, ...finding.related.map((one) => one[3]),
    ].join("\n"),
  )));
}

// ---- The list --------------------------------------------------------------------------------------------------------

const list = byId("list");
const CHUNK = 40;
const STEP = 100;
const PRINTED = 3000;
let pending = null;
const sentinel = element("div", { class: "sentinel" });
// Only from above: whoever is already behind the list, at the rules, must not have it grow without end. Its end is in sight
// there, so many pixels below the top of the window at most; for whoever reads the list the filters cover as many.
const TOP = 100;
const ahead = { rootMargin: `-${TOP}px 0px 1500px 0px` };
const watcher = new IntersectionObserver((entries) => {
  // The word of it may come late, when the reader has jumped past the list.
  if (entries.some((one) => one.isIntersecting) && sentinel.getBoundingClientRect().top > TOP) append(CHUNK);
}, ahead);

function show(shown, byRule) {
  list.replaceChildren();
  if (!shown.length) list.append(nothing());
  pending = shown.length ? pieces(shown, byRule) : null;
  list.append(sentinel);
  append(CHUNK);
}

function append(count) {
  for (let made = 0; pending && made < count; made += 1) {
    const { done, value } = pending.next();
    if (done) pending = null;
    else value();
  }
  watcher.unobserve(sentinel);
  if (pending) watcher.observe(sentinel); // anew: it may still be in sight
}

// What is to be done, one finding or heading at a time. Of one rule a few are shown in each group, the rest on demand.
function* pieces(shown, byRule) {
  const limit = byRule ? 10 : 5;
  for (const group of groups(shown, byRule)) {
    const section = element("section", { class: "group" });
    yield () => {
      section.append(byRule ? ruleHeading(group) : documentHeading(group));
      sentinel.before(section);
    };
    for (const { kept, rest } of foldedRows(group.rows, limit)) {
      yield () => section.append(card(kept));
      if (rest.length) yield () => section.append(restButton(rest));
    }
  }
}

function* groups(shown, byRule) {
  const key = byRule ? "rule" : "document";
  const sorted = byRule ? [...shown].sort((one, two) => one.rule - two.rule || one.index - two.index) : shown;
  let start = 0;
  for (let end = 1; end <= sorted.length; end += 1) {
    if (end < sorted.length && sorted[end][key] === sorted[start][key]) continue;
    yield { [key]: sorted[start][key], rows: sorted.slice(start, end) };
    start = end;
  }
}

function* foldedRows(rows, limit) {
  const counts = new Map();
  const kept = [];
  for (const row of rows) {
    const known = counts.get(row.rule) ?? { count: 0, rest: [] };
    counts.set(row.rule, known);
    known.count += 1;
    if (known.count <= limit) kept.push(row);
    else known.rest.push(row);
    if (known.count <= limit) known.last = row;
  }
  for (const row of kept) {
    const known = counts.get(row.rule);
    // one more is shown rather than a button that hides a single finding
    yield { kept: row, rest: known.last === row ? known.rest : [] };
  }
}

function restButton(rest) {
  const id = rules[rest[0].rule].id;
  const label = (count) => (count <= STEP ? `Show ${plural(count, "more finding")} of ${id} here` : `Show ${STEP} of ${count.toLocaleString("en")} more findings of ${id} here`);
  const left = (count) => `${plural(count, "more finding")} of ${id} here, not printed`;
  const button = element("button", { type: "button", class: "rest", "data-left": left(rest.length) }, label(rest.length));
  let shown = 0;
  button.addEventListener("click", () => {
    const cards = rest.slice(shown, shown + STEP).map(card);
    shown += cards.length;
    button.before(...cards);
    button.textContent = label(rest.length - shown);
    button.dataset.left = left(rest.length - shown);
    if (shown >= rest.length) button.remove();
    cards[0].focus();
  });
  return button;
}

function documentHeading(group) {
  const one = documents[group.document];
  const pages = one.page && one.lastPage && one.page !== one.lastPage ? ["pages ", words(`${one.page}–${one.lastPage}`)] : one.page ? ["page ", words(one.page)] : [];
  const facts = [words(volumes[one.volume].name), ...(one.title ? [words(one.name)] : []), ...(pages.length ? [element("span", {}, ...pages)] : []), plural(group.rows.length, "finding")];
  const line = element("p", { class: "facts" }, ...facts.flatMap((fact, index) => (index ? [" · ", fact] : [fact])));
  if (one.url) line.append(" · ", element("a", { href: one.url, target: "_blank", rel: "noopener noreferrer" }, "read it on history.state.gov"));
  return element("header", {}, element("h3", {}, words(headingOf(one))), line);
}

function ruleHeading(group) {
  const rule = rules[group.rule];
  return element(
    "header",
    {},
    element("h3", {}, `${rule.id} `, element("span", {}, rule.name.replaceAll("-", " "))),
    element("p", { class: "facts" }, plural(group.rows.length, "finding")),
  );
}

function nothing() {
  const again = element("button", { type: "button", class: "quiet" }, "Clear all filters");
  again.addEventListener("click", clear);
  return element("div", { class: "nothing" }, element("p", {}, "No finding is like that."), again);
}

// ---- The form --------------------------------------------------------------------------------------------------------

const option = (value, text) => element("option", { value }, text);
const short = (text) => (text.length > 70 ? `${text.slice(0, 69)}…` : text);

function countBy(key) {
  const counts = new Map();
  for (const one of findings) counts.set(key(one), (counts.get(key(one)) ?? 0) + 1);
  return counts;
}

function fillForm() {
  const bySeverity = countBy((one) => one.severity);
  data.severities.forEach((label, index) => {
    const count = bySeverity.get(index) ?? 0;
    const box = element("input", { type: "checkbox", name: "severity", value: label, checked: true, disabled: !count });
    byId("severity").append(element("label", { class: label }, box, element("span", {}, `${label} `, element("b", {}, count.toLocaleString("en")))));
  });
  fillRules();
  const volumeCounts = countBy((one) => documents[one.document].volume);
  form.elements.volume.append(option("", "all"), ...volumes.flatMap((one, index) => (volumeCounts.has(index) ? [option(index, `${plain(one.name)} (${volumeCounts.get(index)})`)] : [])));
  byId("volume-choice").hidden = volumeCounts.size < 2;
}

function fillRules() {
  const counts = countBy((one) => one.rule);
  const select = form.elements.rule;
  select.append(option("", "all"));
  for (const family of new Set(rules.map((rule) => rule.family))) {
    const group = element("optgroup", { label: family }, option(family, `all of ${family}`));
    rules.forEach((rule, index) => rule.family === family && group.append(option(rule.id, `${rule.id} ${rule.name} (${counts.get(index)})`)));
    select.append(group);
  }
}

const documentCounts = countBy((one) => one.document);
let listedVolume = null;

function fillDocuments(volume) {
  if (volume === listedVolume) return;
  listedVolume = volume;
  const wanted = (one) => volume === "" || one.volume === Number(volume);
  const options = documents.flatMap((one, index) =>
    documentCounts.has(index) && wanted(one) ? [option(index, `${short(plain(headingOf(one)))} (${documentCounts.get(index)})`)] : [],
  );
  form.elements.document.replaceChildren(option("", "all"), ...options);
}

function writeForm() {
  const elements = form.elements;
  if (elements.text.value.trim() !== choice.text) elements.text.value = choice.text;
  const severities = choice.severity ? choice.severity.split(",") : data.severities;
  for (const box of severityBoxes()) box.checked = severities.includes(box.value);
  elements.rule.value = choice.rule;
  elements.volume.value = choice.volume;
  fillDocuments(choice.volume);
  elements.document.value = choice.document;
  elements.by.value = choice.by;
}

function writeCount(shown) {
  const all = findings.length.toLocaleString("en");
  byId("count").textContent = shown.length === findings.length ? `All ${plural(findings.length, "finding")}` : `${shown.length.toLocaleString("en")} of ${all} findings`;
  const stretch = stretchOf(choice);
  byId("stretch").hidden = !stretch;
  byId("stretch").replaceChildren(...(stretch ? ["on ", words(namesOf(stretch))] : []));
  byId("clear").hidden = !KEYS.some((key) => key !== "by" && choice[key]);
}

function namesOf({ volume, first, last }) {
  const { along, slots, name } = volumes[volume];
  const numbered = (slot) => slots[slot] || "without number";
  const names = first === last ? `${along.slice(0, -1)} ${numbered(first)}` : `${along} ${numbered(first)} to ${numbered(last)}`;
  return `${names} of ${name}`;
}

// ---- What happens ----------------------------------------------------------------------------------------------------

let choice = Object.fromEntries(KEYS.map((key) => [key, ""]));

function choose(next, { remember = true } = {}) {
  choice = next;
  if (remember) history.replaceState(null, "", addressOf(choice));
  writeForm();
  const all = tests(choice);
  const shown = all.length ? findings.filter((one) => all.every((test) => test(one))) : findings;
  writeCount(shown);
  show(shown, choice.by === "rule");
}

function clear() {
  choose({ ...Object.fromEntries(KEYS.map((key) => [key, ""])), by: choice.by });
  form.elements.text.focus();
}

function follow(event) {
  const link = event.target.closest("a[data-choice]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const chosen = Object.fromEntries(new URLSearchParams(link.dataset.choice));
  choose({ ...Object.fromEntries(KEYS.map((key) => [key, ""])), by: choice.by, ...chosen });
  byId("findings").focus({ preventScroll: true });
  byId("findings").scrollIntoView();
}

function walk(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, select, button, a, summary")) return;
  const here = document.activeElement.closest(".finding");
  if (!here) return;
  if (event.key === "e") {
    const details = here.querySelector(".why");
    if (details) details.open = !details.open;
  } else if (event.key === "j" || event.key === "k") {
    const cards = [...list.querySelectorAll(".finding")];
    const next = cards[cards.indexOf(here) + (event.key === "j" ? 1 : -1)];
    next?.focus();
    next?.scrollIntoView({ block: "nearest" });
  }
}

// Only one column of a drawing is a stop for the Tab key; the arrows go on from there.
function walkColumns(event) {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  const here = event.target.closest(".strip a");
  if (!step || !here) return;
  const columns = [...here.parentNode.querySelectorAll("a")];
  const next = columns[columns.indexOf(here) + step];
  if (!next) return;
  event.preventDefault();
  here.setAttribute("tabindex", "-1");
  next.setAttribute("tabindex", "0");
  next.focus();
}

function openRule() {
  const id = decodeURIComponent(location.hash.slice(1));
  const target = id.startsWith("rule-") ? byId(id) : null;
  if (!target) return false;
  target.open = true;
  target.scrollIntoView();
  target.querySelector("summary").focus({ preventScroll: true });
  return true;
}

function later(action, milliseconds) {
  let timer = 0;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(action, milliseconds);
  };
}

function setUpFindings() {
  fillForm();
  form.hidden = false;
  byId("keys").hidden = false;
  const submit = () => choose(readForm());
  form.addEventListener("change", (event) => event.target.name !== "text" && submit());
  form.elements.text.addEventListener("input", later(submit, 150));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });
  byId("clear").addEventListener("click", clear);
  byId("more-filters").addEventListener("click", (event) => {
    const open = byId("choices").classList.toggle("open");
    event.target.setAttribute("aria-expanded", String(open));
  });
  document.addEventListener("click", follow);
  list.addEventListener("keydown", walk);
  document.addEventListener("keydown", walkColumns);
  document.querySelectorAll(".strip").forEach((strip) => strip.querySelectorAll("a").forEach((one, index) => one.setAttribute("tabindex", index ? "-1" : "0")));
  addEventListener("beforeprint", () => append(PRINTED));
  addEventListener("hashchange", () => openRule() || choose(readAddress(), { remember: false }));
  choose(readAddress(), { remember: false });
  if (location.hash.includes("=")) byId("findings").scrollIntoView();
  openRule();
}

function setUpTheme() {
  const button = byId("theme");
  const system = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (document.documentElement.dataset.theme ?? (system.matches ? "dark" : "light")) === "dark";
  const label = () => (button.textContent = isDark() ? "Light theme" : "Dark theme");
  button.addEventListener("click", () => {
    document.documentElement.dataset.theme = isDark() ? "light" : "dark";
    label();
  });
  system.addEventListener("change", label);
  label();
  button.hidden = false;
}

setUpTheme();
if (findings.length) setUpFindings();
document.documentElement.classList.add("ready");
