import { onlineManager } from '@tanstack/react-query';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { loadPage, type PageLoad, signIn } from './pageLoads.js';
import { leave, open, persist, persistedPages, storedText, sync } from './persistedPages.js';

persistedPages();

describe('a persisted mutation that is paused', () => {
  const sent = vi.fn(async (note: string) => `sent: ${note}`);
  beforeEach(() => sent.mockClear());
  afterEach(() => onlineManager.setOnline(true));

  function saveNote({ queryClient, client }: PageLoad): void {
    queryClient.setMutationDefaults(['save'], {
      mutationFn: (note: string) => sent(`${note} as ${client.getSnapshot().session?.user.sub}`),
    });
  }

  async function pauseMutationOfAda(): Promise<void> {
    const page = await open('ada');
    saveNote(page);
    onlineManager.setOnline(false);
    const { queryClient } = page;
    const mutation = queryClient.getMutationCache().build(queryClient, { mutationKey: ['save'] });
    mutation.execute('Ada’s note').catch(() => {});
    await vi.waitFor(() => expect(storedText()).toContain('Ada’s note'));
    leave();
    onlineManager.setOnline(true);
  }

  it('is sent once for the same user after the next page load', async () => {
    await pauseMutationOfAda();
    const page = loadPage('ada');
    saveNote(page);
    page.client.start();
    sync(page);
    await persist(page);
    await page.queryClient.resumePausedMutations();
    expect(sent.mock.calls).toEqual([['Ada’s note as ada']]);
  });

  it('is not sent, and removed, if another user is signed in at the next page load', async () => {
    await pauseMutationOfAda();
    const page = loadPage('grace');
    saveNote(page);
    page.client.start();
    sync(page);
    await persist(page);
    await page.queryClient.resumePausedMutations();
    expect(sent).not.toHaveBeenCalled();
    expect(storedText()).not.toContain('Ada’s note');
  });

  it('is not sent if another user signs in after it was restored', async () => {
    await pauseMutationOfAda();
    onlineManager.setOnline(false);
    const page = await open('ada');
    saveNote(page);
    expect(page.queryClient.getMutationCache().getAll()).toHaveLength(1);
    await signIn(page, 'grace');
    onlineManager.setOnline(true);
    await page.queryClient.resumePausedMutations();
    expect(sent).not.toHaveBeenCalled();
  });
});
