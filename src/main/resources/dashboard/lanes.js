import { html, useRef } from './lib/preact.js';
import { millis, time } from './format.js';
import { episode } from './alerts.js';
import { LEFT, RIGHT } from './chart.js';
import { toneOf, useWidth } from './parts.js';
import { link } from './route.js';
import { linear } from './scale.js';

const LANE = 30;
const LEAST = 6;

/** Alerts on the time line, a lane for each rule, below a chart of the same range. */
export function Lanes({ alerts, from, to }) {
  const box = useRef(null);
  const width = Math.max(240, useWidth(box, 720));
  const x = linear([from, to], [LEFT, width - RIGHT]);
  const shown = alerts.filter(each => millis(each.startsAt) < to && (each.endsAt === null || millis(each.endsAt) >= from));
  const rules = [...new Set(shown.map(each => each.labels.rule))].sort();
  return html`<div class="lanes" ref=${box}>
    ${rules.length > 0 && html`<svg width=${width} height=${rules.length * LANE} viewBox="0 0 ${width} ${rules.length * LANE}" role="group" aria-label="Alerts on the time line">
      ${rules.map((rule, i) => html`<g key=${rule} transform="translate(0 ${i * LANE})">
        <text class="name" x=${LEFT} y="11">${rule}</text><line x1=${LEFT} x2=${width - RIGHT} y1="21" y2="21" />
        ${shown.filter(each => each.labels.rule === rule).map(each => html`<${Mark} key=${episode(each)} alert=${each} x=${x} from=${from} to=${to} />`)}
      </g>`)}
    </svg>`}
  </div>`;
}

function Mark({ alert, x, from, to }) {
  const start = x(Math.max(from, millis(alert.startsAt)));
  const end = x(Math.min(to, alert.endsAt === null ? to : millis(alert.endsAt)));
  const { pipeline, rule, key, severity } = alert.labels;
  const name = `${rule}, ${severity}, ${time(alert.startsAt)} to ${alert.endsAt === null ? 'now' : time(alert.endsAt)}`;
  return html`<a href=${link('alerts', [], { pipeline, rule, key, id: alert.id })} aria-label=${name}>
    <title>${name}</title><rect class=${`mark ${toneOf(severity)} ${alert.status}`} x=${start} y="16" width=${Math.max(LEAST, end - start)} height="10" rx="3" /></a>`;
}
