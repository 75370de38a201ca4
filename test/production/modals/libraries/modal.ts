import type { ReactNode } from 'react';

/** A modal of a component library, as an app uses it. It reports when the library wants to close it. */
export interface ModalProps {
  isOpen: boolean;
  onClose: () => void;
  children: ReactNode;
}
