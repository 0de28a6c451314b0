import { join } from 'node:path'
import type { MigrationSet } from './database/migrator.ts'

export const runtimeMigrations: MigrationSet = {
  name: 'runtime',
  directory: join(import.meta.dirname, '../migrations'),
}
