import '../kit/style/base.css';
import { startFace } from '../kit/start-face.tsx';
import { TryPage } from './TryPage.tsx';

startFace(<TryPage />);
