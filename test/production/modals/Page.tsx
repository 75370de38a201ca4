import { Activity, type ComponentType, type ReactNode, Suspense, use, useState } from 'react';
import { SessionProvider } from 'session-clock';
import { SessionDevtools } from 'session-clock/devtools';
import { ReloginDialog, SessionExpiryDialog } from 'session-clock/ui';
import { Toaster, toast } from 'sonner';
import { client } from './control.ts';
import type { ModalProps } from './libraries/modal.ts';

type Visibility = 'visible' | 'hidden' | 'suspended';
const never = new Promise<never>(() => {});

/** The app: its modal with a form, toasts, the devtools and a frame beside the dialogs of the package. */
export function Page({ Modal }: { Modal: ComponentType<ModalProps> }): ReactNode {
  const [isOpen, setOpen] = useState(false);
  const [visibility, setVisibility] = useState<Visibility>('visible');
  const [closings, setClosings] = useState(0);
  window.app = {
    openModal: () => setOpen(true),
    closeModal: () => setOpen(false),
    reset: () => {
      setOpen(false);
      setClosings(0);
      setVisibility('visible');
    },
    setVisibility,
    toast: () => toast('Saved', { duration: Number.POSITIVE_INFINITY, closeButton: true }),
  };
  const close = (): void => {
    setOpen(false);
    setClosings(closings + 1);
  };
  return (
    <SessionProvider client={client}>
      <button type="button" onClick={() => setOpen(true)}>
        Open
      </button>
      <output>{closings}</output>
      <input aria-label="Search" />
      <iframe title="Frame" srcDoc="<input aria-label='Note'>" />
      <Modal isOpen={isOpen} onClose={close}>
        <form onSubmit={close}>
          <input aria-label="Draft" />
          <button type="submit">Save</button>
        </form>
      </Modal>
      <Activity mode={visibility === 'hidden' ? 'hidden' : 'visible'}>
        <Suspense fallback={<p>Loading</p>}>
          <SessionExpiryDialog />
          <ReloginDialog />
          {visibility === 'suspended' && <Suspended />}
        </Suspense>
      </Activity>
      <Toaster />
      <SessionDevtools initialIsOpen />
    </SessionProvider>
  );
}

function Suspended(): ReactNode {
  return use(never);
}
