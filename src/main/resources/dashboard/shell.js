import { html, useEffect } from './lib/preact.js';
import { alerts } from './alerts.js';
import { connection } from './connection.js';
import { Finder } from './finder.js';
import { clock, length } from './format.js';
import { useTick } from './parts.js';
import { link } from './route.js';
import { audible, sound, tryOut } from './sound.js';
import { useStore } from './store.js';
import { nextTheme, theme } from './theme.js';

const PAGES = [['overview', 'Overview'], ['alerts', 'Alerts'], ['rules', 'Rules'], ['refused', 'Refused']];

/** What is around every page: where one can go, whether the node answers, how it looks and sounds. */
export function Header({ route, pipeline }) {
  const { unread } = useStore(alerts);
  const shown = ['', 'pipeline', 'key'].includes(route.page) ? 'overview' : route.page;
  return html`<header class="top">
    <a class="brand" href=${link('overview')}><img src="dashboard/icon.svg" alt="" width="24" height="24" />Hourglass</a>
    <nav aria-label="Pages">
      ${PAGES.map(([page, name]) => html`<a key=${page} href=${link(page)} aria-current=${page === shown ? 'page' : undefined}>
        ${name}${page === 'alerts' && unread.size > 0 && html`<span class="unread" aria-label=${`${unread.size} unread`}>${unread.size > 999 ? '999+' : unread.size}</span>`}
      </a>`)}
    </nav>
    <${Finder} pipeline=${pipeline} />
    <div class="switches">
      <${Live} />
      <${SoundSwitch} />
      <${ThemeSwitch} />
    </div>
  </header>`;
}

function Live() {
  const { up } = useStore(connection);
  const { live } = useStore(alerts);
  const [tone, text] = !up ? ['down', 'Disconnected'] : live ? ['live', 'Live'] : ['waiting', 'Connecting'];
  return html`<span class="connection ${tone}" role="status">${text}</span>`;
}

function SoundSwitch() {
  const on = useStore(sound) === 'on';
  const heard = useStore(audible);
  const press = () => {
    sound.set(on && heard ? 'off' : 'on');
    tryOut();
  };
  return html`<button type="button" class="switch" aria-pressed=${on} onClick=${press} title="A sound for each new alert">Sound ${!on ? 'off' : heard ? 'on' : 'on after a click'}</button>`;
}

function ThemeSwitch() {
  const value = useStore(theme);
  const name = { system: 'Auto', light: 'Light', dark: 'Dark' }[value];
  return html`<button type="button" class="switch" onClick=${nextTheme} title="Colours: as the system has them, light, dark" aria-label=${`Colours: ${name}`}>${name}</button>`;
}

/** Over everything while the node does not answer. */
export function Disconnected() {
  const { up, since } = useStore(connection);
  useTick();
  return up ? null : html`<p class="disconnected" role="alert">
    Disconnected since ${clock(Math.floor(since / 1_000) * 1_000)} UTC, ${length(Date.now() - since)}. What is shown is as of then; it goes on by itself.</p>`;
}

/** The title of the browser's tab: unread alerts first. */
export function useTitle(name) {
  const { unread } = useStore(alerts);
  useEffect(() => {
    document.title = `${unread.size > 0 ? `(${unread.size}) ` : ''}${name} · Hourglass`;
  }, [name, unread.size]);
}
