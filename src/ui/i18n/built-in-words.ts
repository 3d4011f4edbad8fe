import type { Language } from '../../echo';

/** The few words that must be there even when a catalogue could not be loaded. */
export const BUILT_IN_WORDS: Readonly<
  Record<Language, Readonly<Record<'title' | 'body' | 'advice' | 'reload' | 'detail', string>>>
> = {
  en: {
    title: 'This part of Echo is not working',
    body: 'It could not be loaded, or it stopped with an error. What Echo has stored is safe; only what you had not saved yet may be gone.',
    advice: 'Check the connection, then reload. If it happens again, close the other Echo tabs first.',
    reload: 'Reload',
    detail: 'What the browser said',
  },
  'zh-CN': {
    title: 'Echo 的这一部分没有正常工作',
    body: '它没能加载，或者出错停下了。Echo 已经保存的内容都安全，只有还没来得及保存的可能会丢失。',
    advice: '请检查网络，然后重新加载。如果再次出现，请先关闭其他 Echo 标签页。',
    reload: '重新加载',
    detail: '浏览器给出的原因',
  },
};
