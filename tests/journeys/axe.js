// What makes axe quicker without another verdict; it follows axe's own script, before each page begins.
(() => {
  const { checks, rules } = axe._audit;

  // The same few colours are parsed thousands of times.
  const color = axe.commons.color.Color.prototype;
  const { parseString } = color;
  const parsed = new Map();
  color.parseString = function (text) {
    if (!parsed.has(text)) {
      parseString.call(this, text);
      parsed.set(text, [this.r, this.g, this.b, this.alpha]);
    }
    [this.r, this.g, this.b, this.alpha] = parsed.get(text);
    return this;
  };

  // Text of the same colour, size and weight upon the same surfaces has the same contrast, wherever it stands, so
  // one that has passed speaks for all. What is taken out of the flow may lie above anything: that is judged each time,
  // unless nothing shines through it.
  const OUT_OF_FLOW = new Set(["absolute", "fixed", "sticky"]);
  const CLEAR = ["rgba(0, 0, 0, 0)", "none", "1", "none", "normal", "none"].join();
  const passed = new Set();
  let surfaces = new WeakMap();

  // Return what text in an element is drawn upon: all that shines through to it. Null if that cannot be told.
  const surfaceOf = element => {
    if (!element) return "";
    if (!surfaces.has(element)) {
      const style = getComputedStyle(element);
      const below = surfaceOf(element.parentElement);
      const own = [
        style.backgroundColor,
        style.backgroundImage,
        style.opacity,
        style.filter,
        style.mixBlendMode,
        style.clipPath,
      ].join();
      const isAnywhere = below === null || OUT_OF_FLOW.has(style.position) || style.transform !== "none";
      const isOpaque = style.backgroundColor.startsWith("rgb(") && style.opacity === "1" && style.filter === "none";
      const lies = isAnywhere ? null : own === CLEAR ? below : `${below}/${own}`;
      surfaces.set(element, isOpaque && style.mixBlendMode === "normal" ? own : lies);
    }
    return surfaces.get(element);
  };
  const lookOf = element => {
    const surface = surfaceOf(element);
    if (surface === null) return null;
    const style = getComputedStyle(element);
    return [
      surface,
      style.color,
      style.webkitTextFillColor,
      style.webkitTextStroke,
      style.textShadow,
      style.fontSize,
      style.fontWeight,
    ].join();
  };
  const contrast = rules.find(rule => rule.id === "color-contrast");
  const { matches } = contrast;
  const { evaluate } = checks["color-contrast"];
  contrast.matches = function (element, ...rest) {
    return !passed.has(lookOf(element)) && matches.call(this, element, ...rest);
  };
  checks["color-contrast"].evaluate = function (element, ...rest) {
    const look = lookOf(element);
    if (passed.has(look)) return true;
    const verdict = evaluate.call(this, element, ...rest);
    if (verdict === true && look !== null) passed.add(look);
    return verdict;
  };

  // Of rows that follow upon their like, with other words alone, two stay: as in the crawl's markup of a page.
  const SAYS_NOTHING = new Set(["action", "content", "data-now", "data-until", "datetime", "href", "value"]);
  const TEXT = 0;
  const leaveOutEqualRows = () => {
    const numbers = new Map();
    const numberOf = element => {
      const made = [element.tagName];
      for (const { name, value } of element.attributes) {
        if (!SAYS_NOTHING.has(name)) made.push(name, value);
      }
      let before, last;
      for (const child of [...element.childNodes]) {
        const isText = child.nodeType === Node.TEXT_NODE;
        if (isText ? !child.data.trim() : child.nodeType !== Node.ELEMENT_NODE) continue;
        const next = isText ? TEXT : numberOf(child);
        if (next === last && next === before) {
          child.remove();
          continue;
        }
        [before, last] = [last, next];
        made.push(next);
      }
      const text = JSON.stringify(made);
      if (!numbers.has(text)) numbers.set(text, numbers.size + 1);
      return numbers.get(text);
    };
    numberOf(document.body);
  };

  // A part of a page in which nothing was found speaks for its like: the same markup, as broad, in the same hands
  // (its parent, the surface below it, the look that it inherits) and with the same of what it refers to.
  const LEAST = 2;
  const REFERS = ["aria-controls", "aria-describedby", "aria-labelledby", "aria-owns", "for", "headers"];
  const REFERRING = REFERS.map(name => `[${name}]`).join();
  const hashOf = text => {
    let [one, other] = [0xdeadbeef, 0x41c6ce57];
    for (let place = 0; place < text.length; place += 1) {
      const code = text.charCodeAt(place);
      one = Math.imul(one ^ code, 2654435761);
      other = Math.imul(other ^ code, 1597334677);
    }
    return (one >>> 0).toString(36) + (other >>> 0).toString(36);
  };
  const markups = new WeakMap();
  const markupOf = element => {
    if (!markups.has(element)) {
      const made = [element.tagName];
      for (const { name, value } of element.attributes) {
        if (!SAYS_NOTHING.has(name)) made.push(name, value);
      }
      for (const child of element.childNodes) {
        if (child.nodeType === Node.ELEMENT_NODE) made.push(markupOf(child));
        else if (child.nodeType === Node.TEXT_NODE && child.data.trim()) made.push(TEXT);
      }
      markups.set(element, hashOf(JSON.stringify(made)));
    }
    return markups.get(element);
  };
  const referredToBy = element =>
    [...element.querySelectorAll(REFERRING)].flatMap(one =>
      REFERS.flatMap(name => (one.getAttribute(name) ?? "").split(/\s+/)).map(id => {
        const target = id && document.getElementById(id);
        return target ? `${target.tagName} ${Boolean(target.textContent.trim())}` : id;
      }),
    );
  const partOf = element => {
    const surface = surfaceOf(element.parentElement);
    if (surface === null) return null;
    const style = getComputedStyle(element);
    const { color, display } = getComputedStyle(element.parentElement);
    const around = [element.parentElement.tagName, element.parentElement.getAttribute("role"), color, display];
    const own = [style.color, style.fontSize, style.fontWeight, style.visibility, style.display];
    const size = [innerWidth, Math.round(element.getBoundingClientRect().width)];
    return hashOf([markupOf(element), surface, around, own, size, referredToBy(element)].join("|"));
  };

  let settled = new WeakSet();
  let fresh = [];
  const settle = (element, known) => {
    for (const child of element.children) {
      const part = child.querySelectorAll("*").length < LEAST ? null : partOf(child);
      if (part !== null && known.has(part)) {
        settled.add(child);
        child.querySelectorAll("*").forEach(one => settled.add(one));
        continue;
      }
      if (part !== null) fresh.push([child, part]);
      settle(child, known);
    }
  };
  const rule = Object.getPrototypeOf(contrast);
  const { gather } = rule;
  rule.gather = function (...args) {
    return gather.apply(this, args).filter(({ actualNode }) => !settled.has(actualNode));
  };

  let audit;
  window.quick = {
    leaveOutEqualRows,
    start: (options, known, parts) => {
      surfaces = new WeakMap();
      settled = new WeakSet();
      fresh = [];
      known.forEach(look => passed.add(look));
      settle(document.body, new Set(parts));
      setTimeout(() => {
        audit = axe.run({ ...options, elementRef: true });
      });
    },
    end: async () => {
      while (!audit) await new Promise(resolve => setTimeout(resolve));
      const { violations } = await audit;
      audit = null;
      const what = violations.flatMap(({ id, nodes }) => nodes.map(node => `${id}: ${node.html}`));
      const faulty = violations.flatMap(({ nodes }) => nodes.map(({ element }) => element));
      const sound = fresh.filter(([part]) => !faulty.some(element => part.contains(element)));
      return { what, passed: [...passed], parts: sound.map(([, part]) => part) };
    },
  };
})();
