import '../kit/style/base.css';
import { startFace } from '../kit/start-face.tsx';
import { ResidentPage } from './ResidentPage.tsx';

startFace(<ResidentPage />);
