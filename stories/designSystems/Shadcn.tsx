import type { ReactNode } from 'react';
import { PromptAnnouncer, SessionCountdown, useSessionPrompt } from 'session-clock/ui';
import { Button } from './components/ui/button';
import { Dialog, DialogContent, DialogDescription, DialogTitle } from './components/ui/dialog';

export function ShadcnDialogs(): ReactNode {
  const prompt = useSessionPrompt();
  return (
    <>
      <PromptAnnouncer prompt={prompt} />
      <div className="fixed right-4 bottom-4 text-sm">
        {prompt.kind === 'reminder' && <Button onClick={prompt.open}>{prompt.text}</Button>}
        {'close' in prompt && <p>{prompt.text}</p>}
      </div>
      {'actions' in prompt && (
        <Dialog open onOpenChange={prompt.escape}>
          <DialogContent role="alertdialog" onInteractOutside={(event) => event.preventDefault()}>
            <DialogTitle>{prompt.title}</DialogTitle>
            <DialogDescription>{prompt.description}</DialogDescription>
            {prompt.kind === 'warning' && <SessionCountdown className="tabular-nums" />}
            <PromptAnnouncer prompt={prompt} />
            <p role="alert" className="text-destructive">
              {prompt.failure}
            </p>
            <div className="flex flex-wrap gap-2">
              {prompt.actions.map(({ text, pendingText, press }, index) => (
                <Button key={text} variant={index ? 'outline' : 'default'} onClick={press}>
                  {pendingText ?? text}
                </Button>
              ))}
            </div>
          </DialogContent>
        </Dialog>
      )}
    </>
  );
}
