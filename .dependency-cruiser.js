const packages = {
  contracts: [],
  detection: ['contracts'],
  runtime: ['contracts'],
  link: ['contracts', 'runtime'],
  station: ['contracts', 'detection', 'runtime', 'link'],
  centre: ['contracts', 'detection', 'runtime', 'link'],
  replay: ['contracts', 'link'],
  portal: ['contracts'],
  haidang: ['contracts', 'detection', 'runtime', 'link', 'station', 'centre', 'replay'],
}
const mayImport = Object.entries(packages).map(([name, allowed]) => ({
  name: `${name}-imports`,
  severity: 'error',
  comment: `Package ${name} may import ${allowed.join(', ') || 'no package of ours'} (house.md, Packages).`,
  from: { path: `^packages/${name}/src`, pathNot: '\\.test\\.tsx?$' },
  to: { path: '^packages/', pathNot: `^packages/(${[name, ...allowed].join('|')})/` },
}))

// The centre's modules, upstream first. A module may know those on lines above, never below.
const lines = [
  [
    'settings',
    'organisations',
    'contacts',
    'memberships',
    'roster',
    'requests',
    'forms',
    'sharing',
    'people',
    'accounts',
    'approvals',
    'systems',
    'attribution',
    'stations',
    'estate',
    'inspections',
    'deadlines',
  ],
  [
    'ingest',
    'events',
    'rules',
    'trials',
    'rollouts',
    'intelligence',
    'observation',
    'vulnerabilities',
    'samples',
    'alerts',
  ],
  ['correlation', 'playbooks', 'incidents', 'evidence'],
  ['orders', 'tasks', 'observables', 'answers', 'advisories', 'hunts', 'messages', 'shifts'],
  ['exercises', 'training', 'laboratory', 'compliance'],
  [
    'notifications',
    'tellings',
    'audit',
    'readings',
    'certificates',
    'documents',
    'reports',
    'programme',
    'public',
  ],
]
const folder = (names) => `^packages/centre/src/modules/(${names.join('|')})/`
const flow = lines.slice(0, -1).map((line, i) => ({
  name: `centre-flow-${i + 1}`,
  severity: 'error',
  comment: 'Data flows one way: an upstream module must not know a downstream one.',
  from: { path: folder(line), pathNot: '\\.test\\.ts$' },
  to: { path: folder(lines.slice(i + 1).flat()) },
}))

export default {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      comment: 'Take the shared part out, or turn the arrow round.',
      from: {},
      to: { circular: true },
    },
    {
      name: 'detection-is-pure',
      severity: 'error',
      comment: 'Detection has no I/O and no clock: pass in what it needs.',
      from: { path: '^packages/(detection|contracts)/src', pathNot: '\\.test\\.ts$' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'modules-meet-at-the-service',
      severity: 'error',
      comment:
        'Another module is reached through its service (or its tables’ view is asked of it), never its store.',
      from: { path: '^packages/centre/src/modules/([^/]+)/', pathNot: '\\.test\\.ts$' },
      to: {
        path: '^packages/centre/src/modules/',
        pathNot: ['^packages/centre/src/modules/$1/', '-service\\.ts$'],
      },
    },
    {
      name: 'modules-meet-as-types',
      severity: 'error',
      comment: 'Wire instances in centre.ts; a module imports the type of another’s service only.',
      from: { path: '^packages/centre/src/modules/([^/]+)/', pathNot: '\\.test\\.ts$' },
      to: {
        path: '^packages/centre/src/modules/',
        pathNot: '^packages/centre/src/modules/$1/',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'tables-belong-to-their-module',
      severity: 'error',
      comment:
        'Only the store and view of a module touch its tables; the types of their rows are free.',
      from: { path: '^packages/centre/src/modules/', pathNot: '(-store|-view|\\.test)\\.ts$' },
      to: { path: '-tables\\.ts$', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'production-knows-no-tests',
      severity: 'error',
      comment: 'The testbed and the tests are never shipped.',
      from: { path: '^packages/(?!testbed)[^/]+/src', pathNot: '\\.test\\.tsx?$' },
      to: { path: '(^packages/testbed/|\\.test\\.tsx?$|^tests/)' },
    },
    ...mayImport,
    ...flow,
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(node_modules|/dist/)' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'default'],
      extensions: ['.ts', '.tsx', '.js'],
    },
  },
}
