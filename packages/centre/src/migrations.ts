import { join } from 'node:path'

/** The SQL of the centre's tables, applied in order of file name after runtime, link and station. */
export const centreMigrations = {
  name: 'centre',
  directory: join(import.meta.dirname, '../migrations'),
}
