import type { IndicatorTables } from '@haidang/detection/indicators/indicator-layer'
import type { EnrichmentTables } from '../enrich/enrichment-tables.ts'
import type { KeptLeases } from '../enrich/lease-table.ts'
import type { ExamineThread } from './examine-thread.ts'

/** What is in force, and so what a thread that starts must be given before it examines anything. */
export class ThreadSetup {
  /** Of the rule set. */
  image: string | undefined
  indicators: IndicatorTables | undefined
  enrichment: EnrichmentTables | undefined
  leases: (() => KeptLeases) | undefined

  async prepare(thread: ExamineThread): Promise<void> {
    const { image, indicators, enrichment, leases } = this
    await thread.ask(image === undefined ? { kind: 'ready' } : { kind: 'install', image })
    if (indicators !== undefined) await thread.ask({ kind: 'indicators', tables: indicators })
    if (enrichment !== undefined) await thread.ask({ kind: 'enrichment', tables: enrichment })
    const kept = leases?.() ?? []
    if (kept.length > 0) await thread.ask({ kind: 'leases', kept, changes: [] })
  }
}
