import { html, useEffect, useRef, useState } from './lib/preact.js';
import { get, pipelinePath, query } from './api.js';
import { pipelines } from './pipelines.js';
import { go, link } from './route.js';
import { useStore } from './store.js';

const SHOWN = 12;
const PAUSE_MS = 120;

/** Finds a key by how it begins. Never asks for more keys than it shows. */
export function Finder({ pipeline }) {
  const names = (useStore(pipelines).list ?? []).map(each => each.name);
  const [chosen, choose] = useState(null);
  const [text, setText] = useState('');
  const [at, setAt] = useState(-1);
  const [open, setOpen] = useState(false);
  const input = useRef(null);
  const within = [chosen, pipeline, names[0]].find(each => names.includes(each)) ?? '';
  const found = useKeys(within, text, open);
  useEffect(() => choose(null), [pipeline]);
  useEffect(() => onSlash(input), []);

  const pick = key => {
    setOpen(false);
    setText('');
    go('key', [within, key]);
  };
  const press = event => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && found.keys.length > 0) {
      event.preventDefault();
      setOpen(true);
      setAt((at + step + found.keys.length) % found.keys.length);
    } else if (event.key === 'Enter' && (found.keys[at] ?? text) !== '') {
      event.preventDefault();
      pick(found.keys[at] ?? text);
    } else if (event.key === 'Escape') {
      setOpen(false);
    }
  };
  const leave = event => event.currentTarget.contains(event.relatedTarget) || setOpen(false);
  return html`<div class="finder" role="search" onFocusOut=${leave}>
    <select aria-label="Pipeline to find a key in" value=${within} onChange=${event => choose(event.currentTarget.value)}>
      ${names.map(each => html`<option key=${each} value=${each} selected=${each === within}>${each}</option>`)}
    </select>
    <input ref=${input} type="search" placeholder="Find a key  /" aria-label="Find a key by how it begins" role="combobox" autocomplete="off" spellcheck=${false}
      aria-expanded=${open && found.keys.length > 0} aria-controls="found" aria-activedescendant=${open && at >= 0 ? `found-${at}` : undefined} value=${text}
      onFocus=${() => setOpen(true)} onKeyDown=${press} onInput=${event => {
        setText(event.currentTarget.value);
        setAt(-1);
        setOpen(true);
      }} />
    <ul id="found" role="listbox" aria-label="Keys" class=${open ? 'open' : ''} hidden=${!open || found.keys.length === 0}>
      ${found.keys.map((key, i) => html`<li key=${key} id=${`found-${i}`} role="option" aria-selected=${i === at} class=${i === at ? 'at' : ''}
        onMouseDown=${event => event.preventDefault()} onClick=${() => pick(key)}>${key}</li>`)}
    </ul>
    ${open && found.say && html`<p class="found-none">${found.say}</p>`}
  </div>`;
}

function useKeys(pipeline, prefix, wanted) {
  const [found, setFound] = useState({ keys: [], say: null });
  useEffect(() => {
    if (!wanted || pipeline === '') {
      return undefined;
    }
    const abort = new AbortController();
    const timer = setTimeout(async () => {
      const answer = await get(query(pipelinePath(pipeline, 'entities'), { prefix, limit: SHOWN }), { signal: abort.signal });
      if (!abort.signal.aborted) {
        const keys = answer.data?.items ?? [];
        setFound({ keys, say: answer.problem ?? (keys.length === 0 ? 'No key begins like this.' : null) });
      }
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [pipeline, prefix, wanted]);
  return found;
}

/** The key / goes to the field, unless one is writing. */
function onSlash(input) {
  const press = event => {
    if (event.key === '/' && !event.target.closest('input, textarea, select') && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      input.current.focus();
    }
  };
  addEventListener('keydown', press);
  return () => removeEventListener('keydown', press);
}

/** A link to a key's page. */
export function KeyLink({ pipeline, of, query: search }) {
  return html`<a class="key" href=${link('key', [pipeline, of], search)}>${of === '' ? '(empty)' : of}</a>`;
}
