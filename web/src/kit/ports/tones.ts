/** The only door to sound in the browser faces. */
export type Tones = {
  /** Plays notes one after the other; a browser that wants a touch first stays silent. */
  readonly play: (notes: readonly Note[]) => void;
};

export type Note = { readonly hertz: number; readonly milliseconds: number };

let context: AudioContext | undefined;

export const browserTones: Tones = {
  play: (notes) => {
    try {
      context ??= new AudioContext();
      if (context.state === 'suspended') void context.resume();
      let at = context.currentTime;
      for (const note of notes) at = playNote(context, note, at);
    } catch {
      // No sound device: word, shape and pattern say the same.
    }
  },
};

function playNote(audio: AudioContext, { hertz, milliseconds }: Note, at: number): number {
  const end = at + milliseconds / 1000;
  const gain = audio.createGain();
  gain.gain.setValueAtTime(0.2, at);
  gain.gain.setValueAtTime(0.2, end - 0.02);
  gain.gain.linearRampToValueAtTime(0, end);
  gain.connect(audio.destination);
  const oscillator = audio.createOscillator();
  oscillator.frequency.value = hertz;
  oscillator.connect(gain);
  oscillator.start(at);
  oscillator.stop(end);
  return end + 0.05;
}
