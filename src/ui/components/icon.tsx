/** Our own drawings on a 24-pixel grid, one stroke wide. Always beside words or under an aria-label. */
const PATHS = {
  talk: ['M12 4a3 3 0 0 1 3 3v5a3 3 0 0 1-6 0V7a3 3 0 0 1 3-3Z', 'M6 11.5a6 6 0 0 0 12 0', 'M12 17.5V20'],
  phrases: [
    'M5 5h14a1.5 1.5 0 0 1 1.5 1.5v8A1.5 1.5 0 0 1 19 16h-6l-4.5 4V16H5a1.5 1.5 0 0 1-1.5-1.5v-8A1.5 1.5 0 0 1 5 5Z',
    'M8 9.5h8',
    'M8 12.5h5',
  ],
  you: ['M12 4.5a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7Z', 'M5 20c.4-3.7 3.3-6 7-6s6.6 2.3 7 6'],
  privacy: ['M12 3.5 5 6v5.5c0 4.2 2.8 7.3 7 9 4.2-1.7 7-4.8 7-9V6l-7-2.5Z', 'm9 11.8 2.2 2.2L15.2 10'],
  settings: [
    'M4 7h9',
    'M17 7h3',
    'M15 5a2 2 0 1 1 0 4 2 2 0 0 1 0-4Z',
    'M4 17h3',
    'M11 17h9',
    'M9 15a2 2 0 1 1 0 4 2 2 0 0 1 0-4Z',
  ],
  developer: ['m8.5 8-4 4 4 4', 'm15.5 8 4 4-4 4', 'm13.5 5.5-3 13'],
  menu: ['M5 7h14', 'M5 12h14', 'M5 17h14'],
  play: ['M8.5 6.2v11.6a.6.6 0 0 0 .9.5l9-5.8a.6.6 0 0 0 0-1l-9-5.8a.6.6 0 0 0-.9.5Z'],
  stop: ['M7.5 7h9v10h-9Z'],
  close: ['m6.5 6.5 11 11', 'm17.5 6.5-11 11'],
  add: ['M12 5.5v13', 'M5.5 12h13'],
  delete: ['M5 7h14', 'M9.5 7V5h5v2', 'M7 7l.8 12h8.4L17 7', 'M10.5 10.5v5', 'M13.5 10.5v5'],
  back: ['M14.5 6 8.5 12l6 6'],
  forward: ['m9.5 6 6 6-6 6'],
  check: ['m5.5 12.5 4.3 4.3L18.5 8'],
  undo: ['M8 5 4.5 8.5 8 12', 'M5 8.5h9a5 5 0 0 1 0 10h-4'],
  again: ['M18.5 12a6.5 6.5 0 1 1-2-4.7', 'M18.5 4.5v4h-4'],
  warning: ['M12 4.5 3.5 19h17L12 4.5Z', 'M12 10v4', 'M12 16.6v.2'],
  info: ['M12 4a8 8 0 1 1 0 16 8 8 0 0 1 0-16Z', 'M12 11v5', 'M12 8v.2'],
  file: ['M7 3.5h6.5L18 8v12.5H7Z', 'M13.5 3.5V8H18', 'M10 16v-2', 'M12.5 17v-4', 'M15 16v-2'],
  sample: ['M4 10v4', 'M8 7v10', 'M12 4.5v15', 'M16 8v8', 'M20 10.5v3'],
  edit: ['M5 19h3.2L18.6 8.6a1.6 1.6 0 0 0 0-2.3l-.9-.9a1.6 1.6 0 0 0-2.3 0L5 15.8V19Z'],
  lock: ['M6.5 11h11v8.5h-11Z', 'M9 11V8a3 3 0 0 1 6 0v3'],
  offline: [
    'M4 4l16 16',
    'M8.5 15.5a5 5 0 0 1 7 0',
    'M5 12a10 10 0 0 1 3.5-2.2',
    'M19 12a10 10 0 0 0-5-2.7',
    'M12 19v.2',
  ],
  download: ['M12 4.5v10', 'm8 11 4 4 4-4', 'M5 19.5h14'],
  search: ['M10.5 4.5a6 6 0 1 1 0 12 6 6 0 0 1 0-12Z', 'm15 15 4.5 4.5'],
  eye: [
    'M3 12c2-3.8 5.2-6 9-6s7 2.2 9 6c-2 3.8-5.2 6-9 6s-7-2.2-9-6Z',
    'M12 9.5a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5Z',
  ],
  eyeClosed: ['M3 11c2 3.3 5.2 5 9 5s7-1.7 9-5', 'M12 16v3', 'm6.3 14.6-1.8 2.5', 'm17.7 14.6 1.8 2.5'],
  none: ['M12 4.5a7.5 7.5 0 1 1 0 15 7.5 7.5 0 0 1 0-15Z', 'm6.8 17.2 10.4-10.4'],
  speak: [
    'M4.5 9.5v5h3.2L12 18.5v-13L7.7 9.5Z',
    'M15.2 9.3a4 4 0 0 1 0 5.4',
    'M17.8 6.8a7.5 7.5 0 0 1 0 10.4',
  ],
  note: ['M6 4.5h12v10L13.5 19.5H6Z', 'M18 14.5h-4.5v5', 'M9 8.5h6', 'M9 11.5h4'],
  timer: ['M12 6.5a6.8 6.8 0 1 1 0 13.5 6.8 6.8 0 0 1 0-13.5Z', 'M12 9.8v3.6l2.2 1.6', 'M10 3.5h4'],
  alarm: [
    'M12 6a6.8 6.8 0 1 1 0 13.6A6.8 6.8 0 0 1 12 6Z',
    'M12 9.4v3.6h3',
    'M3.8 7.4 7 4.6',
    'M20.2 7.4 17 4.6',
  ],
  link: ['M13.5 5h5.5v5.5', 'M19 5l-8 8', 'M17 13.5V19H5V7h5.5'],
  copy: ['M9 9h10v10H9Z', 'M6.5 15H5V5h10v1.5'],
  webhook: [
    'M12 4.5a3.2 3.2 0 0 1 2.6 5.1L17 14',
    'M18.2 14a3.2 3.2 0 1 1-3 4.3H9.6',
    'M9.8 18.3a3.2 3.2 0 1 1-3.4-4.3L9.4 9.6',
  ],
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name, size = 22 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg
      aria-hidden="true"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill={name === 'play' || name === 'stop' ? 'currentColor' : 'none'}
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      {PATHS[name].map((path) => (
        <path key={path} d={path} />
      ))}
    </svg>
  );
}
