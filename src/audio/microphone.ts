import { err, ok, type Result } from '../core/result';
import type { MicrophoneFault } from './microphone-fault';

export interface MicrophoneOptions {
  /** Empty for the browser's default. */
  readonly deviceId: string;
  readonly echoCancellation: boolean;
  readonly noiseSuppression: boolean;
  readonly autoGainControl: boolean;
}

export interface OpenMicrophone {
  /** The browser's native rate, at which samples arrive on the sink. */
  readonly sampleRateHz: number;
  close(): void;
}

/**
 * Opens the microphone and lets its sound flow into `sink`, past the page. Page thread only.
 *
 * @param workletUrl address of the capture worklet, same origin
 * @param sink moved to the worklet; receives `Float32Array` batches of 20 ms
 * @param onFault called at most once, after which the microphone is closed
 */
export async function openMicrophone(
  workletUrl: string,
  options: MicrophoneOptions,
  sink: MessagePort,
  onFault: (fault: MicrophoneFault) => void,
): Promise<Result<OpenMicrophone, MicrophoneFault>> {
  if (!isCaptureSupported()) return err({ kind: 'unsupported' });
  const stream = await requestStream(options);
  if (!stream.ok) return stream;
  const track = stream.value.getAudioTracks()[0];
  if (track === undefined) return err({ kind: 'no-microphone' });

  const context = new AudioContext({ latencyHint: 'interactive' });
  const watch = new AbortController();
  const close = (): void => {
    if (watch.signal.aborted) return;
    watch.abort();
    track.stop();
    void context.close();
  };
  try {
    await context.audioWorklet.addModule(workletUrl);
    await context.resume();
  } catch {
    close();
    return err({ kind: 'unsupported' });
  }
  const node = new AudioWorkletNode(context, 'echo-capture', { numberOfInputs: 1, numberOfOutputs: 1 });
  node.port.postMessage({ sink }, [sink]);
  context.createMediaStreamSource(stream.value).connect(node);
  // A node that leads nowhere is not pulled; its output stays silent.
  node.connect(context.destination);

  const fail = (fault: MicrophoneFault): void => {
    if (watch.signal.aborted) return;
    node.port.postMessage({ stop: true });
    close();
    onFault(fault);
  };
  track.addEventListener('ended', () => fail({ kind: 'unplugged' }), { signal: watch.signal });
  void watchPermission(() => fail({ kind: 'permission-refused' }), watch.signal);
  return ok({
    sampleRateHz: context.sampleRate,
    close: () => {
      node.port.postMessage({ stop: true });
      close();
    },
  });
}

export function isCaptureSupported(): boolean {
  return (
    typeof AudioWorkletNode === 'function' &&
    typeof navigator.mediaDevices?.getUserMedia === 'function' &&
    isSecureContext
  );
}

async function requestStream(options: MicrophoneOptions): Promise<Result<MediaStream, MicrophoneFault>> {
  const constraints: MediaTrackConstraints = {
    channelCount: { ideal: 1 },
    echoCancellation: options.echoCancellation,
    noiseSuppression: options.noiseSuppression,
    autoGainControl: options.autoGainControl,
    // Not `exact`: a device that was unplugged since it was chosen should not block talking.
    ...(options.deviceId === '' ? {} : { deviceId: { ideal: options.deviceId } }),
  };
  try {
    return ok(await navigator.mediaDevices.getUserMedia({ audio: constraints }));
  } catch (failure) {
    return err(faultOf(failure));
  }
}

function faultOf(failure: unknown): MicrophoneFault {
  switch (failure instanceof DOMException ? failure.name : '') {
    case 'NotAllowedError':
    case 'SecurityError':
      return { kind: 'permission-refused' };
    case 'NotFoundError':
    case 'OverconstrainedError':
      return { kind: 'no-microphone' };
    case 'NotReadableError':
    case 'AbortError':
      return { kind: 'busy' };
    default:
      return { kind: 'unsupported' };
  }
}

/** A revoked permission does not end the track everywhere: Chromium goes on delivering zeros. */
async function watchPermission(onRevoked: () => void, signal: AbortSignal): Promise<void> {
  const status = await queryPermission();
  status?.addEventListener(
    'change',
    () => {
      if (status.state === 'denied') onRevoked();
    },
    { signal },
  );
}

async function queryPermission(): Promise<PermissionStatus | undefined> {
  try {
    return await navigator.permissions.query({ name: 'microphone' });
  } catch {
    // Firefox does not know this permission's name; the track's own events remain.
    return undefined;
  }
}

export interface AudioInput {
  readonly id: string;
  /** Empty until the permission is given: browsers hide names before. */
  readonly label: string;
}

export async function listMicrophones(): Promise<readonly AudioInput[]> {
  if (!isCaptureSupported()) return [];
  const devices = await navigator.mediaDevices.enumerateDevices();
  return devices
    .filter(
      (device) => device.kind === 'audioinput' && device.deviceId !== '' && device.deviceId !== 'default',
    )
    .map((device) => ({ id: device.deviceId, label: device.label }));
}

/** Calls back when devices come or go. */
export function watchMicrophones(onChange: () => void): void {
  navigator.mediaDevices?.addEventListener('devicechange', onChange);
}
