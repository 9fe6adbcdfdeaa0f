import { useEffect, useRef, useState } from 'preact/hooks';
import { Button } from '../../kit/Controls.tsx';
import { useSay } from '../../kit/context.tsx';
import { Notice } from '../../kit/Notice.tsx';
import type { CameraRefusal } from '../../kit/ports/camera.ts';
import type { GatePorts } from '../ports.ts';
import { gateWords } from '../words.ts';
import { openDecoder, type Decoder } from './decoder.ts';
import { sightings } from './sightings.ts';

const frameMilliseconds = 120;

type State =
  | { readonly kind: 'closed' }
  | { readonly kind: 'opening' }
  | { readonly kind: 'open'; readonly decoder: Decoder['name'] }
  | { readonly kind: 'refused'; readonly refusal: CameraRefusal };

/** The camera: opened by a touch, or at once where it was allowed before. */
export function CameraBox(props: {
  readonly ports: Pick<GatePorts, 'camera' | 'clock'>;
  readonly onText: (text: string) => void;
}) {
  const say = useSay();
  const video = useRef<HTMLVideoElement>(null);
  const [state, setState] = useState<State>({ kind: 'closed' });
  const stop = useRef<() => void>(() => undefined);
  const onText = useRef(props.onText);
  onText.current = props.onText;

  const open = async () => {
    setState({ kind: 'opening' });
    const result = await startCamera(props.ports, video.current, (text) => onText.current(text));
    if ('refusal' in result) {
      setState({ kind: 'refused', refusal: result.refusal });
      return;
    }
    stop.current = result.stop;
    setState({ kind: 'open', decoder: result.decoder });
  };
  const close = () => {
    stop.current();
    setState({ kind: 'closed' });
  };
  useEffect(() => {
    void props.ports.camera.isAllowed().then((isAllowed) => (isAllowed ? open() : undefined));
    return () => stop.current();
  }, []);
  const isOpen = state.kind === 'open' || state.kind === 'opening';
  return (
    <div
      class="camera-box"
      data-camera={state.kind}
      data-decoder={'decoder' in state ? state.decoder : ''}
    >
      <video
        ref={video}
        hidden={!isOpen}
        muted
        playsInline
        aria-label={say(gateWords.cameraPicture)}
      />
      {state.kind === 'refused' ? (
        <Notice kind="caution" live>
          {say(cameraWords[state.refusal])}
        </Notice>
      ) : null}
      <Button primary={!isOpen} onPress={isOpen ? close : () => void open()}>
        {say(isOpen ? gateWords.closeCamera : gateWords.openCamera)}
      </Button>
    </div>
  );
}

const cameraWords = {
  denied: gateWords.cameraDenied,
  none: gateWords.cameraNone,
  busy: gateWords.cameraBusy,
} as const satisfies Record<CameraRefusal, unknown>;

type Started =
  | { readonly stop: () => void; readonly decoder: Decoder['name'] }
  | { readonly refusal: CameraRefusal };

async function startCamera(
  { camera, clock }: Pick<GatePorts, 'camera' | 'clock'>,
  video: HTMLVideoElement | null,
  onText: (text: string) => void,
): Promise<Started> {
  if (video === null) return { refusal: 'none' };
  const opened = await camera.open();
  if (!opened.ok) return opened;
  video.srcObject = opened.stream;
  await video.play().catch(() => undefined);
  const decoder = await openDecoder();
  const seen = sightings();
  let isBusy = false;
  const look = async () => {
    if (isBusy || video.videoWidth === 0) return;
    isBusy = true;
    try {
      const text = await decoder.decode(video);
      if (text !== undefined && seen.isNew(text, clock.now() / 1000)) onText(text);
    } finally {
      isBusy = false;
    }
  };
  const stopLooking = clock.every(frameMilliseconds, () => void look().catch(() => undefined));
  const stop = () => {
    stopLooking();
    decoder.close();
    opened.stop();
    video.srcObject = null;
  };
  return { stop, decoder: decoder.name };
}
