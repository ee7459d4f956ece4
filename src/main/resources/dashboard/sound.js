import { keptStore, store } from './store.js';

/** `on` or `off`; off until somebody wants it. */
export const sound = keptStore('hourglass.sound', 'off');

/** Whether the browser lets the page sound; after a reload it wants a click or a key before. */
export const audible = store(true);

const APART_MS = 1_000;

let context = null;
let last = -APART_MS;

sound.listen(wake);
wake();

function wake() {
  if (sound.get() === 'on') {
    context ??= opened();
    context?.resume();
    audible.set((context?.state ?? 'running') === 'running');
  }
}

function opened() {
  const made = created();
  if (made === null) {
    return null;
  }
  made.onstatechange = () => audible.set(made.state === 'running');
  addEventListener('click', wake, true);
  addEventListener('keydown', event => event.target.closest?.('button') || wake(), true);
  return made;
}

function created() {
  try {
    return new AudioContext();
  } catch {
    return null;
  }
}

/** What it sounds like, for who has just switched it on. */
export function tryOut() {
  context?.resume().then(chime);
}

/** Two short tones, if sound is on; once for what comes together, and none later for what could not be heard. */
export function chime() {
  if (sound.get() !== 'on' || context?.state !== 'running' || performance.now() - last < APART_MS) {
    return;
  }
  last = performance.now();
  [660, 880].forEach((frequency, i) => tone(frequency, context.currentTime + i * 0.16));
}

function tone(frequency, at) {
  const oscillator = context.createOscillator();
  const gain = context.createGain();
  oscillator.frequency.value = frequency;
  gain.gain.setValueAtTime(0.0001, at);
  gain.gain.exponentialRampToValueAtTime(0.15, at + 0.02);
  gain.gain.exponentialRampToValueAtTime(0.0001, at + 0.15);
  oscillator.connect(gain).connect(context.destination);
  oscillator.start(at);
  oscillator.stop(at + 0.16);
}
