import { join } from 'node:path'

/** The SQL of the station's tables, applied in order of file name after runtime and link. */
export const stationMigrations = {
  name: 'station',
  directory: join(import.meta.dirname, '../migrations'),
}
