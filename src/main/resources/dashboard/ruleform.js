import { html, useEffect, useState } from './lib/preact.js';
import { call, pipelinePath, unoffered } from './api.js';
import { DryRun } from './dryrun.js';
import { SureButton } from './parts.js';
import { go, link } from './route.js';
import { bodyOf, faultsOf, fieldsOf } from './ruletext.js';

const PAUSE_MS = 250;
const ONS = [['', 'as its condition needs'], ['event', 'each event'], ['update', 'each change of the window'], ['close', 'each close of a window']];
const NO_DATA = [['keep', 'leaves the alert as it is'], ['alert', 'counts as firing'], ['resolve', 'counts as quiet']];
const KINDS = [['when', 'a condition holds'], ['anomaly', 'a value is odd']];

/** A rule as a form; what is written is judged by the node while one writes. */
export function RuleForm({ pipeline, rule, taken, again }) {
  const [fields, setFields] = useState(() => fieldsOf(rule));
  const [said, say] = useState(null);
  const path = pipelinePath(pipeline, 'rules', rule?.name ?? fields.name);
  const check = useCheck(path, fields, !rule && taken.includes(fields.name));
  const write = name => event => setFields(before => ({ ...before, [name]: event.currentTarget?.value ?? event.target.value }));
  const at = name => ({ name, value: fields[name], write: write(name), fault: check.faults.find(each => each.field === name) });
  const save = async event => {
    event.preventDefault();
    const answer = await call('PUT', path, bodyOf(fields));
    say(answer.data ? 'In force on all nodes.' : answer.problem);
    if (answer.data) {
      again();
      go('rules', [pipeline, answer.data.name]);
    }
  };
  const remove = async () => {
    const answer = await call('DELETE', path);
    say(answer.problem);
    if (!answer.problem) {
      again();
      go('rules', [pipeline]);
    }
  };
  const odd = fields.kind === 'anomaly';
  return html`<form class="card rule-form" aria-label="Rule" onSubmit=${save}>
    <header><h2>${rule ? rule.name : 'New rule'}</h2><a class="quiet" href=${link('rules', [pipeline])}>Close</a></header>
    ${!rule && html`<${Text} ...${at('name')} label="Name" />`}
    <${Choice} ...${at('kind')} label="Fires when" options=${KINDS} />
    ${odd ? html`<${Text} ...${at('measure')} label="Of" hint="bytes.mean" /><${Text} ...${at('sensitivity')} label="Sensitivity" hint="0 to 1" />`
      : html`<${Text} ...${at('when')} label="Condition" code=${true} rows="3" /><${Text} ...${at('clear')} label="Ends only when" code=${true} hint="optional" />
        <${Choice} ...${at('on')} label="Looked at with" options=${ONS} />`}
    <div class="row"><${Text} ...${at('for')} label="For" /><${Text} ...${at('keep')} label="Keep firing for" /><${Text} ...${at('severity')} label="Severity" /></div>
    <${Choice} ...${at('noData')} label="No data" options=${NO_DATA} />
    <${Text} ...${at('summary')} label="Summary" /><${Text} ...${at('description')} label="Description" rows="2" /><${Text} ...${at('labels')} label="Labels" rows="2" hint="team=web" />
    <p class=${`verdict ${check.state}`} role="status">${check.text}</p>
    <${DryRun} path=${path} pipeline=${pipeline} body=${bodyOf(fields)} good=${check.state === 'good'} />
    <div class="row"><button type="submit" class="accent" disabled=${!['good', 'unjudged'].includes(check.state)}>Save</button>
      ${rule && html`<${SureButton} label="Delete" sure="Delete it and end its alerts" act=${remove} />`}<span role="status">${said}</span></div>
  </form>`;
}

/** The node's judgement of what stands in the form: `{state, text, faults}`. */
function useCheck(path, fields, taken) {
  const [check, setCheck] = useState({ state: 'waiting', text: '…', faults: [] });
  const body = JSON.stringify(bodyOf(fields));
  useEffect(() => {
    if (path === null || taken) {
      setCheck({ state: 'waiting', text: taken ? 'There is a rule of this name already.' : 'It needs a name.', faults: [] });
      return undefined;
    }
    const abort = new AbortController();
    const timer = setTimeout(async () => {
      const answer = await call('POST', `${path}/validate`, JSON.parse(body), { signal: abort.signal });
      if (!abort.signal.aborted) {
        setCheck(judged(answer));
      }
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [path, body, taken]);
  return check;
}

function judged(answer) {
  if (answer.status === 204) {
    return { state: 'good', text: 'It is a rule.', faults: [] };
  }
  if (unoffered(answer)) {
    return { state: 'unjudged', text: 'Not judged: this node does not offer it. It is judged when it is saved.', faults: [] };
  }
  const faults = answer.status === 400 ? faultsOf(answer.problem) : [];
  return { state: 'bad', text: faults.length > 0 ? faults.map(each => each.text).join('\n') : answer.problem, faults };
}

function Text({ name, label, value, write, fault, hint, code, rows = 1 }) {
  const described = fault ? `fault-${name}` : undefined;
  const common = { value, onInput: write, placeholder: hint, 'aria-invalid': Boolean(fault), 'aria-describedby': described, spellcheck: false, autocomplete: 'off', class: code ? 'code' : '' };
  return html`<label class="field grow"><span>${label}</span>
    ${code || rows > 1 ? html`<textarea rows=${rows} ...${common}></textarea>` : html`<input ...${common} />`}
    ${fault && html`<${Fault} id=${described} fault=${fault} value=${value} />`}</label>`;
}

/** Points at the column in the line that it is in. */
function Fault({ id, fault, value }) {
  const lines = value.slice(0, fault.column ?? 0).split('\n');
  const line = value.split('\n')[lines.length - 1] ?? '';
  return html`<span class="fault" id=${id}>${fault.column !== null && html`<code aria-hidden="true">${`${line}\n${' '.repeat(Math.max(0, lines.at(-1).length - 1))}^`}</code>`}${fault.text}</span>`;
}

function Choice({ name, label, value, write, options }) {
  return html`<label class="field"><span>${label}</span><select name=${name} value=${value} onChange=${write}>
    ${options.map(([each, text]) => html`<option key=${each} value=${each} selected=${each === value}>${text}</option>`)}</select></label>`;
}
