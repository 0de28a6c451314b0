import type { Backup, BackupStatus } from '@haidang/contracts/backup'
import type { backupApi } from '@haidang/contracts/backup-api'
import { millisecondsOf } from '@haidang/contracts/instant'
import { BackupShelf, type ShelvedBackup } from '@haidang/runtime/backup/backup-shelf'
import type { Caller } from '@haidang/runtime/caller'
import type { Clock } from '@haidang/runtime/clock'
import { type Database, type Scope, systemScope } from '@haidang/runtime/database/database'
import type { Handlers } from '@haidang/runtime/http/serve'
import type { Journal } from '@haidang/runtime/journal'
import type { Log } from '@haidang/runtime/log'
import { Problem } from '@haidang/runtime/problem'
import type { BackupConfiguration } from './backup-configuration.ts'
import { backupKey } from './backup-key-file.ts'
import { makeBackup, type WholeNode } from './backup-maker.ts'
import { configuredPlace } from './node-place.ts'

interface ServiceParts {
  readonly configuration: BackupConfiguration
  readonly node: string
  readonly databaseUrl: string
  readonly whole: WholeNode
  readonly database: Database
  readonly journal: Journal
  readonly clock: Clock
  readonly log: Log
  readonly signal: AbortSignal
}

type Actor = Scope['actor']

const hour = 3_600_000
/** Times `every_hours` after which the last backup is too old, unless told. */
const lateAfter = 3

/** Backups of a running node: by themselves, and when somebody asks. One at a time. */
export class BackupService {
  readonly #parts: ServiceParts
  #running: { since: string; step: string; bytes: number } | undefined
  #failed: { at: string; cause: string } | null = null
  #backups: readonly ShelvedBackup[] = []
  #looked = false
  #ending: Promise<void> = Promise.resolve()

  constructor(parts: ServiceParts) {
    this.#parts = parts
  }

  /** Whether any backup is to be made. */
  get on(): boolean {
    const { directory, url } = this.#parts.configuration
    return directory !== undefined || url !== undefined
  }

  async status(): Promise<BackupStatus> {
    const { directory, url, every_hours, keep } = this.#parts.configuration
    const [last] = await this.backups()
    return {
      place: directory ?? url ?? null,
      every_hours,
      keep,
      last: last ? shown(last) : null,
      running: this.#running ?? null,
      failed: this.#failed,
    }
  }

  /** Whole ones, newest first. */
  async backups(): Promise<readonly ShelvedBackup[]> {
    if (!this.on || this.#looked) return this.#backups
    await this.#onShelf(async () => undefined)
    return this.#backups
  }

  /** Milliseconds since the newest whole backup, and those from which it is too old. */
  async age(): Promise<{ age: number | undefined; most: number }> {
    const { clock, configuration } = this.#parts
    const { every_hours, late_hours = lateAfter * every_hours } = configuration
    const [last] = await this.backups()
    const age = last && clock.now() - millisecondsOf(last.created_at)
    return { age, most: late_hours * hour }
  }

  /** Begins one; resolves once it is under way. Throws Problem backup.not-configured or backup.running. */
  async begin(actor: Actor, reason: string): Promise<BackupStatus> {
    if (!this.on)
      throw new Problem(
        'backup.not-configured',
        'set backup.directory or backup.url, and backup.recipient (haidang backup key prints one)',
      )
    if (this.#running) throw new Problem('backup.running')
    this.#running = { since: this.#parts.clock.iso(), step: '', bytes: 0 }
    this.#ending = this.#make(actor, reason)
    return await this.status()
  }

  /** Makes a backup where the last one is old enough; resolves when it is there or has failed. */
  async turn(): Promise<void> {
    if (!this.on || this.#running) return
    const { age } = await this.age()
    if (age !== undefined && age < this.#parts.configuration.every_hours * hour) return
    await this.begin(systemScope.actor, '')
    await this.#ending
  }

  /** Resolves when none is under way. */
  async idle(): Promise<void> {
    await this.#ending
  }

  async #make(actor: Actor, reason: string): Promise<void> {
    const { log, clock, configuration } = this.#parts
    try {
      const made = await this.#onShelf(async (shelf) => {
        const backup = await this.#write(shelf)
        await shelf.thin('whole', configuration.keep)
        return backup
      })
      this.#failed = null
      await this.#tell('backup.made', actor, reason, made.id, shown(made))
    } catch (error) {
      const cause = error instanceof Error ? error.message : String(error)
      this.#failed = { at: clock.iso(), cause }
      log.error({ error }, 'the backup failed')
      await this.#tell('backup.failed', actor, reason, '', { cause }).catch(() => undefined)
    } finally {
      this.#running = undefined
    }
  }

  async #write(shelf: BackupShelf): Promise<ShelvedBackup> {
    const { configuration, whole, node, databaseUrl, clock, signal } = this.#parts
    const parts = {
      shelf,
      node,
      databaseUrl,
      clock,
      signal,
      key: await backupKey(whole.dataDirectory),
      readers: configuration,
      progress: (step: string, bytes: number) => {
        if (this.#running) this.#running = { ...this.#running, step, bytes }
      },
    }
    return await makeBackup(parts, whole)
  }

  async #onShelf<T>(work: (shelf: BackupShelf) => Promise<T>): Promise<T> {
    const { configuration, node, clock } = this.#parts
    const place = await configuredPlace(configuration, node, clock)
    if (!place) throw new Problem('backup.not-configured')
    try {
      const shelf = await BackupShelf.open(place)
      const done = await work(shelf)
      this.#backups = shelf.backups.filter(({ kind }) => kind === 'whole')
      this.#looked = true
      return done
    } finally {
      place.close()
    }
  }

  async #tell(
    type: 'backup.made' | 'backup.failed',
    actor: Actor,
    reason: string,
    subject: string,
    after: object,
  ): Promise<void> {
    const { database, journal } = this.#parts
    await database.transact(systemScope, (tx) =>
      journal.append(tx, {
        type,
        organisation_id: null,
        actor,
        reason,
        subject,
        after,
        authority: actor.id === systemScope.actor.id ? 'backup.every_hours' : 'station.manage',
      }),
    )
  }
}

/** The routes of backups. */
export function backupRoutes(service: BackupService): Handlers<typeof backupApi> {
  return {
    status: async ({ caller }) => {
      requireWholeNode(caller)
      return service.status()
    },
    list: async ({ caller, query }) => {
      requireWholeNode(caller)
      const backups = await service.backups()
      const after = backups.findIndex(({ id }) => id === query.cursor) + 1
      const items = backups.slice(after, after + query.limit)
      const last = items.at(-1)
      const more = after + items.length < backups.length
      return { items: items.map(shown), next: more && last ? last.id : null }
    },
    create: async ({ caller, body }) => {
      requireWholeNode(caller)
      return service.begin(caller.scope.actor, body.reason)
    },
  }
}

/** A backup holds what is everybody's: who sees one organisation alone learns nothing of it. */
function requireWholeNode({ scope }: Caller): void {
  if (scope.organisations !== 'all') throw new Problem('backup.not-found')
}

function shown({ manifest_sha256: _, ...backup }: ShelvedBackup): Backup {
  return backup
}
