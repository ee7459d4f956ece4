const FIRST_MS = 500;
const LONGEST_MS = 10_000;
/** The node says something every 25 s. */
const SILENCE_MS = 60_000;
const BAD_REQUEST = 4400;

/**
 * Follows `/v1/alerts/stream` for good: comes back by itself, after the last frame it saw.
 *
 * @param after id to begin after, or null for "from now"
 * @param on `{hello(frame), alert(frame), state(connected)}`
 */
export function followAlerts(after, on) {
  let last = after;
  let wait = FIRST_MS;
  let watch = 0;

  function open() {
    const socket = new WebSocket(address(last));
    const heard = () => {
      clearTimeout(watch);
      watch = setTimeout(() => socket.close(), SILENCE_MS);
    };
    socket.onopen = heard;
    socket.onmessage = message => {
      heard();
      take(JSON.parse(message.data));
    };
    socket.onclose = closed;
  }

  function take(frame) {
    if (frame.type === 'hello') {
      wait = FIRST_MS;
      last = frame.after;
      on.state(true);
      on.hello(frame);
    } else if (frame.type === 'alert') {
      last = frame.id;
      on.alert(frame);
    }
  }

  function closed(event) {
    clearTimeout(watch);
    on.state(false);
    if (event.code === BAD_REQUEST) {
      last = null;
    }
    setTimeout(open, wait * (0.75 + Math.random() / 2));
    wait = Math.min(wait * 2, LONGEST_MS);
  }

  open();
}

function address(after) {
  const url = new URL('v1/alerts/stream', location.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  url.hash = '';
  url.search = after === null ? '' : new URLSearchParams({ after }).toString();
  return url;
}
