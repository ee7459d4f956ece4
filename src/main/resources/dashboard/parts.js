import { html, useEffect, useState } from './lib/preact.js';
import { unoffered } from './api.js';

/** A number with its name. */
export function Stat({ name, value, note, href, tone, children }) {
  const shown = html`<span class="value ${tone ?? ''}">${value}</span>`;
  return html`<div class="stat">
    <dt>${name}</dt>
    <dd>${href ? html`<a href=${href} aria-label=${`${name}: ${value}`}>${shown}</a>` : shown}${note && html`<span class="note">${note}</span>`}${children}</dd>
  </div>`;
}

export function Pill({ tone, children, title }) {
  return html`<span class="pill ${tone ?? ''}" title=${title}>${children}</span>`;
}

const SEVERITIES = ['critical', 'warning'];

/** The tone of a severity; those that we do not know are as calm as info. */
export function toneOf(severity) {
  return SEVERITIES.includes(severity) ? severity : 'info';
}

export function Severity({ of }) {
  return html`<${Pill} tone=${toneOf(of)}>${of}</${Pill}>`;
}

/** What to say instead of data: still asking, not offered by this node, failed, or nothing there. */
export function Absent({ answer, what, none }) {
  if (answer.status === null) {
    return html`<p class="absent">…</p>`;
  }
  if (unoffered(answer)) {
    return html`<p class="absent">${what}: not available on this node.</p>`;
  }
  if (answer.status === 404 || answer.status === 200) {
    return html`<p class="absent">${none ?? answer.problem}</p>`;
  }
  return html`<p class="absent" role="status">${answer.problem ?? none}</p>`;
}

/** Says that what is shown is old. */
export function Stale({ answer }) {
  return answer.stale ? html`<p class="stale" role="status">As of some time ago: ${answer.problem}</p>` : null;
}

/** Width of an element in CSS pixels, as it changes. */
export function useWidth(element, initial) {
  const [width, setWidth] = useState(initial);
  useEffect(() => {
    const observer = new ResizeObserver(entries => setWidth(Math.floor(entries[0].contentRect.width)));
    observer.observe(element.current);
    return () => observer.disconnect();
  }, []);
  return width;
}

/** Draws the component again every so often: for what says how long ago something was. */
export function useTick(everyMs = 1_000) {
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => tick(each => each + 1), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
}

/** A button that wants to be pressed twice. */
export function SureButton({ label, sure, act, disabled }) {
  const [asked, setAsked] = useState(false);
  useEffect(() => {
    const timer = asked ? setTimeout(() => setAsked(false), 4_000) : 0;
    return () => clearTimeout(timer);
  }, [asked]);
  return html`<button type="button" class=${asked ? 'danger' : ''} disabled=${disabled} onClick=${() => {
    setAsked(!asked);
    return asked && act();
  }}>${asked ? sure : label}</button>`;
}

export function Select({ label, value, options, change, id }) {
  return html`<label class="field"><span>${label}</span>
    <select id=${id} value=${value} onChange=${event => change(event.currentTarget.value)}>
      ${options.map(([each, name]) => html`<option key=${each} value=${each} selected=${each === value}>${name}</option>`)}
    </select></label>`;
}
