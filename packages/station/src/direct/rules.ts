import { setTimeout as delay } from 'node:timers/promises'
import { millisecondsOf } from '@haidang/contracts/instant'
import {
  type RuleSetContent,
  type RuleSetFile,
  RuleSetManifest,
  type RuleSetReport,
} from '@haidang/contracts/rule-set'
import { canonicalJson } from '@haidang/runtime/canonical-json'
import type { Clock } from '@haidang/runtime/clock'
import { type Database, systemScope, type Tx } from '@haidang/runtime/database/database'
import type { Journal } from '@haidang/runtime/journal'
import type { Log } from '@haidang/runtime/log'
import type { RuleService } from '../detect/rule-service.ts'
import { type DirectedFile, hashOf, type RuleDirectory } from './rule-directory.ts'
import type { RuleSetStore } from './rule-set-store.ts'
import type { DirectedSetRow, Issuer } from './rule-set-tables.ts'

export interface DirectedRulesParts {
  readonly database: Database
  readonly journal: Journal
  readonly store: RuleSetStore
  readonly clock: Clock
  readonly log: Log
  /** Where the files of each issuer's set lie. */
  readonly directories: Readonly<Record<Issuer, RuleDirectory>>
  /** Tells the issuer what became of a set, in the transaction that decides it. */
  readonly answer: (
    tx: Tx,
    issuer: Issuer,
    type: 'rules.applied' | 'rules.refused',
    report: RuleSetReport,
  ) => Promise<void>
}

/** The rules in force, as far as a set changes them. */
export type RulesInForce = Pick<RuleService, 'reload' | 'list'>

const mostFiles = 60_000
const look = 1_000
/** How often disk and database are compared, and tunings looked at for their end. */
const checkEvery = 30_000

/** The label before the paths of an issuer's files. */
export const directedLabels: Readonly<Record<Issuer, string>> = {
  parent: 'published',
  own: 'library',
}

/**
 * Directives of kind rules: takes signed sets, puts them into force as a whole, says what became of them.
 * Invariants: a set is stored before it is confirmed; the rows say what shall be in force and the files
 * follow, so that a stop at any moment is made good at the next start; a set that cannot be used leaves
 * the old one in force.
 */
export class DirectedRules {
  readonly #parts: DirectedRulesParts
  #parentReport: RuleSetReport | null = null
  #lastCheck = Number.NEGATIVE_INFINITY

  constructor(parts: DirectedRulesParts) {
    this.#parts = parts
  }

  /** The parent's set as it is in force, for the heartbeat. */
  get report(): RuleSetReport | null {
    return this.#parentReport
  }

  /** Keeps a file that sets may name; one that is not what its hash says is left out. */
  async content(tx: Tx, { file }: RuleSetContent): Promise<void> {
    const { store, log } = this.#parts
    const isText = file.text.isWellFormed() && !file.text.includes('\u0000')
    const genuine = isText && hashOf(file.text) === file.sha256
    if (genuine && (await store.countFiles(tx)) < mostFiles) {
      return store.addFile(tx, file.sha256, file.text)
    }
    log.warn({ sha256: file.sha256, genuine }, 'a file of a rule set was not kept')
  }

  /** Takes a set whose signature was verified; what is wrong with it is answered, not thrown. */
  async set(tx: Tx, issuer: Issuer, organisation_id: string, data: unknown): Promise<void> {
    const { store } = this.#parts
    const read = RuleSetManifest.safeParse(data)
    if (!read.success) {
      const [issue] = read.error.issues
      const problem = `malformed: ${issue?.path.join('.')} ${issue?.message}`
      return this.#refused(tx, issuer, { number: 1, hash: '', active: 0, errors: 0, problem })
    }
    const manifest = read.data
    const known = await store.get(tx, issuer)
    const last = known?.organisation_id === organisation_id ? known.last_number : 0
    const problem = problemOf(manifest, last)
    if (problem) return this.#refused(tx, issuer, reportOf(manifest, { problem }))
    const blank = { in_force: null, active: 0, errors: 0, problem: null }
    await store.put(tx, {
      ...(known ?? blank),
      issuer,
      organisation_id,
      last_number: manifest.number,
      waiting: manifest,
    })
  }

  /** Puts on disk what shall be in force, and lets go of what no set names; before rules are first loaded. */
  async restore(): Promise<void> {
    const { database, store } = this.#parts
    await database.transact(systemScope, async (tx) => {
      const sets = (await store.all(tx)).flatMap(({ waiting, in_force }) => [waiting, in_force])
      const named = sets.flatMap((set) => set?.files.map(({ sha256 }) => sha256) ?? [])
      await store.keepOnly(tx, named)
    })
    for (const row of await this.#rows()) {
      if (row.in_force !== null) await this.#materialise(row.issuer, row.in_force)
      this.#remember(row)
    }
  }

  /** Puts sets into force as they come, until the signal aborts. */
  async run(rules: RulesInForce, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.look(rules).catch((error: unknown) => {
        this.#parts.log.error({ error }, 'a rule set could not be looked at')
      })
      await delay(look, undefined, { signal }).catch(() => undefined)
    }
  }

  /** One look: sets that wait, and now and then whether disk and rows still agree. */
  async look(rules: RulesInForce): Promise<void> {
    const { clock } = this.#parts
    const rows = await this.#rows()
    for (const row of rows) if (row.waiting !== null) await this.#apply(rules, row, row.waiting)
    if (clock.monotonic() - this.#lastCheck < checkEvery) return
    this.#lastCheck = clock.monotonic()
    for (const row of rows) if (row.waiting === null) await this.#check(rules, row)
  }

  async #apply(rules: RulesInForce, row: DirectedSetRow, manifest: RuleSetManifest): Promise<void> {
    const { issuer } = row
    const directory = this.#parts.directories[issuer]
    const files = await this.#files(manifest)
    if (typeof files === 'string') return this.#giveUp(row, reportOf(manifest, { problem: files }))
    const putBack = await directory.exchange(files)
    const counts = await this.#countsAfterReload(rules, issuer)
    if (typeof counts === 'string') {
      await putBack()
      await rules.reload().catch(() => undefined)
      return this.#giveUp(row, reportOf(manifest, { problem: counts }))
    }
    await this.#inForce(row, reportOf(manifest, { ...counts, problem: null }), manifest)
    await directory.tidy()
  }

  /** How many rules of the set work, or why it must not stay. */
  async #countsAfterReload(
    rules: RulesInForce,
    issuer: Issuer,
  ): Promise<{ active: number; errors: number } | string> {
    try {
      await rules.reload()
    } catch (error) {
      return error instanceof Error ? error.message : String(error)
    }
    const prefix = `${directedLabels[issuer]}/rules/`
    const own = (await rules.list()).filter(({ path }) => path.startsWith(prefix))
    const active = own.filter(({ state }) => state === 'active').length
    const broken = own.filter(({ state }) => state === 'error')
    if (active === 0 && broken.length > 0) return `no rule of it works: ${broken[0]?.problem}`
    return { active, errors: broken.length }
  }

  async #inForce(
    row: DirectedSetRow,
    report: RuleSetReport,
    manifest: RuleSetManifest,
  ): Promise<void> {
    const { active, errors } = report
    await this.#settle(
      { ...row, in_force: manifest, active, errors, problem: null },
      async (tx) => {
        await this.#journal(tx, row.issuer, 'rule-set.applied', report)
        await this.#parts.answer(tx, row.issuer, 'rules.applied', report)
      },
    )
  }

  async #giveUp(row: DirectedSetRow, report: RuleSetReport): Promise<void> {
    this.#parts.log.warn({ ...report }, 'a rule set is refused')
    await this.#settle({ ...row, problem: report.problem }, (tx) =>
      this.#refused(tx, row.issuer, report),
    )
  }

  /** Ends the waiting of a set, unless a newer one came meanwhile. */
  async #settle(settled: DirectedSetRow, say: (tx: Tx) => Promise<void>): Promise<void> {
    const { database, store } = this.#parts
    const row = await database.transact(systemScope, async (tx) => {
      const now = await store.get(tx, settled.issuer)
      const isNewest = now?.last_number === settled.last_number
      const kept = isNewest
        ? { ...settled, waiting: null }
        : { ...settled, waiting: now?.waiting ?? null, last_number: now?.last_number ?? 0 }
      await store.put(tx, kept)
      await say(tx)
      return kept
    })
    this.#remember(row)
  }

  async #check(rules: RulesInForce, row: DirectedSetRow): Promise<void> {
    if (row.in_force !== null && (await this.#materialise(row.issuer, row.in_force))) {
      this.#parts.log.info({ issuer: row.issuer }, 'the files of a rule set were put right')
      await rules.reload()
    }
  }

  /** Answers whether files had to be written. */
  async #materialise(issuer: Issuer, manifest: RuleSetManifest): Promise<boolean> {
    const files = await this.#files(manifest)
    if (typeof files === 'string') throw new Error(`rule set ${manifest.number}: ${files}`)
    const directory = this.#parts.directories[issuer]
    if (await directory.holds(files)) return false
    await directory.exchange(files)
    await directory.tidy()
    return true
  }

  /** The files of a set that count now, or that some are missing. */
  async #files({ files }: RuleSetManifest): Promise<DirectedFile[] | string> {
    const { database, store, clock } = this.#parts
    const counting = files.filter((file) => counts(file, clock.now()))
    const hashes = files.map(({ sha256 }) => sha256)
    const texts = await database.transact(systemScope, (tx) => store.texts(tx, hashes))
    const missing = hashes.filter((hash) => !texts.has(hash)).length
    if (missing > 0) return `files-missing: ${missing} of ${hashes.length}`
    return counting.map(({ path, sha256 }) => ({ path, sha256, text: texts.get(sha256) ?? '' }))
  }

  #rows(): Promise<DirectedSetRow[]> {
    return this.#parts.database.transact(systemScope, (tx) => this.#parts.store.all(tx))
  }

  #remember({ issuer, in_force, active, errors, problem }: DirectedSetRow): void {
    if (issuer !== 'parent' || in_force === null) return
    this.#parentReport = reportOf(in_force, { active, errors, problem })
  }

  async #refused(tx: Tx, issuer: Issuer, report: RuleSetReport): Promise<void> {
    await this.#journal(tx, issuer, 'rule-set.refused', report)
    await this.#parts.answer(tx, issuer, 'rules.refused', report)
  }

  async #journal(
    tx: Tx,
    issuer: Issuer,
    type: 'rule-set.applied' | 'rule-set.refused',
    report: RuleSetReport,
  ): Promise<void> {
    await this.#parts.journal.append(tx, {
      type,
      organisation_id: null,
      actor: systemScope.actor,
      authority: issuer === 'parent' ? 'link.rules' : 'rule.publish',
      subject: `rule-set:${report.number}`,
      reason: report.problem ?? '',
      after: report,
    })
  }
}

/** What is wrong with a set before its files are looked at; undefined: nothing. */
function problemOf({ number, hash, files }: RuleSetManifest, last: number): string | undefined {
  if (number <= last) return `it is number ${number}, and ${last} was here already`
  if (hashOf(canonicalJson(files)) !== hash) return 'its hash is not that of its files'
  const paths = new Set(files.map(({ path }) => path))
  return paths.size === files.length ? undefined : 'it names a path twice'
}

function counts({ expires_at }: RuleSetFile, now: number): boolean {
  return expires_at === null || millisecondsOf(expires_at) > now
}

function reportOf(
  { number, hash }: Pick<RuleSetManifest, 'number' | 'hash'>,
  { active = 0, errors = 0, problem }: Partial<RuleSetReport> & Pick<RuleSetReport, 'problem'>,
): RuleSetReport {
  return { number, hash, active, errors, problem: problem?.slice(0, 1000) ?? null }
}
