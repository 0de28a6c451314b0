import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    globalSetup: ['tests/setup/database-server.ts'],
    setupFiles: ['tests/setup/property-seed.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    pool: 'forks',
    projects: [
      {
        extends: true,
        test: {
          name: 'parts',
          include: ['packages/*/{src,tests}/**/*.test.ts', 'tests/house/**/*.test.ts'],
          // Without it one core is left idle: of two, half.
          maxWorkers: '100%',
          sequence: { groupOrder: 0 },
        },
      },
      {
        // Whole nodes, engines and browsers, when everything else is done: two files at a time, since one
        // alone waits for engines and leaves a core idle.
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
