import { randomBytes } from 'node:crypto'
import {
  DocumentCheck,
  type DocumentFile,
  type DocumentFormat,
  type DocumentKind,
  type IssuedDocument,
} from '@haidang/contracts/document'
import type { Urgency } from '@haidang/contracts/order'
import type { Page, PageQuery } from '@haidang/contracts/page'
import { tlpOf } from '@haidang/contracts/tlp'
import type { Blobs } from '@haidang/runtime/blobs/blobs'
import type { Caller } from '@haidang/runtime/caller'
import type { Clock } from '@haidang/runtime/clock'
import { type Database, systemScope, type Tx } from '@haidang/runtime/database/database'
import type { NewId } from '@haidang/runtime/ids'
import type { Journal } from '@haidang/runtime/journal'
import { Problem } from '@haidang/runtime/problem'
import type { Paper, PaperCheck } from '@haidang/runtime/rendering/paper'
import { signPdf } from '@haidang/runtime/rendering/sign-pdf'
import { writeDocx } from '@haidang/runtime/rendering/write-docx'
import { writePdf } from '@haidang/runtime/rendering/write-pdf'
import type { CertificateService } from '../certificates/certificate-service.ts'
import { paperOf, type Values } from './document.ts'
import { datedOn } from './document-dates.ts'
import { fileOf, rendered } from './document-file.ts'
import type { DocumentStore } from './document-store.ts'
import type { DocumentRow } from './document-tables.ts'
import { words } from './document-words.ts'
import type { TemplateService } from './template-service.ts'

export interface DocumentParts {
  readonly database: Database
  readonly store: DocumentStore
  readonly templates: TemplateService
  readonly certificates: CertificateService
  readonly blobs: Blobs
  readonly journal: Journal
  readonly clock: Clock
  readonly newId: NewId
  /** Where readers check documents, such as `https://hd.example`; undefined: only the code is told. */
  readonly publicUrl: string | undefined
}

/** What is to be a document: whose, about what, with which values. */
export interface DocumentDraft {
  readonly kind: DocumentKind
  readonly issuer_id: string
  readonly issuer_name: string
  readonly tlp_rank: number
  readonly title: string
  readonly signer: string
  readonly urgency: Urgency
  readonly simulated: boolean
  /** In the language of the template, which is known only once it is read. */
  readonly values: (language: 'vi' | 'en') => Values
}

/** What is to be issued. */
export interface DocumentIssue extends DocumentDraft {
  /** Whose it is: the document is seen where the thing itself is, whoever issues it. */
  readonly organisation_id: string
  /** Id of what it is about: one document of it is in force at a time. */
  readonly subject: string
  readonly number: string
  /** Organisations that read it beside its issuer. */
  readonly readers: readonly string[]
}

/** Documents: drafts made on demand, and what was issued, which stays. */
export class DocumentService {
  readonly #parts: DocumentParts

  constructor(parts: DocumentParts) {
    this.#parts = parts
  }

  list(caller: Caller, query: PageQuery): Promise<Page<IssuedDocument>> {
    return this.#parts.database.transact(caller.scope, async (tx) => {
      const { items, next } = await this.#parts.store.list(tx, query)
      return { items: items.map(shownDocument), next }
    })
  }

  /** Not issued: without a number, marked as a draft, kept nowhere. Throws Problem document.too-large. */
  async draft(tx: Tx, given: DocumentDraft, format: DocumentFormat): Promise<DocumentFile> {
    const { content } = await this.#parts.templates.current(tx, given.issuer_id, given.kind)
    const number = words[content.language].unnumbered
    const paper = this.#paper(content, { ...given, number }, null)
    return rendered(paper, given.title, format)
  }

  /**
   * Issues the document of something in the transaction that issues the thing itself: lays it out, signs it, keeps
   * both files under their hash and journals `document.issued`. Call it before the transaction journals anything
   * else: laying out and signing takes a second, in which nobody else could write to the journal. Throws Problem
   * document.too-large, document.issued-already.
   */
  async issue(tx: Tx, actor: Caller['scope']['actor'], given: DocumentIssue): Promise<DocumentRow> {
    const { store, templates, certificates, blobs, journal, clock, newId } = this.#parts
    if (await store.inForce(tx, given.subject)) throw new Problem('document.issued-already')
    const at = clock.now()
    const template = await templates.current(tx, given.issuer_id, given.kind)
    const code = newCode()
    const check = this.#check(code, template.content.language)
    const paper = this.#paper(template.content, given, check)
    const { signer, facts } = await certificates.signer(tx, given.issuer_id)
    const reason = `${given.number}: ${given.title}`.slice(0, 300)
    const pdf = await signPdf(await writePdf(paper), signer, { at, reason })
    const row: DocumentRow = {
      id: newId('document'),
      organisation_id: given.organisation_id,
      issuer_id: given.issuer_id,
      issuer_name: given.issuer_name,
      tlp_rank: given.tlp_rank,
      kind: given.kind,
      subject: given.subject,
      number: given.number,
      title: given.title,
      state: 'issued',
      template_version: template.version,
      signed_by: facts.subject,
      certificate: facts.fingerprint,
      pdf_sha256: await blobs.put(pdf),
      docx_sha256: await blobs.put(await writeDocx(paper)),
      code,
      simulated: given.simulated,
      issued_at: clock.iso(),
      issued_by_name: actor.name,
      withdrawn_at: null,
      withdrawal: null,
    }
    const readers = [...new Set(given.readers)].filter((id) => id !== given.organisation_id)
    await store.add(tx, row, readers)
    const { code: _, ...after } = row
    await journal.append(tx, {
      type: 'document.issued',
      organisation_id: row.organisation_id,
      tlp_rank: row.tlp_rank,
      actor,
      authority: 'document.issue',
      subject: row.id,
      related: [row.subject],
      after,
    })
    return row
  }

  /** The newest document about something the caller may read; undefined: none. */
  about(tx: Tx, subject: string): Promise<DocumentRow | undefined> {
    return this.#parts.store.about(tx, subject)
  }

  /** A file of an issued document. Throws Problem document.not-found. */
  async file(row: DocumentRow, format: DocumentFormat): Promise<DocumentFile> {
    const hash = format === 'pdf' ? row.pdf_sha256 : row.docx_sha256
    const bytes = await this.#parts.blobs.get(hash)
    if (!bytes) throw new Problem('document.not-found', hash)
    return fileOf(row.number, format, bytes)
  }

  /** Throws Problem document.not-found, document.not-yours, document.withdrawn. */
  withdraw(caller: Caller, id: string, reason: string): Promise<IssuedDocument> {
    const { database, store } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      const row = await store.lock(tx, id)
      if (!row) throw new Problem('document.not-found')
      if (row.issuer_id !== caller.organisation_id) throw new Problem('document.not-yours')
      if (row.state === 'withdrawn') throw new Problem('document.withdrawn')
      await this.#withdraw(tx, caller.scope.actor, row, reason)
      return shownDocument((await store.lock(tx, id)) ?? row)
    })
  }

  /** Withdraws the document of something in the transaction that withdraws the thing; nothing where there is none. */
  async withdrawAbout(
    tx: Tx,
    actor: Caller['scope']['actor'],
    subject: string,
    reason: string,
  ): Promise<void> {
    const row = await this.#parts.store.inForce(tx, subject)
    if (row) await this.#withdraw(tx, actor, row, reason)
  }

  /** What anybody with the code or the file is told: nothing of the content. */
  check(by: { readonly code: string } | { readonly sha256: string }): Promise<DocumentCheck> {
    const { database, store } = this.#parts
    return database.transact(systemScope, async (tx) => {
      const row = 'code' in by ? await store.byCode(tx, by.code) : await store.byHash(tx, by.sha256)
      if (!row) return unknownDocument
      const { number, issuer_name, issued_at, withdrawn_at, pdf_sha256, simulated } = row
      const verdict = row.state === 'issued' ? 'valid' : 'withdrawn'
      return DocumentCheck.parse({
        verdict,
        number,
        issuer_name,
        issued_at,
        withdrawn_at,
        sha256: pdf_sha256,
        simulated,
      })
    })
  }

  async #withdraw(
    tx: Tx,
    actor: Caller['scope']['actor'],
    row: DocumentRow,
    reason: string,
  ): Promise<void> {
    const { store, journal, clock } = this.#parts
    await store.withdraw(tx, row.id, clock.iso(), reason)
    await journal.append(tx, {
      type: 'document.withdrawn',
      organisation_id: row.organisation_id,
      tlp_rank: row.tlp_rank,
      reason,
      actor,
      authority: 'document.manage',
      subject: row.id,
      related: [row.subject],
      before: { state: row.state },
      after: { state: 'withdrawn' },
    })
  }

  #paper(
    content: Parameters<typeof paperOf>[1],
    given: DocumentDraft & { readonly number: string },
    check: PaperCheck | null,
  ): Paper {
    const madeAt = this.#parts.clock.now()
    const { language } = content
    const values = {
      ...given.values(language),
      issuer: given.issuer_name,
      number: given.number,
      date: datedOn(madeAt, language),
      signer: given.signer,
    }
    const { urgency, simulated } = given
    const tlp = tlpOf(given.tlp_rank)
    const frame = { madeAt, draft: check === null, simulated, tlp, urgency, check }
    return paperOf(given.kind, content, values, frame)
  }

  #check(code: string, language: 'vi' | 'en'): PaperCheck {
    const { publicUrl } = this.#parts
    const said = words[language]
    const grouped = code.match(/.{4}/g)?.join('-') ?? code
    if (publicUrl === undefined) return { url: code, lines: [`${said.code}: ${grouped}`] }
    const place = `${publicUrl.replace(/\/+$/, '')}/verify`
    return {
      url: `${place}/${code}`,
      lines: [`${said.check}: ${place}`, `${said.code}: ${grouped}`],
    }
  }
}

/** A document as the API shows it. */
export function shownDocument(row: DocumentRow): IssuedDocument {
  const { organisation_id: _, tlp_rank, pdf_sha256, docx_sha256: __, ...rest } = row
  return {
    ...rest,
    tlp: tlpOf(tlp_rank),
    sha256: pdf_sha256,
  }
}

const unknownDocument: DocumentCheck = {
  verdict: 'unknown',
  number: null,
  issuer_name: null,
  issued_at: null,
  withdrawn_at: null,
  sha256: null,
  simulated: false,
}

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** 80 random bits. */
function newCode(): string {
  return Array.from(randomBytes(16), (byte) => alphabet[byte & 31]).join('')
}
