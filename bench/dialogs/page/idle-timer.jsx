// @ts-nocheck
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogContentText from '@mui/material/DialogContentText';
import DialogTitle from '@mui/material/DialogTitle';
import { useEffect, useState } from 'react';
import { useIdleTimer } from 'react-idle-timer';
import { show } from './app.jsx';

/** The prompt of the documentation, with its options for several tabs, in the alert dialog of MUI's documentation. */
function IdlePrompt() {
  const [isOpen, setIsOpen] = useState(false);
  const [seconds, setSeconds] = useState(0);
  const { activate, getRemainingTime } = useIdleTimer({
    timeout: 15 * 60_000,
    promptBeforeIdle: 2 * 60_000,
    throttle: 500,
    crossTab: true,
    leaderElection: true,
    syncTimers: 200,
    onPrompt: () => setIsOpen(true),
    onActive: () => setIsOpen(false),
    onIdle: () => {
      setIsOpen(false);
      location.assign('/timed-out');
    },
  });
  useEffect(() => {
    const interval = setInterval(() => setSeconds(Math.ceil(getRemainingTime() / 1_000)), 500);
    return () => clearInterval(interval);
  }, [getRemainingTime]);
  const stay = () => {
    void fetch('/keep-alive', { method: 'POST' });
    activate();
  };
  return (
    <Dialog
      open={isOpen}
      onClose={stay}
      aria-labelledby="idle-title"
      aria-describedby="idle-text"
      role="alertdialog"
    >
      <DialogTitle id="idle-title">Are you still here?</DialogTitle>
      <DialogContent>
        <DialogContentText id="idle-text">Logging out in {seconds} seconds</DialogContentText>
      </DialogContent>
      <DialogActions>
        <Button onClick={() => location.assign('/signed-out')}>Sign out</Button>
        <Button onClick={stay} autoFocus>
          I am still here
        </Button>
      </DialogActions>
    </Dialog>
  );
}

show(<IdlePrompt />);
