import 'session-clock/ui/styles.css';
import './page.css';
import './main.tsx';
