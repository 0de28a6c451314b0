import { foldVietnamese } from '@haidang/contracts/fold'
import type { Page, PageQuery } from '@haidang/contracts/page'
import type {
  FullLibraryRule,
  ImportReport,
  LibraryRule,
  LintReport,
  RuleDocumentDraft,
  RuleImport,
} from '@haidang/contracts/rule-library'
import { severityId } from '@haidang/contracts/severity'
import { storableText } from '@haidang/contracts/storable'
import type { Caller } from '@haidang/runtime/caller'
import type { Clock } from '@haidang/runtime/clock'
import type { Database, Tx } from '@haidang/runtime/database/database'
import type { NewId } from '@haidang/runtime/ids'
import type { Journal } from '@haidang/runtime/journal'
import { Problem } from '@haidang/runtime/problem'
import { statusAfter } from './rule.ts'
import { readArchive } from './rule-archive.ts'
import {
  companionsOf,
  distinct,
  invalid,
  type LintedRule,
  lintDocuments,
  taken,
} from './rule-lint.ts'
import { libraryTlp, ruleOf, shownVersion } from './rule-shown.ts'
import type { ApprovedRule, RuleStore } from './rule-store.ts'
import type { LibraryRuleRow, RuleVersionRow } from './rule-tables.ts'

export interface RuleParts {
  readonly database: Database
  readonly store: RuleStore
  readonly journal: Journal
  readonly clock: Clock
  readonly newId: NewId
}

const mostDocuments = 5000
const shownProblems = 500
const namedInJournal = 200

/** The library of rules: read, taken in, written anew. */
export class RuleService {
  readonly #parts: RuleParts

  constructor(parts: RuleParts) {
    this.#parts = parts
  }

  list(caller: Caller, query: PageQuery): Promise<Page<LibraryRule>> {
    const { database, store } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      const { items, next } = await store.list(tx, query)
      return { items: items.map(ruleOf), next }
    })
  }

  /** Throws Problem rule.not-found, also where the caller may not know of it. */
  get(caller: Caller, id: string): Promise<FullLibraryRule> {
    return this.#parts.database.transact(caller.scope, (tx) => this.shown(tx, id))
  }

  /** Says what is wrong with texts and keeps nothing. */
  async lint(caller: Caller, documents: readonly RuleDocumentDraft[]): Promise<LintReport> {
    const linted = await this.#linted(caller, documents)
    const problems = linted.flatMap((one) => one.problems).slice(0, shownProblems)
    return { rules: linted.filter(({ usable }) => usable).length, problems }
  }

  /**
   * The rules of texts that can be used, with their Sigma ids, what they need of the library beside them, and
   * what is wrong with them and the others.
   */
  async usable({ scope }: Pick<Caller, 'scope'>, documents: readonly RuleDocumentDraft[]) {
    const { database, store } = this.#parts
    const linted = await this.#linted({ scope }, documents)
    const usable = linted.filter((one) => one.usable)
    const texts = await database.transact(scope, (tx) => store.texts(tx, companionsOf(usable)))
    return {
      rules: usable.map(({ path, text }): RuleDocumentDraft => ({ path, text })),
      ids: new Set(usable.map(({ entry }) => entry.id)),
      companions: texts.map((text, i): RuleDocumentDraft => ({ path: `library-${i}.yml`, text })),
      problems: linted.flatMap(({ problems }) => problems),
    }
  }

  /** A rule and one of its texts, the newest unless told. Throws Problem rule.not-found. */
  async textOf(tx: Tx, id: string, version?: number) {
    const rule = await this.require(tx, id)
    const found = await this.#parts.store.version(tx, id, version ?? rule.version)
    if (!found) throw new Problem('rule.not-found', `no version ${version}`)
    return { rule, version: found.version, text: found.text }
  }

  /**
   * Takes rules in as drafts of the caller: a new id makes a rule, a known one a new version unless the text
   * is the same. A file with an error is refused and stops no other. Throws Problem rule.archive-unreadable,
   * organisation.not-found (before set-up).
   */
  async import(caller: Caller, { documents, archive, reason }: RuleImport): Promise<ImportReport> {
    const { database, journal } = this.#parts
    if (caller.organisation_id === '') {
      throw new Problem('organisation.not-found', 'this node is not set up')
    }
    const packed = archive ? await readArchive(Buffer.from(archive, 'base64')) : []
    const all = [...documents, ...packed]
    if (all.length > mostDocuments) {
      throw new Problem('request.too-large', `${all.length} files; at most ${mostDocuments}`)
    }
    const batch = distinct(await this.#linted(caller, all))
    return database.transact(caller.scope, async (tx) => {
      const kept = await this.#keep(tx, caller, batch.rules)
      const problems = [...batch.problems, ...kept.problems]
      const { created, changed, unchanged } = kept
      const refused = batch.refused + kept.problems.length
      const rules = [...created, ...changed]
      const counts = { created: created.length, changed: changed.length, unchanged, refused }
      if (rules.length > 0) {
        await journal.append(tx, {
          type: 'rules.imported',
          organisation_id: caller.organisation_id,
          tlp_rank: libraryTlp,
          actor: caller.scope.actor,
          authority: 'rule.write',
          subject: rules[0] ?? '',
          related: rules.slice(0, namedInJournal),
          reason,
          after: counts,
        })
      }
      return { ...counts, rules, problems: problems.slice(0, shownProblems) }
    })
  }

  /** Gives a rule a new text. Throws Problem rule.not-found, rule.invalid (with what is wrong). */
  async revise(
    caller: Caller,
    id: string,
    { text, reason }: { text: string; reason: string },
  ): Promise<FullLibraryRule> {
    const { database, store, journal } = this.#parts
    const rule = await database.transact(caller.scope, (tx) => this.require(tx, id))
    const [linted, ...more] = await this.#linted(caller, [{ path: rule.path, text }])
    if (!linted?.usable || more.length > 0) throw invalid(linted?.problems ?? [])
    if (linted.entry.id !== rule.sigma_id) {
      throw new Problem('rule.invalid', `a rule keeps its id, ${rule.sigma_id}`)
    }
    return database.transact(caller.scope, async (tx) => {
      const before = await store.lock(tx, id)
      if (!before) throw new Problem('rule.not-found')
      const row = this.#revised(before, caller, linted)
      await store.replace(tx, row)
      await store.addVersions(tx, [this.#versionOf(row, caller, linted)])
      await journal.append(tx, {
        type: 'rule.revised',
        organisation_id: row.organisation_id,
        tlp_rank: row.tlp_rank,
        actor: caller.scope.actor,
        authority: 'rule.write',
        subject: id,
        reason,
        before: { status: before.status, version: before.version },
        after: { status: row.status, version: row.version, hash: linted.entry.version },
      })
      return this.shown(tx, id)
    })
  }

  /** What belongs in the next set. */
  approved(tx: Tx): Promise<ApprovedRule[]> {
    return this.#parts.store.approved(tx)
  }

  /** Notes what the newest set holds. */
  markPublished(
    tx: Tx,
    held: readonly { readonly id: string; readonly version: number }[],
  ): Promise<void> {
    return this.#parts.store.markPublished(tx, held)
  }

  /** A rule with its versions. Throws Problem rule.not-found. */
  async shown(tx: Tx, id: string): Promise<FullLibraryRule> {
    const row = await this.require(tx, id)
    const versions = await this.#parts.store.versions(tx, id)
    return { ...ruleOf(row), versions: versions.map(shownVersion) }
  }

  /** Throws Problem rule.not-found, also where the scope hides it. */
  async require(tx: Tx, id: string): Promise<LibraryRuleRow> {
    const row = await this.#parts.store.get(tx, id)
    if (!row) throw new Problem('rule.not-found')
    return row
  }

  #linted(
    { scope }: Pick<Caller, 'scope'>,
    documents: readonly RuleDocumentDraft[],
  ): Promise<LintedRule[]> {
    const { database, store } = this.#parts
    return lintDocuments(documents, (ids) => database.transact(scope, (tx) => store.texts(tx, ids)))
  }

  async #keep(tx: Tx, caller: Caller, rules: readonly LintedRule[]) {
    const { store } = this.#parts
    const known = await store.known(
      tx,
      rules.map(({ entry }) => entry.id),
    )
    const fresh: { row: LibraryRuleRow; linted: LintedRule }[] = []
    const changed: { row: LibraryRuleRow; linted: LintedRule }[] = []
    let unchanged = 0
    for (const linted of rules) {
      const before = known.get(linted.entry.id)
      if (!before) fresh.push({ row: this.#drafted(caller, linted), linted })
      else if (before.hash === linted.entry.version) unchanged += 1
      else {
        const { hash: _, ...row } = before
        changed.push({ row: this.#revised(row, caller, linted), linted })
      }
    }
    const added = await store.add(
      tx,
      fresh.map(({ row }) => row),
    )
    for (const { row } of changed) await store.replace(tx, row)
    const created = fresh.filter(({ row }) => added.has(row.id))
    await store.addVersions(
      tx,
      [...created, ...changed].map(({ row, linted }) => this.#versionOf(row, caller, linted)),
    )
    return {
      created: created.map(({ row }) => row.id),
      changed: changed.map(({ row }) => row.id),
      unchanged,
      problems: fresh.filter(({ row }) => !added.has(row.id)).map(({ linted }) => taken(linted)),
    }
  }

  #drafted(caller: Caller, linted: LintedRule): LibraryRuleRow {
    return {
      ...this.#facts(caller, linted),
      id: this.#parts.newId('rule'),
      organisation_id: caller.organisation_id,
      tlp_rank: libraryTlp,
      path: storableText(linted.path),
      status: 'draft',
      version: 1,
      approved_version: null,
      published_version: null,
      created_at: this.#parts.clock.iso(),
    }
  }

  #revised(before: LibraryRuleRow, caller: Caller, linted: LintedRule): LibraryRuleRow {
    const status = statusAfter(before.status, 'revise')
    return { ...before, ...this.#facts(caller, linted), status, version: before.version + 1 }
  }

  #facts(caller: Caller, { entry }: LintedRule) {
    const { id: author_id, name: author_name } = caller.scope.actor
    const { id: sigma_id, title, description, severity, logsource, tags, author } = entry
    const folded = foldVietnamese([title, description, sigma_id, author, ...tags].join(' '))
    const updated_at = this.#parts.clock.iso()
    const severity_rank = severityId(severity)
    const described = { sigma_id, title, description, severity_rank, logsource, tags, author }
    return { ...described, author_id, author_name, updated_at, folded }
  }

  #versionOf(row: LibraryRuleRow, caller: Caller, { entry, text }: LintedRule): RuleVersionRow {
    const { id: rule_id, version, organisation_id, tlp_rank, updated_at: created_at } = row
    const { id: author_id, name: author_name } = caller.scope.actor
    return {
      rule_id,
      version,
      organisation_id,
      tlp_rank,
      hash: entry.version,
      text,
      author_id,
      author_name,
      created_at,
      review_note: '',
      verdict: null,
      reviewer_id: null,
      reviewer_name: null,
      reviewed_at: null,
    }
  }
}
