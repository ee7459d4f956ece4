import { keptStore } from './store.js';

/** `on` or `off`; off until somebody wants it. */
export const sound = keptStore('hourglass.sound', 'off');

const APART_MS = 1_000;

let context = null;
let last = -APART_MS;

/** Two short tones, if sound is on; once for what comes together. */
export function chime() {
  if (sound.get() !== 'on' || performance.now() - last < APART_MS) {
    return;
  }
  last = performance.now();
  context ??= new AudioContext();
  context.resume();
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
