import { html, useState } from './lib/preact.js';
import { count } from './format.js';

const SHOWN = 2_000;

/** The original bytes of a letter, as text or in hexadecimal. */
export function Bytes({ letter }) {
  const [hex, setHex] = useState(false);
  const bytes = bytesOf(letter);
  if (bytes === null) {
    return html`<p class="absent">It had no value.</p>`;
  }
  const cut = bytes.slice(0, SHOWN);
  return html`<div class="bytes">
    <pre tabindex="0">${hex ? hexadecimal(cut) : new TextDecoder().decode(cut)}</pre>
    <p class="quiet">${count(letter.size)} bytes${cut.length < letter.size ? `, the first ${count(cut.length)} shown` : ''}
      <button type="button" class="small" aria-pressed=${hex} onClick=${() => setHex(!hex)}>Hexadecimal</button></p>
  </div>`;
}

/** Text is UTF-8 as it came, anything else base64; null when there was nothing. */
function bytesOf({ value, valueEncoding }) {
  if (value === null) {
    return null;
  }
  return valueEncoding === 'base64' ? Uint8Array.from(atob(value), each => each.charCodeAt(0)) : new TextEncoder().encode(value);
}

/** Sixteen bytes a line: offset, bytes, what is printable of them. */
function hexadecimal(bytes) {
  const lines = [];
  for (let at = 0; at < bytes.length; at += 16) {
    const row = [...bytes.slice(at, at + 16)];
    const codes = row.map(each => each.toString(16).padStart(2, '0')).join(' ').padEnd(47);
    const text = row.map(each => each >= 0x20 && each < 0x7f ? String.fromCharCode(each) : '.').join('');
    lines.push(`${at.toString(16).padStart(6, '0')}  ${codes}  ${text}`);
  }
  return lines.join('\n');
}
