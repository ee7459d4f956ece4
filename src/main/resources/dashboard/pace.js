import { useEffect, useRef, useState } from './lib/preact.js';
import { pipelines } from './pipelines.js';
import { useStore } from './store.js';

const MANY = 4;
const SLOW_MS = 5_000;

/**
 * How often to ask what all nodes together have to answer: as often as wanted while there are few pipelines and the
 * element is on the screen, else less often.
 */
export function usePace(everyMs) {
  const element = useRef(null);
  const [seen, see] = useState(true);
  const many = (useStore(pipelines).list ?? []).length > MANY;
  useEffect(() => {
    const observer = new IntersectionObserver(entries => see(entries.at(-1).isIntersecting));
    observer.observe(element.current);
    return () => observer.disconnect();
  }, []);
  return { element, everyMs: seen && !many ? everyMs : Math.max(everyMs, SLOW_MS) };
}
