import * as v from 'valibot';

const milliseconds = (least: number, most: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most));

/**
 * What a person chooses about the app itself. Nothing learnt from them is in here: settings are
 * kept outside the vault, readable before it is unlocked (language and theme are needed by then).
 */
export const SettingsSchema = v.object({
  language: v.picklist(['auto', 'en', 'zh-CN']),
  theme: v.picklist(['auto', 'light', 'dark']),
  microphone: v.object({
    /** `MediaDeviceInfo.deviceId`; empty for the browser's default. */
    deviceId: v.string(),
    echoCancellation: v.boolean(),
    noiseSuppression: v.boolean(),
    autoGainControl: v.boolean(),
    /** How long the microphone stays open after the last use, so that the next press loses no syllable. */
    keepWarmMs: milliseconds(0, 60_000),
  }),
  endpointing: v.object({
    /** Silence that ends an utterance; where it starts from while it is learnt. */
    hangoverMs: milliseconds(100, 3_000),
    /** The pause follows how the person speaks. */
    isLearnt: v.boolean(),
    maximumMs: milliseconds(1_000, 15_000),
  }),
  recognition: v.object({
    /** Something else may be taken for a phrase about once in this time, at most. */
    falseTriggers: v.picklist(['hour', 'day', 'week']),
  }),
  voice: v.object({
    /** `SpeechSynthesisVoice.voiceURI`; empty for the browser's choice by language. */
    voiceUri: v.string(),
    rate: v.pipe(v.number(), v.minValue(0.5), v.maxValue(2)),
  }),
  history: v.object({
    /** How many utterances are kept with their sound, so that they can be replayed and corrected. */
    keepUtterances: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1_000)),
  }),
  compute: v.object({
    /** Backend measured fastest on this device, remembered with the tfjs version it was measured on. */
    backend: v.picklist(['auto', 'wasm', 'webgl', 'webgpu', 'cpu']),
    /** `when-charging`: the network is trained once nobody speaks and the device charges, where the browser tells. */
    training: v.picklist(['always', 'when-charging']),
  }),
  actions: v.object({
    /** When to ask before an action that reaches outside and cannot be taken back. */
    confirm: v.picklist(['always', 'unless-sure', 'never']),
    /** How readily Echo asks about everything else that it is not sure of. */
    questions: v.picklist(['more', 'usual', 'fewer']),
  }),
  answers: v.object({
    /** `brief`: what was understood and done; `full`: also how sure Echo was, and what else it might have been. */
    style: v.picklist(['full', 'brief']),
  }),
  privacy: v.object({
    /** Minutes without anybody doing or saying anything until a vault with a secret locks itself; 0 for never. */
    autoLockMinutes: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1_440)),
    /** Days that what was observed and heard is kept; the operator may set a lower limit. */
    retentionDays: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(3_650)),
  }),
});

export type Settings = v.InferOutput<typeof SettingsSchema>;

export const defaultSettings: Settings = {
  language: 'auto',
  theme: 'auto',
  microphone: {
    deviceId: '',
    echoCancellation: false,
    noiseSuppression: false,
    autoGainControl: true,
    keepWarmMs: 10_000,
  },
  endpointing: { hangoverMs: 300, isLearnt: true, maximumMs: 8_000 },
  recognition: { falseTriggers: 'day' },
  voice: { voiceUri: '', rate: 1 },
  history: { keepUtterances: 100 },
  compute: { backend: 'auto', training: 'always' },
  actions: { confirm: 'unless-sure', questions: 'usual' },
  answers: { style: 'full' },
  privacy: { autoLockMinutes: 15, retentionDays: 365 },
};
