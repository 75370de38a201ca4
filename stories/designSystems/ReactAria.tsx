import type { ReactNode } from 'react';
import { Button, Dialog, Heading, Modal } from 'react-aria-components';
import { PromptAnnouncer, SessionCountdown, useSessionPrompt } from 'session-clock/ui';

export function AriaDialogs(): ReactNode {
  const prompt = useSessionPrompt();
  return (
    <>
      <PromptAnnouncer prompt={prompt} />
      {prompt.kind === 'reminder' && <Button onPress={prompt.open}>{prompt.text}</Button>}
      {'close' in prompt && <p>{prompt.text}</p>}
      {'actions' in prompt && (
        <Modal isOpen onOpenChange={prompt.escape}>
          <Dialog role="alertdialog" aria-describedby="session-end">
            <Heading slot="title">{prompt.title}</Heading>
            <p id="session-end">{prompt.description}</p>
            {prompt.kind === 'warning' && <SessionCountdown />}
            <PromptAnnouncer prompt={prompt} />
            <p role="alert">{prompt.failure}</p>
            <div className="actions">
              {prompt.actions.map(({ text, pendingText, press }) => (
                <Button key={text} onPress={press}>
                  {pendingText ?? text}
                </Button>
              ))}
            </div>
          </Dialog>
        </Modal>
      )}
    </>
  );
}
