import { Button, Dialog, DialogActions, DialogContent, DialogTitle, Snackbar } from '@mui/material';
import Alert from '@mui/material/Alert';
import type { ReactNode } from 'react';
import { PromptAnnouncer, SessionCountdown, useSessionPrompt } from 'session-clock/ui';

export function MuiDialogs(): ReactNode {
  const prompt = useSessionPrompt();
  const onClose = (_event: object, reason: string) =>
    reason === 'escapeKeyDown' && 'escape' in prompt && prompt.escape();
  return (
    <>
      <PromptAnnouncer prompt={prompt} />
      <Snackbar
        open={'close' in prompt}
        message={'close' in prompt && prompt.text}
        slotProps={{ content: { role: 'none' } }}
      />
      {prompt.kind === 'reminder' && <Button onClick={prompt.open}>{prompt.text}</Button>}
      {'actions' in prompt && (
        <Dialog open role="alertdialog" aria-describedby="session-end" onClose={onClose}>
          <DialogTitle>{prompt.title}</DialogTitle>
          <DialogContent>
            <p id="session-end">{prompt.description}</p>
            {prompt.kind === 'warning' && <SessionCountdown />}
            <PromptAnnouncer prompt={prompt} />
            {prompt.failure && <Alert severity="error">{prompt.failure}</Alert>}
          </DialogContent>
          <DialogActions>
            {prompt.actions.map(({ text, pendingText, press }) => (
              <Button key={text} aria-busy={pendingText !== null} onClick={press}>
                {pendingText ?? text}
              </Button>
            ))}
          </DialogActions>
        </Dialog>
      )}
    </>
  );
}
