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
          sequence: { groupOrder: 0 },
        },
      },
      {
        // Whole nodes, engines and browsers: one file at a time, when everything else is done.
        extends: true,
        test: {
          name: 'whole',
          include: ['tests/{system,browser}/**/*.test.ts'],
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
})
