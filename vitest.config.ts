import { defineConfig } from 'vitest/config'

const stations = ['packages/station/tests/**/*.test.ts']

export default defineConfig({
  test: {
    globalSetup: ['tests/setup/database-server.ts'],
    setupFiles: ['tests/setup/property-seed.ts', 'tests/setup/cheap-passwords.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    pool: 'forks',
    projects: [
      {
        extends: true,
        test: {
          name: 'parts',
          include: ['packages/*/{src,tests}/**/*.test.ts', 'tests/house/**/*.test.ts'],
          exclude: stations,
          // Files share what they import: reading the same modules for each took a fifth of the run.
          isolate: false,
          // Without it one core is left idle: of two, half.
          maxWorkers: '100%',
          sequence: { groupOrder: 0 },
        },
      },
      {
        // What they start together is kept by the file that runs, so none shares its modules with another.
        extends: true,
        test: {
          name: 'stations',
          include: stations,
          maxWorkers: '100%',
          sequence: { groupOrder: 0 },
        },
      },
      {
        // Whole nodes, engines and browsers, when everything else is done: two files at a time, since one
        // alone waits for engines and leaves a core idle, and three take as long again.
        extends: true,
        test: {
          name: 'whole',
          include: ['tests/{system,browser}/**/*.test.ts'],
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
})
