import type { DocumentFile, DocumentFormat, DocumentKind } from '@haidang/contracts/document'
import { documentPlaceholders } from '@haidang/contracts/document-placeholders'
import {
  type TemplateContent,
  type TemplateDraft,
  type TemplateFault,
  type TemplateVersion,
  templateFaults,
} from '@haidang/contracts/document-template'
import type { Caller } from '@haidang/runtime/caller'
import type { Clock } from '@haidang/runtime/clock'
import type { Database, Tx } from '@haidang/runtime/database/database'
import type { Journal } from '@haidang/runtime/journal'
import { Problem } from '@haidang/runtime/problem'
import { paperOf } from './document.ts'
import { rendered } from './document-file.ts'
import { sampleValues } from './sample-values.ts'
import type { TemplateStore } from './template-store.ts'

export interface TemplateParts {
  readonly database: Database
  readonly store: TemplateStore
  readonly journal: Journal
  readonly clock: Clock
  readonly shipped: ReadonlyMap<DocumentKind, TemplateContent>
}

/** Templates of documents: shipped ones, and what organisations made of them, version by version. */
export class TemplateService {
  readonly #parts: TemplateParts

  constructor(parts: TemplateParts) {
    this.#parts = parts
  }

  /** What documents an organisation issues now follow. */
  async current(
    tx: Tx,
    organisationId: string,
    kind: DocumentKind,
  ): Promise<{ version: number; content: TemplateContent }> {
    const row = await this.#parts.store.latest(tx, organisationId, kind)
    return row ?? { version: 0, content: this.#shipped(kind) }
  }

  /** Newest first, the shipped one last. */
  versions(caller: Caller, kind: DocumentKind): Promise<TemplateVersion[]> {
    const { database, store } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      const rows = await store.versions(tx, caller.organisation_id, kind)
      const shipped: TemplateVersion = {
        kind,
        version: 0,
        content: this.#shipped(kind),
        note: '',
        made_at: null,
        made_by_name: '',
      }
      return [...rows, shipped]
    })
  }

  /** Throws Problem template.invalid, template.changed. */
  save(caller: Caller, kind: DocumentKind, draft: TemplateDraft): Promise<TemplateVersion> {
    const { database, store, journal, clock } = this.#parts
    requireSound(kind, draft.content)
    const { organisation_id, scope } = caller
    return database.transact(scope, async (tx) => {
      const before = await this.current(tx, organisation_id, kind)
      if (before.version !== draft.base) {
        throw new Problem('template.changed', `version ${before.version} is the newest`)
      }
      const made = {
        organisation_id,
        kind,
        version: before.version + 1,
        content: draft.content,
        note: draft.note,
        made_at: clock.iso(),
        made_by: scope.actor.id,
        made_by_name: scope.actor.name,
      }
      if (!(await store.add(tx, made))) throw new Problem('template.changed')
      await journal.append(tx, {
        type: 'document-template.changed',
        organisation_id,
        actor: scope.actor,
        authority: 'document.manage',
        subject: organisation_id,
        reason: draft.note,
        before,
        after: { kind, version: made.version, content: made.content },
      })
      return made
    })
  }

  /** A template filled with samples. Throws Problem template.invalid, document.too-large. */
  preview(
    kind: DocumentKind,
    content: TemplateContent,
    format: DocumentFormat,
  ): Promise<DocumentFile> {
    requireSound(kind, content)
    const paper = paperOf(kind, content, sampleValues(kind), {
      madeAt: this.#parts.clock.now(),
      draft: true,
      simulated: false,
      tlp: 'amber',
      urgency: 'normal',
      check: null,
    })
    return rendered(paper, `${kind}-v`, format)
  }

  #shipped(kind: DocumentKind): TemplateContent {
    const content = this.#parts.shipped.get(kind)
    if (!content) throw new Error(`no template of ${kind} is shipped`)
    return content
  }
}

/** Throws Problem template.invalid with every fault, by field. */
function requireSound(kind: DocumentKind, content: TemplateContent): void {
  const faults = templateFaults(kind, content)
  if (faults.length === 0) return
  throw new Problem(
    'template.invalid',
    faults.map(({ name }) => name).join(', '),
    faults.map((fault) => ({
      field: `content.${fault.field}`,
      cause: causeOf(fault),
      remedy: `use one of: ${Object.keys(documentPlaceholders[kind]).join(', ')}`,
    })),
  )
}

function causeOf({ fault, name }: TemplateFault): string {
  if (fault === 'unknown') return `{{${name}}} is no placeholder of this kind of document`
  if (fault === 'open') return `a {{ or }} has no counterpart: ${name}`
  return `{{${name}}} is a table: it stands alone in a line of the body`
}
