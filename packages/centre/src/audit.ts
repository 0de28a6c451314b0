import { join } from 'node:path'
import { journalApi } from '@haidang/contracts/journal-api'
import type { Signer } from '@haidang/link/envelopes/signer'
import type { Clock } from '@haidang/runtime/clock'
import type { Database } from '@haidang/runtime/database/database'
import { type Gate, serve } from '@haidang/runtime/http/serve'
import type { NewId } from '@haidang/runtime/ids'
import type { Journal } from '@haidang/runtime/journal'
import type { FastifyInstance } from 'fastify'
import type { ActService } from './modules/approvals/act-service.ts'
import { exportAct } from './modules/approvals/export-act.ts'
import { CheckService } from './modules/audit/check-service.ts'
import { DigestService } from './modules/audit/digest-service.ts'
import { DigestStore } from './modules/audit/digest-store.ts'
import { ExportService } from './modules/audit/export-service.ts'
import { journalRoutes } from './modules/audit/journal-routes.ts'
import { JournalService } from './modules/audit/journal-service.ts'
import { JournalView } from './modules/audit/journal-view.ts'

interface AuditParts {
  readonly http: FastifyInstance
  readonly gate: Gate
  readonly database: Database
  readonly journal: Journal
  readonly clock: Clock
  readonly newId: NewId
  readonly acts: ActService
  readonly signer: Signer
  readonly nodeId: string
  readonly dataDirectory: string
  readonly signal: AbortSignal
}

/** The journal's reader: entries, checks of the chain, signed digests, export. */
export function serveAudit(parts: AuditParts) {
  const { http, gate, database, journal, clock, newId, acts, signer, nodeId, signal } = parts
  const kept = { database, journal, clock, newId }
  const journalView = new JournalView()
  const entries = new JournalService(database, journalView)
  const digests = new DigestService({
    ...kept,
    store: new DigestStore(),
    view: journalView,
    signer,
    nodeId,
    directory: join(parts.dataDirectory, 'digests'),
  })
  const checks = new CheckService({ ...kept, view: journalView, digests, signal })
  const exporting = new ExportService({ ...kept, view: journalView })
  const mayExport = acts.declareRelease(
    exportAct({
      kind: 'journal.export',
      ask: 'audit.read',
      approve: 'audit.read',
      count: (tx, filter, most) => journalView.count(tx, filter, most),
    }),
  )
  serve(http, journalApi, journalRoutes(entries, checks, digests, exporting, mayExport), gate)
  return { entries, digests }
}
