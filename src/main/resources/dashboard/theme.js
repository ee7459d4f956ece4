import { keptStore } from './store.js';

const NEXT = { system: 'light', light: 'dark', dark: 'system' };

/** `system`, `light` or `dark`. */
export const theme = keptStore('hourglass.theme', 'system');

theme.listen(apply);
apply(theme.get());

function apply(value) {
  if (value === 'system') {
    delete document.documentElement.dataset.theme;
  } else {
    document.documentElement.dataset.theme = value;
  }
}

export function nextTheme() {
  theme.update(value => NEXT[value] ?? 'system');
}
