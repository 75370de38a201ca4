const repository = 'https://github.com/session-clock/session-clock/blob/main';

/** The pages of `docs/` that Storybook shows, by file name, and the ids of their stories. */
export const pageIds: Readonly<Record<string, string>> = {
  'policies.md': 'guides-choose-a-policy--docs',
  'dialogs.md': 'guides-dialogs-in-your-design-system--docs',
  'own-source.md': 'guides-write-a-source--docs',
  'faults.md': 'guides-what-survives-what--docs',
  'testing.md': 'guides-test-your-app--docs',
  'security.md': 'guides-security--docs',
  'getting-started.md': 'guides-more-getting-started--docs',
  'api-calls.md': 'guides-more-api-calls--docs',
  'query.md': 'guides-more-tanstack-query--docs',
  'many-tabs.md': 'guides-more-many-tabs--docs',
  'recipes.md': 'guides-more-recipes--docs',
  'recipes-connections.md': 'guides-more-recipes-for-connections--docs',
  'nextjs-auth0.md': 'guides-more-next-js-with-auth0--docs',
  'errors.md': 'guides-more-errors--docs',
  'reference.md': 'guides-more-reference--docs',
  'faq.md': 'guides-more-questions-and-problems--docs',
};

/**
 * Rewrites the links of a Markdown file of this repository: to the pages of Storybook, and for other files to
 * the repository. Links to headings of the same page and to other sites stay as they are.
 */
export function linkToPages(markdown: string): string {
  return markdown.replace(/\]\(([^)\s]+)\)/g, (_link, target: string) => `](${pageOf(target)})`);
}

function pageOf(target: string): string {
  const path = target.startsWith(repository) ? `..${target.slice(repository.length)}` : target;
  if (/^(#|[a-z]+:)/.test(path)) return path;
  const [file = '', hash] = path.split('#');
  const id = pageIds[file.replace(/^\.\.\/docs\//, '')];
  const anchor = hash ? `#${hash}` : '';
  if (id) return `?path=/docs/${id}${anchor}`;
  return file.startsWith('../')
    ? `${repository}/${file.slice(3)}${anchor}`
    : `${repository}/docs/${file}${anchor}`;
}
