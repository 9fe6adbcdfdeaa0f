import '../kit/style/base.css';
import { startFace } from '../kit/start-face.tsx';
import { GatePage } from './GatePage.tsx';

startFace(<GatePage />);
