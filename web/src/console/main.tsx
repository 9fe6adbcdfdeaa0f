import '../kit/style/base.css';
import '../kit/style/table.css';
import './console.css';
import { startFace } from '../kit/start-face.tsx';
import { ConsolePage } from './ConsolePage.tsx';

startFace(<ConsolePage />);
