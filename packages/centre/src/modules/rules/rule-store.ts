import type { Page, PageQuery } from '@haidang/contracts/page'
import type { Tx } from '@haidang/runtime/database/database'
import { keyset } from '@haidang/runtime/database/keyset'
import { portions } from '@haidang/runtime/database/portions'
import { and, desc, eq, getTableColumns, inArray, isNotNull, ne, sql } from 'drizzle-orm'
import { rankedFilter } from '../../ranked-filter.ts'
import {
  type LibraryRuleRow,
  libraryRule,
  libraryRuleVersion,
  type RuleVersionRow,
} from './rule-tables.ts'

const fields = {
  id: { column: libraryRule.id, kind: 'word' },
  sigma_id: { column: libraryRule.sigma_id, kind: 'word' },
  title: { column: libraryRule.title, kind: 'text' },
  status: { column: libraryRule.status, kind: 'word' },
  severity: { column: libraryRule.severity_rank, kind: 'number' },
  tag: { column: libraryRule.tags, kind: 'member' },
  author: { column: libraryRule.author, kind: 'text' },
  author_id: { column: libraryRule.author_id, kind: 'word' },
  path: { column: libraryRule.path, kind: 'text' },
  product: { column: sql`${libraryRule.logsource} ->> 'product'`, kind: 'word' },
  category: { column: sql`${libraryRule.logsource} ->> 'category'`, kind: 'word' },
  service: { column: sql`${libraryRule.logsource} ->> 'service'`, kind: 'word' },
  updated_at: { column: libraryRule.updated_at, kind: 'time' },
  text: { column: libraryRule.folded, kind: 'text' },
} as const

const insertRows = 500
const shownVersions = 100

/** A rule that belongs in the next set, with the text that was approved. */
export interface ApprovedRule {
  readonly id: string
  readonly sigma_id: string
  readonly title: string
  readonly version: number
  readonly hash: string
  readonly text: string
}

/** Rows of rules and their texts, always inside a given transaction and so inside its scope. */
export class RuleStore {
  /** One page, the last changed first unless the query says otherwise. */
  async list(tx: Tx, query: PageQuery): Promise<Page<LibraryRuleRow>> {
    const page = keyset({
      query: { ...query, filter: rankedFilter(query.filter) },
      fields,
      sorts: ['-updated_at', 'title', 'status', 'path'],
      id: libraryRule.id,
    })
    return page.read(tx.select(getTableColumns(libraryRule)).from(libraryRule))
  }

  async get(tx: Tx, id: string): Promise<LibraryRuleRow | undefined> {
    const [row] = await tx.select().from(libraryRule).where(eq(libraryRule.id, id))
    return row
  }

  /** The rule, locked until the transaction ends. */
  async lock(tx: Tx, id: string): Promise<LibraryRuleRow | undefined> {
    const [row] = await tx.select().from(libraryRule).where(eq(libraryRule.id, id)).for('update')
    return row
  }

  /** Rules of these Sigma ids with the hash of their newest text, locked. */
  async known(
    tx: Tx,
    sigmaIds: readonly string[],
  ): Promise<Map<string, LibraryRuleRow & { readonly hash: string }>> {
    if (sigmaIds.length === 0) return new Map()
    const newest = and(
      eq(libraryRuleVersion.rule_id, libraryRule.id),
      eq(libraryRuleVersion.version, libraryRule.version),
    )
    const rows = await tx
      .select({ ...getTableColumns(libraryRule), hash: libraryRuleVersion.hash })
      .from(libraryRule)
      .innerJoin(libraryRuleVersion, newest)
      .where(inArray(libraryRule.sigma_id, [...sigmaIds]))
      .for('update')
    return new Map(rows.map((row) => [row.sigma_id, row]))
  }

  /** Adds rules; answers the ids of those whose Sigma id was not taken. */
  async add(tx: Tx, rows: readonly LibraryRuleRow[]): Promise<Set<string>> {
    const added = new Set<string>()
    for (const some of portions(rows, insertRows)) {
      const made = await tx
        .insert(libraryRule)
        .values(some)
        .onConflictDoNothing()
        .returning({ id: libraryRule.id })
      for (const { id } of made) added.add(id)
    }
    return added
  }

  async addVersions(tx: Tx, rows: readonly RuleVersionRow[]): Promise<void> {
    for (const some of portions(rows, insertRows)) {
      await tx.insert(libraryRuleVersion).values(some)
    }
  }

  async replace(tx: Tx, row: LibraryRuleRow): Promise<void> {
    await tx.update(libraryRule).set(row).where(eq(libraryRule.id, row.id))
  }

  /** Texts of a rule, newest first, at most 100. */
  async versions(tx: Tx, ruleId: string): Promise<RuleVersionRow[]> {
    return tx
      .select()
      .from(libraryRuleVersion)
      .where(eq(libraryRuleVersion.rule_id, ruleId))
      .orderBy(desc(libraryRuleVersion.version))
      .limit(shownVersions)
  }

  async version(tx: Tx, ruleId: string, version: number): Promise<RuleVersionRow | undefined> {
    const [row] = await tx.select().from(libraryRuleVersion).where(isVersion(ruleId, version))
    return row
  }

  /** Newest texts of rules that are not withdrawn, by Sigma id, at most 500. */
  async texts(tx: Tx, sigmaIds: readonly string[]): Promise<string[]> {
    if (sigmaIds.length === 0) return []
    const newest = and(
      eq(libraryRuleVersion.rule_id, libraryRule.id),
      eq(libraryRuleVersion.version, libraryRule.version),
    )
    const rows = await tx
      .select({ text: libraryRuleVersion.text })
      .from(libraryRule)
      .innerJoin(libraryRuleVersion, newest)
      .where(and(inArray(libraryRule.sigma_id, [...sigmaIds]), ne(libraryRule.status, 'withdrawn')))
      .limit(500)
    return rows.map(({ text }) => text)
  }

  /** Adds the verdict of a review to a version. */
  async judge(
    tx: Tx,
    row: Pick<RuleVersionRow, 'rule_id' | 'version'>,
    verdict: Pick<
      RuleVersionRow,
      'verdict' | 'reviewer_id' | 'reviewer_name' | 'reviewed_at' | 'review_note'
    >,
  ): Promise<void> {
    await tx.update(libraryRuleVersion).set(verdict).where(isVersion(row.rule_id, row.version))
  }

  /** Every rule that is not withdrawn and has an approved text, by Sigma id. */
  async approved(tx: Tx): Promise<ApprovedRule[]> {
    const approved = and(
      eq(libraryRuleVersion.rule_id, libraryRule.id),
      eq(libraryRuleVersion.version, libraryRule.approved_version),
    )
    return tx
      .select({
        id: libraryRule.id,
        sigma_id: libraryRule.sigma_id,
        title: libraryRule.title,
        version: libraryRuleVersion.version,
        hash: libraryRuleVersion.hash,
        text: libraryRuleVersion.text,
      })
      .from(libraryRule)
      .innerJoin(libraryRuleVersion, approved)
      .where(and(ne(libraryRule.status, 'withdrawn'), isNotNull(libraryRule.approved_version)))
      .orderBy(libraryRule.sigma_id)
  }

  /** Notes what the newest set holds; a rule whose newest text is in it becomes published. */
  async markPublished(
    tx: Tx,
    held: readonly { readonly id: string; readonly version: number }[],
  ): Promise<void> {
    await tx.execute(sql`update library_rule set published_version = null
      where published_version is not null`)
    await tx.execute(sql`update library_rule as rule
      set published_version = held.version,
        status = case when rule.status = 'approved' and rule.version = held.version
          then 'published' else rule.status end
      from jsonb_to_recordset(${JSON.stringify(held)}::jsonb) as held(id text, version integer)
      where rule.id = held.id`)
  }

  /** What coverage and statistics need of every rule that is not withdrawn. */
  async outline(tx: Tx): Promise<Outline[]> {
    const { id, sigma_id, title, status, logsource, tags } = libraryRule
    return tx
      .select({ id, sigma_id, title, status, logsource, tags })
      .from(libraryRule)
      .where(ne(libraryRule.status, 'withdrawn'))
      .orderBy(title, id)
      .limit(20_000)
  }
}

export type Outline = Pick<
  LibraryRuleRow,
  'id' | 'sigma_id' | 'title' | 'status' | 'logsource' | 'tags'
>

function isVersion(ruleId: string, version: number) {
  return and(eq(libraryRuleVersion.rule_id, ruleId), eq(libraryRuleVersion.version, version))
}
