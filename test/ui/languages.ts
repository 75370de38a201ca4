import type { Messages, TimelineMessages } from '../../src/ui/index.js';

/** The texts of a language, with those of the timeline. */
export type AllTexts = Messages & { timeline: TimelineMessages };

/** The modules of the languages, by the name of their entry point: a new file is tested as well. */
const modules = byName(
  import.meta.glob<Record<string, Messages | TimelineMessages>>(
    ['../../src/ui/messages/*.ts', '!**/types.ts'],
    { eager: true },
  ),
);

/** What an app passes to `SessionMessages`, by the name of the entry point. */
export const languages: [name: string, texts: AllTexts][] = modules.map(([name, module]) => [
  name,
  textsOf(module),
]);

/** The text of each module. */
export const sources: [name: string, source: string][] = byName(
  import.meta.glob<string>(['../../src/ui/messages/*.ts', '!**/types.ts'], {
    eager: true,
    query: '?raw',
    import: 'default',
  }),
);

function byName<T>(files: Record<string, T>): [name: string, content: T][] {
  return Object.entries(files).map(([path, content]) => [
    path.replace(/^.*\/(\w+)\.ts$/, '$1'),
    content,
  ]);
}

/** `de` and `deTimeline`, and nothing else. */
function textsOf(module: Record<string, Messages | TimelineMessages>): AllTexts {
  const [name = '', other, ...others] = Object.keys(module).toSorted();
  if (other !== `${name}Timeline` || others.length > 0) {
    throw new Error(`A language exports its texts only: ${Object.keys(module)}`);
  }
  return { ...(module[name] as Messages), timeline: module[other] as TimelineMessages };
}

export type Text = string | ((...args: (string | null)[]) => string);

/** All texts by their path, for example `expiry.title`. */
export function flatten(value: object, prefix = ''): [path: string, text: Text][] {
  return Object.entries(value).flatMap(([key, each]: [string, Text | object]) =>
    typeof each === 'object'
      ? flatten(each, `${prefix}${key}.`)
      : [[prefix + key, each] as [string, Text]],
  );
}

/** What the user reads, by its path. The arguments are digits, so that every letter is the language's own. */
export function resultsOf(texts: AllTexts): [path: string, text: string][] {
  const results = flatten(texts).map(([path, text]): [string, string] => [
    path,
    typeof text === 'string' ? text : text('1', '2'),
  ]);
  return [...results, ['timeline.accessToken(null)', texts.timeline.accessToken(null)]];
}
