// @vitest-environment jsdom
import { afterEach, expect, it, vi } from 'vitest';
import { observeActivity, type SessionClient } from '../../src/index.js';

const reportActivity = vi.fn();
const client = { reportActivity } as unknown as SessionClient;

afterEach(() => reportActivity.mockReset());

/** The listeners that are attached to `target`, as the browser calls them for an input of the user. */
function inputOf(target: Window | Document): (type: string) => void {
  const attach = vi.spyOn(target, 'addEventListener');
  return (type) => {
    for (const [name, listener] of attach.mock.calls) {
      // jsdom cannot create a trusted event.
      if (name === type) (listener as (event: object) => void)({ type, isTrusted: true });
    }
  };
}

function openFrame(): HTMLIFrameElement {
  const frame = document.createElement('iframe');
  return document.body.appendChild(frame);
}

it.each(['pointerdown', 'keydown', 'wheel', 'touchmove'])(
  'the user’s %s in a frame of this origin is activity',
  (type) => {
    const { contentWindow } = openFrame();
    const input = inputOf(contentWindow!);
    observeActivity(client, contentWindow!);
    input(type);
    expect(reportActivity).toHaveBeenCalledTimes(1);
  },
);

it('an event that a script dispatches in it is none', () => {
  const { contentDocument } = openFrame();
  observeActivity(client, contentDocument!);
  contentDocument!.dispatchEvent(new Event('keydown'));
  expect(reportActivity).not.toHaveBeenCalled();
});

it('scrolling is none, because a script can cause it', () => {
  const { contentWindow } = openFrame();
  const input = inputOf(contentWindow!);
  observeActivity(client, contentWindow!);
  input('scroll');
  expect(reportActivity).not.toHaveBeenCalled();
});

it('the returned function removes the listeners', () => {
  const { contentWindow } = openFrame();
  const attach = vi.spyOn(contentWindow!, 'addEventListener');
  const detach = vi.spyOn(contentWindow!, 'removeEventListener');
  const stop = observeActivity(client, contentWindow!);
  expect(detach).not.toHaveBeenCalled();
  stop();
  expect(detach.mock.calls).toEqual(attach.mock.calls);
});
