import { store, useStore } from './store.js';

/**
 * Where the reader is, as the address after # has it: `#/key/clicks/a%2Fb?range=24&measure=bytes.sum` is
 * `{page: 'key', parts: ['clicks', 'a/b'], query: {range: '24', measure: 'bytes.sum'}}`.
 */
export function parse(hash) {
  const [path, search = ''] = hash.replace(/^#?\/?/, '').split(/\?(.*)/s);
  const [page, ...parts] = path.split('/').map(decoded);
  return { page, parts, query: Object.fromEntries(new URLSearchParams(search)) };
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Encoded for an address; half a character is replaced, as it has no encoding. */
export function encoded(text) {
  return encodeURIComponent(text.toWellFormed?.() ?? text);
}

/** The address of a page; what is empty in the query is left out. */
export function link(page, parts = [], query = {}) {
  const set = Object.entries(query).filter(([, value]) => value !== undefined && value !== null && value !== '');
  const search = new URLSearchParams(set.map(([name, value]) => [name, String(value)])).toString();
  return `#/${[page, ...parts].map(encoded).join('/')}${search === '' ? '' : `?${search}`}`;
}

const current = store(parse(location.hash));
addEventListener('hashchange', () => current.set(parse(location.hash)));

export function useRoute() {
  return useStore(current);
}

export function go(page, parts, query) {
  location.hash = link(page, parts, query);
}

/** Changes the query of this page without a step in the browser's history. */
export function amend(change) {
  const { page, parts, query } = current.get();
  history.replaceState(null, '', link(page, parts, { ...query, ...change }));
  current.set(parse(location.hash));
}
