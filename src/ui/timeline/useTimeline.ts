'use client';
import { replaceEqualDeep } from '@tanstack/react-query';
import { useState, useSyncExternalStore } from 'react';
import type { SessionClient } from '../../core/shell/sessionClient.js';
import { subscribeToClock } from '../../core/shell/ticker.js';
import { useSessionClient } from '../../react/context.js';
import { type Axis, axisOf, positionOf } from './axis.js';
import { type TimelineFacts, timelineFacts } from './facts.js';
import { type Lane, lanesOf } from './lanes.js';

export interface Timeline {
  readonly facts: TimelineFacts;
  readonly axis: Axis;
  readonly lanes: readonly Lane[];
}

/** What the picture shows; the same object until something in it changes. `null` on a server. */
export function useTimeline(): Timeline | null {
  const client = useSessionClient('<SessionTimeline>');
  const [store] = useState(() => createTimelineStore(client));
  return useSyncExternalStore(store.subscribe, store.getTimeline, getNone);
}

/** Where the present is on the axis, from 0 to 1, in steps that can be seen. */
export function useNow(axis: Axis): number {
  const client = useSessionClient('<SessionTimeline>');
  const [clock] = useState(() => createClock(client));
  const now = useSyncExternalStore(
    clock.subscribe,
    () => Math.round(positionOf(axis, clock.getNow()) * 1_000) / 1_000,
    () => 0,
  );
  return Math.min(Math.max(now, 0), 1);
}

interface TimelineStore {
  subscribe: (listener: () => void) => () => void;
  getTimeline: () => Timeline;
}

/** All timelines and countdowns of a client share one timer, which stops while the page is hidden. */
function createTimelineStore(client: SessionClient): TimelineStore {
  let timeline: Timeline | null = null;
  let isChanged = true;

  function read(): Timeline {
    const now = client.now();
    const facts = isChanged || !timeline ? readFacts(client, now, timeline) : timeline.facts;
    isChanged = false;
    const axis = axisOf(facts, now);
    return { facts, axis, lanes: lanesOf(facts, axis) };
  }

  return {
    getTimeline: () => (timeline ??= read()),
    subscribe(listener) {
      const update = (): void => {
        const before = timeline;
        timeline = replaceEqualDeep(before, read());
        if (timeline !== before) listener();
      };
      const stops = [
        // The log is read with the next tick: the user's activity changes the client each second.
        client.subscribe(() => (isChanged = true)),
        subscribeToClock(client, '1s', update),
      ];
      isChanged = true;
      update();
      return () => {
        for (const stop of stops) stop();
      };
    },
  };
}

function readFacts(client: SessionClient, now: number, before: Timeline | null): TimelineFacts {
  const offset = now - client.environment.wallNow();
  const rounded = Math.round(offset / 1_000) * 1_000;
  return timelineFacts(client.getSnapshot(), client.getLog(), rounded, before?.facts);
}

/** The time of the latest tick, because a store must not change between two reads. */
function createClock(client: SessionClient): {
  subscribe: (listener: () => void) => () => void;
  getNow: () => number;
} {
  let now = client.now();
  return {
    getNow: () => now,
    subscribe(listener) {
      const update = (): void => {
        now = client.now();
        listener();
      };
      update();
      return subscribeToClock(client, '1s', update);
    },
  };
}

function getNone(): null {
  return null;
}
