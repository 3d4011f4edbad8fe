import type { enTextModel } from './en-text-model';

/** 关于用什么来比较输入文字的文案。 */
export const zhCnTextModel: Readonly<Record<keyof typeof enTextModel, string>> = {
  'textModel.title': '输入的文字',
  'textModel.built-in': '用内置的字词表来比较。本站没有另外提供文本模型。',
  'textModel.loading': '正在从 {folder} 载入文本模型。载入之前先用内置的字词表。',
  'textModel.hosted': '用 {folder} 里的文本模型来比较，共 {dimensions} 维。',
  'textModel.failed.unreachable':
    '没能取到 {folder} 里的文本模型：缺少文件，或者没有网络。现在用的是内置的字词表。重新打开页面时会再试一次。',
  'textModel.failed.unusable':
    '{folder} 里的文件不是 Echo 能用的文本模型。现在用的是内置的字词表。请本站的管理者对照管理者指南改正。',
};
