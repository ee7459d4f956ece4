/** A rule's form: every field a text. */
export function fieldsOf(rule) {
  return {
    name: rule?.name ?? '',
    kind: rule?.anomaly ? 'anomaly' : 'when',
    when: rule?.when ?? 'window.count > 1000',
    clear: rule?.clear ?? '',
    measure: rule?.anomaly?.measure ?? '',
    sensitivity: rule?.anomaly ? String(rule.anomaly.sensitivity) : '0.5',
    on: rule?.on ?? '',
    for: rule?.for ?? '0s',
    keep: rule?.['keep-firing-for'] ?? '0s',
    noData: rule?.['no-data'] ?? 'keep',
    severity: rule?.severity ?? 'warning',
    summary: rule?.summary ?? '{key}: {value}',
    description: rule?.description ?? '',
    labels: Object.entries(rule?.labels ?? {}).map(([name, value]) => `${name}=${value}`).join('\n'),
  };
}

/** What is sent: the keys of the configuration; those that say nothing are left out. */
export function bodyOf(fields) {
  const odd = fields.kind === 'anomaly';
  const body = {
    when: odd ? '' : fields.when,
    clear: odd ? '' : fields.clear,
    on: odd ? '' : fields.on,
    for: fields.for,
    'keep-firing-for': fields.keep,
    'no-data': fields.noData,
    severity: fields.severity,
    summary: fields.summary,
    description: fields.description,
  };
  const said = Object.fromEntries(Object.entries(body).filter(([name, value]) => value !== '' || name === 'when' && !odd));
  return { ...said, ...(odd ? { anomaly: { measure: fields.measure, sensitivity: fields.sensitivity } } : {}), labels: labels(fields.labels) };
}

function labels(text) {
  return Object.fromEntries(text.split('\n').filter(line => line.trim() !== '').map(line => {
    const [name, ...value] = line.split('=');
    return [name.trim(), value.join('=').trim()];
  }));
}

/** The faults that the node tells, by the field that they are of: `{field, text, column}`; column from 1, or null. */
export function faultsOf(problem) {
  return problem.split(/; (?=[a-z][a-z.\[\]0-9_-]*: )/).map(text => {
    const part = /^([a-z-]+)/.exec(text)?.[1] ?? '';
    const column = /column (\d+)/.exec(text)?.[1];
    return { field: { 'keep-firing-for': 'keep', 'no-data': 'noData', anomaly: 'measure' }[part] ?? part, text, column: column ? Number(column) : null };
  });
}
