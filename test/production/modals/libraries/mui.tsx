import Dialog from '@mui/material/Dialog';
import DialogTitle from '@mui/material/DialogTitle';
import type { ReactNode } from 'react';
import type { ModalProps } from './modal.ts';

export default function MuiModal({ isOpen, onClose, children }: ModalProps): ReactNode {
  return (
    <Dialog open={isOpen} onClose={onClose} fullWidth maxWidth="lg">
      <DialogTitle>New entry</DialogTitle>
      {children}
    </Dialog>
  );
}
