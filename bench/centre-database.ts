import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { centreMigrations } from '@haidang/centre/migrations'
import { linkMigrations } from '@haidang/link/migrations'
import { systemClock } from '@haidang/runtime/clock'
import { EmbeddedPostgres } from '@haidang/runtime/database/embedded/embedded-postgres'
import { openDatabase, type PostgresDatabase } from '@haidang/runtime/database/open-database'
import { runtimeMigrations } from '@haidang/runtime/migrations'
import { silentLog } from '@haidang/runtime/silent-log'

/** The empty database of a centre, on a server of its own; both are gone when it is disposed of. */
export async function openCentreDatabase(): Promise<
  AsyncDisposable & { readonly database: PostgresDatabase }
> {
  const directory = mkdtempSync(join(tmpdir(), 'haidang-bench-centre-'))
  chmodSync(directory, 0o711)
  const server = await EmbeddedPostgres.start({ directory, log: silentLog })
  const database = await openDatabase({
    url: await server.urlOf('postgres'),
    migrations: [runtimeMigrations, linkMigrations, centreMigrations],
    clock: systemClock,
    log: silentLog,
  })
  return {
    database,
    async [Symbol.asyncDispose]() {
      await database.close()
      await server.stop()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

/** Names of nobody. */
export const noNames = {
  organisations: async () => new Map<string, string>(),
  sources: async () => new Map<string, string>(),
  people: async () => new Map<string, string>(),
  stations: async () => new Map<string, string>(),
}
