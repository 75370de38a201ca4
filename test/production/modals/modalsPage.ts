import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';

export type Question = 'warn' | 'expire';
export type Input = 'mouse' | 'touch' | 'keyboard';

/** What the user has typed into the form in the app's modal. */
export const draftText = 'half a sentence';

/** Whether the app's modal and its form are as before, and where the focus is. */
export interface AppState {
  draft: string;
  /** How often the library has closed the app's modal. */
  closings: string;
  focus: 'draft' | 'modal' | 'dialog' | 'page';
}

/** A page of the app with the modal of one library. */
export class ModalsPage {
  readonly page: Page;
  /** Found by its role: only if no library hides it from screen readers. */
  readonly dialog: Locator;
  readonly openButton: Locator;
  readonly draft: Locator;
  readonly #context: BrowserContext;

  private constructor(context: BrowserContext, page: Page) {
    this.#context = context;
    this.page = page;
    this.dialog = page.getByRole('alertdialog');
    this.openButton = page.getByText('Open', { exact: true });
    this.draft = page.locator('[aria-label=Draft]');
  }

  static async visit(browser: Browser, origin: string, library: string): Promise<ModalsPage> {
    const context = await browser.newContext({ hasTouch: true, reducedMotion: 'reduce' });
    const page = await context.newPage();
    await page.clock.install();
    await page.goto(`${origin}/?library=${library}`);
    await page.waitForFunction(() => window.session?.client.getSnapshot().status === 'active');
    return new ModalsPage(context, page);
  }

  /** As when it was opened: an active session, no modal, and no focus. */
  async reset(): Promise<void> {
    await this.page.evaluate(() => {
      window.app.reset();
      window.session.start();
    });
    await this.draft.waitFor({ state: 'detached' });
    await this.isAnswered();
    await this.page.evaluate(() => (document.activeElement as HTMLElement).blur());
  }

  close(): Promise<void> {
    return this.#context.close();
  }

  /** Opens the app's modal and types into its form. */
  async typeDraft(): Promise<void> {
    await this.openButton.click();
    await this.draft.click();
    await this.page.keyboard.type(draftText);
  }

  /** Opens a dialog of the package, and waits until it accepts a key: keys of a user who is typing are ignored. */
  async ask(question: Question): Promise<void> {
    await this.page.evaluate((name) => window.session[name](), question);
    await this.dialog.waitFor();
    await this.page.clock.fastForward(2_000);
  }

  /** Presses a button of the dialog, at its place on the screen or with the Tab and Enter keys. */
  async press(name: string, input: Input): Promise<void> {
    const button = this.dialog.getByRole('button', { name });
    if (input === 'keyboard') {
      for (let tabs = 0; !(await hasFocus(button)); tabs++) {
        if (tabs > 5) throw new Error(`The Tab key does not reach "${name}".`);
        await this.page.keyboard.press('Tab');
      }
      return this.page.keyboard.press('Enter');
    }
    await this.pressAt(await centreOf(button), input);
  }

  /** Presses what is at this place, as a user does: Playwright's own `click()` refuses an inert ancestor. */
  pressAt([x, y]: Place, input: 'mouse' | 'touch'): Promise<void> {
    return input === 'mouse' ? this.page.mouse.click(x, y) : this.page.touchscreen.tap(x, y);
  }

  async isAnswered(): Promise<void> {
    await this.page.locator('.sc-dialog').waitFor({ state: 'detached' });
  }

  /** The state of the app; the draft must still be there. */
  state(): Promise<AppState> {
    return this.page.evaluate(() => {
      const draft = document.querySelector<HTMLInputElement>('[aria-label=Draft]');
      const focused = document.activeElement;
      const isIn = (selector: string): boolean => focused?.closest(selector) != null;
      return {
        draft: draft?.checkVisibility() ? draft.value : 'closed',
        closings: document.querySelector('output')?.textContent ?? '',
        focus:
          focused === draft
            ? 'draft'
            : isIn('.sc-dialog')
              ? 'dialog'
              : isIn('[role=dialog], dialog')
                ? 'modal'
                : 'page',
      };
    });
  }
}

export type Place = readonly [x: number, y: number];

export async function centreOf(element: Locator): Promise<Place> {
  const box = await element.boundingBox();
  if (!box) throw new Error('The element is not visible.');
  return [box.x + box.width / 2, box.y + box.height / 2];
}

function hasFocus(element: Locator): Promise<boolean> {
  return element.evaluate((node) => node === document.activeElement);
}
