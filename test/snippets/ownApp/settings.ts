import { hybrid, type Policy, type SessionSource } from 'session-clock';
import { TestSource } from 'session-clock/testing';

export const source: SessionSource = new TestSource();
export const policy: Policy = hybrid();
