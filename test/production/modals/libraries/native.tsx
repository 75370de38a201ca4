import { type ReactNode, useEffect, useRef } from 'react';
import type { ModalProps } from './modal.ts';

/** A native dialog that also closes when its backdrop is pressed. */
export default function NativeModal({ isOpen, onClose, children }: ModalProps): ReactNode {
  const ref = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (isOpen) ref.current?.showModal();
    else ref.current?.close();
  }, [isOpen]);
  return (
    <dialog
      ref={ref}
      aria-label="New entry"
      style={{ inset: 40, width: 'auto', height: 'auto', padding: 0 }}
      onClose={() => isOpen && onClose()}
      onMouseDown={(event) => event.target === event.currentTarget && onClose()}
    >
      {isOpen && <div style={{ height: '100%' }}>{children}</div>}
    </dialog>
  );
}
