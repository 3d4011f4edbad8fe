/**
 * The house map: who may call whom. Each row may import rows above it, never a room beside it and never
 * a room below. `docs/decisions/0001-the-house.md` says why; changing this file is a decision record.
 */
const rows = [
  ['core'],
  ['config', 'events', 'learning'],
  ['insights'],
  ['audio', 'features', 'compute', 'metrics', 'vault'],
  ['speech', 'behaviour', 'adaptation', 'actions'],
  ['bridge'],
  ['agents'],
];

/** Every room may import itself and the rows above it. */
const roomRules = rows.flatMap((rooms, row) =>
  rooms.map((room) => {
    const above = rows.slice(0, row).flat();
    return {
      name: `map-${room}`,
      comment: `src/${room} may import only itself${above.length > 0 ? ` and ${above.join(', ')}` : ''}`,
      severity: 'error',
      from: { path: `^src/${room}/` },
      to: { path: '^(src|workers|server|bench|test)/', pathNot: `^src/(${[room, ...above].join('|')})/` },
    };
  }),
);

module.exports = {
  forbidden: [
    ...roomRules,
    {
      name: 'map-facade',
      comment: 'echo.ts and sdk.ts compose the rooms; they know neither the UI nor the entry files',
      severity: 'error',
      from: { path: '^src/(echo|sdk)\\.ts$' },
      to: { path: '^(src/(ui|main)|workers|server|bench|test)' },
    },
    {
      name: 'map-ui',
      comment: 'the UI sees the façade types and core only',
      severity: 'error',
      from: { path: '^src/ui/' },
      to: { path: '^(src|workers|server|bench|test)/', pathNot: '^src/(ui|core)/|^src/echo\\.ts$' },
    },
    {
      name: 'ui-takes-only-types-from-the-facade',
      comment: 'the UI gets its Echo from main.tsx; it never makes one',
      severity: 'error',
      from: { path: '^src/ui/' },
      to: { path: '^src/echo\\.ts$', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'nobody-imports-entries',
      comment: 'entry files are composition roots',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/main\\.tsx$' },
      to: { path: '^(workers/|src/main\\.tsx)' },
    },
    {
      name: 'examples-import-only-the-sdk',
      comment: 'what an example needs and sdk.ts does not have, nobody outside could have either',
      severity: 'error',
      from: { path: '^examples/' },
      to: { path: '^(src|workers|server|bench|test)/', pathNot: '^src/sdk\\.ts$' },
    },
    {
      name: 'map-server',
      comment: 'the endpoint shares with the app what goes over the wire, and nothing else',
      severity: 'error',
      from: { path: '^server/' },
      to: { path: '^(src|workers|bench|test|scripts)/', pathNot: '^src/(core|insights/protocol)/' },
    },
    {
      name: 'nobody-imports-the-server',
      severity: 'error',
      from: { path: '^(src|workers)/' },
      to: { path: '^server/' },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-unresolved',
      severity: 'error',
      from: {},
      // The query keeps a file that a package exports by name from being found; Vite finds it, and the build fails if not.
      to: {
        couldNotResolve: true,
        pathNot: '^virtual:|^vite/client$|^onnxruntime-web/[\\w-]+\\.wasm\\?url$',
      },
    },
    {
      name: 'no-dev-dependencies-in-the-app',
      severity: 'error',
      from: { path: '^(src|workers|server)/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-orphans',
      comment: 'a file nobody imports is a file nobody needs',
      severity: 'error',
      from: { orphan: true, path: '^(src|workers|server)/', pathNot: '\\.d\\.ts$' },
      to: {},
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.test.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'browser', 'default'] },
  },
};
