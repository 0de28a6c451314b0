import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import type { HealthCheck } from '@haidang/contracts/health'
import type { Clock } from '@haidang/runtime/clock'
import { healthy } from '@haidang/runtime/health'
import type { Log } from '@haidang/runtime/log'
import type { Examiner } from '../detect/examiner.ts'
import { findFiles, fingerprintOf, type WatchedDirectory } from '../detect/rule-files.ts'
import type { EnrichmentFiles, EnrichmentSettings, LoadedEnrichment } from './load-enrichment.ts'
import { systemEndings } from './system-files.ts'

/** Where files lie, by what they hold. */
export interface EnrichmentPlaces {
  readonly databases: readonly WatchedDirectory[]
  readonly systems: readonly WatchedDirectory[]
  readonly knownGood: readonly WatchedDirectory[]
}

export interface EnrichmentServiceParts {
  readonly examiner: Pick<Examiner, 'enrich'>
  readonly places: EnrichmentPlaces
  readonly settings: EnrichmentSettings
  /** Age in days from which a database is called old. */
  readonly staleDays: number
  readonly clock: Clock
  readonly log: Log
  /** How often files are looked at, in milliseconds. */
  readonly interval?: number
}

const day = 86_400_000
const memoryOfReader = 2_048

/**
 * Keeps what events are enriched with in step with the files on disk. What cannot be read is left out and said;
 * where the files cannot even be found, what is in force stays.
 */
export class EnrichmentService {
  readonly #parts: EnrichmentServiceParts
  #loaded: LoadedEnrichment | undefined
  #fingerprint: string | undefined
  #problem: string | undefined

  constructor(parts: EnrichmentServiceParts) {
    this.#parts = parts
  }

  /** Looks at the files again and again, until the signal aborts. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await delay(this.#parts.interval ?? 5_000, undefined, { signal }).catch(() => undefined)
      if (!signal.aborted) await this.refresh()
    }
  }

  /** Loads if the files are not those in force. A failure is kept for `check` and logged. */
  async refresh(): Promise<void> {
    const { log } = this.#parts
    try {
      await this.#loadIfChanged()
      this.#problem = undefined
    } catch (error) {
      const cause = error instanceof Error ? error.message : String(error)
      if (cause !== this.#problem) log.error({ cause }, 'enrichment could not be loaded')
      this.#problem = cause
    }
  }

  /** For `/readyz`: what is in force, how old it is, and what is wrong with the files. */
  async check(): Promise<Pick<HealthCheck, 'state' | 'cause' | 'remedy'>> {
    const { databases = [], systems = 0, knownGoodValues = 0, problems = [] } = this.#loaded ?? {}
    const wrong = this.#problem ?? problems[0]
    if (wrong !== undefined) return unusable(wrong, Math.max(problems.length - 1, 0))
    const ages = databases.map(({ name, builtAt }) => {
      return { name, days: Math.floor((this.#parts.clock.now() - builtAt) / day) }
    })
    const old = ages.find(({ days }) => days > this.#parts.staleDays)
    if (old !== undefined) return stale(old)
    const vi = ages.map(({ name, days }) => `${name}: ${days} ngày tuổi`)
    const en = ages.map(({ name, days }) => `${name}: ${days} days old`)
    return healthy(
      [...vi, `${systems} dòng hệ thống`, `${knownGoodValues} giá trị lành`].join('; '),
      [...en, `${systems} entries of systems`, `${knownGoodValues} known-good values`].join('; '),
    )
  }

  async #loadIfChanged(): Promise<void> {
    const { places, settings, examiner, log } = this.#parts
    const files = {
      databases: await findFiles(places.databases, ['.mmdb']),
      systems: await findFiles(places.systems, systemEndings),
      knownGood: await findFiles(places.knownGood, ['.json']),
    }
    const all = [...files.databases, ...files.systems, ...files.knownGood]
    const fingerprint = fingerprintOf(all)
    if (fingerprint === this.#fingerprint) return
    const loaded = await readFiles(files, settings)
    await examiner.enrich(loaded.tables)
    this.#loaded = loaded
    this.#fingerprint = fingerprint
    const { databases, systems, knownGoodValues, problems } = loaded
    log.info({ databases, systems, knownGoodValues }, 'enrichment loaded')
    for (const problem of problems.slice(0, 20)) log.warn({ problem }, 'not in force')
  }
}

/** Reads the files in a thread of its own. Rejects if it does not come to an end. */
async function readFiles(
  files: EnrichmentFiles,
  settings: EnrichmentSettings,
): Promise<LoadedEnrichment> {
  const worker = new Worker(new URL('./enrichment-worker.ts', import.meta.url), {
    workerData: { files, settings },
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: memoryOfReader },
  })
  const ended = new Promise<never>((_, reject) => {
    worker.on('exit', (code) => reject(new Error(`thread ended with ${code}`)))
  })
  const [loaded] = await Promise.race([once(worker, 'message'), ended])
  return loaded as LoadedEnrichment
}

function unusable(wrong: string, more: number) {
  return {
    state: 'warn' as const,
    cause: {
      vi: `Dữ liệu làm giàu không dùng được: ${wrong}${more > 0 ? ` (và ${more} lỗi khác)` : ''}`,
      en: `Enrichment data cannot be used: ${wrong}${more > 0 ? ` (and ${more} more)` : ''}`,
    },
    remedy: {
      vi: 'Sửa hoặc thay tệp được nêu; nút tự đọc lại trong vài giây',
      en: 'Correct or replace the file named; the node reads it again within seconds',
    },
  }
}

function stale({ name, days }: { name: string; days: number }) {
  return {
    state: 'warn' as const,
    cause: {
      vi: `${name} đã ${days} ngày tuổi; quốc gia và hệ tự trị có thể sai`,
      en: `${name} is ${days} days old; countries and autonomous systems may be wrong`,
    },
    remedy: {
      vi: 'Chép tệp mới đè lên tệp cũ, hoặc nâng station.enrichment.stale_days',
      en: 'Copy a newer file over it, or raise station.enrichment.stale_days',
    },
  }
}
