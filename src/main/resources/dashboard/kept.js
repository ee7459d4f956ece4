const here = new Map();

/** A text that outlives the page in this browser; where the browser keeps none, the page. Null when there is none. */
export function kept(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return here.get(name) ?? null;
  }
}

export function keep(name, text) {
  try {
    localStorage.setItem(name, text);
  } catch {
    here.set(name, text);
  }
}
