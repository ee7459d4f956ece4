import { useEffect, useState } from './lib/preact.js';
import { keep, kept } from './kept.js';

/** A value that tells those who listen when it becomes another one. */
export function store(value) {
  const listeners = new Set();
  const set = next => {
    if (next !== value) {
      value = next;
      [...listeners].forEach(listener => listener(value));
    }
  };
  return {
    get: () => value,
    set,
    update: change => set(change(value)),
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** The value of a store in a component, which is drawn again when it changes. */
export function useStore(of) {
  const [value, setValue] = useState(() => of.get());
  useEffect(() => {
    setValue(() => of.get());
    return of.listen(next => setValue(() => next));
  }, [of]);
  return value;
}

/** A store whose value, a text, outlives the page in this browser. */
export function keptStore(name, fallback) {
  const lasting = store(kept(name) ?? fallback);
  lasting.listen(value => keep(name, value));
  return lasting;
}

/** Of those with the same name only the first: a list whose pages were read at different times. */
export function distinct(list, name) {
  const names = new Set();
  return list.filter(each => !names.has(name(each)) && names.add(name(each)));
}
