/** The English words about what typed texts are compared by. */
export const enTextModel = {
  'textModel.title': 'Typed texts',
  'textModel.built-in': 'Compared by the built-in table of word pieces. This site hosts no text model.',
  'textModel.loading': 'Loading the text model from {folder}. Until it is there, the built-in table is used.',
  'textModel.hosted': 'Compared by the text model in {folder}, {dimensions} dimensions.',
  'textModel.failed.unreachable':
    'The text model in {folder} could not be fetched: a file is missing, or there is no network. The built-in table is used. Echo tries again when the page is loaded anew.',
  'textModel.failed.unusable':
    'The files in {folder} are no text model that Echo can use. The built-in table is used. Whoever runs this site can correct it: see the guide for operators.',
} as const satisfies Readonly<Record<string, string>>;
