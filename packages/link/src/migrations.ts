import { join } from 'node:path'
import type { MigrationSet } from '@haidang/runtime/database/migrator'

export const linkMigrations: MigrationSet = {
  name: 'link',
  directory: join(import.meta.dirname, '../migrations'),
}
