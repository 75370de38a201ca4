import type ts from 'typescript';
import type { Snippet } from './readSnippets.ts';

/** Whether a snippet is the script of a service worker, which the reader's app serves as it is. */
export function isServiceWorker({ title }: Snippet): boolean {
  return title?.startsWith('public/') === true;
}

/** A service worker has no DOM. It is plain JavaScript, so its parameters have no types. */
export function workerOptions(options: ts.CompilerOptions): ts.CompilerOptions {
  const lib = ['lib.es2023.d.ts', 'lib.webworker.d.ts'];
  return { ...options, lib, types: [], noImplicitAny: false };
}

/** The globals that only a service worker has; `lib.webworker.d.ts` describes all kinds of workers. */
export const workerGlobals = `
interface WorkerGlobalScope { readonly clients: Clients }
interface WorkerGlobalScopeEventMap { fetch: FetchEvent }
`;
