/** The only door to the camera in the browser faces. */
export type Camera = {
  /** Asks for the rear camera. Never called before the person has asked for it. */
  readonly open: () => Promise<OpenedCamera>;
  /** Whether it may be opened without a question, because it was allowed before. */
  readonly isAllowed: () => Promise<boolean>;
};

export type OpenedCamera =
  | { readonly ok: true; readonly stream: MediaStream; readonly stop: () => void }
  | { readonly ok: false; readonly refusal: CameraRefusal };

export type CameraRefusal = 'denied' | 'none' | 'busy';

export const browserCamera: Camera = {
  open: async () => {
    if (!('mediaDevices' in navigator)) return { ok: false, refusal: 'none' };
    try {
      const stream = await navigator.mediaDevices.getUserMedia({
        audio: false,
        video: { facingMode: 'environment', width: { ideal: 1280 }, height: { ideal: 720 } },
      });
      const stop = () => {
        for (const track of stream.getTracks()) track.stop();
      };
      return { ok: true, stream, stop };
    } catch (error) {
      return { ok: false, refusal: refusalOf(error) };
    }
  },
  isAllowed: async () => {
    try {
      const status = await navigator.permissions.query({ name: 'camera' });
      return status.state === 'granted';
    } catch {
      return false; // the question itself is unknown to some browsers
    }
  },
};

function refusalOf(error: unknown): CameraRefusal {
  const name = error instanceof DOMException ? error.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'denied';
  return name === 'NotFoundError' || name === 'OverconstrainedError' ? 'none' : 'busy';
}
