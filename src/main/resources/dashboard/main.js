import { html, render, useEffect, useErrorBoundary, useRef } from './lib/preact.js';
import { AlertsPage } from './alertspage.js';
import { ClusterNote } from './clusternote.js';
import { KeyPage } from './keypage.js';
import { Overview } from './overview.js';
import { PipelinePage } from './pipelinepage.js';
import { RefusedPage } from './refused.js';
import { link, useRoute } from './route.js';
import { RulesPage } from './rulespage.js';
import { Disconnected, Header, useTitle } from './shell.js';
import './theme.js';

const PAGES = { '': Overview, overview: Overview, pipeline: PipelinePage, key: KeyPage, alerts: AlertsPage, rules: RulesPage, refused: RefusedPage };

function App() {
  const route = useRoute();
  const main = useRef(null);
  const first = useRef(true);
  const place = [route.page, ...route.parts].join('/');
  useEffect(() => {
    if (!first.current) {
      main.current.focus({ preventScroll: true });
      scrollTo(0, 0);
    }
    first.current = false;
  }, [place]);
  const Page = PAGES[route.page] ?? NoPage;
  const skip = event => {
    event.preventDefault();
    main.current.focus();
  };
  return html`
    <a class="skip" href="#main" onClick=${skip}>To the content</a>
    <${Header} route=${route} pipeline=${['key', 'pipeline', 'rules', 'refused'].includes(route.page) ? route.parts[0] : undefined} />
    <${Disconnected} />
    <${ClusterNote} />
    <main id="main" ref=${main} tabindex="-1"><${Guarded} key=${place} page=${Page} route=${route} /></main>
    <footer>All times are UTC; those of events are the stream's own. <a href="docs">API</a></footer>`;
}

/** A page that fails says so, and leaves what is around it alone. */
function Guarded({ page: Page, route }) {
  const [failure, again] = useErrorBoundary();
  return failure ? html`<p class="trouble" role="alert">This page has failed: ${String(failure)}. <button type="button" onClick=${again}>Again</button></p>`
    : html`<${Page} route=${route} />`;
}

function NoPage() {
  useTitle('No such page');
  return html`<h1>No such page</h1><p><a href=${link('overview')}>To the overview</a></p>`;
}

render(html`<${App} />`, document.getElementById('app'));
